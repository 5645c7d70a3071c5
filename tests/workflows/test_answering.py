"""A task from the asking to the end: both sides' moves, who is told, and that nothing happens twice or by strangers."""

from datetime import date, timedelta

import pytest

from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Stale
from governance.tasks import queries
from governance.tasks.handing_in import FilePart
from governance.tasks.lifecycle import Move, State
from governance.tasks.models import Source
from governance.tasks.queries import Asked
from governance.tasks.wants import Cell, Column, Kind, Want
from tests.world import NOW, TODAY, Someone, World
from workflows import answering, asking
from workflows.answering import TaskMove
from workflows.asking import NewAssignment
from workflows.handing import Handed

DUE = TODAY + timedelta(days=7)
LATER = NOW + timedelta(days=9)
LETTER = Want("letter", "Surat pengantar")
APPS = Want("apps", "Aplikasi", Kind.TABLE, columns=(Column("name", "Nama", Cell.TEXT, required=True),))
PDF = FilePart("surat.pdf", b"%PDF-1.7 surat", "letter")


def unit(world: World, *offices: str) -> tuple[int, ...]:
    return tuple(world.serang.people[office].actor.unit_id or 0 for office in offices)


def asked(world: World, *offices: str, **more: object) -> int:
    told = {"why": "Surat Edaran Sekda Nomor 1", "due_on": DUE, "wants": (LETTER, APPS)} | more
    units = unit(world, *(offices or ("dinkes", "disdik")))
    new = NewAssignment(Source.CIRCULAR, "menyampaikan daftar aplikasi", units, **told)  # type: ignore[arg-type]
    return asking.ask(new, by=world.diskominfo.actor, now=NOW)


def of(world: World, someone: Someone) -> Asked:
    return queries.tasks_of_unit(someone.actor)[0]


def moved(world: World, someone: Someone, move: Move, task: Asked | None = None, **more: object) -> None:
    task = task or of(world, world.dinkes)
    wish = TaskMove(task.id, move, task.version, **more)  # type: ignore[arg-type]
    answering.move(wish, by=someone.actor, now=NOW)


def handed(world: World, **more: object) -> None:
    task = of(world, world.dinkes)
    told = {"tables": {"apps": [{"name": "SIMPUS"}]}, "files": (PDF,)} | more
    given = Handed(task.id, task.version, **told)  # type: ignore[arg-type]
    answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=world.library)


def test_each_office_gets_its_own_copy_and_is_told_once(world: World) -> None:
    asked(world, "dinkes", "disdik", "dinsos")
    for office in (world.dinkes, world.disdik, world.dinsos):
        (task,) = queries.tasks_of_unit(office.actor)
        assert (task.state, task.due_on, task.why) == (State.RECEIVED, DUE, "Surat Edaran Sekda Nomor 1")
        assert world.inbox(office) == ["task.asked"]
    assert queries.tasks_of_unit(world.arsip.actor) == []


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"what": "  "}, "field.missing"),
        ({"unit_ids": ()}, "task.no_units"),
        ({"unit_ids": (10**9,)}, "task.unit_unknown"),
        ({"why": ""}, "task.why_missing"),
        ({"due_on": TODAY - timedelta(days=1)}, "task.due_past"),
        ({"what": "x" * 2001}, "draft.too_long"),
        ({"what": "a\x07"}, "draft.control_characters"),
        ({"wants": (Want("B", "Berkas"),)}, "task.want_key"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(world: World, more: dict[str, object], key: str) -> None:
    told = {"what": "menyampaikan", "unit_ids": unit(world, "dinkes"), "why": "Pasal 1"} | more
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        asking.ask(NewAssignment(Source.BY_HAND, **told), by=world.diskominfo.actor, now=NOW)  # type: ignore[arg-type]
    assert [problem.key for problem in refusal.value.problems] == [key]
    assert world.everything() == before


def test_who_may_not_ask_asks_nothing_and_nobody_asks_another_regions_office(world: World) -> None:
    new = NewAssignment(Source.BY_HAND, "menyampaikan", unit(world, "disdik"), why="Pasal 1")
    with pytest.raises(NotAllowed):
        asking.ask(new, by=world.dinkes.actor, now=NOW)
    with pytest.raises(Invalid):
        asking.ask(new, by=world.kota.diskominfo.actor, now=NOW)


def test_reading_is_a_sign_of_life_and_happens_once(world: World) -> None:
    asked(world)
    task = of(world, world.dinkes)
    answering.read(task.id, by=world.dinkes.actor, now=NOW)
    assert of(world, world.dinkes).state is State.READ
    before = world.everything()
    answering.read(task.id, by=world.dinkes.actor, now=LATER)
    assert world.everything() == before


def test_from_acceptance_over_a_return_to_the_end(world: World) -> None:
    asked(world, "dinkes")
    moved(world, world.dinkes, Move.ACCEPT)
    handed(world)
    task = of(world, world.dinkes)
    assert task.state is State.HANDED_IN
    moved(world, world.diskominfo, Move.RETURN, task, words="Nama pangkalan data kosong")
    assert of(world, world.dinkes).state is State.RETURNED
    handed(world, note="Sudah dilengkapi")
    moved(world, world.diskominfo, Move.VERIFY)
    done = of(world, world.dinkes)
    assert (done.state, done.acknowledged_at) == (State.VERIFIED, NOW)
    assert world.inbox(world.dinkes) == ["task.asked", "task.returned", "task.verified"]
    assert world.inbox(world.diskominfo) == ["task.acknowledged", "task.handed_in", "task.handed_in"]
    story = queries.steps(world.dinkes.actor, done.id)
    assert [step.move for step in story] == [Move.ACCEPT, Move.HAND_IN, Move.RETURN, Move.HAND_IN, Move.VERIFY]
    assert story[1].tables == {"apps": [{"name": "SIMPUS"}]}
    (file,) = story[1].files
    assert world.library.files.read(file.sha256) == PDF.data


def test_what_is_missing_is_named_and_nothing_is_kept(world: World) -> None:
    asked(world, "dinkes")
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        handed(world, tables={"apps": [{"name": ""}, {"name": "a\x07"}]}, files=())
    assert [(one.place, one.key) for one in refusal.value.problems] == [
        ("letter", "task.want_missing"),
        ("apps.A3", "task.cell_unreadable"),
    ]
    assert world.everything() == before


def test_a_decline_is_taken_passed_on_or_not_taken(world: World) -> None:
    asked(world, "dinkes")
    moved(world, world.dinkes, Move.DECLINE, words="Bukan urusan kami")
    assert world.inbox(world.diskominfo) == ["task.declined"]
    moved(world, world.diskominfo, Move.INSIST, words="Pasal 33 menyebut dinas Anda")
    assert of(world, world.dinkes).state is State.RECEIVED
    moved(world, world.dinkes, Move.DECLINE, words="Urusan Dinas Sosial")
    moved(world, world.diskominfo, Move.REASSIGN, unit_id=unit(world, "dinsos")[0])
    assert queries.tasks_of_unit(world.dinkes.actor) == []
    assert of(world, world.dinsos).state is State.RECEIVED
    assert world.inbox(world.dinsos) == ["task.asked"]


def test_an_extension_is_asked_and_granted_or_refused(world: World) -> None:
    asked(world, "dinkes")
    with pytest.raises(NotAllowed):
        moved(world, world.diskominfo, Move.REFUSE_EXTENSION, words="Tidak diminta")
    moved(world, world.dinkes, Move.ASK_EXTENSION, until=DUE + timedelta(days=5), words="Data menunggu puskesmas")
    moved(world, world.diskominfo, Move.REFUSE_EXTENSION, words="Batas kementerian")
    assert (of(world, world.dinkes).due_on, of(world, world.dinkes).wished_until) == (DUE, None)
    moved(world, world.dinkes, Move.ASK_EXTENSION, until=DUE + timedelta(days=2), words="Dua hari saja")
    moved(world, world.diskominfo, Move.GRANT_EXTENSION)
    assert of(world, world.dinkes).due_on == DUE + timedelta(days=2)
    told = ["task.extension_asked", "task.extension_asked"]
    assert world.inbox(world.diskominfo) == told
    assert world.inbox(world.dinkes) == ["task.asked", "task.extension_refused", "task.extension_granted"]


@pytest.mark.parametrize(
    ("move", "more", "key"),
    [
        (Move.DECLINE, {}, "task.words_missing"),
        (Move.ASK_EXTENSION, {"words": "x"}, "task.until_missing"),
        (Move.ASK_EXTENSION, {"words": "x", "until": DUE}, "task.until_early"),
        (Move.COMMENT, {"words": "x" * 4001}, "decision.reason_long"),
    ],
)
def test_a_move_without_what_it_needs_is_refused(world: World, move: Move, more: dict[str, object], key: str) -> None:
    asked(world, "dinkes")
    with pytest.raises(Invalid) as refusal:
        moved(world, world.dinkes, move, **more)
    assert [problem.key for problem in refusal.value.problems] == [key]


def test_the_same_move_twice_is_one_and_an_old_page_is_told(world: World) -> None:
    asked(world, "dinkes")
    seen = of(world, world.dinkes)
    moved(world, world.dinkes, Move.ACCEPT, seen)
    before = world.everything()
    moved(world, world.dinkes, Move.ACCEPT, seen)
    assert world.everything() == before
    with pytest.raises(Stale):
        moved(world, world.dinkes, Move.DECLINE, seen, words="Terlambat")


def test_only_the_two_sides_move_a_task(world: World) -> None:
    asked(world, "dinkes")
    seen = of(world, world.dinkes)
    before = world.everything()
    for someone in world.everyone:
        may_answer = someone is world.dinkes
        follows_up = someone is world.diskominfo
        for move in (Move.ACCEPT, Move.CANCEL, Move.COMMENT):
            if (may_answer and move is not Move.CANCEL) or (follows_up and move is not Move.ACCEPT):
                continue
            with pytest.raises((NotAllowed, NotFound)):
                moved(world, someone, move, seen, words="Lain")
    assert world.everything() == before


def test_what_has_ended_is_not_handed_in_again(world: World) -> None:
    asked(world, "dinkes")
    handed(world)
    moved(world, world.diskominfo, Move.VERIFY)
    with pytest.raises(OutOfOrder):
        handed(world)


def test_late_ones_are_reminded_together_and_once_a_day(world: World) -> None:
    key = asked(world, "dinkes", "disdik", "dinsos")
    handed_over = of(world, world.dinsos)
    given = Handed(handed_over.id, handed_over.version, "Sudah", {"apps": [{"name": "x"}]}, (PDF,))
    answering.hand_in(given, by=world.dinsos.actor, now=NOW, library=world.library)
    assert asking.remind_late(key, by=world.diskominfo.actor, now=NOW) == 0
    assert asking.remind_late(key, by=world.diskominfo.actor, now=LATER) == 2
    before = world.everything()
    assert asking.remind_late(key, by=world.diskominfo.actor, now=LATER) == 2
    assert world.everything() == before
    assert asking.remind_late(key, by=world.diskominfo.actor, now=LATER + timedelta(days=1)) == 2
    assert world.inbox(world.dinkes) == ["task.asked", "task.reminded", "task.reminded"]
    assert world.inbox(world.dinsos) == ["task.asked"]
    late = queries.late(world.diskominfo.actor, DUE + timedelta(days=1))
    assert {task.unit_id for task in late} == set(unit(world, "dinkes", "disdik"))


def test_what_was_asked_is_counted(world: World) -> None:
    asked(world, "dinkes", "disdik", "dinsos")
    moved(world, world.dinkes, Move.DECLINE, words="Bukan urusan kami")
    (one,) = queries.rounds(world.diskominfo.actor, date.max)
    assert (one.count, one.open, one.late, one.declined, one.verified) == (3, 2, 2, 1, 0)
    assert queries.rounds(world.dinkes.actor, TODAY) == []
    with pytest.raises(NotFound):
        queries.copies(world.arsip.actor, one.id)
