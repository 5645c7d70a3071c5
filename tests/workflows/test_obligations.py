"""The yearly evaluation in the timetable: estimates until the ministry's letter, then its dates."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, Stale
from governance.mandates.evaluation import Round
from governance.obligations import queries
from governance.obligations.queries import Due
from tests.world import NOW, TODAY, Someone, World, scanned_on
from workflows import fulfilling, jobs, obligations, scanning
from workflows.fulfilling import Report
from workflows.obligations import Letter

STAGES = ("penilaian_mandiri", "interviu", "visitasi", "hasil")


def windows(**ends: str | None) -> list[dict[str, Any]]:
    return [{"stage": stage, "start": None, "end": end} for stage, end in ends.items()]


def letter(version: int = 0, **changes: Any) -> Letter:
    values = {"year": 2026, "round": Round.EVALUATION, "number": "B/66/PD.02/2026", "dated_on": date(2026, 10, 1)}
    values["windows"] = windows(penilaian_mandiri="2026-12-10", interviu="2026-12-20")
    return Letter(**(values | {"version": version} | changes))


def enter(world: World, told: Letter) -> None:
    obligations.enter_letter(told, by=world.diskominfo.actor, now=NOW, library=world.library)
    jobs.run_due(now=NOW, library=world.library)


def report(world: World, given: Report, by: Someone | None = None) -> None:
    fulfilling.report(given, by=(by or world.diskominfo).actor, now=NOW, library=world.library)


def year(world: World, of: int = 2026, today: date = TODAY, by: Someone | None = None) -> dict[str, Due]:
    """The national round in a year's timetable, by stage."""
    found = queries.timetable((by or world.diskominfo).actor, of, today)
    return {due.stage: due for due in found if due.mandate == "monitoring_evaluation"}


def test_until_the_letter_comes_the_dates_are_estimates_and_say_why(world: World) -> None:
    assert scanning.scan(now=NOW, library=world.library).institutions == 3
    found = year(world)
    assert tuple(found) == STAGES
    assert all(due.estimated and due.state == "estimate" for due in found.values())
    assert "why.no_letter" in [step["key"] for step in found["penilaian_mandiri"].computed]


def test_a_year_without_known_windows_is_undated_and_awaits_the_letter(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    found = year(world, 2027)
    assert {stage: (due.due_on, due.state) for stage, due in found.items()} == {"": (None, "undated")}
    assert [step["key"] for step in found[""].computed] == ["why.round_none", "why.no_formula", "why.await.letter"]


def test_the_letter_sets_the_dates_and_drops_what_it_does_not_ask(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    enter(world, letter())
    found = year(world)
    assert found["penilaian_mandiri"].due_on == date(2026, 12, 10)
    assert not found["penilaian_mandiri"].estimated
    assert found["visitasi"].state == found["hasil"].state == "dropped"
    assert "why.letter" in [step["key"] for step in found["interviu"].computed]


def test_the_letter_may_come_before_the_first_scan(world: World) -> None:
    enter(world, letter())
    scanning.scan(now=NOW, library=world.library)
    assert set(year(world)) == {"penilaian_mandiri", "interviu"}


def test_a_later_letter_replaces_the_first_one_and_takes_up_what_was_dropped(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    enter(world, letter())
    enter(world, letter(1, windows=windows(penilaian_mandiri="2026-12-31", visitasi="2027-01-15"), number="B/67"))
    found = year(world)
    assert found["penilaian_mandiri"].due_on == date(2026, 12, 31)
    assert found["visitasi"].state == "open"
    assert found["interviu"].state == "dropped"
    assert world.rows("SELECT number, version FROM evaluation_letter") == [("B/67", 2)]


def test_a_letter_without_evaluation_drops_the_year(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    enter(world, letter(round=Round.NONE, windows=[]))
    assert {due.state for due in year(world).values()} == {"dropped"}


def test_a_stage_that_was_done_stays_done_when_the_letter_moves(world: World) -> None:
    enter(world, letter())
    done = year(world)["penilaian_mandiri"]
    report(world, Report(done.id, 1, "Surat 800/12"))
    enter(world, letter(1, windows=windows(penilaian_mandiri="2026-12-31")))
    assert year(world)["penilaian_mandiri"].state == "met"


def test_two_who_enter_the_letter_at_once_do_not_overwrite_each_other(world: World) -> None:
    enter(world, letter())
    before = world.everything()
    for version in (0, 2):
        with pytest.raises(Stale):
            enter(world, letter(version))
    assert world.everything() == before


def test_diskominfo_and_the_sekda_are_told_of_each_letter(world: World) -> None:
    enter(world, letter())
    enter(world, letter(1, number="B/67"))
    assert world.inbox(world.diskominfo) == ["obligation.letter_entered"] * 2
    assert world.inbox(world.sekda) == ["obligation.letter_entered"] * 2


@pytest.mark.parametrize(
    "changes",
    [
        {"year": 2017},
        {"year": 2999},
        {"number": "  "},
        {"dated_on": date(2026, 11, 21)},
        {"windows": []},
        {"windows": windows(penilaian_mandiri=None)},
        {"windows": windows(tahap_karangan="2026-12-10")},
        {"windows": [{"stage": "interviu", "start": "2026-12-11", "end": "2026-12-10"}]},
    ],
)
def test_a_letter_that_cannot_be_is_refused(world: World, changes: dict[str, Any]) -> None:
    before = world.everything()
    with pytest.raises(Invalid):
        enter(world, letter(**changes))
    assert world.everything() == before


def test_a_scan_that_is_none_is_refused_with_the_whole_letter(world: World) -> None:
    before = world.everything()
    with pytest.raises(BadFile):
        enter(world, letter(scan=b"GIF89a"))
    assert world.everything() == before


def test_only_diskominfo_enters_letters_and_reports(world: World) -> None:
    enter(world, letter())
    key = year(world)["interviu"].id
    before = world.everything()
    for someone in (world.sekda, world.hukum, world.dinkes, world.kepala):
        with pytest.raises(NotAllowed):
            obligations.enter_letter(letter(1), by=someone.actor, now=NOW, library=world.library)
        with pytest.raises(NotAllowed):
            report(world, Report(key, 1, "Surat"), someone)
    with pytest.raises(NotFound):
        report(world, Report(key, 1, "Surat"), world.kota.diskominfo)
    with pytest.raises(Invalid):
        report(world, Report(key, 1, "  "))
    assert world.everything() == before


def test_a_letter_of_one_institution_moves_no_other(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    enter(world, letter())
    others = year(world, by=world.kota.diskominfo)
    assert all(due.estimated for due in others.values())
    assert len(others) == len(STAGES)


def test_each_institution_is_scanned_when_its_own_day_begins(world: World) -> None:
    """WIT is two hours ahead of WIB, WITA one: at 15.30 UTC only Jayapura has a new day."""
    library = world.library
    assert scanning.scan(now=NOW, library=library).institutions == 3
    assert scanning.scan(now=NOW, library=library).institutions == 0
    days = []
    for hour in (14, 15, 16, 17, 18):
        scanning.scan(now=datetime(2026, 11, 20, hour, 30, tzinfo=UTC), library=library)
        days.append(
            [scanned_on(world, place) == date(2026, 11, 21) for place in (world.kota, world.provinsi, world.serang)]
        )
    assert days == [[False] * 3, [True, False, False], [True, True, False], [True] * 3, [True] * 3]


def test_a_clock_that_is_set_back_scans_nothing_twice(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    before = world.everything()
    assert scanning.scan(now=NOW.replace(day=18), library=world.library).institutions == 0
    assert world.everything() == before


def test_a_second_scan_of_the_day_changes_nothing(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)
    before = world.everything()
    world.change("UPDATE institution SET scanned_on = NULL")
    scanning.scan(now=NOW.replace(hour=5), library=world.library)
    assert world.everything() == before
