"""One item's scores: each stage with author, reasons and evidence, what was said against them, and the forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import evidence
from governance.assessment.course import ScoreStage
from governance.assessment.evidence import Use
from governance.assessment.instruments import Item
from governance.assessment.score_check import as_written, is_open, previous, signed
from governance.assessment.score_history import Rated, Rebutted, history, values
from governance.assessment.standing import differences
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Problem, Stale
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.forms.scores import given, stage_sent
from web.pages.blueprint import pages
from web.pages.cycle_items import item_shape
from web.pages.score_shapes import Desk, entry_shape, now_shape
from web.pages.scores import desk_of
from web.wording import marked
from workflows import rating, rebutting
from workflows.rating import Sheet
from workflows.rebutting import Answer, Objection

LABELS = {
    "value": marked("Nilai"),
    "source": marked("Indeks asal"),
    "explanation": marked("Penjelasan"),
    "uses": marked("Bukti"),
    "words": marked("Uraian"),
}


@dataclass(frozen=True)
class Laid:
    """What is known of an item's scores: everything that was given and said, and the evidence the reader may see."""

    item: Item
    given: Sequence[Rated]
    said: Sequence[Rebutted]
    uses: Mapping[int, Use]

    @property
    def counts(self) -> dict[ScoreStage, Rated]:
        """What counts now, by stage."""
        return {one.stage: one for one in self.given if one.counts}

    @property
    def values(self) -> dict[ScoreStage, dict[str, Fraction]]:
        """The same as values."""
        return values({(one.item, one.stage): one for one in self.given if one.counts})


@pages.get("/cycles/<int:cycle_id>/items/<item>/scores")
def item_scores(cycle_id: int, item: str) -> ResponseReturnValue:
    return _page(desk_of(cycle_id), item)


@pages.post("/cycles/<int:cycle_id>/items/<item>/scores")
def rate_item(cycle_id: int, item: str) -> ResponseReturnValue:
    desk = desk_of(cycle_id)
    stage = stage_sent(desk.stages)
    if stage is None or item not in desk.instrument.items:
        raise NotFound
    one = given(item)
    typed: dict[str, Any] = {"stage": stage.value, "value": one.value, "source": one.source}
    typed |= {"explanation": one.explanation, "uses": one.uses}
    try:
        changed = rating.rate(Sheet(cycle_id, stage, (one,)), by=desk.actor, now=clock.now(), library=library())
    except Invalid as refusal:
        problems = [Problem(found.place.split(".")[-1], found.key, found.params) for found in refusal.problems]
        return _page(desk, item, typed=typed | {"seen": one.replaces or ""}, problems=problems, of=stage.value), 422
    except Stale:
        return _page(desk, item, typed=typed, stale=True, of=stage.value), 409
    flash(_("Nilai dicatat.") if changed else _("Tidak ada yang berubah."), "good")
    return redirect(url_for("pages.item_scores", cycle_id=cycle_id, item=item, _anchor=f"tahap-{stage.value}"), 303)


@pages.post("/cycles/<int:cycle_id>/items/<item>/rebuttals")
def rebut_score(cycle_id: int, item: str) -> ResponseReturnValue:
    desk, form = desk_of(cycle_id), Form()
    score_id = form.number("score")
    said = Objection(score_id or 0, form.text("words"), form.text("value"), _ticked(form.many("use")))
    typed = {"score": score_id, "words": said.words, "value": said.value, "uses": said.uses}
    of = f"rebut-{score_id}"
    try:
        rebutting.rebut(said, by=desk.actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(desk, item, typed=typed, problems=refusal.problems, of=of), 422
    except Stale:
        return _page(desk, item, typed=typed, stale=True, of=of), 409
    flash(_("Sanggahan dicatat, dan yang menjawab diberi tahu."), "good")
    return redirect(url_for("pages.item_scores", cycle_id=cycle_id, item=item, _anchor="sanggahan"), 303)


@pages.post("/rebuttals/<int:rebuttal_id>")
def answer_rebuttal(rebuttal_id: int) -> ResponseReturnValue:
    form = Form()
    cycle_id, item = form.number("cycle") or 0, form.text("item")
    desk = desk_of(cycle_id)
    upheld, seen = sent("upheld") == "1", form.whole("seen")
    said = Answer(rebuttal_id, form.text("words"), upheld, form.text("value"), seen)
    typed = {"words": said.words, "value": said.value, "upheld": upheld, "seen": seen or ""}
    of = f"answer-{rebuttal_id}"
    try:
        rebutting.answer(said, by=desk.actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(desk, item, typed=typed, problems=refusal.problems, of=of), 422
    except Stale:
        return _page(desk, item, typed=typed | {"seen": None}, stale=True, of=of), 409
    flash(_("Jawaban dicatat, dan perangkat daerah yang berbagi butir ini diberi tahu."), "good")
    return redirect(url_for("pages.item_scores", cycle_id=cycle_id, item=item, _anchor="sanggahan"), 303)


def _ticked(chosen: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(one) for one in chosen if one.isascii() and one.isdecimal() and len(one) < 16)


def _page(desk: Desk, key: str, **more: Any) -> str:
    item = desk.instrument.items.get(key)
    if item is None:
        raise NotFound
    given_, said = history(desk.actor.institution_id, desk.cycle.id, key)
    offered = evidence.offered_for(desk.eyes, desk.cycle.id, key)
    laid = Laid(item, given_, said, {use.id: use for use in offered.uses})
    typed, of = more.get("typed", {}), more.get("of", "")
    return render_template(
        "item_scores.html",
        cycle=desk.cycle,
        instrument=desk.instrument,
        item=item_shape(item, desk.instrument),
        stages=_stage_shapes(desk, laid),
        forms=_forms(desk, laid, typed if of in set(ScoreStage) else {}),
        rebuttals=[_rebuttal_shape(desk, laid, one) for one in said],
        choices=_choices(laid.uses),
        typed=typed,
        of=of,
        stale=more.get("stale", False),
        problems=shown(more.get("problems", ()), LABELS),
    )


def _stage_shapes(desk: Desk, laid: Laid) -> list[dict[str, Any]]:
    """Each stage of the round: what counts, how it differs, and what was there before, newest first."""
    differ = {one.stage: one for one in differences(laid.values, laid.item.key, desk.stages)}
    waiting = {said.score_id for said in laid.said if said.answered_at is None}
    counts = laid.counts
    shapes = []
    for stage in desk.stages:
        one, change = counts.get(stage), differ.get(stage)
        shapes.append(
            {
                "stage": stage.value,
                "now": now_shape(one) if one else None,
                "uses": [_use_shape(use_id, laid.uses) for use_id in one.uses] if one else [],
                "by": signed(change.by) if change else "",
                "before": change.before.value if change else "",
                "old": [now_shape(old) for old in reversed(laid.given) if old.stage is stage and not old.counts],
                "may_rebut": one is not None and one.id not in waiting and desk.may_rebut(one),
            }
        )
    return shapes


def _forms(desk: Desk, laid: Laid, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A form for each stage that the reader may enter now."""
    item, counts, scores, forms = laid.item, laid.counts, laid.values, list[dict[str, Any]]()
    for stage in desk.stages:
        if desk.may_enter(stage, item.key):
            one = counts.get(stage)
            shape = entry_shape(stage, item, one, previous(stage, item.key, scores))
            shape["ticked"] = set(one.uses) if one else set()
            if typed.get("stage") == stage.value:
                shape |= dict(typed) | {"ticked": set(typed.get("uses", ()))}
            forms.append(shape)
    return forms


def _rebuttal_shape(desk: Desk, laid: Laid, one: Rebutted) -> dict[str, Any]:
    score = next(row for row in laid.given if row.id == one.score_id)
    now = laid.counts.get(score.stage)
    may = one.answered_at is None and not desk.cycle.is_closed and desk.gives(score.stage, score.item)
    return {
        "id": one.id,
        "stage": score.stage.value,
        "against": as_written(score.value) if score.value is not None else "",
        "value": as_written(one.value) if one.value is not None else "",
        "words": one.words,
        "uses": [_use_shape(use_id, laid.uses) for use_id in one.uses],
        "by": one.by_title,
        "at": one.at,
        "answer": one.answer,
        "upheld": one.upheld,
        "answered_by": one.answered_by,
        "answered_at": one.answered_at,
        "may_answer": may,
        "may_change": may and is_open(desk.cycle.stage, score.stage),
        "seen": now.id if now else "",
    }


def _use_shape(use_id: int, uses: Mapping[int, Use]) -> dict[str, Any]:
    """Evidence that a score rests on; without a name where the reader may not see it."""
    use = uses.get(use_id)
    if use is None:
        return {"name": "", "url": ""}
    return {"name": use.kept.name, "level": use.level, "url": url_for("pages.offered_evidence", use_id=use.id)}


def _choices(uses: Mapping[int, Use]) -> list[tuple[int, str]]:
    """What a score or a rebuttal can rest on."""
    return [
        (use.id, _("Tingkat %(level)s: %(name)s (%(unit)s)", level=use.level, name=use.kept.name, unit=use.unit_name))
        for use in uses.values()
        if not use.is_withdrawn
    ]
