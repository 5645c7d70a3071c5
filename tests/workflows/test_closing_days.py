"""Closed days: entered and withdrawn by those who keep the calendar; what is open follows, those touched are told."""

import json
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from governance.calendar.calendars import calendar_of
from governance.calendar.closed_days import closed_day, entered_in
from governance.calendar.entering import NewDay, with_days
from governance.calendar.holidays import national
from governance.calendar.models import DayKind
from governance.documents.delivery_models import DeliveryWay
from governance.documents.lifecycle import State
from governance.documents.recounting import deliveries_over, steps_over
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.obligations.foreseeing import dates_moved, obligations_over
from governance.tasks import queries as tasks
from governance.tasks.lifecycle import Move
from governance.tasks.recounting import tasks_over
from tests.workflows.turned import HEAD, SEKDA, initial, initials, keep
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import answering, closing_days, entering_facts, jobs, receiving, recounting, scanning, step_deadlines
from workflows.answering import TaskMove
from workflows.entering_facts import NewFact
from workflows.receiving import Receipt

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
TASKS = [{"what": "menunjuk penghubung", "working_days": 5}]


def done(world: World, now: datetime = NOW) -> None:
    while jobs.run_due(now=now, library=world.library):
        pass


def day(on: date = MONDAY, kind: DayKind = DayKind.LOCAL, name: str = "Hari jadi") -> NewDay:
    return NewDay(on, name, kind, "SE Bupati 1/2026")


def entered(world: World, *days: NewDay, by: Someone | None = None) -> None:
    closing_days.enter(days, by=(by or world.diskominfo).actor, now=NOW, library=world.library)


def closed(world: World, *days: NewDay) -> None:
    """Entered, and everything that follows done."""
    entered(world, *days)
    done(world)


def decreed(world: World, make: Maker) -> Paper:
    """A decree signed on Friday 20 November 2026: delivered and answered within five working days, until the 27th."""
    paper = make.document(State.ENACTED, unit_tasks=TASKS)
    done(world)
    return paper


def due_days(world: World) -> dict[str, set[str]]:
    told = {
        "delivery": "SELECT due_on FROM delivery WHERE received_on IS NULL",
        "task": "SELECT due_on FROM task",
        "obligation": "SELECT due_on FROM obligation WHERE stage = 'penyampaian'",
    }
    return {name: {str(row[0]) for row in world.rows(sql)} for name, sql in told.items()}


def moves_told(world: World, someone: Someone) -> int:
    return sum(key.startswith("calendar.moved") for key in world.inbox(someone))


# ---- a changed holiday moves what is open


def test_a_closed_day_moves_deliveries_tasks_and_the_obligation(world: World, make: Maker) -> None:
    decreed(world, make)
    assert set().union(*due_days(world).values()) == {"2026-11-27"}
    closed(world, day())
    assert set().union(*due_days(world).values()) == {"2026-11-30"}
    assert '"key": "why.delivery.closed"' in _json(world, "SELECT computed FROM obligation WHERE stage = 'penyampaian'")


def _json(world: World, sql: str, **params: object) -> str:
    value = world.value(sql, **params)
    return value if isinstance(value, str) else json.dumps(value)


def test_each_whose_days_move_is_told_once_and_no_other(world: World, make: Maker) -> None:
    decreed(world, make)
    named = {
        row[0] for row in world.rows("SELECT person_id FROM holding WHERE post_id IN (SELECT post_id FROM delivery)")
    }
    closed(world, day())
    told = world.rows("SELECT person_id, count(*) FROM notice WHERE key = 'calendar.moved.closed' GROUP BY person_id")
    expected = named | {world.hukum.actor.person_id, world.diskominfo.actor.person_id}
    assert {person for person, _count in told} == expected
    assert {count for _person, count in told} == {1}
    assert moves_told(world, world.kota.diskominfo) == 0
    mine = "SELECT params FROM notice WHERE key = 'calendar.moved.closed' AND person_id = :person"
    params = _json(world, mine, person=world.dinkes.actor.person_id)
    assert '"count": 2' in params, "its delivery and the dictum that asks it"
    assert '"from_on": "2026-11-27"' in params


def test_the_timetable_is_computed_anew_and_moves_what_was_foreseen(world: World, make: Maker) -> None:
    """Whatever the rules of the timetable rest on the calendar: what the preview says is what the job does."""
    scanning.scan(now=NOW, library=world.library)
    dated = (
        "SELECT key, due_on FROM obligation WHERE institution_id = :id"
        " AND fulfilment = 'open' AND stage <> 'penyampaian'"
    )
    before = dict(world.rows(dated, id=world.serang.id))
    new = [day(on) for on in (MONDAY, TUESDAY, WEDNESDAY, date(2026, 12, 15))]
    law = world.library.law_of(world.serang.id)
    then = with_days(calendar_of(world.serang.id, law.holidays), new)
    expected = {one.key: str(one.after) for one in dates_moved(world.serang.id, law, then, TODAY)}
    closed(world, *new)
    after = dict(world.rows(dated, id=world.serang.id))
    assert {key: str(due) for key, due in after.items() if due != before[key]} == expected
    assert "timetabling.recompute" in {verb for (verb,) in world.rows("SELECT verb FROM job")}
    assert world.value("SELECT timetable_mark FROM institution WHERE id = :id", id=world.serang.id) != ""


def test_an_obligation_in_working_days_moves_and_those_it_touches_are_told(world: World, make: Maker) -> None:
    """A reason to change the team, found on Friday 20 November: the change decree is due on the 27th (Pasal 63)."""
    make.document(State.ENACTED, signed_on=date(2026, 11, 13))
    fact = NewFact("team_change", TODAY, note="Anggota pindah tugas")
    entering_facts.enter(fact, by=world.diskominfo.actor, now=NOW, library=world.library)
    done(world)
    due = "SELECT due_on FROM obligation WHERE stage = 'change' AND begins_on = '2026-11-20'"
    assert str(world.value(due)) == "2026-11-27"
    law = world.library.law_of(world.serang.id)
    then = with_days(calendar_of(world.serang.id, law.holidays), [day()])
    foreseen = dates_moved(world.serang.id, law, then, TODAY)
    assert [(str(one.before), str(one.after)) for one in foreseen] == [("2026-11-27", "2026-11-30")]
    assert obligations_over(world.serang.id, MONDAY) == []
    before = world.inbox(world.diskominfo).count("timetable.moved")
    closed(world, day())
    assert str(world.value(due)) == "2026-11-30"
    assert world.inbox(world.diskominfo).count("timetable.moved") == before + 1
    assert [one.stage for one in obligations_over(world.serang.id, MONDAY)] == ["change"]
    assert obligations_over(world.serang.id, TUESDAY) == []


def test_doing_it_twice_moves_and_tells_nothing_more(world: World, make: Maker) -> None:
    decreed(world, make)
    closed(world, day())
    before = world.everything()
    change = recounting.Change("closed_day:1:1", "calendar.moved.closed", {"day": "2026-11-23"})
    assert recounting.after_closed_day(change, by=world.diskominfo.actor, now=NOW, library=world.library) == 0
    assert world.everything() == before


def test_what_was_received_answered_or_extended_stays_as_it_was(world: World, make: Maker) -> None:
    paper = decreed(world, make)
    first = world.value("SELECT min(id) FROM delivery")
    got = Receipt(paper.id, [first], TODAY, DeliveryWay.DIRECT, "Sekretaris")
    receiving.record_receipts(got, by=world.hukum.actor, now=NOW, library=world.library)
    mine = tasks.tasks_of_unit(world.dinkes.actor)[0]
    later = date(2026, 12, 4)
    ask = TaskMove(mine.id, Move.ASK_EXTENSION, mine.version, words="Belum lengkap", until=later)
    answering.move(ask, by=world.dinkes.actor, now=NOW)
    grant = TaskMove(mine.id, Move.GRANT_EXTENSION, mine.version + 1, until=later)
    answering.move(grant, by=world.diskominfo.actor, now=NOW)
    closed(world, day())
    assert str(world.value("SELECT due_on FROM delivery WHERE id = :id", id=first)) == "2026-11-27"
    assert str(world.value("SELECT due_on FROM task WHERE id = :id", id=mine.id)) == "2026-12-04"
    assert due_days(world)["delivery"] == {"2026-11-30"}


def test_the_term_of_a_step_moves_with_its_warning(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("hukum", days=2), {**SEKDA, "days": 3})
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo")
    assert paper.as_seen(world.hukum).due_on == TUESDAY
    step_deadlines.scan(now=datetime(2026, 11, 23, 2, tzinfo=UTC))
    closed(world, day(TUESDAY))
    assert paper.as_seen(world.hukum).due_on == WEDNESDAY
    assert moves_told(world, world.hukum) == 1
    assert moves_told(world, world.sekda) == 0
    warned = world.rows("SELECT warn_on, warned_at FROM waiting WHERE due_on = '2026-11-25'")
    assert [str(row[0]) for row in warned] == ["2026-11-23"]


def test_the_next_term_is_counted_by_the_new_calendar(world: World, make: Maker) -> None:
    closed(world, day())
    keep(world, HEAD, initials("hukum", days=2), SEKDA)
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo")
    assert paper.as_seen(world.hukum).due_on == WEDNESDAY


def test_a_day_that_touches_nothing_tells_nobody(world: World, make: Maker) -> None:
    decreed(world, make)
    before = due_days(world)
    closed(world, day(date(2027, 4, 7)))
    assert due_days(world) == before
    assert world.value("SELECT count(*) FROM notice WHERE key LIKE 'calendar.%'") == 0


def test_another_regions_day_moves_nothing_here(world: World, make: Maker) -> None:
    decreed(world, make)
    before = due_days(world)
    closing_days.enter([day()], by=world.kota.diskominfo.actor, now=NOW, library=world.library)
    done(world)
    assert due_days(world) == before
    with pytest.raises(NotFound):
        closed_day(world.serang.id, world.value("SELECT id FROM closed_day"))


def test_a_week_of_six_days_brings_what_is_open_nearer(world: World, make: Maker) -> None:
    decreed(world, make)
    closing_days.set_week(6, 5, by=world.bkpsdm.actor, now=NOW)
    done(world)
    assert set().union(*due_days(world).values()) == {"2026-11-26"}
    assert moves_told(world, world.dinkes) == 1
    with pytest.raises(Stale):
        closing_days.set_week(5, 5, by=world.bkpsdm.actor, now=NOW)
    closing_days.set_week(6, 5, by=world.bkpsdm.actor, now=NOW)
    with pytest.raises(Invalid):
        closing_days.set_week(7, 6, by=world.bkpsdm.actor, now=NOW)


def test_an_open_day_takes_an_estimate_away_and_the_decree_is_not_argued_with(world: World) -> None:
    estimate = next(one for one in national(2028) if one.estimated and one.day.weekday() < 5)
    decreed_day = date(2026, 12, 25)
    entered(world, day(estimate.day, DayKind.OPEN, "SKB menetapkan hari lain"))
    assert calendar_of(world.serang.id, world.library.law.holidays).works_on(estimate.day)
    with pytest.raises(Invalid) as refused:
        entered(world, day(decreed_day, DayKind.LOCAL))
    assert [one.key for one in refused.value.problems] == ["calendar.closed_already"]


# ---- a used day does not vanish silently


def test_what_used_a_day_is_known_and_a_withdrawal_needs_a_reason(world: World, make: Maker) -> None:
    paper = decreed(world, make)
    closed(world, day())
    row = entered_in(world.serang.id, 2026)[0]
    used = [*deliveries_over(world.serang.id, MONDAY), *tasks_over(world.serang.id, MONDAY)]
    assert [(one.document_id, one.what, one.count == one.open_count) for one in used] == [
        (paper.id, "delivery", True),
        (paper.id, "task", True),
    ]
    assert deliveries_over(world.serang.id, date(2026, 12, 1)) == []
    assert deliveries_over(world.kota.id, MONDAY) == []
    row_id, version = row.id, row.version
    with pytest.raises(Invalid):
        closing_days.withdraw(row_id, version, "  ", by=world.diskominfo.actor, now=NOW)
    closing_days.withdraw(row_id, version, "Salah tanggal", by=world.diskominfo.actor, now=NOW)
    done(world)
    assert set().union(*due_days(world).values()) == {"2026-11-27"}
    assert moves_told(world, world.dinkes) == 2
    kept = closed_day(world.serang.id, row_id)
    assert (kept.reason, kept.withdrawn_by) == ("Salah tanggal", world.diskominfo.actor.title)
    with pytest.raises(Refusal, match=r"calendar\.withdrawn_already"):
        closing_days.withdraw(row_id, version, "Lagi", by=world.diskominfo.actor, now=NOW)


def test_the_past_is_not_rewritten(world: World, make: Maker) -> None:
    paper = decreed(world, make)
    closed(world, day())
    every = [row[0] for row in world.rows("SELECT id FROM delivery")]
    got = Receipt(paper.id, every, TODAY, DeliveryWay.DIRECT, "Sekretaris")
    receiving.record_receipts(got, by=world.hukum.actor, now=NOW, library=world.library)
    done(world)
    row = entered_in(world.serang.id, 2026)[0]
    used = deliveries_over(world.serang.id, MONDAY)
    assert [(one.count, one.open_count) for one in used] == [(len(every), 0)]
    closing_days.withdraw(row.id, row.version, "Salah", by=world.diskominfo.actor, now=NOW)
    done(world)
    assert {str(due) for (due,) in world.rows("SELECT due_on FROM delivery")} == {"2026-11-30"}
    assert due_days(world)["obligation"] == {"2026-11-30"}
    assert due_days(world)["task"] == {"2026-11-27"}


def test_a_step_under_way_is_among_those_that_used_a_day(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("hukum", days=2), {**SEKDA, "days": 3})
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo")
    assert [one.document_id for one in steps_over(world.serang.id, MONDAY, "Asia/Jakarta")] == [paper.id]
    assert steps_over(world.serang.id, TODAY, "Asia/Jakarta") == [], "the day on which it came is not counted"
    assert steps_over(world.serang.id, WEDNESDAY, "Asia/Jakarta") == []


def test_what_was_entered_stays_and_is_withdrawn_once(world: World) -> None:
    entered(world, day())
    for change in (
        "UPDATE closed_day SET name = 'Lain'",
        "UPDATE closed_day SET day = '2026-11-24'",
        "DELETE FROM closed_day",
    ):
        db.session.rollback()
        with pytest.raises(sa.exc.DBAPIError, match="closed"), db.engine.begin() as connection:
            connection.execute(sa.text(change))


# ---- who may, and what is refused


@pytest.mark.parametrize("who", ["diskominfo", "organisasi", "bkpsdm"])
def test_three_offices_keep_the_calendar(world: World, who: str) -> None:
    entered(world, day(), by=world.serang.people[who])
    assert [one.by_title for one in entered_in(world.serang.id, 2026)] == [world.serang.people[who].actor.title]


@pytest.mark.parametrize("who", ["sekda", "hukum", "dinkes"])
def test_others_change_nothing(world: World, who: str) -> None:
    before, actor = world.everything(), world.serang.people[who].actor
    for act in (
        lambda: closing_days.enter([day()], by=actor, now=NOW, library=world.library),
        lambda: closing_days.withdraw(1, 1, "x", by=actor, now=NOW),
        lambda: closing_days.set_week(6, 5, by=actor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.everything() == before


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewDay(MONDAY, "", DayKind.LOCAL, "SE"), "field.missing"),
        (NewDay(MONDAY, "Hari jadi", DayKind.LOCAL, " "), "field.missing"),
        (NewDay(MONDAY, "x" * 201, DayKind.LOCAL, "SE"), "draft.too_long"),
        (NewDay(MONDAY, "Hari\x00jadi", DayKind.LOCAL, "SE"), "draft.control_characters"),
        (NewDay(MONDAY, "Hari\njadi", DayKind.LOCAL, "SE"), "calendar.one_line"),
        (NewDay(date(1999, 1, 4), "Lama", DayKind.LOCAL, "SE"), "calendar.far_year"),
        (NewDay(date(9999, 12, 31), "Jauh", DayKind.LOCAL, "SE"), "calendar.far_year"),
        (NewDay(MONDAY, "Masuk", DayKind.OPEN, "SE"), "calendar.open_already"),
        (NewDay(date(2026, 11, 22), "Masuk", DayKind.OPEN, "SE"), "calendar.outside_week"),
    ],
)
def test_a_wrong_day_is_refused_with_its_reason_and_nothing_changes(world: World, new: NewDay, key: str) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        entered(world, new)
    assert key in [one.key for one in refused.value.problems]
    assert world.everything() == before


def test_the_same_day_is_entered_once(world: World) -> None:
    entered(world, day())
    for again, key in ((day(), "calendar.entered_already"), (day(name="Lain"), "calendar.day_taken")):
        with pytest.raises(Invalid) as refused:
            entered(world, again)
        assert [one.key for one in refused.value.problems] == [key]
    with pytest.raises(Invalid):
        entered(world, day(TUESDAY), day(TUESDAY, name="Lain"))
    assert len(entered_in(world.serang.id, 2026)) == 1
