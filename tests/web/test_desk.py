"""The desk and the pages around it from outside: small on the line, few statements, and a late form loses nothing."""

import hashlib
from collections.abc import Callable

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from tests import peraturan
from tests.web.counting import on_the_line, reads
from tests.web.reader import Reader
from tests.workflows.test_desk import many_alike
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import approval

Sit = Callable[[Someone | None], Reader]
MOST_BYTES = 30_000
FOR_WHO_ASKS = 3
FOR_THE_CONTENT = 4


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def at_the_sekda(make: Maker, **changes: str) -> Paper:
    paper = make.document(State.IN_REVIEW, **changes)
    make.initial(paper, "asisten")
    return paper


def test_five_hundred_papers_take_as_many_statements_and_bytes_as_one_page(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    sekda = sit(world.sekda)
    one = reads(lambda: sekda.get("/"))
    many_alike(world, paper, 499)
    assert one == reads(lambda: sekda.get("/")) <= FOR_THE_CONTENT + FOR_WHO_ASKS
    page = sekda.get("/")
    assert "500 hal menunggu Anda" in page.text
    assert "halaman 1 dari 20" in page.text
    assert on_the_line(page) <= MOST_BYTES
    last = sekda.get("/desk?page=20")
    assert last.text.count("<h3>") == 25
    assert 'rel="next"' not in last.text


def test_the_desk_of_the_sekda_is_his_home(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    page = sit(world.sekda).get("/").text
    assert "Satu hal menunggu Anda" in page
    assert "Diparaf" in page
    assert "Belum pernah Anda buka" in page
    assert "Pemeriksaan bentuk:" in page
    assert f'href="/documents/{paper.id}/decide"' in page
    assert f'href="/documents/{paper.id}/file"' in page


def test_whoever_something_waits_for_finds_his_desk_from_home(world: World, make: Maker, sit: Sit) -> None:
    make.document(State.IN_REVIEW)
    reader = sit(world.diskominfo)
    assert 'href="/desk"' in reader.get("/").text
    assert "Satu hal menunggu Anda" in reader.get("/desk").text
    assert "Tidak ada yang menunggu Anda" in sit(world.dinkes).get("/desk").text


def test_the_promulgation_of_a_peraturan_lies_on_the_desk(world: World, make: Maker, sit: Sit) -> None:
    paper = peraturan.enacted(make)
    page = sit(world.sekda).get("/").text
    assert "Diminta: undangkan dalam Berita Daerah." in page
    assert f'href="/documents/{paper.id}/promulgate"' in page
    assert paper.as_seen().number in page


@pytest.mark.parametrize("address", ["/desk?page=x", "/desk?page=-1", "/desk?page=99999999999", "/desk?page=²"])
def test_an_odd_address_shows_a_page_all_the_same(world: World, make: Maker, sit: Sit, address: str) -> None:
    at_the_sekda(make)
    assert "Satu hal menunggu Anda" in sit(world.sekda).get(address).text


@pytest.mark.parametrize("place", ["decide", "brief", "pack"])
def test_the_page_to_decide_on_is_small_and_sends_few_statements(
    world: World, make: Maker, sit: Sit, place: str
) -> None:
    paper = at_the_sekda(make)
    sekda = sit(world.sekda)
    assert reads(lambda: sekda.get(f"/documents/{paper.id}/{place}")) <= FOR_THE_CONTENT + FOR_WHO_ASKS
    assert on_the_line(sekda.get(f"/documents/{paper.id}/{place}")) <= MOST_BYTES


def test_opening_is_noted_once_and_for_who_is_asked_alone(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    for someone in (world.hukum, world.sekda, world.sekda):
        assert sit(someone).get(f"/documents/{paper.id}/decide").status_code == 200
    sit(world.sekda)("HEAD", f"/documents/{paper.id}/decide")
    rows = world.rows("SELECT post_id, revision_number FROM opened WHERE document_id = :id", id=paper.id)
    assert [tuple(row) for row in rows] == [(world.sekda.actor.post_id, 1)]
    assert "Tidak berubah sejak Anda buka" in sit(world.sekda).get("/").text


def test_a_look_ahead_of_the_browser_is_no_opening(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    sit(world.sekda).get(f"/documents/{paper.id}/decide", headers={"Sec-Purpose": "prefetch;prerender"})
    assert world.value("SELECT count(*) FROM opened") == 0


def test_what_changed_since_he_only_looked_is_shown(world: World, make: Maker, sit: Sit) -> None:
    """He never decided on the first revision: the page told him that nothing changed, before openings were kept."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    sit(world.hukum).get(f"/documents/{paper.id}/decide")
    make.revise(paper, budget="Anggaran Pendapatan dan Belanja Daerah")
    world.change("DELETE FROM decision WHERE post_id = :post", post=world.hukum.actor.post_id)
    make.initial(paper, "diskominfo")
    page = sit(world.hukum).get(f"/documents/{paper.id}/decide").text
    assert "Berubah sejak Anda lihat" in page
    assert "<ins" in page


def test_a_replayed_decision_is_made_once(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    sekda = sit(world.sekda)
    form = {"move": "approve", "seen": paper.seen}
    lines = len(world.trail())
    for _ in range(3):
        answer = sekda.post(f"/documents/{paper.id}/move", form)
        assert answer.status_code == 303
        assert "Konsep disetujui." in sekda.get(answer.location).text
    assert len(world.trail()) == lines + 1
    assert world.value("SELECT count(*) FROM decision WHERE move = 'approve'") == 1


def test_an_old_form_tells_what_changed_and_keeps_the_typed_notes(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    old = paper.seen
    other = make.document(State.IN_REVIEW, budget="Anggaran Pendapatan dan Belanja Daerah")
    approval.correct(paper.asked(), other.file, by=world.hukum.actor, now=NOW, library=world.library)
    make.initial(paper, "diskominfo")
    legal, before = sit(world.hukum), world.everything()
    note = "Pasal 3 belum menyebut <sumber> dana."
    form = {"move": "return", "seen": old, "reason": note}
    answer = legal.post(f"/documents/{paper.id}/move", form)
    assert answer.status_code == 409
    assert "Catatan yang Anda ketik masih ada di bawah." in answer.text
    assert "Pasal 3 belum menyebut &lt;sumber&gt; dana.</textarea>" in answer.text
    assert f'name="seen" value="{paper.seen}"' in answer.text, "he reads the newest text and decides on that"
    assert world.everything() == before


def test_what_was_typed_is_kept_where_nothing_is_left_to_decide(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    old = paper.seen
    make.approve(paper)
    make.enact(paper)
    form = {"move": "return", "seen": old, "reason": "Sudah terlambat"}
    answer = sit(world.sekda).post(f"/documents/{paper.id}/move", form)
    assert answer.status_code in (403, 409)
    assert "Sudah terlambat</textarea>" in answer.text
    assert "Keputusan Anda dari halaman lama tidak dicatat." in answer.text


def test_the_brief_says_what_a_decision_needs(world: World, make: Maker, sit: Sit) -> None:
    paper = at_the_sekda(make)
    page = sit(world.sekda).get(f"/documents/{paper.id}/brief").text
    for words in ("Dasar hukum", "Sudah memutus", "Pemeriksaan bentuk", "Biaya dan kewajiban", "Sesudah ini"):
        assert words in page
    assert "Undang-Undang Nomor 23 Tahun 2014" in page
    assert "Bagian Hukum membawanya kepada Bupati Serang" in page
    assert "tempat dalam tim" in page


@pytest.mark.parametrize("state", list(State))
def test_a_document_in_any_state_has_its_brief(world: World, make: Maker, sit: Sit, state: State) -> None:
    paper = make.document(state)
    assert sit(world.diskominfo).get(f"/documents/{paper.id}/brief").status_code == 200


def test_the_pack_is_for_whoever_may_see_the_document(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.IN_REVIEW, secrecy=Secrecy.RAHASIA)
    page = sit(world.sekda).get(f"/documents/{paper.id}/pack")
    assert "Rahasia" in page.text
    file = sit(world.sekda).get(f"/documents/{paper.id}/pack.json")
    assert hashlib.sha256(file.data).hexdigest() in page.text
    assert file.headers["Content-Disposition"].endswith("-pak-persetujuan.json")
    for place in ("pack", "pack.json", "brief"):
        assert sit(world.dinkes).get(f"/documents/{paper.id}/{place}").status_code == 404
        assert sit(world.kota.sekda).get(f"/documents/{paper.id}/{place}").status_code == 404
