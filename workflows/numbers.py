"""Numbers: reserved for a document before it is signed, made void with a reason, and the settings of their series."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from governance.documents import giving, series_rules, signings, under_way
from governance.documents.lifecycle import State
from governance.documents.number_models import Number, Series
from governance.documents.numbering import Use, Way
from governance.documents.series import all_series, known_number, last_number, start_in
from governance.documents.series_rules import Setting
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.library import Library

REASON_LIMIT, MOST_AT_ONCE, LARGEST = 400, 500, 999_999_999
YEARS = (1945, 2999)


@dataclass(frozen=True)
class Wanted:
    """A number to be reserved: for which document, to be signed when; typed where the series follows a shared book."""

    document_id: int
    signed_on: date
    number: str | None = None


@dataclass(frozen=True)
class Voided:
    """Numbers of a series and a year that are made void, from the first to the last of them."""

    series_id: int
    year: int
    first: int
    last: int
    reason: str


@dataclass(frozen=True)
class Edited:
    """A series as it is to be, by someone who saw it in this version."""

    series_id: int
    version: int
    setting: Setting


def reserve(wanted: Wanted, *, by: Actor, now: datetime, library: Library) -> str:
    """Keep a number for an approved document, to be put into its file before it is signed; the number as written.

    Asked again it answers the same number; only making it void, with a reason, sets the document free of it.
    """
    with transaction():
        document = under_way.for_change(wanted.document_id, by)
        permissions.require(by, Act.KEEP_NUMBERS)
        if document.state is not State.APPROVED:
            raise Refusal("refused.not_approved")
        _require_near(wanted.signed_on, day_in(by.timezone, now))
        family = library.family(document.kind)
        order = giving.order_of(document, family, wanted.signed_on, wanted.number)
        row, is_new = giving.reserve(order, by=by, at=now)
        if is_new:
            told = {"number": row.written, "signed_on": wanted.signed_on.isoformat(), "series": row.series_id}
            record("number.reserved", by=by, about=("document", document.id), at=now, **told)
        return row.written


def void(voided: Voided, *, by: Actor, now: datetime) -> None:
    """Make a reserved or a skipped number void, with a reason; one that an act bears stays."""
    with transaction():
        permissions.require(by, Act.KEEP_NUMBERS)
        series = _series(by, voided.series_id)
        _require_told(voided)
        _require_come(series, voided)
        for number in range(voided.first, voided.last + 1):
            _void_one(series, voided, number, by, now)
        record(
            "number.voided",
            by=by,
            about=("series", series.id),
            at=now,
            year=voided.year,
            first=voided.first,
            last=voided.last,
            reason=voided.reason.strip(),
        )


def change_series(edited: Edited, *, by: Actor, now: datetime, library: Library) -> None:
    """Change how a series writes and counts from now on; numbers that were given stay as they are."""
    with transaction():
        permissions.require(by, Act.KEEP_NUMBERS)
        series = _series(by, edited.series_id)
        if series.version != edited.version:
            raise Stale((f"series:{series.version}",))
        setting = _cleaned(edited.setting)
        _require_sound(setting, series, by, day_in(by.timezone, now), library)
        changed = {name: value for name, value in _columns(setting).items() if getattr(series, name) != value}
        if not changed:
            return
        before = {name: getattr(series, name) for name in changed}
        for name, value in changed.items():
            setattr(series, name, value)
        series.version += 1
        record("series.changed", by=by, about=("series", series.id), at=now, before=before, after=changed)


def open_series(key: str, setting: Setting, *, by: Actor, now: datetime, library: Library) -> int:
    """A series more, for kinds that are numbered apart from the others; returns its id."""
    with transaction():
        permissions.require(by, Act.KEEP_NUMBERS)
        setting = _cleaned(setting)
        known = {one.key for one in all_series(by.institution_id)}
        if not series_rules.KEY.fullmatch(key) or len(key) > series_rules.KEY_LIMIT:
            raise Invalid(Problem("key", "series.key", {"limit": series_rules.KEY_LIMIT}))
        if key in known:
            raise Invalid(Problem("key", "series.key_there"))
        _require_sound(setting, None, by, day_in(by.timezone, now), library)
        series = Series(institution_id=by.institution_id, key=key, **_columns(setting))
        db.session.add(series)
        db.session.flush()
        record("series.opened", by=by, about=("series", series.id), at=now, key=key, after=_columns(setting))
        return series.id


def _series(by: Actor, series_id: int) -> Series:
    """One series, with all of them locked."""
    series = next((one for one in all_series(by.institution_id) if one.id == series_id), None)
    if series is None:
        raise NotFound
    return series


def _void_one(series: Series, voided: Voided, number: int, by: Actor, now: datetime) -> None:
    row = known_number(series, voided.year, number)
    if row is None:
        row = Number(institution_id=series.institution_id, series_id=series.id, year=voided.year, number=number)
        row.dated_on = day_in(by.timezone, now)
        db.session.add(row)
    elif row.use is not Use.RESERVED:
        key = "number.enacted" if row.use is Use.ENACTED else "number.void_already"
        raise Invalid(Problem("first", key, {"number": number, "year": voided.year}))
    else:
        signings.require_none_of(row.document_id, by)
    row.use, row.reason, row.by_title, row.at = Use.VOID, voided.reason.strip(), by.title, now


def _require_near(signed_on: date, today: date) -> None:
    """A number is reserved for a signature about to be given, or given and not recorded yet."""
    first, last = date(today.year - 1, 1, 1), date(today.year, 12, 31)
    if not first <= signed_on <= last:
        told = {"first": first.isoformat(), "last": last.isoformat()}
        raise Invalid(Problem("signed_on", "number.reserve_future", told))


def _require_told(voided: Voided) -> None:
    reason, problems = voided.reason.strip(), unprintable("reason", voided.reason)
    if not reason:
        problems.append(Problem("reason", "number.reason_missing"))
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "number.reason_long", {"limit": REASON_LIMIT}))
    if not YEARS[0] <= voided.year <= YEARS[1]:
        problems.append(Problem("year", "number.year", {"first": YEARS[0], "last": YEARS[1]}))
    if problems := [*problems, *_range_problems(voided)]:
        raise Invalid(*problems)


def _range_problems(voided: Voided) -> list[Problem]:
    for place, number in (("first", voided.first), ("last", voided.last)):
        if not 1 <= number <= LARGEST:
            return [Problem(place, "number.bad", {"limit": LARGEST})]
    if voided.last < voided.first:
        return [Problem("last", "number.range")]
    if voided.last - voided.first >= MOST_AT_ONCE:
        return [Problem("last", "number.many", {"limit": MOST_AT_ONCE})]
    return []


def _require_come(series: Series, voided: Voided) -> None:
    """A number that is still to come is not skipped; the shared book counts by itself, so any number of it may be."""
    told: dict[str, Any] = {"number": voided.last, "year": voided.year}
    if series.way is Way.REGISTER:
        return
    last = last_number(series, voided.year)
    if voided.last > (last or 0):
        raise Invalid(Problem("last", "number.not_yet", told | {"last": last or 0}))
    start = start_in(series, voided.year)
    row = known_number(series, voided.year, voided.first)
    if voided.first < start and row is None:
        raise Invalid(Problem("first", "number.below_start", told | {"start": start}))


def _require_sound(setting: Setting, series: Series | None, by: Actor, today: date, library: Library) -> None:
    others = [one for one in all_series(by.institution_id) if series is None or one.id != series.id]
    elsewhere = {kind: one.key for one in others for kind in one.kinds}
    problems = series_rules.problems_of(setting, known=library.law.mandates, elsewhere=elsewhere)
    if series is not None and (setting.start, setting.start_year) != (series.start, series.start_year):
        year = setting.start_year or today.year
        problems += series_rules.start_problem(setting, last_number(series, year), year)
    if problems:
        raise Invalid(*problems)


def _cleaned(setting: Setting) -> Setting:
    """Without blanks at the ends, and without codes of kinds that say nothing."""
    codes = {kind: code.strip() for kind, code in setting.classifications.items() if code.strip()}
    return Setting(
        setting.way,
        setting.pattern.strip(),
        setting.classification.strip(),
        codes,
        setting.start,
        setting.start_year,
        tuple(dict.fromkeys(setting.kinds)),
    )


def _columns(setting: Setting) -> dict[str, Any]:
    return asdict(setting) | {"kinds": list(setting.kinds), "way": setting.way.value}
