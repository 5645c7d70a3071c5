"""Files of closed days: what can be read is read, every other line is told, and hostile files are refused."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.almanac.closed_days_read import read_ical
from governance.calendar.calendars import Calendar
from governance.calendar.entering import Fate, NewDay, judged
from governance.calendar.holidays import PUBLIC, Holiday, national
from governance.calendar.models import DayKind
from governance.calendar.table_reading import LARGEST_FILE, MOST_ROWS, Fault, Row, read_table
from governance.kernel.errors import BadFile, TooLarge


def days(read: list[Row | Fault]) -> list[tuple[int, str, str, str]]:
    found = [one for one in read if isinstance(one, Row)]
    return [(one.line, one.new.day.isoformat(), one.new.name, one.new.kind.value) for one in found]


def faults(read: list[Row | Fault]) -> list[tuple[int, str]]:
    return [(one.line, one.key) for one in read if isinstance(one, Fault)]


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]).encode()


# ---- tables


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_with_every_mark_and_days_as_people_write_them(mark: str) -> None:
    rows = [
        ("Tanggal", "Nama", "Jenis"),
        ("2027-01-04", "Hari jadi", ""),
        ("5/1/2027", "Pilkades", "libur daerah"),
        ("06-01-2027", "Cuti", "Cuti Bersama"),
        ("7 Januari 2027", "Nasional", "LIBUR NASIONAL"),
        ("8 jan 2027", "Masuk", "hari kerja"),
    ]
    read = read_table("\r\n".join(mark.join(row) for row in rows).encode("utf-8-sig"))
    assert faults(read) == []
    assert days(read) == [
        (2, "2027-01-04", "Hari jadi", "local"),
        (3, "2027-01-05", "Pilkades", "local"),
        (4, "2027-01-06", "Cuti", "joint_leave"),
        (5, "2027-01-07", "Nasional", "public"),
        (6, "2027-01-08", "Masuk", "open"),
    ]


def test_columns_may_stand_in_any_order_and_a_first_line_may_be_missing() -> None:
    assert days(read_table(b"jenis,nama,tanggal\npublic,Satu,2027-03-01\n")) == [(2, "2027-03-01", "Satu", "public")]
    assert days(read_table(b"2027-03-01,Satu,public\n")) == [(1, "2027-03-01", "Satu", "public")]


def test_every_line_that_is_no_day_is_told() -> None:
    lines = [
        "tanggal,nama,jenis,perkiraan", "2027-02-30,Tidak ada,", "01/02/27,Pendek,", "besok,Kata,", ",Kosong,",
        "2027-01-05,,", "2027-01-06,Aneh,liburan", f"2027-01-07,{'x' * 201},", "2027-01-08,Balik\u202e,",
        "2027-01-11,Kira-kira,public,ya", "2027-01-12,Baik,",
    ]  # fmt: skip
    read = read_table("\n".join(lines).encode())
    assert days(read) == [(11, "2027-01-12", "Baik", "local")]
    assert faults(read) == [
        (2, "calendar.row_day"), (3, "calendar.row_day"), (4, "calendar.row_day"), (5, "calendar.row_day"),
        (6, "calendar.row_name"), (7, "calendar.row_kind"), (8, "calendar.row_long"), (9, "calendar.row_characters"),
        (10, "calendar.row_estimate"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "calendar.no_rows"),
        (b"\n\n  \n", "calendar.no_rows"),
        (b"tanggal,nama\n", "calendar.no_rows"),
        ("2027-01-01,Hari raya".encode("utf-16"), "calendar.not_utf8"),
        ("2027-01-01,Café".encode("latin-1"), "calendar.not_utf8"),
        (b"2027-01-01,a\x00b", "calendar.not_utf8"),
        (b'2027-01-01,"' + b"x" * 200_000, "calendar.not_csv"),
        (b"x" * (LARGEST_FILE + 1), "calendar.file_large"),
        (b"2027-01-01,a\n" * (MOST_ROWS + 1), "calendar.many_rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(data: bytes, key: str) -> None:
    with pytest.raises((BadFile, TooLarge), match=key.replace(".", r"\.")):
        read_table(data)


@given(some.binary(max_size=300) | some.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_at_all_do_more_than_be_read_or_refused(data: bytes) -> None:
    for read in (read_table, read_ical):
        with contextlib.suppress(BadFile, TooLarge):
            assert read(data)


# ---- calendars


def test_events_of_whole_days_are_read_with_the_line_where_they_stand() -> None:
    one = event("DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270105", "SUMMARY:Hari jadi")
    two = event("DTSTART;VALUE=DATE:20270111", "DTEND;VALUE=DATE:20270113", "SUMMARY:Libur", "CATEGORIES:Cuti Bersama")
    three = event("DTSTART;VALUE=DATE:20270118", "DURATION:P1D", "SUMMARY:Panjang\\, dua", "SUMMARY:Lain")
    assert days(read_ical(calendar(one, two, three))) == [
        (4, "2027-01-04", "Hari jadi", "local"),
        (9, "2027-01-11", "Libur", "joint_leave"),
        (9, "2027-01-12", "Libur", "joint_leave"),
        (15, "2027-01-18", "Panjang, dua", "local"),
    ]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["DTSTART;VALUE=DATE:20270104", "RRULE:FREQ=SECONDLY"], "calendar.event_repeats"),
        (["DTSTART;VALUE=DATE:20270104", "RDATE;VALUE=DATE:20270105"], "calendar.event_repeats"),
        (["DTSTART;VALUE=DATE:20270104", "STATUS:CANCELLED"], "calendar.event_not_firm"),
        (["DTSTART;VALUE=DATE:20270104", "STATUS:TENTATIVE"], "calendar.event_not_firm"),
        (["DTSTART:20270104T080000Z"], "calendar.event_hours"),
        (["DTSTART;TZID=Nowhere/Bad:20270104T080000"], "calendar.event_hours"),
        ([], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:20279999"], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:20270104", "DTSTART;VALUE=DATE:20270105"], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20279999"], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:20270104", "DURATION:PT5H"], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:99991231", "DURATION:P2D"], "calendar.event_day"),
        (["DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270101"], "calendar.event_long"),
        (["DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20280104"], "calendar.event_long"),
    ],
)
def test_an_event_that_is_no_closed_day_is_told_and_not_taken(lines: list[str], key: str) -> None:
    whole = event("DTSTART;VALUE=DATE:20270202", "SUMMARY:Baik")
    read = read_ical(calendar(event(*lines, "SUMMARY:Buruk"), whole))
    assert faults(read) == [(4, key)]
    assert [one[2] for one in days(read)] == ["Baik"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "calendar.no_rows"),
        (b"halo", "calendar.not_ical"),
        (calendar(), "calendar.no_rows"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "calendar.no_rows"),
        (b"\xff\xfeB\x00", "calendar.not_utf8"),
        (b"BEGIN:X\r\n" * 28_000, "calendar.no_rows"),
        (b"BEGIN:VEVENT\r\n" * (MOST_ROWS + 1), "calendar.many_rows"),
        (calendar(*[event("DTSTART;VALUE=DATE:20270104", "DURATION:P14D", "SUMMARY:x")] * 40), "calendar.many_rows"),
        (b"B" * (LARGEST_FILE + 1), "calendar.file_large"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_soon(data: bytes, key: str) -> None:
    began = time.monotonic()
    with pytest.raises((BadFile, TooLarge), match=key.replace(".", r"\.")):
        read_ical(data)
    assert time.monotonic() - began < 5


# ---- what becomes of a day


def test_a_day_is_judged_by_what_is_there() -> None:
    estimate = next(one for one in national(2028) if one.estimated)
    own = {date(2027, 4, 7): Holiday(date(2027, 4, 7), "Hari jadi", "local")}
    here = Calendar(decreed={2026: (Holiday(date(2026, 12, 25), "Natal", PUBLIC),)}, own=own)

    def fate(day: date, kind: DayKind, name: str = "Nama") -> tuple[Fate, str]:
        found = judged(NewDay(day, name, kind), here)
        return found.fate, found.key.removeprefix("calendar.")

    assert fate(date(2027, 4, 7), DayKind.LOCAL, "hari jadi ") == (Fate.THERE, "entered_already")
    assert fate(date(2027, 4, 7), DayKind.PUBLIC) == (Fate.CONFLICT, "day_taken")
    assert fate(date(2027, 4, 8), DayKind.LOCAL) == (Fate.NEW, "")
    assert fate(date(2026, 12, 25), DayKind.PUBLIC) == (Fate.THERE, "closed_already")
    assert fate(date(2026, 12, 25), DayKind.JOINT_LEAVE) == (Fate.CONFLICT, "decreed_otherwise")
    assert fate(date(2027, 12, 25), DayKind.JOINT_LEAVE) == (Fate.NEW, "replaces_listed")
    assert fate(estimate.day, DayKind.PUBLIC) == (Fate.NEW, "replaces_estimate")
    assert fate(date(2027, 4, 8), DayKind.OPEN) == (Fate.THERE, "open_already")
    assert fate(date(2027, 4, 10), DayKind.OPEN) == (Fate.CONFLICT, "outside_week")
