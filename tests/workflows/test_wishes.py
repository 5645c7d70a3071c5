"""What a person chooses of e-mail: quiet hours, a digest, topics switched off; and what an e-mail never says."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml.html import fromstring

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.notices.timing import Quiet, digest_day
from governance.notices.topics import Topic
from tests.mailing import Office, at, body, choose, deliver, remind, states, tell
from tests.world import NOW, Maker, World
from workflows.notice_wishes import Wish
from workflows.outside.mail import MailSettings

AT_FOUR = Wish(digest_at=16)
Post = tuple[Office, MailSettings]


def test_nothing_goes_out_at_night_but_who_holds_which_post(world: World, office: Post) -> None:
    handler, mail = office
    tell(world.sekda, "task.asked", at(20, 21), by="Diskominfo", what="Data", due_on="2026-12-01")
    tell(world.sekda, "holding.entered", at(20, 21), name="Budi Santoso", title="Plh. Sekda", from_on="2026-11-20")
    assert deliver(mail, at(20, 21)) == 1
    assert [letter["Subject"] for letter in handler.taken] == ["Plh. Sekda: Budi Santoso mulai 20 November 2026"]
    assert states(world) == ["created", "sent"]
    assert deliver(mail, at(21, 5, 59)) == 0
    assert deliver(mail, at(21, 6)) == 1
    assert world.rows("SELECT state, attempts FROM message ORDER BY id") == [("sent", 1), ("sent", 1)]


def test_an_attempt_that_failed_in_the_evening_is_repeated_in_the_morning(world: World, office: Post) -> None:
    handler, mail = office
    handler.answers = ["451 later"]
    tell(world.sekda, "task.asked", at(20, 19, 59), by="Diskominfo", what="Data", due_on="2026-12-01")
    assert deliver(mail, at(20, 19, 59)) == 0
    assert deliver(mail, at(20, 22)) == 0
    assert deliver(mail, at(21, 6)) == 1
    assert world.rows("SELECT state, attempts FROM message") == [("sent", 2)]


def test_each_institution_has_its_own_night_and_each_person_may_have_his(world: World, office: Post) -> None:
    handler, mail = office
    choose(world.diskominfo, Wish(quiet=Quiet(0, 0)))
    choose(world.hukum, Wish(quiet=Quiet(12, 13)))
    moment = at(20, 19)  # 21.00 in Jayapura, 20.00 in Makassar
    people = (world.sekda, world.kota.sekda, world.provinsi.sekda, world.diskominfo, world.hukum)
    for someone in people:
        tell(someone, "task.asked", moment, by="Diskominfo", what="Data", due_on="2026-12-01")
    assert deliver(mail, moment) == 3
    assert {letter["To"].split("@")[1] for letter in handler.taken} == {"serang.example"}
    assert deliver(mail, at(21, 4)) == 1, "06.00 in Jayapura"
    assert deliver(mail, at(21, 5)) == 1, "06.00 in Makassar"
    tell(world.hukum, "task.asked", at(20, 22), by="Diskominfo", what="Lagi", due_on="2026-12-01")
    assert deliver(mail, at(20, 22)) == 1, "who wishes it is told at night"


def test_a_digest_comes_once_a_day_at_its_hour_and_names_nobody(world: World, office: Post) -> None:
    handler, mail = office
    choose(world.sekda, AT_FOUR)
    tell(world.sekda, "document.returned", at(20, 9), by="Ani", title="Peta Rencana", reason="Rahasia Budi")
    tell(world.sekda, "document.commented", at(20, 10), by="Ani", title="Arsitektur", part="KEDUA", text="Kata Budi")
    tell(world.sekda, "task.declined", at(20, 11), by="Ani", unit="Dinkes", what="Data aplikasi", words="Budi sakit")
    assert deliver(mail, at(20, 15, 59)) == 0
    assert deliver(mail, at(20, 16)) == 1
    tell(world.sekda, "document.returned", at(20, 17), by="Ani", title="Sesudahnya", reason="Budi")
    assert deliver(mail, at(21, 15, 59)) == 0
    assert deliver(mail, at(21, 16)) == 1
    today, tomorrow = handler.taken
    assert today["Subject"] == "Ringkasan: 3 pemberitahuan"
    for kind in ("plain", "html"):
        said = body(today, kind)
        assert "Peta Rencana" in said
        assert "Tugas ditolak Dinkes: Data aplikasi" in said
        assert "Budi" not in said
        assert "Ani" not in said
        assert "Sesudahnya" in body(tomorrow, kind)


@pytest.mark.parametrize("hour", [0, 7, 16, 23])
@pytest.mark.parametrize("place", ["serang", "kota", "provinsi"])
def test_the_day_of_a_digest_is_the_same_by_statement_and_by_rule(world: World, place: str, hour: int) -> None:
    someone = getattr(world, place).sekda
    choose(someone, Wish(digest_at=hour, quiet=Quiet(0, 0)))
    for moment in (NOW, NOW + timedelta(hours=5), NOW + timedelta(hours=15)):
        world.change("DELETE FROM enclosure")
        world.change("DELETE FROM message")
        tell(someone, "task.asked", moment, by="Diskominfo", what="Data", due_on="2026-12-01")
        (told,) = world.rows("SELECT CAST(day AS TEXT) FROM message")
        assert told[0] == digest_day(moment, someone.actor.timezone, hour).isoformat(), moment


def test_what_is_compulsory_is_not_put_off_and_what_was_switched_off_stays_in_the_inbox(
    world: World, office: Post
) -> None:
    handler, mail = office
    choose(world.sekda, Wish(digest_at=16, off=frozenset({Topic.COURSE})))
    tell(world.sekda, "holding.entered", name="Budi", title="Plh. Asisten", from_on="2026-11-20")
    tell(world.sekda, "document.enacted", title="Keputusan", number="1")
    assert deliver(mail, NOW) == 1
    assert deliver(mail, at(21, 16)) == 0
    assert len(handler.taken) == 1
    assert world.inbox(world.sekda) == ["holding.entered", "document.enacted"]


def test_what_waits_goes_as_is_now_wished(world: World, office: Post) -> None:
    handler, mail = office
    choose(world.sekda, AT_FOUR)
    tell(world.sekda, "task.asked", at(20, 9), by="Diskominfo", what="Data", due_on="2026-12-01")
    deliver(mail, at(20, 9, 30))
    choose(world.sekda, Wish(digest_at=11), at(20, 10))
    assert deliver(mail, at(20, 10)) == 0
    choose(world.sekda, Wish(), at(20, 10, 30))
    assert deliver(mail, at(20, 10, 30)) == 1
    assert len(handler.taken) == 1


def test_the_same_cause_twice_tells_nobody_twice_whatever_was_chosen_between(world: World, office: Post) -> None:
    handler, mail = office
    again: dict[str, Any] = {"cause": "satu", "by": "Diskominfo", "what": "Data", "due_on": "2026-12-01"}
    tell(world.sekda, "task.asked", **again)
    choose(world.sekda, AT_FOUR)
    tell(world.sekda, "task.asked", **again)
    tell(world.hukum, "task.asked", **again)
    choose(world.hukum, AT_FOUR)
    tell(world.hukum, "task.asked", **again)
    choose(world.hukum, Wish())
    tell(world.hukum, "task.asked", **again)
    assert deliver(mail, NOW) == 2
    assert deliver(mail, at(21, 17)) == 0
    assert {letter["To"].partition("@")[0] for letter in handler.taken} == {"sekda", "hukum"}


@pytest.mark.parametrize("secrecy", [Secrecy.TERBATAS, Secrecy.RAHASIA])
@pytest.mark.parametrize("wish", [Wish(), AT_FOUR])
def test_an_email_says_of_a_restricted_document_only_that_there_is_one(
    world: World, make: Maker, office: Post, secrecy: Secrecy, wish: Wish
) -> None:
    handler, mail = office
    choose(world.diskominfo, wish)
    paper = make.document(State.IN_REVIEW, secrecy=secrecy)
    assert deliver(mail, at(20, 16)) == 1
    (letter,) = handler.taken
    title = paper.as_seen().title
    for said in (letter["Subject"], body(letter, "plain"), body(letter, "html")):
        assert title not in said
        assert "diminta" not in said
    assert "sebuah dokumen terbatas" in body(letter, "plain")


def test_a_letter_fetches_nothing_and_leads_nowhere_else(world: World, office: Post) -> None:
    handler, mail = office
    for which in ("a", "<script>alert(1)</script>"):
        remind(world.sekda, NOW, which)
    tell(world.sekda, "task.asked", by="Diskominfo", what='<img src="https://jahat.example/x">', due_on="2026-12-01")
    deliver(mail, NOW + timedelta(minutes=15))
    assert len(handler.taken) == 2
    for letter in handler.taken:
        assert letter.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in letter.get_payload()] == ["text/plain", "text/html"]
        seen = list(fromstring(body(letter, "html")).iter())
        links = [one.get("href") for one in seen if one.get("href")]
        assert {one.tag for one in seen} <= set("html head meta title body table tr td h1 p b br span a".split())  # noqa: SIM905
        assert not {name for one in seen for name in one.attrib} & {"src", "srcset", "background", "class", "id"}
        assert not any("url(" in one.get("style", "") for one in seen)
        assert {urlsplit(place).hostname for place in links} == {"mandat.example"}
        buttons = [place for place in links if "/notices/" in place and "/account/" not in place]
        assert len(buttons) == len(set(buttons)) == (2 if "2 pengingat" in letter["Subject"] else 1)
