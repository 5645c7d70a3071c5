"""Handing over: what goes to the national portal, as a zip that is written while it is sent; who took it is kept."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from governance.assessment import cycles, portal, portal_texts
from governance.assessment.cycles import Seen
from governance.assessment.eyes import eyes_of
from governance.assessment.instruments import Instrument
from governance.assessment.paper_facts import Facts, facts_of
from governance.assessment.portal import Plan, Wish
from governance.assessment.portal_rows import looked_into, pieces_of
from governance.assessment.portal_texts import Made
from governance.kernel.clock import day_in
from governance.kernel.db import transaction
from governance.kernel.errors import Invalid, Problem
from governance.kernel.files import Files
from governance.kernel.streamed_zip import StreamedZip
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import facts_of as institution_facts
from governance.trail.record import record
from workflows.library import Library


@dataclass(frozen=True)
class Wanted:
    """What is asked for: all of a cycle or one of its groups (a domain, an aspect); with what is terbatas or not."""

    cycle_id: int
    group: str = ""
    restricted: bool = False


@dataclass(frozen=True)
class Package:
    """A zip to be sent: its name, and its bytes as they come to be."""

    name: str
    chunks: Iterator[bytes]


def hand_over(wanted: Wanted, *, by: Actor, now: datetime, library: Library) -> Package:
    """Make the zip; refused before its first byte where it would be too large. A closed cycle's can be made too."""
    with transaction():
        seen = cycles.seen(wanted.cycle_id, by)
        permissions.require(by, Act.HAND_TO_PORTAL, seen.matter(by))
        instrument = library.instruments.instrument(seen.instrument)
        plan = plan_of(wanted, seen, by=by, now=now, library=library)
        portal.require_bounds(plan)
        facts, house = facts_of(by.institution_id, seen.id), institution_facts(by.institution_id)
        local = now.astimezone(ZoneInfo(by.timezone))
        items = items_of(instrument, wanted.group)
        made = Made(house.name, seen.year, instrument, by.title, local, wanted.restricted, items)
        told = {"files": len(plan.packed), "left_out": len(plan.left_out), "size": plan.size}
        asked = {"restricted": wanted.restricted, "group": wanted.group}
        record("portal.handed_over", by=by, about=("cycle", seen.id), at=now, **told, **asked)
    part = f"-{wanted.group}" if wanted.group else ""
    return Package(f"portal-{house.key}-{seen.year}{part}.zip", _written(made, facts, plan, library.files))


def plan_of(wanted: Wanted, seen: Seen, *, by: Actor, now: datetime, library: Library) -> Plan:
    """What would go and what would stay."""
    instrument = library.instruments.instrument(seen.instrument)
    pieces = pieces_of(eyes_of(by), seen.id, looked_into(library.files))
    wish = Wish(items_of(instrument, wanted.group), wanted.restricted)
    return portal.planned(pieces, wish, day_in(by.timezone, now))


def items_of(instrument: Instrument, group: str) -> tuple[str, ...]:
    """The items of a group; all of them where none is named."""
    if not group:
        return tuple(instrument.items)
    if group not in instrument.groups:
        raise Invalid(Problem("group", "portal.group", {"group": group[:40]}))
    return tuple(item.key for item in instrument.groups[group].items())


def _written(made: Made, facts: Facts, plan: Plan, files: Files) -> Generator[bytes, None, None]:
    """The bytes. The manifest comes last, so that it says what was really sent."""
    archive, sums = StreamedZip(made.at), dict[str, str]()
    texts = [
        (portal_texts.README, portal_texts.readme(made, plan)),
        *portal_texts.lists(made, facts, plan),
        *portal_texts.explanations(made, facts, plan),
    ]
    for path, text in texts:
        sums[path] = yield from archive.text(path, text)
    for one in plan.packed:
        sums[one.path] = yield from archive.file(one.path, files.place(one.piece.sha256 or ""))
    yield from archive.text(portal_texts.MANIFEST, portal_texts.manifest(made, plan, sums))
    yield from archive.end()
