"""The scan: acknowledgement, the unit's head, tasks, and one bad row that costs one row; on both databases."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from governance.kernel.db import db, transaction
from governance.notices.models import Pulse
from governance.obligations.models import Fulfilment, Obligation
from governance.tasks.models import Source
from tests.world import NOW, TODAY, Place, Someone, World
from workflows import asking, notices, scanning
from workflows.asking import NewAssignment
from workflows.scanning import Scanned

DUE = TODAY + timedelta(days=10)


def at_night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 5, tzinfo=NOW.tzinfo)


def scan_on(world: World, *days: date) -> list[Scanned]:
    return [scanning.scan(now=at_night(day), library=world.library) for day in days]


def nights(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def owe(place: Place, key: str = "spbe_architecture:2026:uji", due_on: date = DUE, **more: object) -> int:
    """An obligation as a rule lays it out."""
    with transaction():
        row = Obligation(institution_id=place.id, key=key, mandate="spbe_architecture", year=2026, due_on=due_on)
        row.fulfilment = Fulfilment.OPEN
        for name, value in more.items():
            setattr(row, name, value)
        db.session.add(row)
        db.session.flush()
        return row.id


def rungs(world: World, obligation_id: int) -> list[str]:
    told = "SELECT rung FROM reminder WHERE obligation_id = :id ORDER BY id"
    return [rung for (rung,) in world.rows(told, id=obligation_id)]


def told(world: World, someone: Someone, **about: int) -> list[str]:
    ((name, key),) = about.items()
    rows = f"SELECT key FROM notice WHERE person_id = :person AND {name} = :key AND key LIKE 'reminder.%' ORDER BY id"  # noqa: S608
    return [word for (word,) in world.rows(rows, person=someone.actor.person_id, key=key)]


@pytest.mark.parametrize(
    ("ladder", "wanted"),
    [
        ("standard", ["h14", "h7", "h1", "late", "very_late"]),
        ("short", ["h3", "h1", "due", "late", "very_late"]),
        ("long", ["h14", "h7", "h1", "late", "very_late"]),
    ],
)
def test_each_obligation_climbs_the_ladder_it_names(world: World, ladder: str, wanted: list[str]) -> None:
    key = owe(world.serang, ladder=ladder)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=31)))
    assert rungs(world, key) == wanted


def test_nine_days_without_worker_and_clock_bring_one_reminder_of_each_on_return(world: World) -> None:
    keys = [owe(world.serang, f"spbe_architecture:2026:{ladder}", ladder=ladder) for ladder in ("standard", "short")]
    scan_on(world, TODAY, DUE - timedelta(days=4))
    before = [len(rungs(world, key)) for key in keys]
    scan_on(world, DUE + timedelta(days=5))
    assert [rungs(world, key)[count:] for key, count in zip(keys, before, strict=True)] == [["late"], ["late"]]
    scan_on(world, DUE + timedelta(days=6))
    assert [len(rungs(world, key)) for key in keys] == [count + 1 for count in before]


def test_what_is_acknowledged_is_quiet_until_it_is_very_late(world: World) -> None:
    key = owe(world.serang)
    scan_on(world, TODAY)
    world.change("UPDATE obligation SET acknowledged_due = due_on WHERE id = :id", id=key)
    scan_on(world, DUE - timedelta(days=1), DUE + timedelta(days=2))
    assert rungs(world, key) == ["h14"]
    scan_on(world, DUE + timedelta(days=14))
    assert rungs(world, key) == ["h14", "very_late"]
    assert told(world, world.sekda, obligation_id=key) == ["reminder.very_late"]


def test_a_date_that_moved_after_the_acknowledgement_is_reminded_of_again(world: World) -> None:
    key = owe(world.serang, acknowledged_due=DUE)
    scan_on(world, TODAY)
    assert rungs(world, key) == []
    world.change("UPDATE obligation SET due_on = :day WHERE id = :id", day=DUE + timedelta(days=1), id=key)
    scan_on(world, TODAY + timedelta(days=1))
    assert rungs(world, key) == ["h14"]


@pytest.mark.parametrize("answer", [Fulfilment.MET, Fulfilment.WAIVED, Fulfilment.DROPPED])
def test_what_is_answered_or_undated_is_not_reminded_of(world: World, answer: Fulfilment) -> None:
    keys = [owe(world.serang, fulfilment=answer, reason="tidak diminta"), owe(world.serang, "x:1", due_on=None)]  # type: ignore[arg-type]
    scan_on(world, *nights(TODAY, DUE + timedelta(days=20))[::5])
    assert [rungs(world, key) for key in keys] == [[], []]


def test_the_head_of_the_unit_that_answers_for_it_is_told_first(world: World) -> None:
    key = owe(world.serang, unit_id=world.bappeda.actor.unit_id)
    scan_on(world, TODAY)
    assert told(world, world.bappeda, obligation_id=key) == ["reminder.due"]
    assert told(world, world.diskominfo, obligation_id=key) == ["reminder.due"]
    assert told(world, world.inspektorat, obligation_id=key) == told(world, world.sekda, obligation_id=key) == []


def test_who_heads_the_unit_and_is_told_as_diskominfo_too_is_told_once(world: World) -> None:
    key = owe(world.serang, unit_id=world.diskominfo.actor.unit_id)
    scan_on(world, TODAY)
    assert told(world, world.diskominfo, obligation_id=key) == ["reminder.due"]


def task_of(world: World, due_on: date | None = DUE) -> int:
    """A task that Diskominfo asks of Bappeda."""
    new = NewAssignment(Source.BY_HAND, "data aplikasi", [world.bappeda.actor.unit_id or 0], "Pasal 1", due_on=due_on)
    asked = asking.ask(new, by=world.diskominfo.actor, now=NOW)
    return int(world.value("SELECT id FROM task WHERE assignment_id = :id", id=asked))


def test_a_task_is_reminded_of_before_and_after_its_day_once_each(world: World) -> None:
    key = task_of(world)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=12)))
    near, late = "reminder.task", "reminder.task_late"
    assert told(world, world.bappeda, task_id=key) == [near, near, late, late]
    assert told(world, world.diskominfo, task_id=key) == [late, late], "who asks is told what is late, once each"
    steps = world.rows("SELECT rung FROM task_step WHERE task_id = :id AND rung IS NOT NULL ORDER BY id", id=key)
    assert [rung for (rung,) in steps] == ["h7", "h1", "late", "very_late"]


def test_after_an_outage_a_task_is_reminded_of_once_and_an_extension_begins_anew(world: World) -> None:
    key = task_of(world)
    scan_on(world, DUE + timedelta(days=3), DUE + timedelta(days=4))
    assert told(world, world.bappeda, task_id=key) == ["reminder.task_late"]
    world.change("UPDATE task SET due_on = :day WHERE id = :id", day=DUE + timedelta(days=10), id=key)
    scan_on(world, DUE + timedelta(days=5))
    assert told(world, world.bappeda, task_id=key) == ["reminder.task_late", "reminder.task"]


@pytest.mark.parametrize("state", ["handed_in", "verified", "declined", "cancelled"])
def test_a_task_that_waits_for_nothing_of_its_unit_is_not_reminded_of(world: World, state: str) -> None:
    key = task_of(world)
    world.change("UPDATE task SET state = :state WHERE id = :id", state=state, id=key)
    scan_on(world, *nights(TODAY, DUE + timedelta(days=12))[::3])
    assert told(world, world.bappeda, task_id=key) == []


def test_diskominfo_may_still_remind_on_the_day_the_scan_did(world: World) -> None:
    key = task_of(world)
    scan_on(world, DUE + timedelta(days=1))
    assigned = world.value("SELECT assignment_id FROM task WHERE id = :id", id=key)
    asking.remind_late(assigned, by=world.diskominfo.actor, now=at_night(DUE + timedelta(days=1)))
    assert "task.reminded" in world.inbox(world.bappeda)


def spoil(world: World, key: int) -> None:
    """A row that no reminder can be written of: the database refuses it, as it would refuse a damaged one."""
    with transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(
                sa.text(f"ALTER TABLE reminder ADD CONSTRAINT spoilt CHECK (obligation_id <> {key}) NOT VALID")
            )
        else:
            db.session.execute(
                sa.text(
                    f"CREATE TRIGGER spoilt BEFORE INSERT ON reminder WHEN NEW.obligation_id = {key}"
                    " BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
                )
            )


def mend(world: World) -> None:
    with transaction():
        postgresql = db.engine.dialect.name == "postgresql"
        db.session.execute(
            sa.text("ALTER TABLE reminder DROP CONSTRAINT spoilt" if postgresql else "DROP TRIGGER spoilt")
        )


def test_one_bad_row_costs_one_row_and_is_done_once_it_is_mended(world: World) -> None:
    good = [owe(place, f"spbe_architecture:2026:{n}") for n, place in enumerate([world.serang] * 3 + [world.kota] * 2)]
    bad = owe(world.serang, "spbe_architecture:2026:rusak")
    spoil(world, bad)
    try:
        (scanned,) = scan_on(world, TODAY)
        assert scanned == Scanned(institutions=2, failed=1)
        assert [rungs(world, key) for key in good] == [["h14"]] * 5
        assert rungs(world, bad) == []
        again = scanning.scan(now=at_night(TODAY) + timedelta(hours=1), library=world.library)
        assert again == Scanned(institutions=0, failed=1), "only the bad row is tried again"
    finally:
        mend(world)
    mended = scanning.scan(now=at_night(TODAY) + timedelta(hours=2), library=world.library)
    assert mended == Scanned(institutions=1, failed=0)
    assert [rungs(world, key) for key in (*good, bad)] == [["h14"]] * 6
    assert told(world, world.diskominfo, obligation_id=bad) == ["reminder.due"]


def test_an_institution_whose_trail_is_broken_holds_up_no_other(world: World) -> None:
    theirs, ours = owe(world.kota), owe(world.serang)
    scan_on(world, TODAY - timedelta(days=30))
    world.change("UPDATE trail_head SET number = 0 WHERE institution_id = :id", id=world.kota.id)
    scanned = scan_on(world, TODAY)[0]
    assert rungs(world, ours) == ["h14"]
    assert rungs(world, theirs) == [], "nothing happens that the trail cannot tell of"
    assert scanned.failed >= 1
    assert scanned.institutions == 2


def test_how_many_rows_were_left_is_told_with_the_pulse(world: World) -> None:
    notices.pulse("scan", now=NOW, failed=2)
    assert db.session.get_one(Pulse, "scan").failed == 2
    notices.pulse("scan", now=NOW)
    db.session.rollback()
    assert db.session.get_one(Pulse, "scan").failed == 0


def test_two_scans_of_one_moment_send_nothing_twice(world: World) -> None:
    key = owe(world.serang)
    scan_on(world, TODAY)
    world.change("UPDATE institution SET scanned_on = NULL")
    scan_on(world, TODAY)
    assert rungs(world, key) == ["h14"]
    assert told(world, world.diskominfo, obligation_id=key) == ["reminder.due"]
    assert sum("obligation.reminded" in line for line in world.trail()) == 1
