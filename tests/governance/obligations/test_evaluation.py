"""What is expected of a year before the ministry's letter: its own windows, else the last known ones, moved."""

from datetime import date
from pathlib import Path

import pytest

from governance.mandates.law import Law
from governance.obligations.evaluation import Expected, expected, from_letter

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


def by_stage(stages: tuple[Expected, ...]) -> dict[str, Expected]:
    return {stage.stage: stage for stage in stages}


def test_a_known_year_keeps_its_own_windows_and_says_how_sure_they_are(law: Law) -> None:
    own = by_stage(expected(law, 2026))["penilaian_mandiri"]
    assert (own.due_on, own.how_sure, own.estimated) == (date(2026, 9, 15), "practice", True)
    assert "why.seen" in [step["key"] for step in own.computed]


@pytest.mark.parametrize("year", [2027, 2028])
def test_a_year_without_windows_borrows_the_last_known_ones_and_says_so(law: Law, year: int) -> None:
    borrowed = by_stage(expected(law, year))["penilaian_mandiri"]
    assert borrowed.due_on == date(year, 9, 15)
    assert borrowed.estimated
    assert [step["key"] for step in borrowed.computed] == [
        "why.last_year",
        "why.moved",
        "why.no_letter",
        "why.window_end",
    ]
    assert borrowed.computed[0]["params"] == {"year": 2026}


def test_only_dated_stages_are_borrowed(law: Law) -> None:
    assert list(by_stage(expected(law, 2025))) == ["pengumpulan_bukti", "interviu"]


def test_before_the_first_year_nothing_is_known(law: Law) -> None:
    assert expected(law, 2010) == ()


def test_a_stage_of_the_letter_without_an_end_is_undated_and_never_an_estimate() -> None:
    (stage,) = from_letter(
        2027, "B/1/2027", date(2027, 4, 1), [{"stage": "interviu", "start": "2027-06-01", "end": None}]
    )
    assert (stage.due_on, stage.estimated) == (None, False)
    assert stage.computed[-1]["key"] == "why.undated"
