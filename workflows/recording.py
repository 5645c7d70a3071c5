"""Recording a step that others take: the team's review, harmonisation, the province's facilitation."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import route, scans, under_way
from governance.documents.lifecycle import Move
from governance.documents.models import Document, ExternalStep
from governance.documents.under_way import Decided
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem
from governance.kernel.texts import unprintable
from governance.people.actors import Actor
from governance.trail.record import record
from workflows.approval import REASON_LIMIT, ask_next
from workflows.bells import ring
from workflows.library import Library

NUMBER_LIMIT = 200


@dataclass(frozen=True)
class StepTaken:
    """The letter of the step that is waited for; or, where the step may be left out, the reason why it is.

    `step` is the step's key, as the page showed it: one post may be asked for several. "" means the one waited for.
    """

    asked: Decided  # its `reason` says why the step is left out, or is a note
    letter_number: str = ""
    letter_date: date | None = None
    scan: bytes | None = None
    step: str = ""


def record_step(taken: StepTaken, *, by: Actor, now: datetime, library: Library) -> None:
    """Record the letter with which others took the step that the route waits for; the next posts are asked."""
    with transaction() as after_commit:
        document = under_way.for_change(taken.asked.document_id, by)
        if _was_recorded(document, by, taken):
            return
        under_way.require_move(document, Move.RECORD, by, taken.asked.seen)
        step = _waited_for(document, named=bool(taken.step))
        if taken.step not in ("", step.external):
            raise NotAllowed("refused.not_your_turn", move=Move.RECORD.value)
        _require_told(taken, step, day_in(by.timezone, now))
        row = _row(document, step, taken, by)
        row.scan_sha256, row.at = scans.kept(taken.scan, library.files), now
        db.session.add(row)
        document.changed_at = now
        ask_next(document, by, now, library.law.holidays)
        record(
            "document.step_recorded",
            by=by,
            about=("document", document.id),
            at=now,
            step=step.title,
            letter=row.letter_number or row.reason[:200],
            scan=row.scan_sha256,
        )
        after_commit(ring("notices.deliver"))


def _was_recorded(document: Document, by: Actor, taken: StepTaken) -> bool:
    """Whether this post has recorded this very step on what it saw, and nothing is left to do.

    Where no step is named, the same letter once more is the same step, unless the post is asked for its next one.
    """
    mine = within(document.institution_id, ExternalStep, ExternalStep.id).where(
        ExternalStep.document_id == document.id,
        ExternalStep.post_id == by.post_id,
        ExternalStep.seen == taken.asked.seen,
        ExternalStep.counts.is_(True),
    )
    if taken.step:
        return db.session.scalar(mine.where(ExternalStep.step == taken.step)) is not None
    if under_way.asked_of(document).get(by.post_id or 0) == Move.RECORD.value:
        return False
    same = mine.where(
        ExternalStep.letter_number == taken.letter_number.strip(),
        ExternalStep.letter_date == taken.letter_date,
        ExternalStep.reason == taken.asked.reason.strip(),
    )
    return db.session.scalar(same) is not None


def _waited_for(document: Document, *, named: bool) -> route.Step:
    """The step that the route has come to: require_move has made sure that it is one to be recorded.

    One that stands beside another of the same post must be named, or a letter sent twice would be taken for both.
    """
    index, steps = under_way.open_step(document), route.read(document.route)
    assert index is not None
    if not named and route.has_twin_beside(steps, index):
        raise Invalid(Problem("step", "step.not_named", {"step": steps[index].external}))
    return steps[index]


def _row(document: Document, step: route.Step, taken: StepTaken, by: Actor) -> ExternalStep:
    revision = under_way.revision_of(document)
    assert revision is not None  # CHECK reviewed_has_revision
    return ExternalStep(
        institution_id=document.institution_id,
        document_id=document.id,
        revision_id=revision.id,
        step=step.external,
        title=step.title,
        letter_number=taken.letter_number.strip(),
        letter_date=taken.letter_date,
        reason=taken.asked.reason.strip(),
        holding_id=by.holding_id,
        post_id=by.post_id,
        by_title=by.title,
        seen=taken.asked.seen,
    )


def _require_told(taken: StepTaken, step: route.Step, today: date) -> None:
    """A letter with number and date, or a reason where the step may be left out; never a day still to come."""
    number, reason = taken.letter_number.strip(), taken.asked.reason.strip()
    problems = [*unprintable("letter_number", number), *unprintable("reason", reason)]
    if not number and not (step.optional and reason):
        problems.append(Problem("letter_number", "step.letter_or_reason" if step.optional else "step.letter_missing"))
    if number and taken.letter_date is None:
        problems.append(Problem("letter_date", "field.missing"))
    if taken.letter_date is not None and not number:
        problems.append(Problem("letter_number", "field.missing"))
    if taken.letter_date is not None and taken.letter_date > today:
        problems.append(Problem("letter_date", "step.future", {"today": today.isoformat()}))
    if len(number) > NUMBER_LIMIT or len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "decision.reason_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
