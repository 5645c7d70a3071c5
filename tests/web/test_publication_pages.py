"""Publication and delivery at the pages: Bagian Hukum publishes, strangers read freely, units acknowledge."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import TestResponse

from governance.documents.act_models import ActRelation, Relation
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.db import db, transaction
from tests.soffices import StandIn
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from web.guard import PUBLIC
from workflows import printing, publication
from workflows.outside.soffice import Printer
from workflows.publication import Withdrawal

Sit = Callable[[Someone | None], Reader]
Publish = Callable[[Paper], str]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def printer(world: World, tmp_path: Path) -> Iterator[Printer]:
    before = world.app.extensions["printer"]
    world.app.extensions["printer"] = StandIn.within(tmp_path / "stand-in").printer
    yield world.app.extensions["printer"]
    world.app.extensions["printer"] = before


@pytest.fixture
def publish(world: World, printer: Printer) -> Publish:
    """Copied, printed and published by the institution's legal section; returns the act's token."""

    def published(paper: Paper) -> str:
        by = next(
            one for one in world.everyone if one.institution == paper.author.institution and "hukum" in one.username
        )
        printing.make_copy(paper.id, by=by.actor, now=NOW, library=world.library)
        printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=printer)
        asked = "SELECT pdf_sha256 FROM rendition WHERE document_id = :id AND form = 'salinan'"
        sha256 = world.value(asked, id=paper.id)
        publication.publish(paper.id, seen=sha256, by=by.actor, now=NOW, library=world.library)
        return str(
            world.value("SELECT token FROM act JOIN document ON act_id = act.id WHERE document.id = :id", id=paper.id)
        )

    return published


def token_of(world: World, paper: Paper) -> str:
    asked = "SELECT token FROM act JOIN document ON document.act_id = act.id WHERE document.id = :id"
    return str(world.value(asked, id=paper.id))


def words(answer: TestResponse) -> str:
    return " ".join(answer.text.split())


def place_of(paper: Paper, token: str) -> str:
    return f"/jdih/{paper.author.institution}/{token}"


# ---- strangers


def test_a_stranger_finds_reads_and_downloads_what_is_published(
    world: World, make: Maker, sit: Sit, publish: Publish
) -> None:
    paper, stranger = make.document(State.ENACTED), sit(None)
    token = publish(paper)
    page = words(stranger.get("/jdih/serang"))
    assert f"/jdih/serang/{token}" in page
    assert "656.1/Kep. 1-Huk.Diskominfo/2026" in page
    act = stranger.get(place_of(paper, token))
    assert act.status_code == 200
    for said in ("Singkatan Jenis", "KEPBUP", "Keputusan Bupati Serang Nomor 656.1", "Penandatangan"):
        assert said in words(act)
    assert '<html lang="id">' in act.text
    assert "<script" not in act.text
    file = stranger.get(f"{place_of(paper, token)}/berkas.pdf")
    sha256 = hashlib.sha256(file.data).hexdigest()
    assert sha256 in act.text
    assert (file.mimetype, file.headers["ETag"]) == ("application/pdf", f'"{sha256}"')
    assert file.headers["Repr-Digest"].startswith("sha-256=:")
    assert re.search(r"filename=coordination_team_decree-2026-[\w-]+\.pdf", file.headers["Content-Disposition"])


@pytest.mark.parametrize(
    "place",
    [
        "/jdih",
        "/jdih/serang",
        "/jdih/serang/{}",
        "/jdih/serang/feed.json",
        "/jdih/serang/feed.atom",
        "/jdih/serang/{}/berkas.pdf",
    ],
)
def test_a_public_answer_is_the_same_for_everyone_and_may_be_kept_a_minute(
    world: World, make: Maker, sit: Sit, publish: Publish, place: str
) -> None:
    address = place.format(publish(make.document(State.ENACTED)))
    english = sit(world.hukum)
    english.post("/language", {"lang": "en", "next": "/"})
    mine, theirs = english.get(address), sit(None).get(address)
    assert mine.data == theirs.data
    for answer in (mine, theirs):
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    again = sit(None).get(address, headers={"If-None-Match": theirs.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert sit(None).get("/jdih/tidak-ada").headers["Cache-Control"] == "no-store"


def test_nothing_that_is_not_published_leaks(world: World, make: Maker, sit: Sit, publish: Publish) -> None:
    open_one = make.document(State.ENACTED)
    token = publish(open_one)
    hidden = {
        "belum diumumkan": make.document(State.ENACTED, title="Tim Pertama"),
        "terbatas": make.document(State.ENACTED, title="Tim Kedua", secrecy=Secrecy.TERBATAS),
        "rahasia": make.document(State.ENACTED, title="Tim Ketiga", secrecy=Secrecy.RAHASIA),
    }
    make.document(State.DRAFT, title="Tim Keempat")
    stranger = sit(None)
    for paper in hidden.values():
        for place in ("", "/berkas.pdf"):
            answer = stranger.get(f"/jdih/serang/{token_of(world, paper)}{place}")
            assert answer.status_code == 404
            assert "Tim Ke" not in answer.text
            assert "/jdih/serang" in answer.text, "it leads on"
    for place in ("/jdih/serang", "/jdih/serang?q=Tim", "/jdih/serang/feed.json", "/jdih/serang/feed.atom"):
        answer = stranger.get(place).text
        assert token in answer
        assert not [word for word in ("Pertama", "Kedua", "Ketiga", "Keempat") if word in answer]
    sha256 = world.value("SELECT sha256 FROM publication")
    for guess in (sha256, sha256[:32], str(open_one.id), "%00", "..", "x" * 2000, token.upper() + "0"):
        assert stranger.get(f"/jdih/serang/{guess}").status_code == 404
        assert stranger.get(f"/jdih/serang/{guess}/berkas.pdf").status_code == 404
    assert stranger.get(f"/jdih/kota_contoh/{token}").status_code == 404
    assert token not in stranger.get("/jdih/kota_contoh").text


def test_what_becomes_secret_is_gone_at_once(world: World, make: Maker, sit: Sit, publish: Publish) -> None:
    paper = make.document(State.ENACTED)
    token = publish(paper)
    world.change("UPDATE document SET secrecy = 'rahasia'")
    for place in (f"/jdih/serang/{token}", f"/jdih/serang/{token}/berkas.pdf"):
        assert sit(None).get(place).status_code == 404
    assert token not in sit(None).get("/jdih/serang").text
    assert token not in sit(None).get("/jdih/serang/feed.json").text


def test_a_withdrawn_act_leaves_a_trace_without_its_file(world: World, make: Maker, sit: Sit, publish: Publish) -> None:
    paper = make.document(State.ENACTED)
    token, stranger = publish(paper), sit(None)
    publication.withdraw(Withdrawal(paper.id, "Memuat <b>data</b> pribadi"), by=world.hukum.actor, now=NOW)
    page = words(stranger.get(place_of(paper, token)))
    assert "Ditarik pada tanggal" in page
    assert "Memuat &lt;b&gt;data&lt;/b&gt; pribadi" in page
    assert "berkas.pdf" not in page
    assert world.value("SELECT sha256 FROM publication") not in page
    gone = stranger.get(f"{place_of(paper, token)}/berkas.pdf")
    assert gone.status_code == 410
    assert "ditarik dari JDIH" in gone.text
    assert token not in stranger.get("/jdih/serang").text
    item = (stranger.get("/jdih/serang/feed.json").json or {})["items"][0]
    assert item["withdrawn"]["reason"] == "Memuat <b>data</b> pribadi"
    assert "file" not in item
    assert "metadata" not in item


def test_strange_addresses_are_answered_and_never_fail(sit: Sit, make: Maker, publish: Publish) -> None:
    publish(make.document(State.ENACTED))
    stranger = sit(None)
    for query in (
        "q=%00", "q=%F0%9F%92%A9", f"q={'a ' * 400}", "q='%20OR%201=1--", "year=99999999999", "year=-1", "year=²",
        "after=999999999999999999999", "after=x", "kind=rahasia", "status=banana", "q=%25", "q=%ED%A0%80",
    ):  # fmt: skip
        for place in ("/jdih/serang", "/jdih/serang/feed.json", "/jdih/serang/feed.atom"):
            assert stranger.get(f"{place}?{query}").status_code == 200, (place, query)
    assert stranger.post("/jdih/serang").status_code in {400, 405}
    assert stranger.get("/jdih/' OR 1=1").status_code == 404


def test_every_public_page_is_named_and_none_looks_anybody_up(world: World) -> None:
    rules = {rule.endpoint for rule in world.app.url_map.iter_rules() if rule.rule.startswith("/jdih")}
    assert rules == PUBLIC


def test_relations_lead_to_what_is_published_and_name_no_secret(
    world: World, make: Maker, sit: Sit, publish: Publish
) -> None:
    new, old, hidden, unpublished = (
        make.document(State.ENACTED, title=f"Tim {name}", **more)
        for name, more in (("Baru", {}), ("Lama", {}), ("Gelap", {"secrecy": Secrecy.RAHASIA}), ("Diam", {}))
    )
    tokens = {paper.id: publish(paper) for paper in (new, old)}
    acts = {paper.id: paper.as_seen(world.hukum).act.id for paper in (new, old, hidden, unpublished)}  # type: ignore[union-attr]
    with transaction():
        for relation, other in (
            (Relation.REPLACES, old),
            (Relation.AMENDS, hidden),
            (Relation.IMPLEMENTS, unpublished),
        ):
            row = ActRelation(institution_id=world.serang.id, act_id=acts[new.id], other_id=acts[other.id], at=NOW)
            row.relation, row.since, row.by_title, row.other_title = relation, TODAY, "Kepala Bagian Hukum", ""
            db.session.add(row)
    world.change("UPDATE act SET revoked_on = :day WHERE id = :id", day=TODAY, id=acts[old.id])
    page = words(sit(None).get(f"/jdih/serang/{tokens[new.id]}"))
    assert f'Menggantikan</dt><dd><a href="/jdih/serang/{tokens[old.id]}">' in page
    assert "Tim Diam" in page
    assert token_of(world, unpublished) not in page
    assert "Gelap" not in page
    assert "sebuah keputusan yang tidak diumumkan" in page
    back = words(sit(None).get(f"/jdih/serang/{tokens[old.id]}"))
    assert f'Digantikan dengan</dt><dd><a href="/jdih/serang/{tokens[new.id]}">' in back
    assert "Dicabut" in back


# ---- the feed


def test_the_feed_is_whole_stable_and_says_when_something_changed(
    world: World, make: Maker, sit: Sit, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.jdih_feed.ON_A_PAGE", 2)
    tokens = [publish(make.document(State.ENACTED, title=f"Tim {name}")) for name in ("Satu", "Dua", "Tiga")]
    stranger, base = sit(None), world.app.config["BASE_URL"]
    feed: dict[str, Any] = stranger.get("/jdih/serang/feed.json", headers={"Host": "jahat.example"}).json or {}
    assert feed["institution"]["key"] == "serang"
    assert [item["token"] for item in feed["items"]] == tokens[:2]
    assert feed["next_url"].startswith(f"{base}/jdih/serang/feed.json?after=")
    rest: dict[str, Any] = stranger.get(feed["next_url"].removeprefix(base)).json or {}
    assert [item["token"] for item in rest["items"]] == tokens[2:]
    assert rest["next_url"] is None
    item = feed["items"][0]
    assert item["url"] == f"{base}/jdih/serang/{tokens[0]}"
    assert item["metadata"]["nomor"] == "656.1/Kep. 1-Huk.Diskominfo/2026"
    assert item["metadata"]["tanggal_penetapan"] == TODAY.isoformat()
    assert item["file"]["sha256"] == world.rows("SELECT sha256 FROM publication ORDER BY id")[0][0]
    assert datetime.fromisoformat(item["updated_at"]) >= NOW - timedelta(days=1)
    assert json.dumps(feed)


def test_the_feed_answers_304_until_something_changes(world: World, make: Maker, sit: Sit, publish: Publish) -> None:
    paper = make.document(State.ENACTED)
    publish(paper)
    stranger = sit(None)
    first = stranger.get("/jdih/serang/feed.json")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert stranger.get("/jdih/serang/feed.json", headers=since).status_code == 304
    assert stranger.get("/jdih/serang/feed.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    later = NOW + timedelta(hours=2)
    publication.withdraw(Withdrawal(paper.id, "Salah berkas"), by=world.hukum.actor, now=later)
    assert stranger.get("/jdih/serang/feed.json", headers=since).status_code == 200
    assert stranger.get("/jdih/serang/feed.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_atom_feed_is_well_formed_whatever_a_title_holds(
    world: World, make: Maker, sit: Sit, publish: Publish
) -> None:
    publish(make.document(State.ENACTED, title="Tim <A> & \"B\" 'C'"))
    feed = ET.fromstring(sit(None).get("/jdih/serang/feed.atom").data)
    titles = [one.text or "" for one in feed.iter(f"{ATOM}title")]
    assert titles[1].endswith("Tim <A> & \"B\" 'C'")


# ---- Bagian Hukum


def test_the_legal_section_makes_the_copy_publishes_and_withdraws(
    world: World, make: Maker, sit: Sit, printer: Printer
) -> None:
    paper, legal = make.document(State.ENACTED), sit(world.hukum)
    place = f"/documents/{paper.id}/publication"
    assert "PDF salinan resmi, dan itu belum ada" in words(legal.get(place))
    assert legal.post(place, {"seen": ""}).status_code == 409
    assert legal.post(f"{place}/copy").status_code == 303
    printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=printer)
    page = legal.get(place).text
    seen = re.search(r'name="seen" value="(\w{64})"', page)
    assert seen
    assert legal.post(place, {"seen": seen[1]}).status_code == 303
    assert f"/jdih/serang/{token_of(world, paper)}" in legal.get(place).text
    assert "Diumumkan di JDIH sejak" in words(sit(world.dinkes).get(f"/documents/{paper.id}"))
    refused = legal.post(f"{place}/withdraw", {"reason": ""})
    assert refused.status_code == 422
    assert "Tulis alasan penarikannya" in refused.text
    assert legal.post(f"{place}/withdraw", {"reason": "Salah berkas"}).status_code == 303
    assert "Umumkan lagi" in legal.get(place).text
    assert "menarik dari JDIH: Salah berkas" in legal.get(f"/documents/{paper.id}/trail").text


def test_what_was_typed_is_kept_when_it_is_refused_or_stale(world: World, make: Maker, sit: Sit) -> None:
    paper, legal = make.document(State.ENACTED), sit(world.hukum)
    place = f"/documents/{paper.id}/publication/details"
    long = legal.post(place, {"version": "0", "subject": "x" * 600, "content": "Isi yang saya tulis"})
    assert long.status_code == 422
    assert "Isi yang saya tulis" in long.text
    assert legal.post(place, {"version": "0", "subject": "tim"}).status_code == 303
    stale = legal.post(place, {"version": "0", "subject": "lain", "content": "Isi yang saya tulis"})
    assert stale.status_code == 409
    for said in ("Isi yang saya tulis", 'value="lain"', "Tersimpan sekarang:", 'name="version" value="1"'):
        assert said in stale.text
    assert legal.post(place, {"version": "<script>"}).status_code == 409
    assert legal.post(place, {"version": "1", "subject": "lain"}).status_code == 303
    assert world.value("SELECT count(*) FROM publication_detail") == 2


def test_nobody_else_publishes_and_a_foreign_document_is_not_there(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.ENACTED)
    places = ("publication", "publication/withdraw", "publication/details", "publication/copy", "deliveries")
    for someone, answer in ((world.sekda, {403, 422}), (world.kota.hukum, {404, 422})):
        for place in places:
            assert sit(someone).post(f"/documents/{paper.id}/{place}").status_code in answer, place
    assert sit(world.sekda).get(f"/documents/{paper.id}/publication").status_code == 403
    assert sit(world.kota.hukum).get(f"/documents/{paper.id}/publication").status_code == 404
    assert world.value("SELECT count(*) FROM publication") == 0


# ---- deliveries
