"""Reading the register of an institution: the one place where the national law and its own rows come together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.mandates.entries import Entry, Fact, Relation
from governance.mandates.law import Law
from governance.mandates.merging import merged
from governance.mandates.models import RegulationEntry, RegulationFact
from governance.mandates.regulations import Gazette, Regulation
from governance.mandates.validity import Force, standing_of
from governance.people.facts import InstitutionFacts
from governance.people.models import Institution


@dataclass(frozen=True)
class Wish:
    """What a list of regulations is filtered by; empty means all."""

    words: str = ""
    type: str = ""
    force: Force | None = None


@dataclass(frozen=True)
class Register:
    """What an institution's register holds: the law as it sees it, and the rows that make it so."""

    institution_id: int
    law: Law
    institution: InstitutionFacts  # what the register needs of it: its names and bases, without units and posts
    national: Law
    entries: tuple[Entry, ...]
    facts: tuple[Fact, ...]

    def entry(self, key: str) -> Entry | None:
        """The row that speaks for that key, else the last one that did."""
        rows = [entry for entry in self.entries if entry.key == key]
        return next((entry for entry in rows if entry.closed_on is None), rows[-1] if rows else None)

    def in_order(self) -> list[Regulation]:
        """Every regulation by rank, then by date, then by key."""
        known = self.law.regulations.values()
        return sorted(known, key=lambda one: (one.rank, one.order_date or date.max, one.key))

    def matching(self, wish: Wish, on: date) -> list[Regulation]:
        """The regulations with every wished word in their number, year or title, as they stand on a day."""
        words = wish.words.casefold().split()
        return [
            one
            for one in self.in_order()
            if (not wish.type or one.type == wish.type)
            and (wish.force is None or standing_of(one, on).force is wish.force)
            and all(word in f"{one.name} {one.title} {one.cite or ''}".casefold() for word in words)
        ]

    def without(self, *fact_ids: int) -> "Register":
        """The register as it would be had these facts not been entered: what a correction of one is judged by."""
        others = tuple(fact for fact in self.facts if fact.id not in fact_ids)
        law = merged(self.national, self.institution, self.entries, others)
        return replace(self, law=law, facts=others)

    def before(self, key: str) -> "Register":
        """The register as it was before a regulation was found revoked or amended: what drafts cited until then."""
        return self.without(*(fact.id for fact in self.facts_of(key) if fact.relation is not Relation.CITED))

    def facts_of(self, key: str) -> tuple[Fact, ...]:
        """What was found of one regulation, in the order in which it was entered."""
        return tuple(fact for fact in self.facts if fact.key == key)


def register_of(institution_id: int, law: Law) -> Register:
    """The register of one institution, in two reads however long it is."""
    rows = (
        select(Institution, RegulationEntry)
        .outerjoin(RegulationEntry, RegulationEntry.institution_id == Institution.id)
        .where(Institution.id == institution_id)
        .order_by(RegulationEntry.id)
    )
    found: Sequence[Any] = db.session.execute(rows).all()
    facts = db.session.scalars(within(institution_id, RegulationFact).order_by(RegulationFact.id)).all()
    return _register(law, found[0][0], [row for _, row in found if row is not None], facts)


def law_of(institution_id: int, law: Law) -> Law:
    """The law as an institution sees it: what its documents cite and obey, what its pages and checks read."""
    return register_of(institution_id, law).law


def entry_row(institution_id: int, key: str) -> RegulationEntry:
    """The institution's row with that key, to be changed; NotFound for any other."""
    rows = within(institution_id, RegulationEntry).where(RegulationEntry.key == key)
    last = rows.order_by(RegulationEntry.id.desc()).limit(1)
    row: RegulationEntry | None = db.session.scalar(last.with_for_update())
    if row is None:
        raise NotFound
    return row


def fact_row(institution_id: int, fact_id: int) -> RegulationFact:
    """The institution's fact with that id, to be changed; NotFound for any other."""
    rows = within(institution_id, RegulationFact).where(RegulationFact.id == fact_id).with_for_update()
    row: RegulationFact | None = db.session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def entry_from(row: RegulationEntry) -> Entry:
    """A row as plain values."""
    return Entry(
        **{name: getattr(row, name) for name in _COPIED},
        gazette=_gazette(row),
        kinds=tuple(row.kinds),
    )


def fact_from(row: RegulationFact) -> Fact:
    """A row as plain values."""
    return Fact(
        key=row.regulation_key,
        relation=row.relation,
        source=row.source,
        by=row.by_key,
        since=row.since,
        kinds=tuple(row.kinds),
        how_sure=row.how_sure,
        note=row.note,
        entered_on=row.entered_at.date(),
        closed_on=row.closed_on,
        closed_reason=row.closed_reason,
        id=row.id,
        version=row.version,
    )


_COPIED = (
    "key", "type", "title", "issuer", "number", "year", "area", "enacted", "promulgated", "in_force_from",
    "in_force_to", "in_preparation", "how_sure", "note", "closed_on", "closed_reason", "id", "version",
)  # fmt: skip


def _gazette(row: RegulationEntry) -> Gazette | None:
    if row.gazette_kind is None or row.gazette_year is None or row.gazette_number is None:
        return None
    return Gazette(row.gazette_kind, row.gazette_year, row.gazette_number, row.gazette_supplement)


def _register(
    law: Law, institution: Institution, rows: Sequence[RegulationEntry], facts: Sequence[RegulationFact]
) -> Register:
    entries = tuple(entry_from(row) for row in rows)
    found = tuple(fact_from(row) for row in facts)
    named = InstitutionFacts(
        key=institution.key,
        name=institution.name,
        region=institution.region,
        region_kind=institution.region_kind,
        province=institution.province,
        head_office=institution.head_office,
        timezone=institution.timezone,
        bases=tuple(institution.bases),
    )
    return Register(institution.id, merged(law, named, entries, found), named, law, entries, found)
