"""Delegations and the signer on their pages: entered by an administrator, chosen on an enactment, refused in words."""

import pytest

from governance.documents.lifecycle import State
from tests.signing_desk import NATIONAL, Desk
from tests.web.reader import Reader
from tests.world import KIND, TODAY, Maker, World


@pytest.fixture
def keeper(world: World) -> Reader:
    return Reader(world.app, world.bkpsdm)


def wish(world: World, **more: str) -> dict[str, str]:
    posts = {"from_post": str(world.kepala.actor.post_id), "to_post": str(world.sekda.actor.post_id)}
    days = {"from_on": "2026-01-01", "to_on": "2099-12-31", "letter": "188/7/2026", "letter_date": "2026-01-01"}
    return {**posts, **days, "kinds": KIND, **more}


def test_an_administrator_enters_withdraws_and_everyone_reads(world: World, keeper: Reader) -> None:
    others = Reader(world.app, world.dinkes)
    assert "Belum ada delegasi" in others.get("/delegations").text
    assert "Catat delegasi" not in others.get("/delegations").text
    assert others.post("/delegations", wish(world)).status_code == 403
    assert keeper.post("/delegations", wish(world)).status_code == 303
    shown = others.get("/delegations").text
    assert "188/7/2026" in shown
    assert "Berlaku hari ini" in shown
    row = world.value("SELECT id FROM delegation")
    assert others.post(f"/delegations/{row}/withdraw", {}).status_code == 403
    assert keeper.post(f"/delegations/{row}/withdraw", {}).status_code == 303
    assert "Dicabut" in others.get("/delegations").text
    assert keeper.post("/delegations/999999/withdraw", {}).status_code == 404


def test_what_is_wrong_comes_back_with_what_was_typed(world: World, keeper: Reader) -> None:
    before = world.everything()
    for more, said in (
        ({"letter": ""}, "wajib"),
        ({"letter": "a\x00b"}, "karakter"),
        ({"from_on": "2026-13-01"}, "2026-13-01"),
        ({"to_post": "karangan"}, "Penerima"),
        ({"to_post": "999999999"}, "Pilih jabatannya dari daftar"),
        ({"to_post": str(world.bkpsdm.actor.post_id)}, "dicatat oleh orang lain"),
        ({"kinds": "spbe_roadmap"}, "Peraturan selalu ditandatangani"),
        ({"kinds": "<script>"}, "tidak dikenal"),
        ({"kinds": "meeting_minutes"}, "tidak ditetapkan oleh jabatan pemberi"),
    ):
        answer = keeper.post("/delegations", wish(world, **more))
        assert answer.status_code == 422, more
        assert said in answer.text, (more, said)
        assert "<script>" not in answer.text.replace("<script src", "")
    assert world.everything() == before


def test_the_enactment_says_who_signs_and_takes_a_delegation(world: World, keeper: Reader, make: Maker) -> None:
    paper, legal = make.document(State.APPROVED), Reader(world.app, world.hukum)
    assert "Tidak ada delegasi (a.n.) untuk jenis ini" in legal.get(f"/documents/{paper.id}/enact").text
    keeper.post("/delegations", wish(world))
    page = legal.get(f"/documents/{paper.id}/enact").text
    assert "BUPATI SERANG, PEJABAT KEPALA" in page
    assert "Sekretaris Daerah, 188/7/2026" in page
    row = str(world.value("SELECT id FROM delegation"))
    sent = {"seen": paper.seen, "signed_on": TODAY.isoformat(), "scan_later": "1"}
    for strange in ("999999", "-1", "x" * 50):
        refused = legal.post(f"/documents/{paper.id}/enact", {**sent, "delegation": strange})
        assert refused.status_code == 422, strange
    assert legal.post(f"/documents/{paper.id}/enact", {**sent, "delegation": row}).status_code == 303
    assert world.value("SELECT signer_title FROM signature") == "a.n. Bupati Serang, Sekretaris Daerah"
    assert "a.n. Bupati Serang, Sekretaris Daerah" in legal.get(f"/documents/{paper.id}").text


def test_a_plh_is_warned_of_a_strategic_decision_and_not_stopped(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    world.change("UPDATE holding SET manner = 'plh' WHERE post_id = :post", post=world.kepala.actor.post_id)
    legal = Reader(world.app, world.hukum)
    page = legal.get(f"/documents/{paper.id}/enact").text
    assert "Naskah menyebut pejabat lain" in page
    assert "Plh. BUPATI SERANG, PEJABAT KEPALA" in page
    assert "bersifat strategis" not in page


def test_a_signing_whose_delegation_was_taken_back_says_so_before_anybody_signs(
    world: World, keeper: Reader, make: Maker, signing_desk: Desk
) -> None:
    keeper.post("/delegations", wish(world))
    row, paper = world.value("SELECT id FROM delegation"), make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL, delegation=row)
    pages = [(Reader(world.app, world.hukum), "signing"), (Reader(world.app, world.sekda), "sign")]
    assert not any("sudah dicabut" in by.get(f"/documents/{paper.id}/{page}").text for by, page in pages)
    keeper.post(f"/delegations/{row}/withdraw", {})
    assert all("sudah dicabut" in by.get(f"/documents/{paper.id}/{page}").text for by, page in pages)
