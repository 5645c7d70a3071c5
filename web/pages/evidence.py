"""Evidence of a cycle: its progress, what waits for the reader's judgement, each piece and what is done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.assessment import cycles, evidence
from governance.assessment.criteria import wording_of
from governance.assessment.eyes import eyes_of
from governance.assessment.judging import EvidenceMove, EvidenceState, Reason, open_below
from governance.assessment.progress import FURTHEST, Progress, progress_of, totals, waiting_for
from governance.assessment.proven import lowest_asked
from governance.kernel import clock
from governance.kernel.db import db
from governance.kernel.errors import NotFound, OutOfOrder, Problem, Refusal, Stale
from governance.people.actors import Actor
from governance.people.roles import Role
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.cycle_items import LABELS, facts_of, item_shape, rated
from web.pages.documents import today_of
from web.pages.evidence_shapes import (
    PICTURES,
    REASONS,
    Looking,
    bar,
    kept_shape,
    key_of,
    progress_shapes,
    use_shape,
)
from web.printing import PDF
from web.sheets import Download, handed
from web.wording import told
from workflows import discarding, judging, proving
from workflows.judging import Verdict
from workflows.proving import Mended

JUDGED = (EvidenceMove.ACCEPT, EvidenceMove.SEND_BACK, EvidenceMove.REOPEN)


@pages.get("/cycles/<int:cycle_id>/evidence")
def cycle_evidence(cycle_id: int) -> ResponseReturnValue:
    return _progress_page(current_actor(), cycle_id)


@pages.post("/cycles/<int:cycle_id>/evidence/submit")
def submit_evidence(cycle_id: int) -> ResponseReturnValue:
    """All drafts of the reader's office at once."""
    actor = current_actor()
    try:
        count = proving.submit_all(cycle_id, by=actor, now=clock.now())
    except FAULTS as refusal:
        return _progress_page(actor, cycle_id, faults_of(refusal)), 422
    flash(ngettext("%(num)s bukti diajukan kepada asesor.", "%(num)s bukti diajukan kepada asesor.", count), "good")
    return redirect(url_for("pages.cycle_evidence", cycle_id=cycle_id), 303)


@pages.get("/evidence/<int:evidence_id>")
def kept_evidence(evidence_id: int) -> ResponseReturnValue:
    return _kept_page(current_actor(), evidence_id)


@pages.post("/evidence/<int:evidence_id>/discard")
def discard_evidence(evidence_id: int) -> ResponseReturnValue:
    """A file that should not have been uploaded, once nothing rests on it."""
    actor, form = current_actor(), Form()
    evidence.kept_with_uses(eyes_of(actor), evidence_id)
    try:
        discarding.discard(evidence_id, form.text("reason"), by=actor, now=clock.now())
    except FAULTS as refusal:
        return _kept_page(actor, evidence_id, form, faults_of(refusal)), 422
    flash(_("Berkas dikeluarkan dari bukti."), "good")
    return redirect(url_for("pages.kept_evidence", evidence_id=evidence_id), 303)


@pages.get("/evidence/<int:evidence_id>/file")
def evidence_file(evidence_id: int) -> Response:
    """The file: shown in a page where it is a PDF or a picture and that was asked for, else handed over."""
    kept, _uses = evidence.kept_with_uses(eyes_of(current_actor()), evidence_id)
    if kept.sha256 is None or kept.withdrawn_at is not None:
        raise NotFound
    download = Download(library().files.read(kept.sha256), kept.name, kept.media)
    if "show" not in request.args or kept.media not in (PDF, *PICTURES):
        return handed(download)
    answer = send_file(download.stream(), mimetype=kept.media, download_name=download.name)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"  # The page that names it shows it in a frame.
    # A picture runs nothing and loads nothing; the browser's own PDF viewer needs to load itself.
    alone = "default-src 'self'" if kept.media == PDF else "default-src 'none'; sandbox"
    answer.headers["Content-Security-Policy"] = f"{alone}; frame-ancestors 'self'"
    return answer


@pages.get("/evidence/uses/<int:use_id>")
def offered_evidence(use_id: int) -> ResponseReturnValue:
    return _use_page(current_actor(), use_id)


@pages.post("/evidence/uses/<int:use_id>/submit")
def submit_offered(use_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    version = form.number("version")
    submit = partial(proving.submit, use_id, version or 0, by=actor, now=clock.now())
    return _answered(use_id, form, submit, _("Diajukan kepada asesor."))


@pages.post("/evidence/uses/<int:use_id>/withdraw")
def withdraw_offered(use_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    version = form.number("version")
    withdraw = partial(proving.withdraw, use_id, version or 0, form.text("reason"), by=actor, now=clock.now())
    return _answered(use_id, form, withdraw, _("Bukti ditarik. Riwayatnya tetap terlihat."))


@pages.post("/evidence/uses/<int:use_id>/mend")
def mend_offered(use_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    version, facts = form.number("version"), facts_of(form) if sent("facts") else None
    if form.problems:
        return _use_page(actor, use_id, form, problems=form.problems), 422
    mended = Mended(use_id, version or 0, form.text("pointer"), form.text("explanation"), facts)
    mend = partial(proving.mend, mended, by=actor, now=clock.now())
    return _answered(use_id, form, mend, _("Keterangan bukti disimpan."))


@pages.post("/evidence/uses/<int:use_id>/judge")
def judge_offered(use_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    version, given = form.number("version"), sent("move")
    move = EvidenceMove(given) if given in JUDGED else EvidenceMove.OFFER
    reason = Reason(sent("reason")) if sent("reason") in set(Reason) else None
    verdict = Verdict(use_id, version or 0, move, reason, form.text("words"))
    judge = partial(judging.judge, verdict, by=actor, now=clock.now(), library=library())
    done = _("Diterima.") if move is EvidenceMove.ACCEPT else _("Perangkat daerahnya diberi tahu.")
    return _answered(use_id, form, judge, done)


def _answered(use_id: int, form: Form, act: Callable[[], object], done: str) -> ResponseReturnValue:
    """Do it and go back; or the offer's page again with what is wrong, or with what others did meanwhile."""
    actor = current_actor()
    try:
        act()
    except FAULTS as refusal:
        return _use_page(actor, use_id, form, problems=faults_of(refusal)), 422
    except (Stale, OutOfOrder) as refusal:
        return _use_page(actor, use_id, form, late=refusal), 409
    flash(done, "good")
    return _back(actor, use_id)


def _back(actor: Actor, use_id: int) -> ResponseReturnValue:
    """To the queue where it was judged from there, else to the item."""
    db.session.rollback()
    use = evidence.use_of(eyes_of(actor), use_id)
    if sent("back") == "queue":
        return redirect(url_for("pages.cycle_evidence", cycle_id=use.cycle_id, _anchor="antrean"), 303)
    here = url_for("pages.cycle_item", cycle_id=use.cycle_id, item=use.item, _anchor=f"bukti-{use_id}")
    return redirect(here, 303)


def _progress_page(actor: Actor, cycle_id: int, problems: tuple[Problem, ...] = ()) -> str:
    cycle = cycles.seen(cycle_id, actor)
    instrument = library().instruments.instrument(cycle.instrument)
    looking = Looking(eyes_of(actor, cycle), cycle, today_of(actor))
    items = progress_of(actor, cycle_id, instrument)
    after = request.args.get("after", "")
    known = int(after) if after.isdecimal() and len(after) < 16 else None
    waiting, next_ = waiting_for(looking.eyes, cycle_id, known)
    counts = totals(items)
    whole = [(state, counts[state]) for state in (*reversed(FURTHEST), None)]
    drafts = sum(one.own_drafts for one in items.values())
    return render_template(
        "cycle_evidence.html",
        cycle=cycle,
        rows=progress_shapes(cycle, instrument, items),
        whole={"bar": bar(whole), "counts": [(key_of(state), count) for state, count in whole]},
        levels=sum(counts.values()),
        drafts=drafts if not cycle.is_closed else 0,
        queue=[use_shape(one.use, looking) for one in waiting],
        rates=any(looking.may_judge(item) for item in instrument.items),
        reasons={one.use.id: _reasons(none_open=not _below(items[one.use.item], one.use.level)) for one in waiting},
        after=known,
        next=url_for("pages.cycle_evidence", cycle_id=cycle_id, after=next_, _anchor="antrean") if next_ else None,
        problems=shown(problems, LABELS),
    )


def _kept_page(actor: Actor, evidence_id: int, form: Form | None = None, problems: tuple[Problem, ...] = ()) -> str:
    """A piece of evidence, and everywhere it is offered."""
    db.session.rollback()
    eyes = eyes_of(actor)
    kept, uses = evidence.kept_with_uses(eyes, evidence_id)
    cycle = cycles.at_hand(actor)
    gone, mine = kept.withdrawn_at is not None, kept.unit_id == actor.unit_id or actor.role is Role.DIGITAL
    return render_template(
        "evidence_kept.html",
        kept=kept_shape(kept, today_of(actor)),
        uses=[_use_row(use) for use in uses],
        cycle=cycle,
        places=_places_to_offer(Looking(eyes, cycle, today_of(actor))) if cycle and not gone else [],
        may_discard=mine and not gone and kept.sha256 and all(use.is_withdrawn for use in uses),
        problems=shown(problems, LABELS),
        typed=form.again() if form else {},
        screened=library().clamd.is_asked,
    )


def _use_page(
    actor: Actor, use_id: int, form: Form | None = None, *, problems: Any = (), late: Refusal | None = None
) -> str:
    """One offer with all that may be done with it. `late`: it has changed meanwhile, and what was typed stays."""
    db.session.rollback()
    eyes = eyes_of(actor)
    use, beside = evidence.with_others(eyes, use_id)
    cycle = cycles.seen(use.cycle_id, actor)
    instrument, item = rated(cycle, use.item)
    looking = Looking(eyes, cycle, today_of(actor))
    below = open_below(beside.accepted, use.level, lowest_asked(instrument))
    return render_template(
        "evidence_use.html",
        cycle=cycle,
        item=item_shape(item, instrument),
        use=use_shape(use, looking, below if use.state.value == "accepted" else ()),
        text=wording_of(actor.institution_id, instrument).get((use.item, use.level)),
        asked=item.levels[use.level].evidence.get(use.code, "") if use.level in item.levels else "",
        open_below=", ".join(map(str, below)),
        reasons=_reasons(none_open=not below),
        problems=shown(problems, LABELS),
        late=told(late.key, late.params) if late else "",
        typed=form.again() if form else {},
        screened=library().clamd.is_asked,
    )


def _reasons(*, none_open: bool) -> list[tuple[str, str]]:
    """The reasons that can be given; that a lower level is open only where one is."""
    return [
        (reason.value, _(words))
        for reason, words in REASONS.items()
        if not (none_open and reason is Reason.LOWER_LEVEL_OPEN)
    ]


def _below(progress: Progress, level: int) -> tuple[int, ...]:
    """The levels below that are still open."""
    accepted = [one for one, state in progress.levels.items() if state is EvidenceState.ACCEPTED]
    return open_below(accepted, level, min(progress.levels, default=level))


def _use_row(use: evidence.Use) -> dict[str, Any]:
    return {
        "year": use.year,
        "item": use.item,
        "level": use.level,
        "code": use.code,
        "unit": use.unit_name,
        "state": use.state.value,
        "withdrawn": use.is_withdrawn,
        "url": url_for("pages.offered_evidence", use_id=use.id),
    }


def _places_to_offer(looking: Looking) -> list[tuple[str, str]]:
    """The items of the cycle at hand that the reader's office offers for."""
    instrument = library().instruments.instrument(looking.cycle.instrument)
    return [
        (url_for("pages.offer_form", cycle_id=looking.cycle.id, item=item.key), f"{item.key} {item.name}")
        for item in instrument.items.values()
        if looking.may_offer(item.key)
    ]
