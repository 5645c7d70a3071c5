"""What an import writes: shares, scores and efforts put to what is wanted; its caller holds the lock of the cycle."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from governance.assessment.course import Part
from governance.assessment.cycle_models import Cycle, Share
from governance.assessment.score_check import Checked, Given
from governance.assessment.score_models import DocumentEffort, StepEffort
from governance.assessment.sheet_rows import Row
from governance.assessment.sheet_scores import stage_of
from governance.kernel.db import db, within
from governance.people.actors import Actor
from workflows.rating import counting_scores, write

Wanted = Mapping[str, Row | None]  # the row's name: what it is to be, None where there is to be none
BLANK_SCORE: Row = {"value": None, "source_value": "", "explanation": "", "uses": []}


def put(cycle: Cycle, wanted: Wanted, *, by: Actor, now: datetime) -> None:
    """Make each row what is wanted of it. A score is never overwritten: another one counts from now on."""
    _put_shares(cycle, {name: row or {"units": {}} for name, row in wanted.items() if name.startswith("share:")})
    for name, row in wanted.items():
        kind, _, of = name.partition(":")
        if kind == "score":
            _put_score(cycle, name, row or BLANK_SCORE, by, now)
        elif kind == "effort":
            _put_step(cycle, of, row, by, now)
        elif kind == "document":
            _put_document(cycle, of, row, by, now)
    db.session.flush()


def _put_shares(cycle: Cycle, wanted: Mapping[str, Row]) -> None:
    """In an order in which no item has two responsible offices at any moment."""
    items = {name.partition(":")[2]: row["units"] for name, row in wanted.items()}
    rows = within(cycle.institution_id, Share).where(Share.cycle_id == cycle.id, Share.item.in_(items))
    there = {(one.item, one.unit_id): one for one in db.session.scalars(rows)}
    asked = {(item, int(unit)): told for item, units in items.items() for unit, told in units.items()}
    for key in there.keys() - asked.keys():
        db.session.delete(there[key])
    db.session.flush()
    for part in (Part.CONTRIBUTOR, Part.RESPONSIBLE):
        _put_parts(cycle, there, {key: told for key, told in asked.items() if told[0] == part.value})


def _put_parts(
    cycle: Cycle, there: Mapping[tuple[str, int], Share], asked: Mapping[tuple[str, int], list[str]]
) -> None:
    for (item, unit_id), (part, sure) in asked.items():
        row = there.get((item, unit_id))
        if row is None:
            row = Share(institution_id=cycle.institution_id, cycle_id=cycle.id, item=item, unit_id=unit_id)
            db.session.add(row)
        row.part, row.how_sure = Part(part), sure
    db.session.flush()


def _put_score(cycle: Cycle, name: str, wanted: Row, by: Actor, now: datetime) -> None:
    item, stage = stage_of(name)
    value = None if wanted["value"] is None else Fraction(wanted["value"])
    given = Given(item, explanation=wanted["explanation"], uses=tuple(wanted["uses"]))
    before = counting_scores(cycle, stage, [item]).get(item)
    write(cycle, stage, Checked(given, value, wanted["source_value"]), before, (by, now))


def _put_step(cycle: Cycle, of: str, wanted: Row | None, by: Actor, now: datetime) -> None:
    item, _, level = of.rpartition(":")
    found: StepEffort | None = db.session.scalar(
        within(cycle.institution_id, StepEffort).where(
            StepEffort.cycle_id == cycle.id, StepEffort.item == item, StepEffort.level == int(level)
        )
    )
    if wanted is None:
        _remove(found)
        return
    row = found or StepEffort(institution_id=cycle.institution_id, cycle_id=cycle.id, item=item, level=int(level))
    row.effort, row.unit_id, row.note = wanted["effort"], wanted["unit_id"], wanted["note"]
    row.earliest_on = date.fromisoformat(wanted["earliest_on"]) if wanted["earliest_on"] else None
    row.needs, row.documents = list(wanted["needs"]), list(wanted["documents"])
    _sign(row, wanted, by, now, is_new=found is None)


def _put_document(cycle: Cycle, key: str, wanted: Row | None, by: Actor, now: datetime) -> None:
    found: DocumentEffort | None = db.session.scalar(
        within(cycle.institution_id, DocumentEffort).where(
            DocumentEffort.cycle_id == cycle.id, DocumentEffort.key == key
        )
    )
    if wanted is None:
        _remove(found)
        return
    row = found or DocumentEffort(institution_id=cycle.institution_id, cycle_id=cycle.id, key=key)
    row.title, row.effort = wanted["title"], wanted["effort"]
    _sign(row, wanted, by, now, is_new=found is None)


def _remove(row: StepEffort | DocumentEffort | None) -> None:
    if row is not None:
        db.session.delete(row)


def _sign(row: StepEffort | DocumentEffort, wanted: Row, by: Actor, now: datetime, *, is_new: bool) -> None:
    """Who says so and when; what is brought back is his who said it first."""
    row.by_title = wanted.get("by_title", by.title)
    row.at = datetime.fromisoformat(wanted["at"]) if "at" in wanted else now
    if is_new:
        db.session.add(row)
    else:
        row.version += 1
