"""The order of the desk: late, then dated, then heavy, then old; total, and the same each time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from governance.desk.urgency import Waits, Weight, by_urgency

TODAY = date(2026, 11, 20)
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = st.none() | st.dates(TODAY - timedelta(40), TODAY + timedelta(40))


def waits(key: int, due: int | None = None, weight: Weight = Weight.DECREE, hours: int = 0) -> Waits:
    due_on = None if due is None else TODAY + timedelta(due)
    return Waits(key, weight, SINCE + timedelta(hours=hours), due_on)


def order(*found: Waits) -> list[int]:
    return [one.key for one in by_urgency(list(found), TODAY)]


def test_what_is_late_goes_before_what_is_due_and_that_before_what_has_no_day() -> None:
    assert order(waits(1), waits(2, 3), waits(3, -1), waits(4, 0)) == [3, 4, 2, 1]


def test_the_longest_late_goes_first() -> None:
    assert order(waits(1, -1), waits(2, -9)) == [2, 1]


def test_the_day_itself_is_still_in_time() -> None:
    assert not waits(1, 0).is_late(TODAY)
    assert waits(1, -1).is_late(TODAY)


def test_among_equal_days_what_holds_up_most_goes_first() -> None:
    papers = [waits(weight.value, 5, weight) for weight in reversed(Weight)]
    assert order(*papers) == [weight.value for weight in Weight]


def test_among_equals_what_has_waited_longest_goes_first() -> None:
    assert order(waits(1, hours=5), waits(2, hours=1), waits(3, hours=1)) == [2, 3, 1]


def test_the_earlier_of_step_and_obligation_counts() -> None:
    step, obligation = TODAY + timedelta(9), TODAY - timedelta(2)
    both = Waits(1, Weight.PAPER, SINCE, step, obligation)
    assert both.due_on == obligation
    assert both.is_late(TODAY)
    assert order(waits(2, 1), both) == [1, 2]


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from(Weight), st.integers(0, 99)), max_size=12), st.randoms())
def test_the_order_hangs_on_the_papers_alone(found: list[tuple[date, date, Weight, int]], chance: object) -> None:
    papers = [
        Waits(key, weight, SINCE + timedelta(hours=hours), step, obligation)
        for key, (step, obligation, weight, hours) in enumerate(found)
    ]
    shuffled = list(papers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    ordered = by_urgency(shuffled, TODAY)
    assert ordered == by_urgency(papers, TODAY)
    late = [one.is_late(TODAY) for one in ordered]
    assert late == sorted(late, reverse=True)
