"""When a letter may go: quiet hours, the hour of a digest, the day of a letter of several, in three zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.notices.timing import Quiet, Sort, Wishes, digest_day, earliest
from governance.notices.topics import BEGINNINGS, TERMS, Topic, off_of, topic_of, topics_in
from governance.notices.wording import SUBJECT_TABLES
from governance.people.queries import ZONES

NIGHT = Quiet(20, 6)
HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given
WIB = ZoneInfo("Asia/Jakarta")


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@given(HOURS, HOURS, HOURS)
def test_quiet_hours_are_those_a_clock_passes_from_the_first_to_the_second(start: int, end: int, hour: int) -> None:
    passed = set()
    at_hour = start
    while at_hour != end:
        passed.add(at_hour)
        at_hour = (at_hour + 1) % 24
    assert Quiet(start, end).covers(hour) is (hour in passed)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at(19, 59), at(19, 59)),
        (at(20), at(6, day=21)),
        (at(23, 59), at(6, day=21)),
        (at(0), at(6)),
        (at(5, 59), at(6)),
        (at(6), at(6)),
    ],
)
def test_what_falls_into_the_night_goes_in_the_morning(now: datetime, goes: datetime) -> None:
    assert earliest(now, "Asia/Jakarta", Wishes(None, NIGHT)) == goes


@given(MOMENTS, st.sampled_from(ZONES), HOURS, HOURS, st.none() | HOURS, st.none() | st.sampled_from(Sort))
def test_no_letter_goes_too_early_in_the_quiet_or_more_than_a_day_late(
    now: datetime, zone: str, start: int, end: int, digest_at: int | None, sort: Sort | None
) -> None:
    quiet = Quiet(start, end)
    today = now.astimezone(ZoneInfo(zone)).date()
    goes = earliest(now, zone, Wishes(digest_at, quiet), sort, today if sort else None)
    local = goes.astimezone(ZoneInfo(zone))
    assert goes >= now
    assert not quiet.covers(local.hour)
    assert goes - now < timedelta(days=2)
    assert earliest(goes, zone, Wishes(digest_at, quiet), sort, today if sort else None) == goes, "then it does go"


@given(MOMENTS, st.sampled_from(ZONES), HOURS)
def test_a_digest_goes_at_its_hour_within_a_day(now: datetime, zone: str, hour: int) -> None:
    day = digest_day(now, zone, hour)
    goes = earliest(now, zone, Wishes(hour, Quiet(0, 0)), Sort.DIGEST, day).astimezone(ZoneInfo(zone))
    assert (goes.hour, goes.minute, goes.date()) == (hour, 0, day)
    assert timedelta(0) < goes - now <= timedelta(days=1)


def test_a_digest_that_is_late_goes_now_and_one_that_is_no_longer_wished_waits_for_no_hour() -> None:
    late = earliest(at(9), "Asia/Jakarta", Wishes(16, NIGHT), Sort.DIGEST, date(2026, 11, 17))
    unwished = earliest(at(9), "Asia/Jakarta", Wishes(None, NIGHT), Sort.DIGEST, date(2026, 11, 20))
    assert (late, unwished) == (at(9), at(9))


def test_what_no_table_names_can_be_put_off_but_never_switched_off() -> None:
    terms = TERMS[topic_of("something.new")]
    assert terms.waits
    assert not terms.may_be_off


def test_every_notice_that_says_what_goes_on_is_named_and_every_name_is_of_a_notice() -> None:
    subjects = {key for table in SUBJECT_TABLES for key in table}
    assert [beginning for beginning in BEGINNINGS if not any(key.startswith(beginning) for key in subjects)] == []
    asked = {key for key in subjects if topic_of(key) is Topic.ASKED}
    assert {"document.asked_approve", "task.given", "document.returned", "delivery.given"} <= asked


def test_reminders_and_changes_of_office_are_compulsory_and_only_the_latter_go_at_night() -> None:
    assert {topic for topic in Topic if TERMS[topic].compulsory} == {Topic.REMINDERS, Topic.OFFICES}
    assert {topic for topic in Topic if TERMS[topic].urgent} == {Topic.OFFICES}


def test_topics_are_kept_and_read_back_and_an_unknown_one_is_left_out() -> None:
    for off in (frozenset[Topic](), frozenset({Topic.COURSE}), frozenset({Topic.COURSE, Topic.COMMENTS})):
        assert topics_in(off_of(off)) == off
    assert topics_in(",course,lama,") == {Topic.COURSE}
