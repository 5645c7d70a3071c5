"""`flask timetable`: a year's obligations on stdout, stored where they are laid out, computed where they are not."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.settings import Testing
from tests.world import KIND, NOW, World
from web.app import create_app
from workflows import enactment, jobs, timetabling
from workflows.enactment import OldAct

Run = Callable[..., Any]
FIELDS = ["obligation", "due_on", "basis", "computed", "state", "met_by"]
# Serang's three acts, recorded as they are.
THREE = (
    OldAct(KIND, "Tim 2020", "656.1/Kep. 151-Huk/2020", date(2020, 3, 2), date(2020, 3, 2), date(2020, 12, 31)),
    OldAct("spbe_roadmap", "Peta Rencana", "47 TAHUN 2022", date(2022, 6, 27), date(2022, 7, 1)),
    OldAct(KIND, "Tim 2026", "656.1/Kep. 8-Huk/2026", date(2026, 1, 5), date(2026, 1, 5), date(2027, 12, 26)),
)


@pytest.fixture
def recorded(world: World) -> World:
    for old in THREE:
        enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)
    return world


def asked(run: Run, year: int, institution: str = "serang") -> dict[str, dict[str, Any]]:
    answer = run("timetable", str(year), "--institution", institution, "--json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    lines = json.loads(answer.stdout)
    assert all(list(line) == FIELDS for line in lines)
    found = {line["obligation"]: line for line in lines}
    assert len(found) == len(lines)
    return found


def test_the_year_2020_obeys_the_law_of_2020(recorded: World, run: Run) -> None:
    found = asked(run, 2020)
    assert {key.partition(":")[0] for key in found} == {
        "coordination_team_decree", "spbe_architecture", "spbe_roadmap", "spbe_budget_plan", "audit_infrastructure",
        "audit_application", "audit_security", "monitoring_evaluation",
    }  # fmt: skip
    (renewal,) = [line for key, line in found.items() if ":renewal:" in key]
    assert (renewal["due_on"], renewal["state"]) == ("2020-12-31", "met")
    assert renewal["met_by"] == "Nomor 656.1/Kep. 8-Huk/2026, ditetapkan 5 Januari 2026"
    assert renewal["computed"][1] == "Menurut naskahnya sendiri berlaku sampai 31 Desember 2020."
    assert "Perpres Nomor 95 Tahun 2018 Pasal 61" in renewal["basis"]


def test_the_year_2027_says_the_same_whether_it_is_laid_out_or_not(recorded: World, run: Run) -> None:
    computed = asked(run, 2027)
    timetabling.lay_out(2027, by=recorded.diskominfo.actor, now=NOW, library=recorded.library)
    jobs.run_due(now=NOW, library=recorded.library)
    assert asked(run, 2027) == computed
    dated = {key: line["due_on"] for key, line in computed.items() if line["due_on"]}
    renewal, final, roadmap = (
        next(key for key in dated if key.startswith(start))
        for start in (f"{KIND}:renewal:", "spbe_roadmap:final_year:", "spbe_roadmap:renewal:")
    )
    assert dated == {
        "spbe_budget_plan:2028:rkpd": "2027-06-30",
        final: "2027-06-30",
        roadmap: "2027-06-30",
        renewal: "2027-12-27",
        "annual_affairs_report:2027": "2027-12-31",
    }


def test_what_is_stored_goes_before_what_is_computed(recorded: World, run: Run) -> None:
    timetabling.lay_out(2027, by=recorded.diskominfo.actor, now=NOW, library=recorded.library)
    recorded.change(
        "UPDATE obligation SET fulfilment = 'waived', reason = 'Tidak ada' WHERE key = 'annual_affairs_report:2027'"
    )
    recorded.change("UPDATE obligation SET fulfilment = 'dropped' WHERE key = 'audit_security:2027'")
    found = asked(run, 2027)
    assert found["annual_affairs_report:2027"]["state"] == "waived"
    assert "audit_security:2027" not in found


def test_the_table_names_each_obligation_and_says_why(recorded: World, run: Run) -> None:
    answer = run("timetable", "2027", "--institution", "serang")
    assert answer.exit_code == 0
    assert "2027-12-31  open     annual_affairs_report:2027" in answer.stdout
    assert "- Jadi paling lambat hari terakhir tahun itu: 31 Desember 2027." in answer.stdout
    assert "%(" not in answer.stdout


def test_an_institution_that_was_not_taken_in_is_told_from_the_law_alone(tmp_path: Path) -> None:
    app = create_app(Testing.within(tmp_path))
    answer = app.test_cli_runner().invoke(args=["timetable", "2027", "--institution", "serang", "--json"])
    found = {line["obligation"]: line for line in json.loads(answer.stdout)}
    assert found["annual_affairs_report:2027"]["due_on"] == "2027-12-31"
    assert found[f"{KIND}:2027"]["due_on"] is None


@pytest.mark.parametrize("wrong", [("2027", "karangan"), ("1999", "serang"), ("dua ribu", "serang")])
def test_what_cannot_be_is_refused_and_nothing_is_printed(world: World, run: Run, wrong: tuple[str, str]) -> None:
    answer = run("timetable", wrong[0], "--institution", wrong[1], "--json")
    assert answer.exit_code != 0
    assert answer.stdout == ""
