"""The terms of steps in working days: warned the working day before, escalated after, once, healed after outages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday
from governance.documents import queries
from governance.documents.route_due import Term, term, working_day_before
from governance.documents.seen import Wish
from tests.workflows.turned import HEAD, SEKDA, initial, initials, keep
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import approval, step_deadlines

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = TODAY, date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def on_terms(world: World, make: Maker) -> Paper:
    """Bagian Hukum has two working days from Friday: until Tuesday."""
    keep(world, HEAD, initials("hukum", days=2), {**SEKDA, "days": 3})
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo")
    return paper


def test_a_term_is_counted_in_working_days_and_warned_of_the_working_day_before() -> None:
    plain, leave = Calendar(), Calendar(own={day: Holiday(day, "Libur", "local") for day in (FRIDAY, MONDAY)})
    assert term(0, FRIDAY, plain) == Term()
    assert term(1, FRIDAY, plain) == Term(MONDAY, FRIDAY)
    assert term(2, FRIDAY, plain) == Term(TUESDAY, MONDAY)
    assert term(2, FRIDAY, leave) == Term(date(2026, 11, 25), TUESDAY)
    assert term(1, FRIDAY, Calendar(week=6)) == Term(date(2026, 11, 21), FRIDAY)
    assert working_day_before(TUESDAY, leave) == date(2026, 11, 19)


def test_the_list_and_the_page_show_by_when(world: World, make: Maker) -> None:
    paper = on_terms(world, make)
    assert paper.as_seen(world.hukum).due_on == TUESDAY
    found, _more = queries.documents(world.hukum.actor, Wish(mine=True), TODAY)
    assert [one.due_on for one in found] == [TUESDAY]


def test_joint_leave_is_not_counted(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("hukum", days=2), SEKDA)
    paper = make.document()
    make.submit(paper)
    decreed = {2026: (Holiday(MONDAY, "Cuti bersama", "joint_leave"),)}
    approval.initial(paper.asked(), by=world.diskominfo.actor, now=NOW, decreed=decreed)
    assert paper.as_seen(world.hukum).due_on == WEDNESDAY


def test_the_post_is_warned_the_working_day_before_and_once(world: World, make: Maker) -> None:
    on_terms(world, make)
    assert step_deadlines.scan(now=at(FRIDAY, 16)) == 0
    assert [step_deadlines.scan(now=at(MONDAY, hour)) for hour in (1, 2, 3)] == [1, 0, 0]
    assert world.inbox(world.hukum).count("step.due") == 1
    assert "step.due" not in world.inbox(world.diskominfo)
    assert step_deadlines.scan(now=at(TUESDAY)) == 0, "its last day is not over"


def test_after_the_term_its_superior_and_the_initiator_are_told_once(world: World, make: Maker) -> None:
    on_terms(world, make)
    step_deadlines.scan(now=at(MONDAY))
    assert [step_deadlines.scan(now=at(WEDNESDAY, hour)) for hour in (1, 2)] == [1, 0]
    for someone in (world.hukum, world.sekda, world.diskominfo):
        assert world.inbox(someone).count("step.late") == 1, someone.username
    assert "step.late" not in world.inbox(world.asisten)
    assert step_deadlines.scan(now=at(WEDNESDAY + timedelta(days=40))) == 0


def test_an_outage_heals_and_tells_only_where_it_stands(world: World, make: Maker) -> None:
    on_terms(world, make)
    assert step_deadlines.scan(now=at(WEDNESDAY + timedelta(days=30))) == 1
    assert "step.due" not in world.inbox(world.hukum)
    assert world.inbox(world.hukum).count("step.late") == 1
    assert sum('"what":"steps.reminded"' in line for line in world.trail()) == 1


def test_the_unit_above_is_the_superior(world: World, make: Maker) -> None:
    world.change("UPDATE unit SET part_of_id = (SELECT id FROM unit u WHERE u.key = 'asda1' AND"
                 " u.institution_id = unit.institution_id) WHERE key = 'hukum' AND institution_id = :id",
                 id=world.serang.id)  # fmt: skip
    on_terms(world, make)
    step_deadlines.scan(now=at(WEDNESDAY))
    assert world.inbox(world.asisten).count("step.late") == 1
    assert "step.late" not in world.inbox(world.sekda)


def test_what_was_decided_in_time_is_neither_warned_of_nor_late(world: World, make: Maker) -> None:
    paper = on_terms(world, make)
    initial(world, paper, "hukum")
    assert paper.as_seen(world.sekda).due_on == WEDNESDAY
    assert step_deadlines.scan(now=at(MONDAY)) == 0
    assert "step.due" not in world.inbox(world.hukum)


def test_one_of_several_who_signed_does_not_move_the_others_day(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("hukum", "bappeda", days=2), SEKDA)
    paper = make.document()
    make.submit(paper)
    initial(world, paper, "diskominfo")
    step_deadlines.scan(now=at(MONDAY))
    initial(world, paper, "hukum", now=at(MONDAY, 5))
    assert paper.as_seen(world.bappeda).due_on == TUESDAY
    assert step_deadlines.scan(now=at(MONDAY, 6)) == 0, "he was warned already"


@pytest.mark.parametrize(("hour", "told"), [(16, 0), (17, 1)])
def test_the_day_is_the_institutions_own(world: World, make: Maker, hour: int, told: int) -> None:
    on_terms(world, make)
    sunday = MONDAY - timedelta(days=1)
    assert step_deadlines.scan(now=at(sunday, hour)) == told, "17.00 UTC is midnight in WIB"


def test_a_route_without_days_sets_no_terms(world: World, make: Maker) -> None:
    paper = make.document()
    make.submit(paper)
    assert paper.as_seen().due_on is None
    assert step_deadlines.scan(now=at(date(2027, 6, 1))) == 0
