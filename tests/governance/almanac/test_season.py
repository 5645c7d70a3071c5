"""The planning season: each date as the law dates it, none where the law leaves it open, and none that has passed."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.almanac.season import Entered, SeasonDate, months_after, planning_season
from governance.mandates.law import Law

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(Path(ROOT / "config" / "law"))


def season(law: Law, today: date = TODAY, *entered: Entered) -> dict[str, SeasonDate]:
    return {one.key: one for one in planning_season(law, today, entered)}


def test_each_date_is_the_next_one(law: Law) -> None:
    found = season(law)
    assert (found["apbd_approved"].on, found["apbd_approved"].of_year) == (date(2026, 11, 30), 2027)
    assert (found["apbd_enacted"].on, found["apbd_enacted"].of_year) == (date(2026, 12, 31), 2027)
    assert (found["rkpd"].on, found["rkpd"].of_year) == (date(2027, 6, 30), 2028)
    after = season(law, date(2026, 12, 1))
    assert (after["apbd_approved"].on, after["apbd_approved"].of_year) == (date(2027, 11, 30), 2028)


def test_a_week_of_a_month_is_seven_days_and_only_about(law: Law) -> None:
    found = season(law)["kua_ppas_submit"]
    assert (found.since, found.on, found.about) == (date(2027, 7, 8), date(2027, 7, 14), True)


def test_days_of_an_unnamed_kind_are_only_about(law: Law) -> None:
    found = season(law)["apbd_draft"]
    assert (found.on, found.about) == (date(2027, 11, 30) - timedelta(days=60), True)


def test_what_the_law_dates_from_another_day_waits_for_it(law: Law) -> None:
    found = season(law)
    assert {key: one.awaits for key, one in found.items() if one.on is None} == {
        "rpjmd": "inauguration",
        "renja": "rkpd",
        "rka": "kua_ppas_agreed",
    }


def test_an_inauguration_dates_the_rpjmd_until_six_months_are_over(law: Law) -> None:
    sworn_in = Entered("inauguration", date(2026, 8, 31))
    assert season(law, TODAY, sworn_in)["rpjmd"].on == date(2027, 2, 28)
    assert season(law, TODAY, sworn_in)["rpjmd"].of_year is None
    assert season(law, date(2027, 3, 1), sworn_in)["rpjmd"].on is None


def test_no_rule_is_told_before_its_law(law: Law) -> None:
    assert "apbd_approved" not in season(law, date(2019, 1, 1))
    assert "rpjmd" in season(law, date(2019, 1, 1))


def test_nothing_that_is_over_is_shown_on_any_day_of_ten_years(law: Law) -> None:
    for step in range(0, 3650, 7):
        today = date(2020, 1, 1) + timedelta(days=step)
        found = planning_season(law, today, [Entered("inauguration", date(2021, 2, 26))])
        assert all(one.on is None or one.on >= today for one in found)
        assert all(one.since is None or one.on is None or one.since <= one.on for one in found)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_where_the_month_has_no_such_day(start: date, months: int, expected: date) -> None:
    assert months_after(start, months) == expected
