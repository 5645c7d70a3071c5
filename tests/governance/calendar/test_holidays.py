"""National holidays: those of 2026 as the ministers' joint decree lists them, later years marked as estimates."""

from datetime import date

from config.settings import ROOT
from governance.calendar.holidays import JOINT_LEAVE, PUBLIC, Holiday, closed_days, national
from governance.calendar.words import day_in_words
from governance.mandates.law import Law

PUBLIC_2026 = [
    "01-01", "01-16", "02-17", "03-19", "03-21", "03-22", "04-03", "04-05", "05-01", "05-14", "05-27", "05-31",
    "06-01", "06-16", "08-17", "08-25", "12-25",
]  # fmt: skip
JOINT_LEAVE_2026 = ["02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24"]


def test_the_holidays_of_2026_are_those_of_the_joint_decree():
    listed = national(2026)

    assert [one.day for one in listed if one.kind == PUBLIC] == [date.fromisoformat(f"2026-{d}") for d in PUBLIC_2026]
    assert [one.day for one in listed if one.kind == JOINT_LEAVE] == [
        date.fromisoformat(f"2026-{d}") for d in JOINT_LEAVE_2026
    ]
    assert not any(one.estimated for one in listed)


def test_the_decree_in_the_law_folder_says_the_same():
    assert Law.read(ROOT / "config" / "law").holidays[2026] == national(2026)


def test_holidays_have_indonesian_names():
    names = {one.day: one.name for one in national(2026)}

    assert names[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"


def test_later_years_are_partly_estimates_and_the_mark_is_not_part_of_the_name():
    listed = national(2028)

    assert any(one.estimated for one in listed)
    assert not any("perkiraan" in one.name for one in listed)
    assert not next(one for one in listed if one.day == date(2028, 8, 17)).estimated


def test_a_decreed_year_replaces_the_estimates():
    decreed = {2028: (Holiday(date(2028, 8, 17), "Hari Kemerdekaan Republik Indonesia", PUBLIC),)}

    assert national(2028, decreed) == decreed[2028]
    assert national(2027, decreed) == national(2027)


def test_closed_days_join_national_and_own_days():
    own = date(2026, 10, 8)

    assert {own, date(2026, 12, 24), date(2026, 12, 25)} <= closed_days(national(2026), also=[own])


def test_a_day_is_written_as_official_texts_write_it():
    assert day_in_words(date(2020, 3, 2)) == "2 Maret 2020"
    assert day_in_words(date(2026, 11, 22)) == "22 November 2026"
