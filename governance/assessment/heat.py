"""Indicators and the offices that share in them: who is involved in what, how far each has proven it, as one grid."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import literal, union_all

from governance.assessment.course import Part
from governance.assessment.cycle_models import Share
from governance.assessment.cycles import Seen
from governance.assessment.instruments import Instrument
from governance.assessment.proven import Proven
from governance.assessment.result_models import PublishedResult
from governance.assessment.values import number_in
from governance.kernel.db import db, json_of, within
from governance.people.models import Unit


@dataclass(frozen=True)
class Office:
    """An office with a share in the cycle."""

    id: int
    name: str
    short: str


@dataclass(frozen=True)
class PublishedYear:
    """The ministry's result of the cycle's year: its texts by code, and the act that set it."""

    texts: Mapping[str, str]
    predicate: str = ""
    number: str = ""
    dated_on: date | None = None
    source: str = ""

    def index(self, instrument: Instrument) -> Fraction | None:
        """The ministry's figure; None where none was published or it is no number on the scale."""
        return _on_scale(instrument, self.texts.get("index", ""))

    def tiers(self, instrument: Instrument) -> dict[str, Fraction]:
        """The values of groups, as far as they are numbers on the scale."""
        read = {code: _on_scale(instrument, text) for code, text in self.texts.items() if code in instrument.groups}
        return {code: value for code, value in read.items() if value is not None}


@dataclass(frozen=True)
class Involved:
    """Who shares in which item of a cycle, and what the ministry published of its year."""

    offices: Mapping[int, Office] = field(default_factory=dict)
    parts: Mapping[tuple[str, int], Part] = field(default_factory=dict)
    published: PublishedYear | None = None

    def tiers(self, instrument: Instrument) -> dict[str, Fraction]:
        """The published values of groups, none where nothing was published."""
        return self.published.tiers(instrument) if self.published else {}


@dataclass(frozen=True)
class Cell:
    """An office's place in an item's row: its part, None where it is not involved, and the level that it has proven.

    An office that proved something without a share has a level and no part.
    """

    office: Office
    part: Part | None
    level: int | None


def involved(institution_id: int, cycle: Seen) -> Involved:
    """The shares with their offices, and the published result of that year. One statement."""
    share = json_of(item=Share.item, unit_id=Share.unit_id, part=Share.part)
    unit = json_of(id=Unit.id, name=Unit.name, short=Unit.short)
    told = {name: getattr(PublishedResult, name) for name in ("values", "predicate", "number", "dated_on", "source")}
    results = within(institution_id, PublishedResult, literal("result"), json_of(**told)).where(
        PublishedResult.year == cycle.year,
        PublishedResult.instrument == cycle.instrument,
        PublishedResult.withdrawn_at.is_(None),
    )
    shares = within(institution_id, Share, literal("share"), share).where(Share.cycle_id == cycle.id)
    rows = db.session.execute(union_all(shares, within(institution_id, Unit, literal("unit"), unit), results)).all()
    found: dict[str, list[dict[str, Any]]] = {"share": [], "unit": [], "result": []}
    for what, one in rows:
        found[what].append(one)
    offices = {one["id"]: Office(one["id"], one["name"], one["short"]) for one in found["unit"]}
    parts = {(one["item"], one["unit_id"]): Part(one["part"]) for one in found["share"]}
    return Involved(offices, parts, _published(found["result"]))


def columns(who: Involved, proven: Mapping[str, Proven]) -> list[Office]:
    """The offices of the grid: first those that answer for most, then by name."""
    here = {unit_id for _item, unit_id in who.parts} | {unit for one in proven.values() for unit in one.by_unit}

    def place(office: Office) -> tuple[int, int, str]:
        mine = [part for (_item, unit_id), part in who.parts.items() if unit_id == office.id]
        return -mine.count(Part.RESPONSIBLE), -len(mine), office.name

    return sorted((who.offices[one] for one in here if one in who.offices), key=place)


def grid(instrument: Instrument, who: Involved, proven: Mapping[str, Proven]) -> dict[str, list[Cell]]:
    """A row of cells for every item, in the order of the offices."""
    offices = columns(who, proven)
    return {
        item: [
            Cell(office, who.parts.get((item, office.id)), proven[item].by_unit.get(office.id)) for office in offices
        ]
        for item in instrument.items
    }


def _on_scale(instrument: Instrument, text: str) -> Fraction | None:
    value = number_in(text)
    return value if value is not None and instrument.min_value <= value <= instrument.max_value else None


def _published(rows: Iterable[dict[str, Any]]) -> PublishedYear | None:
    """The result of the year; there is one that is not withdrawn."""
    row = next(iter(rows), None)
    if row is None:
        return None
    values = json.loads(row["values"]) if isinstance(row["values"], str) else row["values"]
    dated_on = date.fromisoformat(row["dated_on"]) if row["dated_on"] else None
    return PublishedYear(values, row["predicate"], row["number"], dated_on, row["source"])
