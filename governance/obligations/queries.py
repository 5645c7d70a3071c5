"""Reading obligations: a year's timetable, with the state each has on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.kernel.db import db, within
from governance.obligations import delivery
from governance.obligations.ladder import Rung
from governance.obligations.models import EvaluationLetter, Fulfilment, Obligation, Reminder
from governance.people.actors import Actor


@dataclass(frozen=True)
class Due:
    """An obligation as pages and API show it."""

    id: int
    key: str
    mandate: str
    stage: str
    year: int
    begins_on: date | None
    due_on: date | None
    estimated: bool
    how_sure: str
    basis: str
    computed: tuple[dict[str, Any], ...]
    state: str
    met_on: date | None
    met_by: str
    reminders: tuple[tuple[Rung, datetime], ...] = ()


def state_on(obligation: Obligation, today: date) -> str:
    """met · dropped · undated · estimate · late · due (its window is open) · open (still to come)."""
    if obligation.fulfilment is not Fulfilment.OPEN:
        return obligation.fulfilment.value
    if obligation.due_on is None:
        return "undated"
    if obligation.estimated:
        return "estimate"
    if obligation.due_on < today:
        return "late"
    begun = obligation.begins_on is None or obligation.begins_on <= today
    return "due" if begun and (obligation.due_on - today).days <= 30 else "open"


def timetable(actor: Actor, year: int, today: date) -> list[Due]:
    """The obligations of a year by date, those without one last."""
    rows = within(actor.institution_id, Obligation, Obligation, Reminder).outerjoin(
        Reminder, Reminder.obligation_id == Obligation.id
    )
    rows = rows.where(Obligation.year == year).order_by(
        Obligation.due_on.is_(None), Obligation.due_on, Obligation.id, Reminder.id
    )
    found: dict[int, tuple[Obligation, list[tuple[Rung, datetime]]]] = {}
    for obligation, reminder in db.session.execute(rows):
        sent = found.setdefault(obligation.id, (obligation, []))[1]
        if reminder is not None:
            sent.append((reminder.rung, reminder.sent_at))
    return [_due(obligation, tuple(sent), today) for obligation, sent in found.values()]


def pressing(actor: Actor, today: date, until: date) -> list[Due]:
    """What is late or ends by `until`, most urgent first; estimates only while they lie ahead."""
    rows = (
        within(actor.institution_id, Obligation)
        .where(Obligation.fulfilment == Fulfilment.OPEN, Obligation.due_on <= until)
        .where(Obligation.estimated.is_(False) | (Obligation.due_on >= today))
        .order_by(Obligation.due_on, Obligation.id)
    )
    return [_due(obligation, (), today) for obligation in db.session.scalars(rows)]


def due_of(obligation: Obligation, today: date) -> Due:
    """An obligation as pages show it, without its reminders."""
    return _due(obligation, (), today)


def delivery_duty(actor: Actor, mandate: str, act_id: int) -> Obligation | None:
    """The obligation to deliver an act, None where there is none or it is not laid out yet."""
    rows = within(actor.institution_id, Obligation).where(Obligation.key == delivery.key_of(mandate, act_id))
    found: Obligation | None = db.session.scalar(rows)
    return found


def letter_of(actor: Actor, year: int) -> EvaluationLetter | None:
    """The ministry's letter of a year, None until it is entered."""
    letter: EvaluationLetter | None = db.session.scalar(
        within(actor.institution_id, EvaluationLetter).where(EvaluationLetter.year == year)
    )
    return letter


def _due(obligation: Obligation, reminders: tuple[tuple[Rung, datetime], ...], today: date) -> Due:
    return Due(
        id=obligation.id,
        key=obligation.key,
        mandate=obligation.mandate,
        stage=obligation.stage,
        year=obligation.year,
        begins_on=obligation.begins_on,
        due_on=obligation.due_on,
        estimated=obligation.estimated,
        how_sure=obligation.how_sure,
        basis=obligation.basis,
        computed=tuple(obligation.computed),
        state=state_on(obligation, today),
        met_on=obligation.met_on,
        met_by=obligation.met_by,
        reminders=reminders,
    )
