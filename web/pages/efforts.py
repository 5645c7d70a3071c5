"""The efforts of a cycle: what each step and each work on a document asks, usual or entered, and the forms for both."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment.efforts import EnteredDocument, EnteredStep
from governance.assessment.instruments import Item
from governance.assessment.steps import Rung
from governance.assessment.values import number_in
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem, Stale
from governance.people import permissions
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.effort_shapes import choices_of, document_form, document_rows, item_rows, step_form, step_rows
from web.pages.path_ground import AtHand, at_hand
from web.wording import marked
from workflows import estimating

LABELS = {
    "effort": marked("Upaya"),
    "unit": marked("Perangkat daerah"),
    "earliest": marked("Paling cepat"),
    "needs": marked("Prasyarat"),
    "documents": marked("Dokumen"),
    "note": marked("Catatan"),
    "title": marked("Nama pekerjaan"),
    "step": marked("Langkah"),
    "key": marked("Dokumen"),
}
_NEED = re.compile(r"(\d{1,3}(?:-\d{1,2})?):(\d{1,2})")


@dataclass(frozen=True)
class Typed:
    """What was typed into one of the two forms and is shown again, and what is wrong with it."""

    step: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    stale: bool = False


@pages.get("/cycles/<int:cycle_id>/efforts")
def efforts(cycle_id: int) -> ResponseReturnValue:
    found = at_hand(current_actor(), cycle_id)
    return _page(found, _rung(found, request.args), request.args.get("document", "")[:60], Typed())


@pages.post("/cycles/<int:cycle_id>/efforts")
def enter_effort(cycle_id: int) -> ResponseReturnValue:
    """What a step asks, entered, changed or taken back."""
    actor, form = current_actor(), Form()
    rung, version = (form.text("item")[:20], _whole(form.text("level"))), _whole(sent("version"))
    new = EnteredStep(
        *rung,
        effort=None if form.text("ruled_out") else _effort(form),
        unit_id=form.whole("unit"),
        earliest_on=form.day("earliest"),
        needs=_needs(form),
        documents=form.many("documents"),
        note=form.text("note"),
        version=version,
    )
    try:
        if sent("act") == "take_back":
            estimating.take_step_back(cycle_id, rung, version, by=actor, now=clock.now())
        elif form.problems:
            raise Invalid(*form.problems)
        else:
            estimating.enter_step(cycle_id, new, by=actor, now=clock.now(), library=library())
    except (Invalid, Stale) as refusal:
        return _step_again(cycle_id, rung, form, refusal)
    flash(_("Upaya langkah %(step)s disimpan. Jalur dihitung dengan upaya ini.", step=f"{rung[0]}:{rung[1]}"), "good")
    return redirect(url_for("pages.efforts", cycle_id=cycle_id, item=rung[0], _anchor="langkah"), 303)


@pages.post("/cycles/<int:cycle_id>/efforts/documents")
def enter_document_effort(cycle_id: int) -> ResponseReturnValue:
    """What a work on a document asks once, entered, changed or taken back; without a key a new one."""
    actor, form = current_actor(), Form()
    key, version = form.text("key")[:60], _whole(sent("version"))
    try:
        if sent("act") == "take_back":
            estimating.take_document_back(cycle_id, key, version, by=actor, now=clock.now())
        else:
            new = EnteredDocument(key, form.text("title"), _effort(form) or Fraction(0), version=version)
            if form.problems:
                raise Invalid(*form.problems)
            estimating.enter_document(cycle_id, new, by=actor, now=clock.now(), library=library())
    except (Invalid, Stale) as refusal:
        return _document_again(cycle_id, key, form, refusal)
    flash(_("Upaya dokumen disimpan. Jalur dihitung dengan upaya ini."), "good")
    return redirect(url_for("pages.efforts", cycle_id=cycle_id, _anchor="dokumen"), 303)


def _step_again(cycle_id: int, rung: Rung, form: Form, refusal: Invalid | Stale) -> ResponseReturnValue:
    """The form with what was typed: with what is wrong, or told that somebody else was faster."""
    found = at_hand(current_actor(), cycle_id)
    typed = {**form.again(), "documents": list(form.many("documents")), "ruled_out": form.text("ruled_out")}
    return _again(found, _known(found, rung), "", _typed(refusal, step=typed))


def _document_again(cycle_id: int, key: str, form: Form, refusal: Invalid | Stale) -> ResponseReturnValue:
    found = at_hand(current_actor(), cycle_id)
    return _again(found, None, key, _typed(refusal, document=dict(form.again())))


def _again(found: AtHand, rung: Rung | None, key: str, typed: Typed) -> ResponseReturnValue:
    return _page(found, rung, key, typed), 409 if typed.stale else 422


def _typed(refusal: Invalid | Stale, **typed: Any) -> Typed:
    if isinstance(refusal, Invalid):
        return Typed(**typed, problems=refusal.problems)
    for one in typed.values():
        one.pop("version", None)  # The newer one is shown beside; saved again, what was typed takes its place.
    return Typed(**typed, stale=True)


def _page(found: AtHand, rung: Rung | None, key: str, typed: Typed) -> str:
    item = found.ground.instrument.items.get(rung[0]) if rung else None
    step = step_form(found, rung) if rung and rung[1] and item and item.external is None else None
    return render_template(
        "efforts.html",
        cycle=found.cycle,
        instrument=found.ground.instrument,
        documents=document_rows(found),
        items=item_rows(found),
        item=_item_shape(found, item) if item else None,
        level=rung[1] if rung else 0,
        step=step | typed.step if step else None,
        choices=choices_of(found, item, (step | typed.step)["documents"]) if step and item else [],
        units=list(found.facts.units.items()),
        document=_document_shape(found, key, typed),
        may_plan=permissions.may(found.actor, Act.PLAN_EFFORT) and not found.cycle.is_closed,
        problems=shown(typed.problems, LABELS),
        problems_of="step" if typed.step else "document",
        stale=typed.stale,
    )


def _item_shape(found: AtHand, item: Item) -> dict[str, Any]:
    external = item.external.index if item.external else ""
    return {"key": item.key, "name": item.name, "external": external, "rows": step_rows(found, item)}


def _document_shape(found: AtHand, key: str, typed: Typed) -> dict[str, Any]:
    """The form of a work: the one that the address names, else an empty one for a work of the institution's own."""
    known = {*found.ground.costs.documents}
    chosen = key if key in known else ""
    name = " ".join(filter(None, (found.document_name(chosen), found.state_name(chosen)))) if chosen else ""
    return document_form(found, chosen) | {"name": name} | typed.document


def _rung(found: AtHand, args: Any) -> Rung | None:
    """The step that an address names; an address may be old."""
    item = args.get("item", "")[:20]
    return _known(found, (item, _whole(args.get("level", ""))))


def _known(found: AtHand, rung: Rung) -> Rung | None:
    instrument = found.ground.instrument
    if rung[0] not in instrument.items:
        return None
    return rung if instrument.min_value < rung[1] <= instrument.max_value else (rung[0], 0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _effort(form: Form) -> Fraction | None:
    """A number as people write it; what is none is among the form's problems."""
    text = form.text("effort", required=True)
    value = number_in(text)
    if text and value is None:
        form.problems.append(Problem("effort", "effort.bad_number", {"value": text[:40]}))
    return value


def _needs(form: Form) -> tuple[Rung, ...]:
    """The steps of "19:2, 3:2"; what cannot be read is among the form's problems."""
    found: list[Rung] = []
    for one in filter(None, re.split(r"[\s,;]+", form.text("needs"))):
        match = _NEED.fullmatch(one)
        if match:
            found.append((match[1], int(match[2])))
        else:
            form.problems.append(Problem("needs", "effort.no_need", {"need": one[:40]}))
    return tuple(dict.fromkeys(found))
