"""Reading obligations: a year's timetable, with the state each has on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select

from governance.documents.models import Document
from governance.documents.queries import readable
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.mandates.ladder import Rung
from governance.obligations import delivery
from governance.obligations.models import EvaluationLetter, Fulfilment, Milestone, Obligation, Reminder, is_answered
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.trail.queries import Happening, trail_naming

CLOSED = frozenset({Fulfilment.MET.value, Fulfilment.DROPPED.value, Fulfilment.WAIVED.value})


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
    family: str = ""
    ladder: str = ""
    unit_id: int | None = None
    unit: str = ""
    reason: str = ""
    by_title: str = ""
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    has_report: bool = False
    answered: bool = False  # by a person
    document_id: int | None = None  # whose act met it, where the reader may see it
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether it is still to be met by somebody's answer; a delivery is met by its receipts."""
        return self.state not in CLOSED and self.stage != delivery.STAGE


def state_on(obligation: Obligation, today: date) -> str:
    """met · dropped · waived · undated · estimate · late · due (its window is open) · open (still to come)."""
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
    rows = _with_reminders(actor, Obligation, Reminder, Unit.name).where(Obligation.year == year)
    order = (Obligation.due_on.is_(None), Obligation.due_on, Obligation.id, Reminder.id)
    found: dict[int, tuple[Obligation, str, list[tuple[Rung, datetime]]]] = {}
    for obligation, reminder, unit in db.session.execute(rows.order_by(*order)):
        sent = found.setdefault(obligation.id, (obligation, unit or "", []))[2]
        if reminder is not None:
            sent.append((reminder.rung, reminder.sent_at))
    return [_due(obligation, tuple(sent), today, unit=unit) for obligation, unit, sent in found.values()]


def obligation(actor: Actor, obligation_id: int, today: date) -> Due:
    """One obligation with the document that met it and every reminder, or NotFound."""
    mine = (Document.institution_id == Obligation.institution_id) & (Document.act_id == Obligation.act_id)
    rows = _with_reminders(actor, Obligation, Reminder, Unit.name, Document.id)
    rows = rows.outerjoin(Document, mine & readable(actor)).where(Obligation.id == obligation_id)
    found = db.session.execute(rows.order_by(Reminder.id)).all()
    if not found:
        raise NotFound
    row, _reminder, unit, document_id = found[0]
    sent = tuple((one.rung, one.sent_at) for _row, one, *_rest in found if one is not None)
    return _due(row, sent, today, unit=unit or "", document_id=document_id)


def report_of(actor: Actor, obligation_id: int) -> str:
    """The sha256 of the report that met an obligation, or NotFound."""
    rows = within(actor.institution_id, Obligation, Obligation.report_sha256).where(Obligation.id == obligation_id)
    found: str | None = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def milestones(actor: Actor) -> Sequence[Milestone]:
    """Every dated fact that was entered, the latest day first; withdrawn ones too, with their reason."""
    rows = within(actor.institution_id, Milestone).order_by(Milestone.day.desc(), Milestone.id.desc())
    return db.session.scalars(rows).all()


def milestone_scan(actor: Actor, milestone_id: int) -> str:
    """The sha256 of a fact's document, or NotFound."""
    rows = within(actor.institution_id, Milestone, Milestone.scan_sha256).where(Milestone.id == milestone_id)
    found: str | None = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found


def _with_reminders(actor: Actor, *columns: Any) -> Select[Any]:
    unit = (Unit.institution_id == Obligation.institution_id) & (Unit.id == Obligation.unit_id)
    rows = within(actor.institution_id, Obligation, *columns).select_from(Obligation)
    return rows.outerjoin(Reminder, Reminder.obligation_id == Obligation.id).outerjoin(Unit, unit)


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


def history(actor: Actor, due: Due) -> list[Happening]:
    """What happened to an obligation, the newest first: what persons did, and each time its date was computed anew."""
    lines = trail_naming(actor.institution_id, ("obligation", due.id), ("timetable", actor.institution_id), due.key)
    return list(reversed(lines))


def _due(row: Obligation, reminders: tuple[tuple[Rung, datetime], ...], today: date, **more: Any) -> Due:
    return Due(
        id=row.id,
        key=row.key,
        mandate=row.mandate,
        stage=row.stage,
        year=row.year,
        begins_on=row.begins_on,
        due_on=row.due_on,
        estimated=row.estimated,
        how_sure=row.how_sure,
        basis=row.basis,
        computed=tuple(row.computed),
        state=state_on(row, today),
        met_on=row.met_on,
        met_by=row.met_by,
        reminders=reminders,
        family=row.family,
        ladder=row.ladder,
        unit_id=row.unit_id,
        reason=row.reason,
        by_title=row.by_title,
        acknowledged_at=row.acknowledged_at if row.acknowledged_due == row.due_on else None,
        acknowledged_by=row.acknowledged_by,
        has_report=row.report_sha256 is not None,
        answered=is_answered(row),
        version=row.version,
        **more,
    )
