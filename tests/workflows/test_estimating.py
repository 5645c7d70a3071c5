"""Efforts: entered, changed, taken back by those who plan; what is wrong is named; what others changed is seen."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from governance.assessment.course import Part, Stage
from governance.assessment.effort_check import ring_through
from governance.assessment.efforts import EnteredDocument, EnteredStep, Facts, facts_of
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.tasks.models import Source
from tests.cycles import cycle_of, share
from tests.world import NOW, Someone, World
from workflows import asking, estimating
from workflows.asking import NewAssignment

STEP = EnteredStep("44", 3, Fraction(5, 2), earliest_on=date(2027, 2, 1), needs=(("19", 2),), note="Perlu anggaran")
PORTAL = EnteredDocument("", "Portal layanan", Fraction(4))


def enter(world: World, cycle_id: int, new: EnteredStep = STEP, by: Someone | None = None, **changes: Any) -> None:
    by = by or world.diskominfo
    estimating.enter_step(cycle_id, replace(new, **changes), by=by.actor, now=NOW, library=world.library)


def enter_document(world: World, cycle_id: int, new: EnteredDocument = PORTAL, **changes: Any) -> str:
    new = replace(new, **changes)
    return estimating.enter_document(cycle_id, new, by=world.diskominfo.actor, now=NOW, library=world.library)


def facts(world: World, cycle_id: int) -> Facts:
    db.session.rollback()
    return facts_of(world.diskominfo.actor, cycle_id)


def keys_of(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.key for problem in refusal.value.problems]


def test_an_effort_is_entered_changed_and_taken_back(world: World) -> None:
    cycle_id = cycle_of(world)
    enter(world, cycle_id, unit_id=world.dinkes.actor.unit_id, documents=("spbe_roadmap:enacted",))
    entered = facts(world, cycle_id).steps["44", 3]
    assert (entered.effort, entered.unit_id, entered.earliest_on) == (
        Fraction(5, 2), world.dinkes.actor.unit_id, date(2027, 2, 1),
    )  # fmt: skip
    assert (entered.needs, entered.documents, entered.note) == (
        (("19", 2),), ("spbe_roadmap:enacted",), "Perlu anggaran",
    )  # fmt: skip
    enter(world, cycle_id, effort=Fraction(7), version=1)
    assert facts(world, cycle_id).steps["44", 3].effort == 7
    estimating.take_step_back(cycle_id, ("44", 3), 2, by=world.diskominfo.actor, now=NOW)
    assert facts(world, cycle_id).steps == {}
    assert [line.split('"what":"')[1].split('"')[0] for line in world.trail()[-3:]] == [
        "effort.step_entered", "effort.step_entered", "effort.step_taken_back",
    ]  # fmt: skip


def test_a_step_may_be_ruled_out(world: World) -> None:
    cycle_id = cycle_of(world)
    enter(world, cycle_id, effort=None)
    assert facts(world, cycle_id).steps["44", 3].effort is None
    assert "effort.step_ruled_out" in world.trail()[-1]


def test_planners_enter_efforts_and_nobody_else(world: World) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"44": world.dinkes})
    enter(world, cycle_id, by=world.bappeda)
    before = world.everything()
    for someone in (world.dinkes, world.sekda, world.inspektorat):
        with pytest.raises(NotAllowed):
            enter(world, cycle_id, by=someone, version=1)
    with pytest.raises(NotFound):
        enter(world, cycle_id, by=world.kota.diskominfo)
    assert world.everything() == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    cycle_id = cycle_of(world)
    enter(world, cycle_id)
    key = enter_document(world, cycle_id)
    before = world.everything()
    for version in (0, 2):
        with pytest.raises(Stale):
            enter(world, cycle_id, version=version)
        with pytest.raises(Stale):
            estimating.take_step_back(cycle_id, ("44", 3), version, by=world.diskominfo.actor, now=NOW)
        with pytest.raises(Stale):
            enter_document(world, cycle_id, key=key, version=version)
        with pytest.raises(Stale):
            estimating.take_document_back(cycle_id, key, version, by=world.diskominfo.actor, now=NOW)
    assert world.everything() == before


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"item": "48"}, "effort.no_step"),
        ({"level": 1}, "effort.no_step"),
        ({"level": 6}, "effort.no_step"),
        ({"effort": Fraction(-1)}, "effort.amount"),
        ({"effort": Fraction(1_000_001)}, "effort.amount"),
        ({"effort": Fraction(1, 3)}, "effort.amount"),
        ({"needs": (("48", 2),)}, "effort.no_need"),
        ({"needs": (("19", 6),)}, "effort.no_need"),
        ({"needs": (("44", 3),)}, "effort.ring"),
        ({"needs": (("44", 4),)}, "effort.ring"),
        ({"needs": (("19", 2),) * 21}, "effort.too_many"),
        ({"documents": ("tidak_ada:enacted",)}, "effort.no_document"),
        ({"note": "x" * 1001}, "draft.too_long"),
        ({"note": "a\x00b"}, "draft.control_characters"),
        ({"unit_id": 999_999}, "task.unit_unknown"),
    ],
)
def test_what_is_wrong_with_a_step_is_named_and_changes_nothing(
    world: World, changes: dict[str, Any], key: str
) -> None:
    cycle_id = cycle_of(world)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        enter(world, cycle_id, **changes)
    assert key in keys_of(refusal)
    assert world.everything() == before


def test_another_bodys_index_is_not_planned(world: World) -> None:
    cycle_id = cycle_of(world, instrument="permenpanrb-8-2026")
    with pytest.raises(Invalid) as refusal:
        enter(world, cycle_id, item="5", needs=())
    assert keys_of(refusal) == ["effort.external"]


def test_a_ring_over_several_steps_is_told_whole(world: World) -> None:
    cycle_id = cycle_of(world)
    enter(world, cycle_id, item="1", level=3, needs=(("2", 4),))
    with pytest.raises(Invalid) as refusal:
        enter(world, cycle_id, item="2", level=3, needs=(("1", 3),))
    (problem,) = refusal.value.problems
    assert problem.params["ring"] == "2:3 → 1:3 → 2:4 → 2:3"


def test_a_ring_is_found_however_long_and_none_where_there_is_none() -> None:
    chain = {(str(number), 3): [(str(number + 1), 3)] for number in range(1, 40)}
    assert ring_through(("1", 3), chain, 1) == ()
    ring = ring_through(("1", 3), chain | {("40", 3): [("1", 4)]}, 1)
    assert (ring[0], ring[-1], len(ring)) == (("1", 3), ("1", 3), 42)


def test_a_work_of_the_institutions_own_can_be_shared_and_stays_while_a_step_needs_it(world: World) -> None:
    cycle_id = cycle_of(world)
    key = enter_document(world, cycle_id)
    assert (key, facts(world, cycle_id).documents[key].title) == ("own:portal_layanan", "Portal layanan")
    enter(world, cycle_id, documents=(key,))
    with pytest.raises(Refusal) as refusal:
        estimating.take_document_back(cycle_id, key, 1, by=world.diskominfo.actor, now=NOW)
    assert (refusal.value.key, refusal.value.params["steps"]) == ("effort.document_used", "44:3")
    estimating.take_step_back(cycle_id, ("44", 3), 1, by=world.diskominfo.actor, now=NOW)
    estimating.take_document_back(cycle_id, key, 1, by=world.diskominfo.actor, now=NOW)
    assert facts(world, cycle_id).documents == {}


def test_the_effort_of_a_kind_of_document_is_entered_under_its_key(world: World) -> None:
    cycle_id = cycle_of(world)
    assert enter_document(world, cycle_id, key="spbe_roadmap:enacted", title="", effort=Fraction(8))
    assert facts(world, cycle_id).documents["spbe_roadmap:enacted"].effort == 8


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": ""}, "field.missing"),
        ({"title": "x" * 301}, "draft.too_long"),
        ({"effort": Fraction(-1)}, "effort.amount"),
        ({"key": "tidak_ada:enacted"}, "effort.no_document"),
    ],
)
def test_what_is_wrong_with_a_work_is_named(world: World, changes: dict[str, Any], key: str) -> None:
    cycle_id = cycle_of(world)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        enter_document(world, cycle_id, **changes)
    assert key in keys_of(refusal)
    assert world.everything() == before


def test_a_second_work_of_the_same_name_is_refused(world: World) -> None:
    cycle_id = cycle_of(world)
    enter_document(world, cycle_id)
    with pytest.raises(Invalid) as refusal:
        enter_document(world, cycle_id, title="Portal  Layanan!")
    assert keys_of(refusal) == ["effort.document_there"]


def test_a_closed_cycle_is_planned_no_more(world: World) -> None:
    cycle_id = cycle_of(world)
    enter(world, cycle_id)
    closing = "UPDATE cycle SET stage = 'closed', frozen_sha256 = 'x', closed_at = :at WHERE id = :id"
    world.change(closing, at=NOW, id=cycle_id)
    before = world.everything()
    for verb in (
        lambda: enter(world, cycle_id, version=1),
        lambda: enter_document(world, cycle_id),
        lambda: estimating.take_step_back(cycle_id, ("44", 3), 1, by=world.diskominfo.actor, now=NOW),
    ):
        with pytest.raises(Refusal) as refusal:
            verb()
        assert refusal.value.key == "cycle.closed"
    assert world.everything() == before


def test_one_statement_tells_all_that_a_path_is_planned_on(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.EXECUTION)
    share(world, cycle_id, {"44": world.dinkes, "19": world.diskominfo})
    share(world, cycle_id, {"44": world.bappeda}, Part.CONTRIBUTOR)
    new = NewAssignment(Source.INDICATOR, "Bukti", [world.dinkes.actor.unit_id or 0], "Evaluasi", "44:3 (2025)")
    assignment_id = asking.ask(new, by=world.diskominfo.actor, now=NOW)
    world.change(
        "INSERT INTO published_result (institution_id, year, instrument, values, predicate, number, source, by_title,"
        ' entered_at, withdrawn_by, reason) VALUES (:id, 2024, \'permenpanrb-59-2020\', \'{"A1": "2,5", "A2": "?"}\','
        " '', '', '', 'Kadis', :at, '', '')".replace("values, predicate", '"values", predicate'),
        id=world.serang.id, at=NOW,
    )  # fmt: skip
    found = facts(world, cycle_id)
    dinkes, bappeda = world.dinkes.actor.unit_id, world.bappeda.actor.unit_id
    assert (found.offices_of("44"), found.asked) == ((dinkes, bappeda), {"44:3 (2025)": assignment_id})
    assert found.offices_of("1") == ()
    assert found.published is not None
    assert (found.published.year, found.published.values) == (2024, {"A1": Fraction(5, 2)})
    assert dinkes in found.units
    assert facts_of(world.kota.diskominfo.actor, cycle_id).responsible == {}
