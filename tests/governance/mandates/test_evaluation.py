"""The national evaluation year by year: each year's kind and windows are data, estimates are marked."""

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


def test_the_letters_that_are_known(law):
    assert [year for year, round_ in law.evaluation.items() if round_.letter] == [2022, 2025]
    assert law.evaluation[2022].letter.number == "B/504/KT.03/2022"


def test_every_stage_has_a_title(law):
    for year in law.evaluation.values():
        for window in year.windows:
            assert law.stages[window.stage]


def test_the_budget_dates_a_roadmap_must_meet_are_there(law):
    due = {step.key: step.due for step in law.planning}

    assert (due["apbd_enacted"].month, due["apbd_enacted"].day, due["apbd_enacted"].year_offset) == (12, 31, -1)
    assert due["apbd_draft"].days_before == 60
