"""Who may hold which post: overlaps, vacancies, circles, gaps; the first and the last day, whatever the zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.kernel.clock import day_in
from governance.people.holdings import Gap, Held, acting_in, gaps, problems, too_long
from governance.people.manners import Manner

D, PJ, PLT, PLH = Manner.DEFINITIVE, Manner.PJ, Manner.PLT, Manner.PLH
TODAY = date(2026, 11, 28)
SEKDA, HUKUM, DISKOMINFO = 1, 2, 3
AMIR, BUDI, CITRA = 11, 12, 13
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 5)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def held(post: int, person: int, manner: Manner = D, first: date = date(2020, 1, 1), last: date | None = None) -> Held:
    letter = "" if manner is D else "800/1/2026"
    return Held(post, person, manner, first, last, letter, id=post * 100 + person, name=f"P{person}")


def new(post: int, person: int, manner: Manner, first: date = FIRST, last: date | None = LAST) -> Held:
    return Held(post, person, manner, first, last, "800/2/2026")


def keys(one: Held, *others: Held) -> list[str]:
    return [problem.key for problem in problems(one, others, TODAY)]


def test_a_plh_stands_in_for_who_is_there_and_a_plt_does_not() -> None:
    sekda = held(SEKDA, AMIR)
    assert keys(new(SEKDA, BUDI, PLH), sekda) == []
    assert keys(new(SEKDA, BUDI, PLT), sekda) == ["holding.not_vacant_open"]
    assert keys(new(SEKDA, BUDI, PJ), held(SEKDA, AMIR, last=LAST)) == ["holding.not_vacant"]
    assert keys(new(SEKDA, BUDI, PLT), held(SEKDA, AMIR, last=FIRST - timedelta(days=1))) == []


def test_a_definitive_one_is_told_to_end_the_plt_first() -> None:
    plt = held(SEKDA, BUDI, PLT, FIRST, LAST)
    assert keys(new(SEKDA, AMIR, D, FIRST, None), plt) == ["holding.still_acting"]
    assert keys(new(SEKDA, AMIR, D, LAST + timedelta(days=1), None), plt) == []


def test_two_of_one_kind_never_hold_one_post_on_one_day() -> None:
    assert keys(new(SEKDA, BUDI, D), held(SEKDA, AMIR)) == ["holding.overlap_open"]
    assert keys(new(SEKDA, BUDI, PLH), held(SEKDA, CITRA, PLH, FIRST, LAST)) == ["holding.overlap"]
    assert keys(new(SEKDA, BUDI, PLH, LAST), held(SEKDA, CITRA, PLH, FIRST, LAST)) == ["holding.overlap"]
    day_after = LAST + timedelta(days=1)
    assert keys(new(SEKDA, BUDI, PLH, day_after, day_after), held(SEKDA, CITRA, PLH, FIRST, LAST)) == []
    assert keys(new(SEKDA, AMIR, PLH), held(SEKDA, AMIR)) == ["holding.overlap_open"]


def test_what_an_acting_official_needs_is_asked_for() -> None:
    bare = Held(SEKDA, BUDI, PLH, FIRST)
    assert keys(bare) == ["holding.letter_missing", "holding.end_missing"]
    backwards = Held(SEKDA, BUDI, PLH, LAST, FIRST, "1")
    assert keys(backwards) == ["draft.end_before_start"]
    later = Held(SEKDA, BUDI, D, FIRST, None, "1", TODAY + timedelta(days=1))
    assert keys(later) == ["holding.letter_future"]


def test_two_never_stand_in_for_each_other_not_even_over_a_third() -> None:
    posts = [held(SEKDA, AMIR), held(HUKUM, BUDI), held(DISKOMINFO, CITRA)]
    amir_for_budi = held(HUKUM, AMIR, PLH, FIRST, LAST)
    assert keys(new(SEKDA, BUDI, PLH), *posts, amir_for_budi) == ["holding.circle"]
    other_days = held(HUKUM, AMIR, PLH, LAST + timedelta(days=1), LAST + timedelta(days=3))
    assert keys(new(SEKDA, BUDI, PLH), *posts, other_days) == []
    amir_for_citra = held(DISKOMINFO, AMIR, PLH, FIRST, LAST)
    citra_for_budi = held(HUKUM, CITRA, PLH, FIRST, LAST)
    assert keys(new(SEKDA, BUDI, PLH), *posts, amir_for_citra, citra_for_budi) == ["holding.circle"]
    assert keys(new(SEKDA, BUDI, PLH), *posts, amir_for_citra) == []


def test_a_corrected_holding_is_not_beside_itself() -> None:
    before = held(SEKDA, BUDI, PLH, FIRST, LAST)
    assert keys(Held(SEKDA, BUDI, PLH, FIRST, LAST + timedelta(days=9), "1", id=before.id), before) == []


def test_gaps_are_the_days_that_nobody_holds() -> None:
    until = date(2027, 1, 31)
    holders = [held(SEKDA, AMIR, last=date(2026, 12, 31)), held(SEKDA, BUDI, PLT, date(2027, 1, 11), date(2027, 1, 20))]
    assert gaps(holders, TODAY, until) == [
        Gap(date(2027, 1, 1), date(2027, 1, 10)),
        Gap(date(2027, 1, 21), None),
    ]
    assert gaps([held(SEKDA, AMIR)], TODAY, until) == []
    assert gaps([], TODAY, until) == [Gap(TODAY, None)]


@pytest.mark.parametrize(("last", "long"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
def test_three_months_from_the_first_day_are_over_the_day_before_the_same_day(last: date, *, long: bool) -> None:
    assert too_long(new(SEKDA, BUDI, PJ, date(2026, 12, 1), last), 3) is long


spans = st.builds(lambda start, length: (FIRST + timedelta(days=start), length), st.integers(0, 40), st.integers(0, 20))


@given(st.lists(spans, max_size=6))
def test_gaps_are_what_a_count_day_by_day_finds(taken: list[tuple[date, int]]) -> None:
    until = FIRST + timedelta(days=60)
    holders = [held(SEKDA, AMIR, D, first, first + timedelta(days=length)) for first, length in taken]
    days = [FIRST + timedelta(days=step) for step in range(61)]
    empty = {day for day in days if not any(one.covers(day) for one in holders)}
    told = {day for day in days for gap in gaps(holders, FIRST, until) if gap.from_on <= day <= (gap.to_on or until)}
    assert told == empty


@given(st.sampled_from(ZONES), st.integers(-3 * 86400, 8 * 86400))
def test_a_holding_acts_from_the_first_midnight_to_the_last_where_the_office_is(zone: str, seconds: int) -> None:
    """Moments around the first and the last midnight, in each of the three zones."""
    start = datetime.combine(FIRST, datetime.min.time(), ZoneInfo(zone))
    end = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    moment = start.astimezone(UTC) + timedelta(seconds=seconds)
    sekda, plh = held(SEKDA, AMIR), held(SEKDA, BUDI, PLH, FIRST, LAST)
    acts = acting_in([sekda, plh], day_in(zone, moment))
    assert acts is (plh if start <= moment < end else sekda)
