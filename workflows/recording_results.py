"""Recording results: what the ministry published of a year, corrected by withdrawal, and the averages of peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select

from governance.assessment import results, years
from governance.assessment.instruments import Instrument
from governance.assessment.result_models import PeerAverage, PublishedResult
from governance.assessment.scoring import as_fraction
from governance.assessment.values import number_in
from governance.documents.scans import kept
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Institution
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.library import Library

FIRST_YEAR = 2000
LIMITS = {"predicate": 60, "number": 200, "source": 1000}
REASON_LIMIT, PEERS_LIMIT, VALUE_LIMIT = 1000, 200, 40


@dataclass(frozen=True)
class NewResult:
    """A year's result as published: `values` by code (`index`, tiers, items), each in the text as it stands.

    `target` is the IKD of a year without a cycle; a cycle keeps its own.
    """

    year: int
    instrument: str
    values: Mapping[str, str] = field(default_factory=dict)
    predicate: str = ""
    target: str = ""
    number: str = ""
    dated_on: date | None = None
    source: str = ""
    scan: bytes | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A result that does not hold, and why."""

    result_id: int
    reason: str


@dataclass(frozen=True)
class NewPeers:
    """The averages of comparable governments in a year: who they are, their values by code, where they were found."""

    year: int
    instrument: str
    peers: str
    values: Mapping[str, str]
    source: str


def enter(new: NewResult, *, by: Actor, now: datetime, library: Library) -> int:
    """Record a year's result; a year has one that holds. Returns its id."""
    with transaction():
        permissions.require(by, Act.RECORD_RESULT)
        _lock(by)
        row = _entered(new, by, now, library)
        record("result.recorded", by=by, about=("published_result", row.id), at=now, **_told(row))
        return row.id


def correct(new: NewResult, of: Withdrawal, *, by: Actor, now: datetime, library: Library) -> int:
    """Withdraw a result with a reason and record another in its place; both stay to be read. Returns the new id."""
    with transaction():
        permissions.require(by, Act.RECORD_RESULT)
        _lock(by)
        old = _withdrawn(of, by, now)
        db.session.flush()
        row = _entered(new, by, now, library)
        told = _told(row) | {"of": old.id, "reason": old.reason}
        record("result.corrected", by=by, about=("published_result", row.id), at=now, **told)
        return row.id


def withdraw(asked: Withdrawal, *, by: Actor, now: datetime) -> None:
    """Say that a recorded result does not hold, and why: the year has none until another is recorded."""
    with transaction():
        permissions.require(by, Act.RECORD_RESULT)
        _lock(by)
        row = _withdrawn(asked, by, now)
        told = {"year": row.year, "reason": row.reason}
        record("result.withdrawn", by=by, about=("published_result", row.id), at=now, **told)


def require_right(new: NewResult, *, by: Actor, now: datetime, library: Library) -> Instrument:
    """NotAllowed or Invalid unless this post may record that result and it can be so: asked before a preview too."""
    permissions.require(by, Act.RECORD_RESULT)
    instrument = known_instrument(new.instrument, library)
    today = day_in(by.timezone, now)
    problems = [*_text_problems(new), *_day_problems(new, today), *_cycle_problems(new, by)]
    try:
        results.read(instrument, new.values)
    except Invalid as refusal:
        problems += refusal.problems
    target = number_in(new.target) if new.target else None
    if new.target and (target is None or not results.on_scale(instrument, target)):
        bounds = {"least": instrument.min_value, "most": instrument.max_value}
        problems.append(Problem("target", "path.target", {"target": new.target[:40], **bounds}))
    if problems:
        raise Invalid(*problems)
    return instrument


def keep_peers(new: NewPeers, *, by: Actor, now: datetime, library: Library) -> int:
    """Keep the averages of peers in a year; the same peers of the same year are written anew. Returns the row's id."""
    with transaction():
        permissions.require(by, Act.RECORD_RESULT)
        _require_peers(new, known_instrument(new.instrument, library), day_in(by.timezone, now))
        _lock(by)
        row = _peers_kept(new, by, now)
        told = {"year": row.year, "peers": row.peers, "values": row.values}
        record("peers.kept", by=by, about=("peer_average", row.id), at=now, **told)
        return row.id


def load_peers(peers: Sequence[NewPeers], *, by: Actor, now: datetime, library: Library) -> None:
    """Keep all of them or none, as who runs the installation loads them from a file; Invalid names which is wrong."""
    with transaction():
        today, problems = day_in(by.timezone, now), []
        for place, new in enumerate(peers):
            try:
                _require_peers(new, known_instrument(new.instrument, library), today)
            except Invalid as refusal:
                problems += [replace(one, place=f"peers.{place + 1}.{one.place}") for one in refusal.problems]
        if problems:
            raise Invalid(*problems)
        _lock(by)
        for new in peers:
            _peers_kept(new, by, now)
        record("peers.loaded", by=by, about=("institution", by.institution_id), at=now, count=len(peers))


def known_instrument(key: str, library: Library) -> Instrument:
    """The instrument with that key, or Invalid at its field."""
    try:
        return library.instruments.instrument(key)
    except NotFound as refusal:
        raise Invalid(Problem("instrument", refusal.key, refusal.params)) from None


def _lock(by: Actor) -> None:
    """One hand at a time: two results of one year that are entered at once must see each other."""
    db.session.execute(select(Institution.id).where(Institution.id == by.institution_id).with_for_update())


def _entered(new: NewResult, by: Actor, now: datetime, library: Library) -> PublishedResult:
    require_right(new, by=by, now=now, library=library)
    holds = within(by.institution_id, PublishedResult, PublishedResult.id).where(
        PublishedResult.year == new.year, PublishedResult.withdrawn_at.is_(None)
    )
    if db.session.scalar(holds) is not None:
        raise Invalid(Problem("year", "result.year_taken", {"year": new.year}))
    row = PublishedResult(institution_id=by.institution_id, year=new.year, instrument=new.instrument)
    row.values = {code: text.strip() for code, text in new.values.items()}
    row.predicate, row.number, row.source = new.predicate.strip(), new.number.strip(), new.source.strip()
    target = number_in(new.target)
    row.target, row.dated_on = as_fraction(target) if target is not None else None, new.dated_on
    row.scan_sha256 = kept(new.scan, library.files)
    row.by_title, row.entered_at, row.withdrawn_by, row.reason = by.title, now, "", ""
    db.session.add(row)
    db.session.flush()
    return row


def _withdrawn(asked: Withdrawal, by: Actor, now: datetime) -> PublishedResult:
    row, reason = years.result_of(by.institution_id, asked.result_id), asked.reason
    if row.withdrawn_at is not None:
        raise Refusal("result.withdrawn", year=row.year)
    problems = unprintable("reason", reason)
    if not reason.strip():
        problems.append(Problem("reason", "result.reason_missing"))
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "draft.too_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
    row.withdrawn_at, row.withdrawn_by, row.reason = now, by.title, reason.strip()
    return row


def _peers_kept(new: NewPeers, by: Actor, now: datetime) -> PeerAverage:
    same = within(by.institution_id, PeerAverage).where(
        PeerAverage.year == new.year, PeerAverage.peers == new.peers.strip()
    )
    row = db.session.scalar(same) or PeerAverage(institution_id=by.institution_id, year=new.year)
    row.instrument, row.peers, row.source = new.instrument, new.peers.strip(), new.source.strip()
    row.values, row.by_title, row.at = {code: text.strip() for code, text in new.values.items()}, by.title, now
    db.session.add(row)
    db.session.flush()
    return row


def _text_problems(new: NewResult) -> list[Problem]:
    problems = []
    for name, limit in LIMITS.items():
        text = getattr(new, name)
        problems += unprintable(name, text)
        if len(text) > limit:
            problems.append(Problem(name, "draft.too_long", {"limit": limit}))
    if not new.source.strip():
        problems.append(Problem("source", "result.source_missing"))
    long = [code for code, text in new.values.items() if len(text) > VALUE_LIMIT]
    return problems + [Problem(code, "draft.too_long", {"limit": VALUE_LIMIT}) for code in long]


def _day_problems(new: NewResult, today: date) -> list[Problem]:
    problems = []
    if not FIRST_YEAR <= new.year <= today.year:
        problems.append(Problem("year", "result.year", {"first": FIRST_YEAR, "last": today.year}))
    if new.dated_on is not None and new.dated_on > today:
        problems.append(Problem("dated_on", "enact.future", {"today": today.isoformat()}))
    elif new.dated_on is not None and new.dated_on.year < new.year:
        problems.append(Problem("dated_on", "result.before_year", {"year": new.year}))
    return problems


def _cycle_problems(new: NewResult, by: Actor) -> list[Problem]:
    """A year with a cycle was assessed on its instrument, and its target stands there."""
    cycle = years.cycle_of(by.institution_id, new.year)
    if cycle is None:
        return []
    problems = []
    if cycle.instrument != new.instrument:
        problems.append(Problem("instrument", "result.instrument_of_cycle", {"year": new.year}))
    if new.target and number_in(new.target) != cycle.target:
        problems.append(Problem("target", "result.target_of_cycle", {"year": new.year}))
    return problems


def _require_peers(new: NewPeers, instrument: Instrument, today: date) -> None:
    problems = [*unprintable("peers", new.peers), *unprintable("source", new.source)]
    if not new.peers.strip():
        problems.append(Problem("peers", "result.peers_missing"))
    if not new.source.strip():
        problems.append(Problem("source", "result.source_missing"))
    for name, limit in (("peers", PEERS_LIMIT), ("source", LIMITS["source"])):
        if len(getattr(new, name)) > limit:
            problems.append(Problem(name, "draft.too_long", {"limit": limit}))
    if not FIRST_YEAR <= new.year <= today.year:
        problems.append(Problem("year", "result.year", {"first": FIRST_YEAR, "last": today.year}))
    try:
        results.read(instrument, new.values)
    except Invalid as refusal:
        problems += refusal.problems
    if problems:
        raise Invalid(*problems)


def _told(row: PublishedResult) -> dict[str, object]:
    """What the trail says of a result."""
    told = {"year": row.year, "instrument": row.instrument, "values": dict(row.values), "predicate": row.predicate}
    return told | {"number": row.number, "scan": row.scan_sha256}
