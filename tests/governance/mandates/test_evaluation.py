"""The national evaluation year by year: each year's kind and windows are data, estimates are marked."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("year", "kind", "instrument"),
    [
        (2018, "evaluasi", "permenpanrb-5-2018"),
        (2020, "evaluasi", "permenpanrb-5-2018"),
        (2021, "evaluasi", "permenpanrb-59-2020"),
        (2022, "pemantauan", "permenpanrb-59-2020"),
        (2025, "pemantauan", "permenpanrb-59-2020"),
        (2026, "evaluasi", "permenpanrb-8-2026"),
        (2027, "none", "permenpanrb-8-2026"),
    ],
)
def test_each_year_has_its_own_round_and_instrument(law, year, kind, instrument):
    assert law.evaluation[year].type == kind
    assert law.evaluation[year].instrument == instrument


def test_only_a_year_with_a_letter_is_official(law):
    assert [year for year, round_ in law.evaluation.items() if round_.official] == [2022, 2025]
    assert law.evaluation[2022].letter.number == "B/504/KT.03/2022"


def test_a_known_year_keeps_its_own_windows(law):
    windows = {window.stage: window for window in law.windows_expected(2026)}

    assert windows["penilaian_mandiri"].end == date(2026, 9, 15)
    assert windows["penilaian_mandiri"].how_sure == "practice"


def test_nothing_is_expected_of_2027_before_a_letter(law):
    assert law.windows_expected(2027) == ()


def test_an_unknown_year_borrows_the_last_known_windows_and_says_so(law):
    windows = law.windows_expected(2028)

    assert windows[0].end == date(2028, 9, 15)
    assert {window.precision for window in windows} == {"estimate"}
    assert {window.source for window in windows} == {"perkiraan dari jendela tahun 2026"}


def test_a_known_year_without_windows_borrows_too_but_only_dated_stages(law):
    windows = law.windows_expected(2025)

    assert [window.stage for window in windows] == ["pengumpulan_bukti", "interviu"]


def test_before_the_first_year_nothing_is_known(law):
    assert law.windows_expected(2010) == ()


def test_every_stage_has_a_title(law):
    for year in law.evaluation.values():
        for window in year.windows:
            assert law.stages[window.stage]


def test_the_budget_dates_a_roadmap_must_meet_are_there(law):
    due = {step.key: step.due for step in law.planning}

    assert (due["apbd_enacted"].month, due["apbd_enacted"].day, due["apbd_enacted"].year_offset) == (12, 31, -1)
    assert due["apbd_draft"].days_before == 60
