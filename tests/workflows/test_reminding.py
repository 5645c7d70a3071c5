"""Reminders: sent once per rung, caught up with a single one after nights without the clock, late to the Sekda too."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from governance.kernel.db import db, transaction
from governance.mandates.climbing import Night
from governance.mandates.evaluation import Round
from governance.mandates.ladder import Rung, Term, due_rung
from governance.obligations.models import Fulfilment, Obligation, Reminder
from governance.obligations.reminding import climb
from tests.world import NOW, TODAY, Place, Someone, World
from workflows import fulfilling, obligations, scanning
from workflows.fulfilling import Report
from workflows.obligations import Letter

DUE = date(2026, 12, 10)


def enter_letter(world: World, due_on: date = DUE, version: int = 0, place: Place | None = None) -> None:
    windows = [{"stage": "penilaian_mandiri", "start": None, "end": due_on.isoformat()}]
    told = Letter(2026, Round.EVALUATION, f"B/{version}", date(2026, 10, 1), windows, version=version)
    obligations.enter_letter(told, by=(place or world.serang).diskominfo.actor, now=NOW, library=world.library)


def scan_on(world: World, *days: date) -> None:
    for day in days:
        moment = datetime(day.year, day.month, day.day, 2, 5, tzinfo=NOW.tzinfo)
        scanning.scan(now=moment, library=world.library)


def nights(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def reminders(world: World, someone: Someone) -> list[str]:
    """What a person was reminded of that the ministry's letter dates."""
    told = (
        "SELECT notice.key FROM notice JOIN obligation ON obligation.id = obligation_id"
        " WHERE person_id = :person AND family = 'evaluation' AND notice.key LIKE 'reminder.%' ORDER BY notice.id"
    )
    return [key for (key,) in world.rows(told, person=someone.actor.person_id)]


def dated(world: World) -> int:
    """The stage that Serang's letter dates."""
    rows = (
        "SELECT id FROM obligation WHERE institution_id = :id AND key = 'monitoring_evaluation:2026:penilaian_mandiri'"
    )
    return int(world.value(rows, id=world.serang.id))


def climbed(world: World) -> list[tuple[date, str]]:
    """The rungs of that stage, as they were climbed."""
    return world.rows("SELECT due_on, rung FROM reminder WHERE obligation_id = :id ORDER BY id", id=dated(world))


def test_with_the_clock_running_diskominfo_is_reminded_at_each_rung_and_the_sekda_when_late(world: World) -> None:
    enter_letter(world)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=20)))
    assert reminders(world, world.diskominfo) == ["reminder.due"] * 4 + ["reminder.late", "reminder.very_late"]
    assert reminders(world, world.sekda) == ["reminder.late", "reminder.very_late"]
    assert reminders(world, world.asisten) == ["reminder.due", "reminder.late", "reminder.very_late"]
    assert [rung for _due_on, rung in climbed(world)] == ["h30", "h14", "h7", "h1", "late", "very_late"]


def test_nine_days_without_the_clock_over_a_due_date_bring_one_reminder_on_return(world: World) -> None:
    enter_letter(world)
    scan_on(world, *nights(TODAY, DUE - timedelta(days=4)))
    before = {one.username: reminders(world, one) for one in (world.diskominfo, world.sekda)}
    scan_on(world, DUE + timedelta(days=5))
    assert reminders(world, world.diskominfo)[len(before["diskominfo"]) :] == ["reminder.late"]
    assert reminders(world, world.sekda) == ["reminder.late"], "the Sekda is told that it is late"
    scan_on(world, *nights(DUE + timedelta(days=6), DUE + timedelta(days=13)))
    assert reminders(world, world.sekda) == ["reminder.late"], "and not again"


def test_nine_days_without_the_clock_before_a_due_date_bring_one_reminder_and_leave_the_sekda_alone(
    world: World,
) -> None:
    enter_letter(world)
    scan_on(world, *nights(TODAY, DUE - timedelta(days=15)))
    before = len(reminders(world, world.diskominfo))
    scan_on(world, DUE - timedelta(days=6))
    assert reminders(world, world.diskominfo)[before:] == ["reminder.due"]
    assert reminders(world, world.sekda) == []


def test_nobody_but_those_the_ladder_names_is_reminded(world: World) -> None:
    enter_letter(world)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=3)))
    told = (
        "SELECT DISTINCT person.username FROM notice JOIN person ON person.id = person_id WHERE key LIKE 'reminder.%'"
    )
    serang = {name for (name,) in world.rows(told) if "." not in name}
    assert serang == {"diskominfo", "asisten", "sekda", "bappeda"}, "Bappeda answers for what follows RKPD and RKA"


def test_the_reminder_points_at_its_obligation_and_says_the_day(world: World) -> None:
    enter_letter(world)
    scan_on(world, TODAY)
    rows = "SELECT params FROM notice WHERE obligation_id = :duty AND person_id = :person"
    ((params,),) = world.rows(rows, duty=dated(world), person=world.diskominfo.actor.person_id)
    assert "2026-12-10" in str(params)


def test_an_estimated_date_is_never_called_late(world: World) -> None:
    scan_on(world, *nights(date(2026, 8, 1), date(2027, 1, 10))[::6])
    assert set(reminders(world, world.diskominfo)) == {"reminder.due"}
    assert reminders(world, world.sekda) == []


def test_what_was_reported_done_is_not_reminded_of_any_more(world: World) -> None:
    enter_letter(world)
    scan_on(world, TODAY)
    given = Report(dated(world), 1, "Surat 800/12")
    fulfilling.report(given, by=world.diskominfo.actor, now=NOW, library=world.library)
    scan_on(world, *nights(TODAY + timedelta(days=1), DUE + timedelta(days=9)))
    assert reminders(world, world.diskominfo) == ["reminder.due"]


def test_a_moved_date_begins_its_ladder_anew(world: World) -> None:
    enter_letter(world)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=2))[::3])
    enter_letter(world, DUE + timedelta(days=60), version=1)
    scan_on(world, *nights(DUE + timedelta(days=3), DUE + timedelta(days=66))[::4])
    rungs = [rung for _due_on, rung in climbed(world)]
    assert [rung for rung in rungs if rung in ("h30", "late")] == ["h30", "late"] * 2


@pytest.mark.parametrize("seed", range(4))
def test_the_reminders_of_the_database_are_those_of_the_rule(world: World, seed: int) -> None:
    """Random worlds: due dates, estimates, what was met, what was sent, in three institutions."""
    chance = random.Random(seed)
    places = (world.serang, world.kota, world.provinsi)
    with transaction():
        for number in range(240):
            _random_obligation(chance, chance.choice(places).id, number)
    ids = [place.id for place in places[: chance.randint(1, 3)]]
    today = TODAY
    for step in range(4):
        at = NOW + timedelta(hours=step)
        expected = _by_the_rule(world, ids, today)
        with transaction():
            counts = dict(climb(Night(ids, today, at), world.library.law.ladders))
        sent = db.session.query(Reminder).filter(Reminder.sent_at == at).all()
        assert {(one.obligation_id, one.rung) for one in sent} == expected
        assert counts == Counter(one.institution_id for one in sent)
        db.session.rollback()
        today += timedelta(days=chance.randint(0, 20))


def _random_obligation(chance: random.Random, institution_id: int, number: int) -> None:
    due_on = TODAY + timedelta(days=chance.randint(-40, 100)) if chance.random() < 0.95 else None
    obligation = Obligation(institution_id=institution_id, key=f"monitoring_evaluation:{number}", year=2026)
    obligation.mandate, obligation.stage = "monitoring_evaluation", "hasil"
    obligation.due_on, obligation.estimated = due_on, due_on is not None and chance.random() < 0.3
    obligation.fulfilment = chance.choices(list(Fulfilment), (6, 1, 1, 1))[0]
    obligation.ladder = chance.choice(("standard", "long", "short", "hilang"))
    if due_on is not None and chance.random() < 0.3:
        obligation.acknowledged_due = due_on + timedelta(days=chance.choice((0, 0, 7)))
    obligation.reason = "tidak diminta"
    db.session.add(obligation)
    db.session.flush()
    for rung in Rung:
        if due_on is not None and chance.random() < 0.08:
            moved = due_on + timedelta(days=chance.choice((0, 0, 7)))
            row = Reminder(institution_id=institution_id, obligation_id=obligation.id, due_on=moved, rung=rung)
            row.sent_at = NOW - timedelta(days=1)
            db.session.add(row)


def _by_the_rule(world: World, ids: list[int], today: date) -> set[tuple[int, Rung]]:
    db.session.rollback()
    ladders = world.library.law.ladders
    sent = [(one.obligation_id, one.due_on, one.rung) for one in db.session.query(Reminder).all()]
    expected = set()
    for one in db.session.query(Obligation).filter(Obligation.institution_id.in_(ids)).all():
        if one.due_on is None or one.fulfilment is not Fulfilment.OPEN:
            continue
        climbed = {rung for key, due_on, rung in sent if (key, due_on) == (one.id, one.due_on)}
        term = Term(one.due_on, one.estimated, one.acknowledged_due == one.due_on)
        step = due_rung(ladders.get(one.ladder, ladders["standard"]), term, today, climbed)
        if step is not None:
            expected.add((one.id, step.rung))
    db.session.rollback()
    return expected
