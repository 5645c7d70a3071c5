"""Dates, boards and links to feeds on both databases: whose they are, how they are counted, who may end a link."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from governance.almanac import board, dates, links
from governance.almanac.audience import Audience, Whose, audience_of
from governance.almanac.board import Standing
from governance.almanac.dates import Wish
from governance.almanac.entered import facts_entered
from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound
from governance.tasks import queries
from governance.tasks.lifecycle import Move
from governance.tasks.models import Source
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import answering, asking, feeds
from workflows.answering import TaskMove
from workflows.asking import NewAssignment
from workflows.signing_in import digest

SOON, FAR = TODAY + timedelta(days=5), TODAY + timedelta(days=200)
ALWAYS = Wish(TODAY - timedelta(days=3650), TODAY + timedelta(days=3650))


def asked(world: World, *offices: str, due_on: date | None = SOON) -> None:
    units = tuple(world.serang.people[office].actor.unit_id or 0 for office in offices)
    new = NewAssignment(Source.CIRCULAR, "menyerahkan daftar aplikasi", units, why="Surat Edaran 1", due_on=due_on)
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    db.session.rollback()


def owed(world: World, someone: Someone | None, mandate: str, due_on: date | None = SOON, **more: Any) -> None:
    told = {"fulfilment": "open", "estimated": False, "begins_on": None, "stage": ""} | more
    world.change(
        "INSERT INTO obligation (institution_id, key, mandate, stage, unit_id, year, begins_on, due_on, estimated,"
        " how_sure, basis, computed, fulfilment, met_by) VALUES (:place, :key, :mandate, :stage, :unit, 2026,"
        " :begins_on, :due_on, :estimated, 'read', 'Pasal 8', '[]', :fulfilment, '')",
        place=world.serang.id, key=f"{mandate}:{due_on}:{told['stage']}", mandate=mandate,
        unit=someone.actor.unit_id if someone else None, due_on=due_on, **told,
    )  # fmt: skip


def everybody(world: World) -> Audience:
    return audience_of(world.diskominfo.actor, Whose.ALL)


def mandates(world: World, audience: Audience, wish: Wish = ALWAYS) -> list[str]:
    return [one.due.mandate for one in dates.obligations(audience, wish, TODAY)]


def test_an_office_answers_for_its_own_and_diskominfo_for_what_names_nobody(world: World) -> None:
    owed(world, world.bappeda, "spbe_budget_plan")
    owed(world, None, "monitoring_evaluation", stage="hasil")
    owed(world, None, "coordination_team_decree", stage="penyampaian")
    mine = {office: mandates(world, audience_of(world.serang.people[office].actor, Whose.MINE))
            for office in ("bappeda", "diskominfo", "hukum", "dinkes")}  # fmt: skip
    assert mine == {
        "bappeda": ["spbe_budget_plan"],
        "diskominfo": ["monitoring_evaluation"],
        "hukum": ["coordination_team_decree"],
        "dinkes": [],
    }
    assert len(mandates(world, everybody(world))) == 3
    assert mandates(world, audience_of(world.kota.diskominfo.actor, Whose.ALL)) == []


def test_a_window_is_found_by_any_of_its_days_and_what_has_no_day_by_its_year(world: World) -> None:
    owed(world, world.bappeda, "spbe_budget_plan", due_on=SOON + timedelta(days=40), begins_on=SOON)
    owed(world, world.bappeda, "audit_security", due_on=None)
    inside = Wish(SOON + timedelta(days=10), SOON + timedelta(days=12))
    assert mandates(world, everybody(world), inside) == ["spbe_budget_plan"]
    assert mandates(world, everybody(world), Wish(TODAY, TODAY)) == []
    assert mandates(world, everybody(world), Wish(TODAY, TODAY, year=2026)) == ["audit_security"]


def test_a_wish_narrows_by_group_unit_and_what_is_open(world: World) -> None:
    owed(world, world.bappeda, "spbe_budget_plan")
    owed(world, world.inspektorat, "audit_security", fulfilment="met")
    only = Wish(ALWAYS.first, ALWAYS.last, mandates=frozenset({"audit_security"}))
    assert mandates(world, everybody(world), only) == ["audit_security"]
    assert mandates(world, everybody(world), Wish(ALWAYS.first, ALWAYS.last, unit="bappeda")) == ["spbe_budget_plan"]
    assert mandates(world, everybody(world), Wish(ALWAYS.first, ALWAYS.last, open_only=True)) == ["spbe_budget_plan"]


def test_a_step_is_the_posts_for_whom_it_waits(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    world.change("UPDATE waiting SET due_on = :day WHERE document_id = :id", day=SOON, id=paper.id)
    for office, count in (("diskominfo", 1), ("dinkes", 0)):
        for whose in (Whose.MINE, Whose.UNIT):
            found = dates.steps(audience_of(world.serang.people[office].actor, whose), ALWAYS)
            assert [one.document_id for one in found] == [paper.id] * count


def test_each_task_is_counted_in_one_standing(world: World) -> None:
    asked(world, "dinkes", "disdik", due_on=SOON)
    asked(world, "dinkes", due_on=None)
    asked(world, "bkpsdm", "dinkes", due_on=TODAY)
    world.change("UPDATE task SET due_on = :past WHERE due_on = :day", past=TODAY - timedelta(days=9), day=TODAY)
    task = queries.tasks_of_unit(world.disdik.actor)[0]
    answering.move(TaskMove(task.id, Move.ACCEPT, task.version), by=world.disdik.actor, now=NOW)
    found = board.tallies(everybody(world), ALWAYS, TODAY)
    assert [(one.key, dict(one.counts)) for one in found.offices] == [
        ("dinkes", {Standing.LATE: 1, Standing.RECEIVED: 2}),
        ("bkpsdm", {Standing.LATE: 1}),
        ("disdik", {Standing.RUNNING: 1}),
    ]
    assert board.late_now(everybody(world), TODAY) == (2, 2)
    for standing in Standing:
        listed = board.tasks_standing(everybody(world), ALWAYS, standing, TODAY)
        assert len(listed) == found.counts[standing]
    pressing = board.tasks_pressing(everybody(world), Wish(ALWAYS.first, SOON), TODAY)
    assert [one.unit_key for one in pressing[:2]] == ["bkpsdm", "dinkes"]
    assert len(pressing) == 4


def test_obligations_are_counted_by_mandate_with_the_first_open_day(world: World) -> None:
    owed(world, world.bappeda, "spbe_budget_plan", due_on=TODAY - timedelta(days=1))
    owed(world, world.bappeda, "spbe_budget_plan", due_on=SOON)
    owed(world, world.bappeda, "spbe_budget_plan", due_on=FAR)
    owed(world, world.bappeda, "spbe_roadmap", due_on=None)
    owed(world, world.bappeda, "audit_security", due_on=SOON, estimated=True)
    owed(world, world.bappeda, "circular", due_on=SOON, fulfilment="dropped")
    found = {one.mandate: one for one in board.tallies(everybody(world), ALWAYS, TODAY).mandates}
    assert dict(found["spbe_budget_plan"].counts) == {"late": 1, "due": 1, "open": 1}
    assert found["spbe_budget_plan"].next_on == SOON
    assert dict(found["spbe_roadmap"].counts) == {"undated": 1}
    assert found["spbe_roadmap"].next_on is None
    assert dict(found["audit_security"].counts) == {"estimate": 1}
    assert "circular" not in found


def test_what_an_ended_act_asked_is_no_longer_counted(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    asked(world, "dinkes")
    world.change("UPDATE assignment SET document_id = :id", id=paper.id)
    audience = audience_of(world.dinkes.actor, Whose.MINE)
    assert len(dates.open_tasks(audience, TODAY, 9)) == 1
    world.change("UPDATE act SET revoked_on = :day WHERE id IN (SELECT act_id FROM document)", day=TODAY)
    assert dates.open_tasks(audience, TODAY, 9) == []
    assert board.tallies(everybody(world), ALWAYS, TODAY).offices == ()
    assert [one.lapsed(TODAY) for one in dates.tasks(audience, ALWAYS)] == [True]


def test_a_link_leads_to_its_owner_until_it_is_revoked(world: World) -> None:
    asked(world, "dinkes")
    for of_unit in (False, True):
        secret = feeds.make_link("ponsel", of_unit=of_unit, by=world.dinkes.actor, now=NOW)
        found = links.feed_by(digest(secret))
        assert found is not None
        audience = links.audience_of_feed(found, TODAY)
        assert [one.unit_key for one in dates.tasks(audience, ALWAYS)] == ["dinkes"]
        kept = links.links_of(world.dinkes.actor)[0]
        assert (kept.of_unit, kept.label, kept.by_title) == (of_unit, "ponsel", world.dinkes.actor.title)
        feeds.revoke_link(kept.id, by=world.dinkes.actor, now=NOW)
        assert links.feed_by(digest(secret)) is None
    told = [what for line in world.trail() for what in ("feed.made", "feed.revoked") if what in line]
    assert told == ["feed.made", "feed.revoked"] * 2


def test_a_stranger_sees_and_ends_no_link(world: World) -> None:
    feeds.make_link("ponsel", of_unit=True, by=world.dinkes.actor, now=NOW)
    key = world.value("SELECT max(id) FROM feed_link")
    for stranger in (world.diskominfo, world.disdik, world.kota.diskominfo):
        assert links.links_of(stranger.actor) == []
        with pytest.raises(NotFound):
            feeds.revoke_link(key, by=stranger.actor, now=NOW)


def test_whoever_is_stood_in_for_makes_no_link(world: World) -> None:
    away = replace(world.dinkes.actor, post_id=None)
    with pytest.raises(NotAllowed):
        feeds.make_link("ponsel", of_unit=False, by=away, now=NOW)


def test_ten_links_are_enough(world: World) -> None:
    for _number in range(feeds.MOST_IN_USE):
        feeds.make_link("ponsel", of_unit=False, by=world.dinkes.actor, now=NOW)
    with pytest.raises(Invalid):
        feeds.make_link("ponsel", of_unit=False, by=world.dinkes.actor, now=NOW)
    feeds.make_link("ponsel", of_unit=True, by=world.dinkes.actor, now=NOW)


def test_the_season_is_told_by_what_stands(world: World) -> None:
    insert = (
        "INSERT INTO milestone (institution_id, key, day, number, note, by_title, entered_at, withdrawn_at,"
        " withdrawn_by, reason, version) VALUES (:id, :key, :day, '', '', 'Sekda', :now, :gone, '', :reason, 1)"
    )
    told = {"id": world.serang.id, "day": TODAY, "now": NOW.replace(tzinfo=None)}
    world.change(insert, key="inauguration", gone=None, reason="", **told)
    world.change(insert, key="rkpd", gone=NOW.replace(tzinfo=None), reason="Keliru", **told)
    assert [(one.key, one.day) for one in facts_entered(world.serang.id)] == [("inauguration", TODAY)]
    assert facts_entered(world.kota.id) == []
