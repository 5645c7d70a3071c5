"""Letters of several notices: a day's reminders, digests, quiet hours; by a server that defers, refuses and drops."""

import contextvars
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from governance.kernel.db import db, transaction
from governance.mandates.evaluation import Round
from governance.notices.leaving import leave
from governance.notices.topics import Topic
from governance.people.actors import system
from tests.mailing import Office, at, body, choose, deliver, remind, reminded, states, tell
from tests.world import NOW, Maker, Someone, World
from workflows import jobs, letters, notices, obligations, scanning
from workflows.notice_wishes import Wish
from workflows.obligations import Letter
from workflows.outside.mail import MailSettings

AT_FOUR = Wish(digest_at=16)
Post = tuple[Office, MailSettings]


def test_all_reminders_of_a_night_come_as_one_letter_in_the_morning(world: World, office: Post) -> None:
    handler, mail = office
    windows = [
        {"stage": stage, "start": None, "end": f"2026-12-{day}"}
        for stage, day in (("penilaian_mandiri", "10"), ("penilaian_dokumen", "12"), ("hasil", "14"))
    ]
    told = Letter(2026, Round.EVALUATION, "B/1", date(2026, 10, 1), windows)
    obligations.enter_letter(told, by=world.diskominfo.actor, now=NOW, library=world.library)
    jobs.run_due(now=NOW, library=world.library)
    world.change("UPDATE obligation SET fulfilment = 'waived', reason = 'x' WHERE family <> 'evaluation'")
    deliver(mail, NOW)
    handler.taken.clear()
    scanning.scan(now=at(21, 0, 5), library=world.library)
    tell(world.diskominfo, "step.late", at(21, 0, 10), title="Rencana Induk", post="Asda I", due_on="2026-11-20")
    deliver(mail, at(21, 5, 59))
    reached = {str(letter["To"]).partition("@")[2] for letter in handler.taken}
    assert reached == {"kota_contoh.example", "provinsi_contoh.example"}, "there the night is over"
    deliver(mail, at(21, 6))
    (letter,) = [letter for letter in handler.taken if letter["To"] == "diskominfo@serang.example"]
    told = [key for key in world.inbox(world.diskominfo) if key.startswith(("reminder.", "step."))]
    assert len(told) >= 4
    assert letter["Subject"] == f"{len(told)} pengingat"
    assert len(set(re.findall(r"https://mandat.example/notices/\d+", body(letter)))) == len(told)
    assert "Lewat tenggat 20 November 2026: Rencana Induk" in body(letter)


@pytest.mark.parametrize("wish", [None, AT_FOUR, Wish(off=frozenset({Topic.COURSE, Topic.COMMENTS}))])
def test_reminders_come_as_one_letter_whatever_was_chosen(world: World, office: Post, wish: Wish | None) -> None:
    handler, mail = office
    if wish:
        choose(world.sekda, wish)
    for which in "abc":
        remind(world.sekda, NOW, which)
    assert deliver(mail, NOW + timedelta(minutes=14)) == 0, "other bells of the same hour may find more"
    assert deliver(mail, NOW + timedelta(minutes=15)) == 1
    assert reminded(handler.taken[0]) == ["a", "b", "c"]


def test_a_reminder_after_the_days_letter_comes_with_the_next_days(world: World, office: Post) -> None:
    handler, mail = office
    remind(world.sekda, at(20, 9), "a")
    deliver(mail, at(20, 9, 15))
    remind(world.sekda, at(20, 10), "b")
    remind(world.sekda, at(20, 11), "c")
    for hour in range(10, 24):
        assert deliver(mail, at(20, hour, 59)) == 0
    remind(world.sekda, at(21, 0, 5), "d")
    assert deliver(mail, at(21, 6)) == 1
    assert [reminded(letter) for letter in handler.taken] == [["a"], ["b", "c", "d"]]


def test_after_days_without_a_worker_there_is_one_letter_for_each_person(world: World, office: Post) -> None:
    handler, mail = office
    choose(world.sekda, AT_FOUR)
    for day in range(20, 29):
        for someone in (world.sekda, world.diskominfo):
            remind(someone, at(day, 9), f"hari{day}")
        tell(world.sekda, "task.asked", at(day, 10), by="Diskominfo", what=f"Data {day}", due_on="2026-12-01")
    assert deliver(mail, at(29, 9)) == 3
    people = Counter((letter["To"], letter["Subject"]) for letter in handler.taken)
    assert people == {
        ("sekda@serang.example", "9 pengingat"): 1,
        ("diskominfo@serang.example", "9 pengingat"): 1,
        ("sekda@serang.example", "Ringkasan: 9 pemberitahuan"): 1,
    }
    assert deliver(mail, at(30, 17)) == 0


def test_days_without_a_mail_server_end_in_one_letter_with_everything(world: World, office: Post) -> None:
    handler, mail = office
    away = MailSettings(mail.sender, mail.base_url, "127.0.0.1", 1, timeout=1)
    for day in range(20, 25):
        remind(world.sekda, at(day, 9), f"hari{day}")
        for hour in range(9, 20):
            deliver(away, at(day, hour, 30))
    assert states(world) == ["failed_temporary"]
    assert deliver(mail, at(25, 14)) == 1
    assert reminded(handler.taken[0]) == [f"hari{day}" for day in range(20, 25)]
    assert handler.taken[0]["Message-ID"] == "<mandat-1@mandat.example>"
    assert states(world) == ["sent"]


def test_a_letter_that_the_server_may_have_is_repeated_as_it_was_and_takes_nothing_more(
    world: World, office: Post
) -> None:
    handler, mail = office
    handler.answers = ["taken, then dropped"]
    remind(world.sekda, at(20, 9), "a")
    assert deliver(mail, at(20, 9, 15)) == 0
    remind(world.sekda, at(20, 9, 15), "b")
    assert deliver(mail, at(20, 9, 17)) == 1
    assert deliver(mail, at(21, 6)) == 1
    assert [reminded(letter) for letter in handler.taken] == [["a"], ["a"], ["b"]]
    ids = [letter["Message-ID"] for letter in handler.taken]
    assert ids[0] == ids[1] != ids[2]
    assert states(world) == ["sent", "sent"]


def test_what_a_dead_process_had_in_hand_takes_nothing_more_either(world: World, office: Post) -> None:
    handler, mail = office
    remind(world.sekda, at(20, 9), "a")
    lost = at(20, 9, 20)
    world.change("UPDATE message SET state = 'sending', attempts = 1, due_at = :lost", lost=_kept(world, lost))
    remind(world.sekda, at(20, 9, 16), "b")
    handler.answers = ["451 later"]
    assert deliver(mail, at(20, 9, 21)) == 0
    remind(world.sekda, at(20, 9, 22), "c")
    assert deliver(mail, at(20, 9, 40)) == 1
    assert deliver(mail, at(21, 6)) == 1
    assert [reminded(letter) for letter in handler.taken] == [["a"], ["b", "c"]]


def test_a_server_that_defers_is_asked_again_with_what_came_meanwhile(world: World, office: Post) -> None:
    handler, mail = office
    handler.answers = ["451 later", "421 closing"]
    remind(world.sekda, at(20, 9), "a")
    assert deliver(mail, at(20, 9, 15)) == 0
    assert world.rows("SELECT state, attempts, answer FROM message") == [("failed_temporary", 1, "451 later")]
    remind(world.sekda, at(20, 9, 16), "b")
    assert deliver(mail, at(20, 9, 20)) == 0
    assert deliver(mail, at(20, 9, 40)) == 1
    assert [reminded(letter) for letter in handler.taken] == [["a", "b"]]
    assert states(world) == ["sent"]


def test_a_letter_refused_for_good_says_so_and_the_next_days_is_another(world: World, office: Post) -> None:
    handler, mail = office
    handler.answers = ["550 no such mailbox"]
    remind(world.sekda, at(20, 9), "a")
    deliver(mail, at(20, 9, 15))
    remind(world.sekda, at(20, 10), "b")
    assert deliver(mail, at(21, 6)) == 1
    assert states(world) == ["failed_permanent", "sent"]
    assert [reminded(letter) for letter in handler.taken] == [["b"]]


def test_a_letter_that_takes_more_has_its_patience_anew(world: World, office: Post) -> None:
    handler, mail = office
    remind(world.sekda, NOW, "a")
    now = NOW
    handler.answers = ["451 later"] * 200
    for _ in range(letters.MOST_ATTEMPTS - 1):
        now += timedelta(hours=4)
        deliver(mail, now)
    assert states(world) == ["failed_temporary"]
    remind(world.sekda, now, "b")
    for _ in range(letters.MOST_ATTEMPTS // 2):
        now += timedelta(hours=4)
        deliver(mail, now)
    assert states(world) == ["failed_temporary"], "what came last has waited for two days only"
    handler.answers = []
    now += timedelta(hours=24)
    assert deliver(mail, now) == 1
    assert reminded(handler.taken[0]) == ["a", "b"]


def test_what_was_read_before_its_letter_left_is_left_out_and_a_letter_without_anything_left_never_goes(
    world: World, office: Post
) -> None:
    handler, mail = office
    for which in "ab":
        remind(world.sekda, NOW, which)
    remind(world.diskominfo, NOW, "c")
    notices.mark_read(world.value("SELECT min(id) FROM notice"), by=world.sekda.actor, now=NOW)
    notices.mark_all_read(by=world.diskominfo.actor, now=NOW)
    assert deliver(mail, NOW + timedelta(minutes=15)) == 1
    assert [reminded(letter) for letter in handler.taken] == [["b"]]
    assert world.rows("SELECT state, attempts FROM message ORDER BY id") == [("sent", 1), ("delivered", 0)]
    remind(world.diskominfo, NOW + timedelta(hours=1), "d")
    deliver(mail, at(21, 6))
    assert reminded(handler.taken[-1]) == ["d"], "its day is not lost for what comes later"


def test_a_letter_has_arrived_when_all_it_holds_was_read(world: World, office: Post) -> None:
    _, mail = office
    for which in "ab":
        remind(world.sekda, NOW, which)
    deliver(mail, NOW + timedelta(minutes=15))
    first, second = (key for (key,) in world.rows("SELECT id FROM notice ORDER BY id"))
    notices.mark_read(first, by=world.sekda.actor, now=NOW)
    assert states(world) == ["sent"]
    notices.mark_read(second, by=world.sekda.actor, now=NOW)
    assert states(world) == ["delivered"]


def test_a_person_without_an_address_and_one_whose_letter_nobody_needs_leave_no_empty_letter(world: World) -> None:
    choose(world.sekda, AT_FOUR)
    world.change("UPDATE person SET email = NULL WHERE username = 'sekda'")
    remind(world.sekda)
    tell(world.sekda, "task.asked", by="Diskominfo", what="Data", due_on="2026-12-01")
    assert states(world) == []


def test_many_that_wait_for_the_morning_do_not_stop_one_that_may_go(world: World, make: Maker, office: Post) -> None:
    _, mail = office
    for number in range(notices.IN_FLIGHT + 5):
        tell(world.sekda, "task.asked", at(20, 21), cause=f"malam:{number}", by="D", what="Data", due_on="2026-12-01")
    tell(world.sekda, "holding.withdrawn", at(20, 21, 1), name="Budi", title="Plh.", from_on="2026-11-21")
    assert deliver(mail, at(20, 21, 2)) == 1
    assert deliver(mail, at(20, 21, 3)) == 0
    assert set(world.rows("SELECT state, attempts FROM message")) == {("sent", 1), ("created", 0)}


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_two_that_remind_the_same_persons_at_once_fill_one_letter(world: World, office: Post) -> None:
    handler, mail = office
    people = [world.sekda, world.diskominfo, world.hukum, world.asisten]
    both = [_in_a_context(world, people, which) for which in "ab"]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(one) for one in both]:
            done.result()
    assert deliver(mail, NOW + timedelta(minutes=15)) == len(people)
    assert {tuple(sorted(reminded(letter))) for letter in handler.taken} == {("a", "b")}


def _in_a_context(world: World, people: list[Someone], which: str) -> Callable[[], None]:
    def act() -> None:
        with world.app.app_context():
            posts = [someone.actor.post_id or 0 for someone in people]
            by = system(people[0].actor.institution_id, people[0].actor.timezone)
            for number in range(5):
                params = {"mandate": f"Mandat {which}", "stage": "", "year": 2026, "due_on": "2026-12-01"}
                with transaction():
                    told = f"{which}:{number}" if number == 0 else f"{which}:0"
                    leave(posts, "reminder.due", by=by, at=NOW, cause=told, params=params)
            db.session.remove()

    return lambda: contextvars.Context().run(act)


def _kept(world: World, moment: datetime) -> Any:
    """A moment as the database keeps it, for statements in plain text."""
    return moment if world.house.database.url.startswith("postgres") else moment.strftime("%Y-%m-%d %H:%M:%S.%f")
