"""Evidence as it is read: what is offered for an item with its whole story, one piece with all its places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select

from governance.assessment.course import CycleRole
from governance.assessment.cycle_models import Cycle, CycleSeat
from governance.assessment.cycles import Seen
from governance.assessment.evidence_models import Evidence, EvidenceStep, EvidenceUse
from governance.assessment.eyes import Eyes, Seat
from governance.assessment.judging import EvidenceMove, EvidenceState, Reason
from governance.documents.models import Document, Secrecy
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.people.models import Unit

OF_ACT = (Document.institution_id == Evidence.institution_id) & (Document.act_id == Evidence.act_id)
LATEST = 200  # pieces that a list of what is kept already offers


@dataclass(frozen=True)
class Kept:
    """A file or an act of the institution that is offered as evidence."""

    id: int
    name: str
    act_id: int | None
    document_id: int | None
    media: str
    size: int
    sha256: str | None
    dated_on: date | None
    expires_on: date | None
    signed: bool
    secrecy: Secrecy
    unit_id: int
    by_title: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and self.expires_on < today


@dataclass(frozen=True)
class Step:
    """What was done with an offer, by whom as what."""

    move: EvidenceMove
    reason: Reason | None
    words: str
    by_title: str
    at: datetime


@dataclass(frozen=True)
class Use:
    """Evidence as it is offered for a level of an item; `steps` in their order, where they were asked for."""

    id: int
    cycle_id: int
    year: int
    item: str
    level: int
    code: str
    unit_id: int
    unit_name: str
    pointer: str
    explanation: str
    state: EvidenceState
    reason: Reason | None
    words: str
    judged_by: str
    judged_at: datetime | None
    carried: bool
    by_title: str
    at: datetime
    is_withdrawn: bool
    version: int
    kept: Kept
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Offered:
    """What is offered for an item, as far as the reader may see it; `hidden` counts what he may not."""

    uses: tuple[Use, ...]
    hidden: int
    accepted: frozenset[int]  # the levels with accepted evidence, whoever may read it


def offered_for(eyes: Eyes, cycle_id: int, item: str) -> Offered:
    """Everything offered for an item in a cycle, by level and code, each with its story. One statement."""
    return _offered(eyes, _told(db.session.execute(_of_item(eyes, cycle_id, item)).all()))


def seen_for(actor: Actor, cycle: Seen, item: str) -> tuple[Eyes, Offered]:
    """The same with the actor's seats in the cycle, which it needs. One statement for both.

    Where nothing is offered he is told as no assessor: there is nothing to judge.
    """
    rated = within(actor.institution_id, CycleSeat, CycleSeat.items).where(
        CycleSeat.cycle_id == cycle.id, CycleSeat.post_id == actor.post_id, CycleSeat.role == CycleRole.ASSESSOR
    )
    rows = db.session.execute(_of_item(Eyes(actor), cycle.id, item, rated.scalar_subquery())).all()
    seats = [Seat(cycle.id, role) for role in cycle.seats if role is not CycleRole.ASSESSOR]
    if rows and CycleRole.ASSESSOR in cycle.seats:
        seats.append(Seat(cycle.id, CycleRole.ASSESSOR, frozenset(rows[0][-1] or ())))
    eyes = Eyes(actor, tuple(seats))
    return eyes, _offered(eyes, _told(rows))


def _of_item(eyes: Eyes, cycle_id: int, item: str, *columns: Any) -> Select[Any]:
    return (
        _uses(eyes, EvidenceStep, *columns)
        .outerjoin(EvidenceStep, EvidenceStep.use_id == EvidenceUse.id)
        .where(EvidenceUse.cycle_id == cycle_id, EvidenceUse.item == item)
        .order_by(EvidenceUse.level, EvidenceUse.code, EvidenceUse.id, EvidenceStep.id)
    )


def with_others(eyes: Eyes, use_id: int) -> tuple[Use, Offered]:
    """One offer with its story, and everything offered for the same item; NotFound as `use_of`. One statement."""
    one = within(eyes.actor.institution_id, EvidenceUse, EvidenceUse.cycle_id, EvidenceUse.item)
    same = one.where(EvidenceUse.id == use_id).subquery()
    rows = (
        _uses(eyes, EvidenceStep)
        .join(same, (same.c.cycle_id == EvidenceUse.cycle_id) & (same.c.item == EvidenceUse.item))
        .outerjoin(EvidenceStep, EvidenceStep.use_id == EvidenceUse.id)
        .order_by(EvidenceUse.level, EvidenceUse.code, EvidenceUse.id, EvidenceStep.id)
    )
    told = _offered(eyes, _told(db.session.execute(rows).all()))
    found = next((use for use in told.uses if use.id == use_id), None)
    if found is None:
        raise NotFound
    return found, told


def same_content(eyes: Eyes, sha256: str) -> tuple[Kept, tuple[Use, ...]] | None:
    """What has that content already and where it is offered; None where nothing has, or the reader may not see it."""
    rows = within(eyes.actor.institution_id, Evidence, Evidence.id)
    there = db.session.scalar(rows.where(Evidence.sha256 == sha256, Evidence.withdrawn_at.is_(None)))
    try:
        return kept_with_uses(eyes, there) if there is not None else None
    except NotFound:
        return None


def _offered(eyes: Eyes, found: list[Use]) -> Offered:
    seen = tuple(use for use in found if _may_read(eyes, use))
    accepted = frozenset(use.level for use in found if use.state is EvidenceState.ACCEPTED and not use.is_withdrawn)
    hidden = sum(not use.is_withdrawn for use in found) - sum(not use.is_withdrawn for use in seen)
    return Offered(seen, hidden, accepted)


def use_of(eyes: Eyes, use_id: int) -> Use:
    """One offer, or NotFound where there is none or the reader may not see it."""
    found = _told(db.session.execute(_uses(eyes, None).where(EvidenceUse.id == use_id)).all())
    if not found or not _may_read(eyes, found[0]):
        raise NotFound
    return found[0]


def kept_with_uses(eyes: Eyes, evidence_id: int) -> tuple[Kept, tuple[Use, ...]]:
    """A piece of evidence and where it is offered; NotFound where there is none or the reader may not see it."""
    rows = (
        within(eyes.actor.institution_id, Evidence, Evidence, Document.id, EvidenceUse, Unit.short, Cycle.year)
        .outerjoin(Document, OF_ACT)
        .outerjoin(EvidenceUse, EvidenceUse.evidence_id == Evidence.id)
        .outerjoin(Unit, Unit.id == EvidenceUse.unit_id)
        .outerjoin(Cycle, Cycle.id == EvidenceUse.cycle_id)
        .where(Evidence.id == evidence_id)
        .order_by(Cycle.year.desc(), EvidenceUse.item, EvidenceUse.level, EvidenceUse.id)
    )
    found = db.session.execute(rows).all()
    if not found:
        raise NotFound
    kept = _kept(found[0][0], found[0][1])
    uses = tuple(_use(use, kept, short, year) for _row, _document, use, short, year in found if use is not None)
    here = [use for use in uses if not use.is_withdrawn]
    places = [(use.cycle_id, use.item) for use in here]
    if not eyes.may_read(kept.secrecy, {kept.unit_id, *(use.unit_id for use in here)}, places):
        raise NotFound
    return kept, uses


def at_hand(eyes: Eyes) -> list[Kept]:
    """What the reader's office could offer again: what it brought, and what is biasa; the latest first."""
    mine: ColumnElement[bool] = (Evidence.unit_id == eyes.actor.unit_id) | (Evidence.secrecy == Secrecy.BIASA)
    rows = (
        within(eyes.actor.institution_id, Evidence, Evidence, Document.id)
        .outerjoin(Document, OF_ACT)
        .where(Evidence.withdrawn_at.is_(None), mine)
        .order_by(Evidence.id.desc())
        .limit(LATEST)
    )
    return [_kept(row, document_id) for row, document_id in db.session.execute(rows)]


def rows_of_uses(eyes: Eyes, *columns: Any) -> Select[Any]:
    """The select of offers that are in force, with what `read` needs and these columns behind it."""
    return _uses(eyes, *columns).where(EvidenceUse.withdrawn_at.is_(None), Evidence.withdrawn_at.is_(None))


def read(row: Any) -> Use:
    """A row of `rows_of_uses`."""
    use, kept, document_id, short, year, *_more = row
    return _use(use, _kept(kept, document_id), short, year)


def _uses(eyes: Eyes, *columns: Any) -> Select[Any]:
    wanted = [column for column in columns if column is not None]
    return (
        within(
            eyes.actor.institution_id, EvidenceUse, EvidenceUse, Evidence, Document.id, Unit.short, Cycle.year, *wanted
        )
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Unit, Unit.id == EvidenceUse.unit_id)
        .join(Cycle, Cycle.id == EvidenceUse.cycle_id)
        .outerjoin(Document, OF_ACT)
    )


def _told(rows: Iterable[Any]) -> list[Use]:
    """The offers of rows that may name one offer several times, once for each of its steps."""
    first: dict[int, Any] = {}
    steps: dict[int, list[Step]] = {}
    for row in rows:
        first.setdefault(row[0].id, row)
        if len(row) > 5 and row[5] is not None:
            steps.setdefault(row[0].id, []).append(_step(row[5]))
    return [
        _use(use, _kept(kept, document_id), short, year, tuple(steps.get(use.id, ())))
        for use, kept, document_id, short, year, *_more in first.values()
    ]


def _may_read(eyes: Eyes, use: Use) -> bool:
    """As far as this place tells; who may read it by another place finds it on its own page."""
    return eyes.may_read(use.kept.secrecy, {use.kept.unit_id, use.unit_id}, [(use.cycle_id, use.item)])


def _step(row: EvidenceStep) -> Step:
    return Step(row.move, row.reason, row.words, row.by_title, row.at)


def _use(row: EvidenceUse, kept: Kept, unit_name: str, year: int, steps: tuple[Step, ...] = ()) -> Use:
    return Use(
        id=row.id,
        cycle_id=row.cycle_id,
        year=year,
        item=row.item,
        level=row.level,
        code=row.code,
        unit_id=row.unit_id,
        unit_name=unit_name,
        pointer=row.pointer,
        explanation=row.explanation,
        state=row.state,
        reason=row.reason,
        words=row.words,
        judged_by=row.judged_by,
        judged_at=row.judged_at,
        carried=row.carried_from_id is not None,
        by_title=row.by_title,
        at=row.at,
        is_withdrawn=row.withdrawn_at is not None or kept.withdrawn_at is not None,
        version=row.version,
        kept=kept,
        steps=steps,
    )


def _kept(row: Evidence, document_id: int | None) -> Kept:
    return Kept(
        id=row.id,
        name=row.name,
        act_id=row.act_id,
        document_id=document_id,
        media=row.media,
        size=row.size,
        sha256=row.sha256,
        dated_on=row.dated_on,
        expires_on=row.expires_on,
        signed=row.signed,
        secrecy=row.secrecy,
        unit_id=row.unit_id,
        by_title=row.by_title,
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )
