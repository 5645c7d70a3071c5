"""The papers on their way: drafted as they stand, approved by those who set them, numbered, handed out."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.documents.kind_files import read_kinds
from governance.documents.lifecycle import Move, State
from governance.documents.reading import read_document
from governance.documents.rendering import Templates
from governance.mandates.law import Law
from governance.tasks import queries
from tests.governance.documents.new_kind import KEY, TITLE, add_kind
from tests.governance.documents.test_papers import BY, PAPERS
from tests.world import NOW, TODAY, Paper, World
from workflows import approval, drafting, enactment, jobs
from workflows.drafting import NewDocument
from workflows.enactment import Signed
from workflows.library import Library

PATTERNS = {"naskah": "555/{}/{}/2026", "surat": "555/{}/{}/2026"}


def opened(world: World, kind: str, by: str = "diskominfo", library: Library | None = None) -> Paper:
    """A draft with everything that is known already."""
    author = world.serang.people[by]
    new = NewDocument(kind, TODAY.year)
    return Paper(drafting.open_document(new, by=author.actor, now=NOW, library=library or world.library), author, world)


def approved(world: World, paper: Paper, library: Library | None = None) -> list[str]:
    """Submitted and passed by everyone whose turn it is; who they were, in order."""
    approval.submit(paper.asked(), by=paper.author.actor, now=NOW, library=library or world.library)
    people = {one.username: one for one in world.serang.people.values()}
    passed = []
    while paper.state is State.IN_REVIEW:
        (username,) = paper.as_seen().waiting_for
        one = people[username]
        move = approval.approve if Move.APPROVE in paper.as_seen(one).moves else approval.initial
        move(paper.asked(), by=one.actor, now=NOW)
        passed.append(username)
    return passed


def enacted(world: World, paper: Paper, number: str, library: Library | None = None) -> None:
    """Signed, and recorded by Bagian Hukum with the number of the shared book."""
    signed = Signed(paper.id, paper.seen, TODAY, number=number)
    enactment.enact(signed, by=world.hukum.actor, now=NOW, library=library or world.library)


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_goes_its_way_from_what_it_starts_with_to_a_numbered_act(world: World, kind: str) -> None:
    by = "inspektorat" if kind == "ict_audit_internal" else "diskominfo"
    paper = opened(world, kind, by)
    passed = approved(world, paper)
    approver = world.serang.facts.post_of(BY[kind])
    assert approver is not None
    assert passed[-1] == {"setda": "sekda"}.get(approver.key, approver.key)
    unit = "Inspektorat" if by == "inspektorat" else "Diskominfo"
    number = PATTERNS[world.library.kind(kind).series].format(7, unit)
    enacted(world, paper, number)
    sealed = read_document(paper.file)
    assert (sealed.number, sealed.date, sealed.draft_mark) == (number, "20 November 2026", False)
    assert paper.as_seen().number == number


def test_an_internal_audit_report_passes_nobody_outside_the_inspectorate(world: World) -> None:
    assert approved(world, opened(world, "ict_audit_internal", "inspektorat")) == ["inspektorat"]


def test_planning_and_finance_initial_the_budget_plan(world: World) -> None:
    """Permenkominfo 4/2024 Pasal 38: coordinated by the offices of planning and finance."""
    passed = approved(world, opened(world, "spbe_budget_plan"))
    assert passed == ["diskominfo", "bappeda", "bpkad", "asisten", "sekda"]


def test_audit_reports_are_not_for_everyone(world: World) -> None:
    report = opened(world, "ict_audit_internal", "inspektorat")
    approved(world, report)
    enacted(world, report, "555/1/Inspektorat/2026")
    assert report.as_seen().secrecy == "terbatas"


def test_a_circulars_tasks_reach_every_office_in_its_annex(world: World) -> None:
    circular = opened(world, "circular")
    approved(world, circular)
    enacted(world, circular, "555/12/Diskominfo/2026")
    assert jobs.run_due(now=NOW, library=world.library) == 3, "its tasks, its offers as evidence, the timetable"
    asked = (
        "SELECT DISTINCT unit.key FROM task JOIN unit ON unit.id = task.unit_id"
        " JOIN assignment ON assignment.id = task.assignment_id WHERE document_id = :id"
    )
    offices = {key for (key,) in world.rows(asked, id=circular.id)}
    assert {"bappeda", "inspektorat", "dinkes", "dpupr", "organisasi"} <= offices
    assert "diskominfo" not in offices
    tasks = queries.tasks_of_unit(world.dinkes.actor)
    assert [task.place for task in tasks] == [f"Tugas Perangkat Daerah huruf {letter}" for letter in "abc"]
    assert [task.due_on.isoformat() for task in tasks] == ["2026-11-27", "2026-12-11", "2026-12-18"]
    assert world.inbox(world.dinkes).count("task.given") == 3


def test_a_kind_added_as_data_alone_goes_the_whole_way(world: World, tmp_path: Path) -> None:
    """One entry in the law, one .toml, one .docx: no line of the program knows it."""
    law, kinds = tmp_path / "law", tmp_path / "kinds"
    shutil.copytree(ROOT / "config" / "law", law)
    kinds.mkdir()
    add_kind(law, kinds)
    library = replace(world.library, law=Law.read(law), kinds=read_kinds(kinds), templates=Templates.read(kinds))
    paper = opened(world, KEY, library=library)
    assert paper.as_seen().title == TITLE
    assert approved(world, paper, library) == ["diskominfo", "sekda"]
    enacted(world, paper, "555/3/Diskominfo/2026", library)
    assert read_document(paper.file).number == "555/3/Diskominfo/2026"
