"""Due dates against an oracle that only walks from day to day, over thirty years and three time zones."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays
from hypothesis import given, settings
from hypothesis import strategies as some

from config.settings import ROOT
from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday
from governance.kernel.clock import day_in
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownAct, KnownActing, KnownFact
from governance.obligations.timetable import expected_in
from governance.people.manners import Manner
from governance.people.roles import Role

A_DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2049, 12, 31)  # thirty years
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
DAYS = some.dates(FIRST, LAST)
LAW = Law.read(ROOT / "config" / "law")


# ------------------------------------------------------------------ the oracle: loops over days, and nothing else


@cache
def listed(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(national holidays, every closed day) of a year, straight from the data: the decree's where it is known."""
    if year in LAW.holidays:
        days = LAW.holidays[year]
        return frozenset(one.day for one in days if one.kind == "public"), frozenset(one.day for one in days)
    public = frozenset(holidays.country_holidays("ID", years=year, categories=(holidays.PUBLIC,)))
    leave = frozenset(holidays.country_holidays("ID", years=year, categories=(holidays.GOVERNMENT,)))
    return public, public | leave


def works(day: date, week: int, closed: frozenset[date], opened: frozenset[date]) -> bool:
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][:week]
    return day.strftime("%a") in names and day not in closed and (day in opened or day not in listed(day.year)[1])


def after_working_days(day: date, count: int, week: int, own: tuple[frozenset[date], frozenset[date]]) -> date:
    while count:
        day += A_DAY
        if works(day, week, *own):
            count -= 1
    return day


def expires(end: date, week: int, own: tuple[frozenset[date], frozenset[date]]) -> date:
    if end.strftime("%a") == "Sun" or (end in listed(end.year)[0] and end not in own[0] | own[1]):
        while not works(end, week, *own):
            end += A_DAY
    return end


def months_on(day: date, months: int) -> date:
    """Walks on until so many months have begun and the same day of the month is there, or its month is about to end."""
    at, begun = day, 0
    while True:
        following = at + A_DAY
        if begun == months and (at.day == day.day or following.month != at.month):
            return at
        begun += following.month != at.month
        at = following


def last_within(day: date, months: int) -> date:
    """The last day before the month-day comes round again."""
    at, begun = day, 0
    while True:
        following = at + A_DAY
        if following.month != at.month:
            begun += 1
        if begun > months or (begun == months and following.day >= day.day):
            return at
        at = following


# ------------------------------------------------------------------ the rules beside it


OWN = some.lists(some.integers(-3, 12), max_size=4, unique=True)


def calendar(near: date, shut: list[int], opened: list[int], week: int) -> tuple[Calendar, tuple[frozenset[date], ...]]:
    """A calendar with its own closed and open days around a day, and the same for the oracle."""
    closed = {near + shift * A_DAY for shift in shut}
    kept = {near + shift * A_DAY for shift in opened} - closed
    own = {day: Holiday(day, "Hari jadi", "local") for day in closed}
    own |= {day: Holiday(day, "Masuk", "open") for day in kept}
    return Calendar(week, LAW.holidays, own), (frozenset(closed), frozenset(kept))


def found(year: int, key: str, **known: object) -> Expected:
    (one,) = [one for one in expected_in(LAW, year, Facts(**known)) if one.key == key]  # type: ignore[arg-type]
    return one


@given(
    moment=some.integers(0, 30 * 365 * 24).map(
        lambda hours: datetime(2020, 1, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
    ),
    zone=some.sampled_from(sorted(ZONES)),
    week=some.sampled_from([5, 6]),
    shut=OWN,
    opened=OWN,
)
@settings(max_examples=150, deadline=None)
def test_a_change_is_due_five_working_days_after_the_local_day_of_its_reason(
    moment: datetime, zone: str, week: int, shut: list[int], opened: list[int]
) -> None:
    local = (moment + timedelta(hours=ZONES[zone])).date()
    days, own = calendar(local, shut, opened, week)
    due = after_working_days(local, 5, week, own)  # type: ignore[arg-type]
    fact = KnownFact("team_change", day_in(zone, moment))
    one = found(due.year, f"coordination_team_decree:change:{local}", calendar=days, facts=(fact,))
    assert (one.begins_on, one.due_on) == (local, due)


@given(end=some.dates(FIRST, date(2049, 11, 30)), week=some.sampled_from([5, 6]), shut=OWN, opened=OWN)
@settings(max_examples=150, deadline=None)
def test_a_team_decree_is_renewed_by_its_last_day_or_the_next_working_day(
    end: date, week: int, shut: list[int], opened: list[int]
) -> None:
    days, own = calendar(end, shut, opened, week)
    due = expires(end, week, own)  # type: ignore[arg-type]
    act = KnownAct(7, "coordination_team_decree", end.year, "1", end - 200 * A_DAY, end - 200 * A_DAY, end)
    one = found(due.year, "coordination_team_decree:renewal:7", calendar=days, acts=(act,))
    assert one.due_on == due
    assert any(step["key"].startswith("why.end_moved") for step in one.computed) == (due != end)


@given(begun=some.dates(date(2024, 9, 4), date(2049, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_an_architecture_holds_five_years_and_is_reviewed_in_their_middle(begun: date) -> None:
    days = Calendar(decreed=LAW.holidays)
    act = KnownAct(4, "spbe_architecture", begun.year, "9", begun, begun)
    end = expires(last_within(begun, 60), 5, (frozenset(), frozenset()))
    middle = months_on(begun, 30)
    assert found(end.year, "spbe_architecture:renewal:4", calendar=days, acts=(act,)).due_on == end
    assert found(end.year, "spbe_architecture:final_year:4", calendar=days, acts=(act,)).due_on == end
    assert found(middle.year, "spbe_architecture:midterm:4", calendar=days, acts=(act,)).due_on == middle


@given(report=DAYS, kind=some.sampled_from(["audit_infrastructure", "audit_application", "audit_security"]))
@settings(max_examples=60, deadline=None)
def test_an_audit_is_due_two_years_after_the_last_report(report: date, kind: str) -> None:
    due = months_on(report, 24)
    facts = (KnownFact(kind, report, number="9"),)
    one = found(due.year, f"{kind}:next:{report}", calendar=Calendar(decreed=LAW.holidays), facts=facts)
    assert one.due_on == due


@given(begun=DAYS, vacant=some.booleans())
@settings(max_examples=60, deadline=None)
def test_an_acting_sekda_leaves_on_the_last_day_within_the_months(begun: date, vacant: bool) -> None:
    due = last_within(begun, 3 if vacant else 6)
    manner = Manner.PJ if vacant else Manner.PLH
    acting = (KnownActing(Role.SECRETARY, manner, begun, begun + 400 * A_DAY, vacant),)
    one = found(due.year, f"acting_sekda:{begun}", calendar=Calendar(decreed=LAW.holidays), acting=acting)
    assert (one.due_on, one.met) == (due, None)


@given(day=some.dates(FIRST, date(2048, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_an_rpjmd_that_must_follow_an_inauguration_is_reckoned_six_months_on(day: date) -> None:
    latest = months_on(day, 6)
    rkpd = next(at for at in (latest + shift * A_DAY for shift in range(1, 800)) if (at.month, at.day) == (6, 30))
    act = KnownAct(4, "spbe_roadmap", day.year, "9", day, day)
    known = {"acts": (act,), "facts": (KnownFact("inauguration", day),), "calendar": Calendar(decreed=LAW.holidays)}
    one = found(rkpd.year, f"spbe_roadmap:rpjmd:{day}", **known)
    assert (one.begins_on, one.due_on, one.estimated) == (latest, rkpd, True)
