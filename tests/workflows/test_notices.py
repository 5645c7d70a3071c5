"""Notices: the inbox exactly once, e-mail at least once with the same Message-ID, by a real SMTP server."""

import json
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import NotFound
from governance.notices import models, queries
from governance.notices.models import Sending
from governance.notices.timing import Sort
from tests.founded import NO_EMAIL
from tests.mailing import body, deliver
from tests.world import NOW, Maker, World
from web.letters import letter_told
from workflows import jobs, letters, notices
from workflows.outside.mail import MailSettings


def aware(moment: datetime | str) -> datetime:
    """A moment as either database hands it out."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known if known.tzinfo else known.replace(tzinfo=UTC)


def in_hands_until(world: World, moment: datetime) -> None:
    """Every message, as another process that is sending it would have it."""
    with world.app.app_context(), db.engine.begin() as connection:
        values = {"state": Sending.SENDING, "attempts": 1, "due_at": moment}
        connection.execute(sa.update(models.Message).values(**values))


def reads(world: World, notice: int) -> None:
    """The person opens it meanwhile, in a thread of the server."""
    with world.app.app_context():
        notices.mark_read(notice, by=world.diskominfo.actor, now=NOW)


def messages(world: World) -> list[tuple[str, int]]:
    return [tuple(row) for row in world.rows("SELECT state, attempts FROM message ORDER BY id")]


def test_a_letter_goes_out_once_and_says_what_to_do(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 1
    assert deliver(mail, NOW + timedelta(hours=1)) == 0
    (letter,) = handler.taken
    assert letter["To"] == "diskominfo@serang.example"
    assert letter["Message-ID"] == "<mandat-1@mandat.example>"
    notice = world.value("SELECT id FROM notice")
    for said in (body(letter, "plain"), body(letter, "html")):
        assert f"https://mandat.example/notices/{notice}" in said


def test_a_server_that_asks_to_come_back_is_asked_again_with_the_same_message_id(
    world: World, make: Maker, office: Any
) -> None:
    handler, mail = office
    handler.answers = ["451 try again later", "421 closing"]
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 0
    assert deliver(mail) == 0, "not before its time"
    assert messages(world) == [("failed_temporary", 1)]
    assert world.value("SELECT answer FROM message") == "451 try again later"
    assert deliver(mail, NOW + timedelta(minutes=10)) == 0
    assert deliver(mail, NOW + timedelta(hours=2)) == 1
    assert [letter["Message-ID"] for letter in handler.taken] == ["<mandat-1@mandat.example>"]
    assert messages(world) == [("sent", 3)]


def test_a_letter_refused_for_good_is_not_sent_again(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    handler.answers = ["550 no such mailbox"]
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 0
    assert deliver(mail, NOW + timedelta(days=2)) == 0
    assert world.rows("SELECT state, answer FROM message") == [("failed_permanent", "550 no such mailbox")]
    assert world.inbox(world.diskominfo) == ["document.asked_initial"], "the inbox has it all the same"


def test_a_letter_taken_by_a_server_that_then_dropped_the_line_is_repeated_with_the_same_message_id(
    world: World, make: Maker, office: Any
) -> None:
    handler, mail = office
    handler.answers = ["taken, then dropped"]
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 0
    assert deliver(mail, NOW + timedelta(hours=1)) == 1
    assert {letter["Message-ID"] for letter in handler.taken} == {"<mandat-1@mandat.example>"}
    assert len(handler.taken) == 2


def test_a_server_that_is_not_there_loses_nothing(world: World, make: Maker) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mail = MailSettings(
            "mandat@serang.example", "https://mandat.example", "127.0.0.1", free.getsockname()[1], timeout=2
        )
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 0
    assert messages(world) == [("failed_temporary", 1)]
    assert "refused" in world.value("SELECT answer FROM message")


def test_a_server_that_is_away_for_a_weekend_loses_nothing_and_one_that_never_answers_is_given_up(
    world: World, make: Maker, office: Any
) -> None:
    handler, mail = office
    handler.answers = ["451 later"] * 50
    make.document(State.IN_REVIEW)
    now = NOW
    while due := world.rows("SELECT due_at FROM message WHERE due_at IS NOT NULL"):
        now = aware(due[0][0])
        deliver(mail, now)
    assert now - NOW > timedelta(hours=62), "from Friday evening to Monday morning"
    assert messages(world) == [("failed_permanent", letters.MOST_ATTEMPTS)]
    assert world.value("SELECT answer FROM message") == "given up: 451 later"


def test_a_letter_whose_process_died_while_sending_is_sent_again(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    make.document(State.IN_REVIEW)
    in_hands_until(world, NOW + notices.LEASE)
    assert deliver(mail) == 0, "its lease still runs"
    assert deliver(mail, NOW + notices.LEASE + timedelta(seconds=1)) == 1
    assert handler.taken[0]["Message-ID"] == "<mandat-1@mandat.example>"


@pytest.mark.parametrize("answer", ["530 log in first", "550 no such sender"])
def test_a_server_that_does_not_want_us_is_no_fault_of_the_letter(
    world: World, make: Maker, office: Any, answer: str
) -> None:
    handler, mail = office
    handler.to_sender = answer
    make.document(State.IN_REVIEW)
    assert deliver(mail) == 0
    assert world.rows("SELECT state, answer FROM message") == [("failed_temporary", answer)]
    handler.to_sender = ""
    assert deliver(mail, NOW + timedelta(minutes=2)) == 1


def test_many_letters_go_over_few_lines_and_a_line_that_broke_is_opened_again(
    world: World, make: Maker, office: Any
) -> None:
    handler, mail = office
    for _ in range(6):
        make.document(State.APPROVED)
    waiting = world.value("SELECT count(*) FROM message")
    assert waiting > 3 * letters.AT_ONCE
    handler.answers = ["taken, then dropped"]
    assert deliver(mail) == waiting - 1
    assert deliver(mail, NOW + timedelta(minutes=2)) == 1
    assert len(handler.lines) <= 2 * letters.AT_ONCE + 1
    assert len({letter["Message-ID"] for letter in handler.taken}) == waiting
    assert len(handler.taken) == waiting + 1, "only the one that was in flight came twice"


def test_a_notice_read_before_its_letter_left_needs_none(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    make.document(State.IN_REVIEW)
    notices.mark_read(world.value("SELECT id FROM notice"), by=world.diskominfo.actor, now=NOW)
    assert messages(world) == [("delivered", 0)]
    assert deliver(mail) == 0
    assert handler.taken == []


def test_a_letter_that_the_server_took_has_arrived_when_its_notice_is_read(
    world: World, make: Maker, office: Any
) -> None:
    _, mail = office
    make.document(State.APPROVED)
    deliver(mail)
    assert {state for state, _ in messages(world)} == {"sent"}
    notices.mark_all_read(by=world.hukum.actor, now=NOW)
    whose = "SELECT person.username, message.state FROM message JOIN notice ON notice.id = notice_id"
    states = world.rows(f"{whose} JOIN person ON person.id = notice.person_id")
    assert {state for name, state in states if name == "hukum"} == {"delivered"}
    assert {state for name, state in states if name != "hukum"} == {"sent"}


def test_what_is_read_while_its_letter_is_in_flight_has_arrived(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    make.document(State.IN_REVIEW)
    notice = world.value("SELECT id FROM notice")
    handler.meanwhile = lambda: reads(world, notice)
    assert deliver(mail) == 1
    assert messages(world) == [("delivered", 1)]
    assert deliver(mail, NOW + timedelta(days=1)) == 0


def test_a_bad_address_stays_known_after_the_person_has_read_the_notice(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    handler.answers = ["550 no such mailbox"]
    make.document(State.IN_REVIEW)
    deliver(mail)
    notices.mark_all_read(by=world.diskominfo.actor, now=NOW)
    assert messages(world) == [("failed_permanent", 1)]


def test_who_has_lost_his_lease_marks_nothing(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    make.document(State.IN_REVIEW)
    later = NOW + timedelta(hours=1)
    handler.meanwhile = lambda: in_hands_until(world, later)
    deliver(mail)
    assert messages(world) == [("sending", 1)]
    assert aware(world.value("SELECT due_at FROM message")) == later, "the other's lease is as it was"


def test_a_text_that_cannot_be_written_holds_up_nobody_else(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    broken = make.document(State.IN_REVIEW)
    make.document(State.IN_REVIEW)
    world.change("""UPDATE notice SET params = '{"due_on": "besok"}' WHERE document_id = :id""", id=broken.id)
    assert deliver(mail) == 1
    assert len(handler.taken) == 1
    assert messages(world) == [("failed_temporary", 1), ("sent", 1)]


def test_a_slow_server_leaves_the_rest_of_a_part_untouched(world: World, make: Maker, office: Any) -> None:
    handler, mail = office
    for _ in range(2):
        make.document(State.APPROVED)
    handler.seconds = 0.5
    sent = notices.deliver(now=NOW, mail=mail, written=letter_told, longest=timedelta(seconds=0.3))
    states = Counter(messages(world))
    assert states == {("sent", 1): sent, ("created", 0): states["created", 0]}
    assert 0 < sent <= letters.AT_ONCE < sum(states.values())
    handler.seconds = 0.0
    assert deliver(mail, NOW + timedelta(seconds=1)) == states["created", 0]
    assert len(handler.taken) == len({letter["Message-ID"] for letter in handler.taken})


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "bukan alamat", "ä@ö.example", "", "a@b@c", "<"])
def test_one_bad_address_holds_up_nobody_else(world: World, make: Maker, office: Any, address: str) -> None:
    _require_all_others_told(world, make, office, address)


@pytest.mark.parametrize("database", ["sqlite"])  # PostgreSQL stores no such text.
def test_an_address_with_a_nul_holds_up_nobody_else(world: World, make: Maker, office: Any) -> None:
    _require_all_others_told(world, make, office, "\x00")


def _require_all_others_told(world: World, make: Maker, office: Any, address: str) -> None:
    handler, mail = office
    world.change("UPDATE person SET email = :bad WHERE username = 'diskominfo'", bad=address)
    make.document(State.APPROVED)
    try:
        deliver(mail)
    finally:
        sent = {str(letter["To"]).partition("@")[0] for letter in handler.taken}
    assert {"hukum", "asisten", "sekda"} <= sent
    assert {state for state, _ in messages(world)} <= {"sent", "failed_permanent"}


def test_without_a_server_letters_lie_in_a_folder_one_file_each(world: World, make: Maker) -> None:
    make.document(State.APPROVED)
    mail = world.app.extensions["mail"]
    sent = deliver(mail)
    files = sorted((world.folder / "mail").glob("*.eml"))
    assert len(files) == sent == world.value("SELECT count(*) FROM message")
    letter = message_from_bytes(files[0].read_bytes())
    assert letter["Message-ID"]
    assert letter["Subject"]


def test_a_person_without_an_address_is_told_in_the_inbox_alone(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    jobs.run_due(now=NOW, library=world.library)
    someone = world.serang.people[NO_EMAIL]
    assert world.inbox(someone).count("task.given") == 2
    written = "SELECT count(*) FROM message JOIN notice ON notice.id = notice_id WHERE message.person_id = :id"
    assert world.value(written, id=someone.actor.person_id) == 0


def test_reading_a_notice_lowers_the_count_once(world: World, make: Maker) -> None:
    make.document(State.APPROVED)
    by = world.hukum.actor
    told, _ = queries.inbox(by)
    assert queries.unread_count(by.institution_id, by.person_id or 0) == 2
    for _ in range(2):
        notices.mark_read(told[0].id, by=by, now=NOW)
    assert queries.unread_count(by.institution_id, by.person_id or 0) == 1
    notices.mark_all_read(by=by, now=NOW)
    assert queries.unread_count(by.institution_id, by.person_id or 0) == 0
    assert queries.unread_count(by.institution_id, world.sekda.actor.person_id or 0) == 1


def test_nobody_reads_the_notice_of_another(world: World, make: Maker) -> None:
    make.document(State.IN_REVIEW)
    notice = world.value("SELECT id FROM notice")
    for someone in world.everyone:
        if someone is not world.diskominfo:
            with pytest.raises(NotFound):
                notices.mark_read(notice, by=someone.actor, now=NOW)


def test_every_notice_has_its_words_and_leaves_no_place_open(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    jobs.run_due(now=NOW, library=world.library)
    assert paper.id
    for key, params in world.rows("SELECT key, params FROM notice"):
        given = params if isinstance(params, dict) else json.loads(params)
        for language in ("id", "en"):
            line = letters.Line(key, given, "https://x")
            for sort in (None, *Sort):
                words = letter_told(letters.Contents(sort, (line,), language, "Serang", "https://y"))
                for said in (words.subject, words.text, words.html):
                    assert key not in said, "a bare key is no sentence"
                    assert "%(" not in said
