"""Routes on pages, without JavaScript: looked at, simulated, put together, refused, and turned on a document."""

import re
from typing import Any

import pytest

from governance.documents.kept_routes import kept_route
from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.governance.documents.samples import DOCUMENT, changed
from tests.web.reader import Reader
from tests.workflows.turned import HEAD, SEKDA, initial, initials, keep, post_of
from tests.world import KIND, NOW, Maker, World
from workflows import approval

ROUTE, EDIT = f"/kinds/{KIND}/route", f"/kinds/{KIND}/route/edit"
FIELD = re.compile(r"<(?:select|input)[^>]*>(?:(?!<(?:select|input|button|section)).)*", re.DOTALL)
NAME = re.compile(r' name="(steps\.\d+\.[\w.]+)"')


def rows_of(page: str) -> dict[str, str]:
    """The fields of the steps as a browser would send them."""
    fields: dict[str, str] = {}
    for tag in FIELD.findall(page):
        name, chosen = NAME.search(tag), re.search(r'<option value="([^"]*)"[^>]* selected', tag)
        value = re.search(r' value="([^"]*)"', tag.partition(">")[0])
        if name is None or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        fields[name[1]] = chosen[1] if chosen else value[1] if value else ""
    return fields


def sent(reader: Reader, act: str, fields: dict[str, str], route: int = 0) -> Any:
    token = reader.token(EDIT)
    return reader.post(EDIT, {"csrf_token": token, "act": act, "route": str(route), **fields})


SHIPPED = {
    "steps.0.asked": "initial", "steps.0.who.0": "initiator_head", "steps.0.days": "1",
    "steps.1.asked": "initial.coordination", "steps.1.who.0": "post:hukum", "steps.1.who.1": "post:organisasi",
    "steps.1.days": "2", "steps.2.asked": "approve", "steps.2.who.0": "post:setda", "steps.2.days": "3",
}  # fmt: skip


def test_the_page_shows_who_would_be_asked_by_name_and_by_when(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("hukum", "organisasi", days=2, initials="coordination"), {**SEKDA, "days": 3})
    page = Reader(world.app, world.dinkes).get(f"{ROUTE}?on=2026-11-20&unit=bappeda").text
    for words in ("Pejabat bappeda", "Pejabat hukum", "Pejabat organisasi", "Pejabat sekda", "Paraf koordinasi",
                  "24 November 2026", "27 November 2026", "Bupati Serang"):  # fmt: skip
        assert words in page, words
    assert "Ubah rute" not in page


def test_the_page_follows_a_document_on_the_route_it_began_with(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    keep(world, HEAD, initials("bappeda"), SEKDA)
    page = Reader(world.app, world.hukum).get(f"{ROUTE}?document={paper.id}").text
    assert "1 naskah sedang berjalan" in page
    assert "Pejabat asisten" in page
    assert "Pejabat bappeda" not in page


@pytest.mark.parametrize("query", ["?on=besok", "?unit=%00", "?document=999999999999999999", "?document=x&unit=tidak"])
def test_an_address_that_makes_no_sense_is_passed_over(world: World, query: str) -> None:
    assert Reader(world.app, world.hukum).get(ROUTE + query).status_code == 200


def test_a_kind_that_is_not_drafted_here_has_no_route(world: World) -> None:
    for path in ("/kinds/tidak_ada/route", "/kinds/tidak_ada/route/edit"):
        assert Reader(world.app, world.hukum).get(path).status_code == 404


def test_only_who_keeps_routes_comes_to_the_form(world: World) -> None:
    for someone in (world.sekda, world.diskominfo, world.dinkes):
        reader = Reader(world.app, someone)
        assert reader.get(EDIT).status_code == 403
        token = reader.token("/account")
        before = world.everything()
        assert reader.post(EDIT, {"csrf_token": token, "act": "save", **SHIPPED}).status_code == 403
        assert reader.post(f"{ROUTE}/withdraw", {"csrf_token": token, "route": "0"}).status_code == 403
        assert world.everything() == before
    assert Reader(world.app, world.organisasi).get(EDIT).status_code == 200


def test_a_route_is_put_together_with_buttons_and_saved(world: World) -> None:
    reader = Reader(world.app, world.hukum)
    added = sent(reader, "add", SHIPPED)
    assert added.status_code == 200
    rows = rows_of(added.text)
    assert rows["steps.3.asked"] == "approve", "a new step stands before the approval"
    rows |= {"steps.2.who.0": "post:bpkad", "steps.2.optional": "1"}
    rows = rows_of(sent(reader, "up.2", rows).text)
    assert rows["steps.1.who.0"] == "post:bpkad"
    rows = rows_of(sent(reader, "down.0", rows).text)
    assert [rows["steps.0.who.0"], rows["steps.1.who.0"]] == ["post:bpkad", "initiator_head"]
    rows = rows_of(sent(reader, "remove.0", rows).text)
    assert kept_route(world.serang.id, KIND) is None, "nothing is kept before it is saved"
    answer = sent(reader, "save", rows)
    assert answer.status_code == 303
    db.session.rollback()
    own = kept_route(world.serang.id, KIND)
    assert own is not None
    assert own.steps == [
        {"who": ["initiator_head"], "move": "initial", "days": 1},
        {"who": ["post:hukum", "post:organisasi"], "move": "initial", "initials": "coordination", "days": 2},
        {"who": ["post:setda"], "move": "approve", "days": 3},
    ]


def test_a_route_without_the_sekda_is_refused_on_the_form_and_keeps_what_was_typed(world: World) -> None:
    reader = Reader(world.app, world.hukum)
    before = world.everything()
    answer = sent(reader, "save", {key: value for key, value in SHIPPED.items() if not key.startswith("steps.2")})
    assert answer.status_code == 422
    assert "Rute harus berakhir dengan persetujuan Sekda" in answer.text
    assert rows_of(answer.text)["steps.1.who.1"] == "post:organisasi"
    assert {key: rows for key, rows in world.everything().items() if key != "sign_in"} == {
        key: rows for key, rows in before.items() if key != "sign_in"
    }


@pytest.mark.parametrize("act", ["up.99", "down.-1", "remove.x", "remove.9999999", "bless", "", "up."])
def test_a_button_that_is_none_changes_nothing(world: World, act: str) -> None:
    answer = sent(Reader(world.app, world.hukum), act, SHIPPED)
    assert answer.status_code == 200
    assert rows_of(answer.text)["steps.2.asked"] == "approve"


def test_wild_fields_are_refused_with_words_and_never_fail(world: World) -> None:
    wild = {"steps.0.asked": "bless.x", "steps.0.who.0": "post:\u202e", "steps.0.days": "-3", "steps.x.y": "1",
            "steps.99999999.asked": "approve", "steps.1": "x", "steps.2.who.77": "post:hukum"}  # fmt: skip
    answer = sent(Reader(world.app, world.hukum), "save", wild)
    assert answer.status_code == 422


def test_the_signer_chooses_to_whom_it_goes_back(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    reader = Reader(world.app, world.sekda)
    page = reader.get(f"/documents/{paper.id}/decide").text
    assert "Pemrakarsa, sebagai draf" in page
    assert "2. Kepala Bagian Hukum" in page
    form = {"csrf_token": reader.token(f"/documents/{paper.id}/decide"), "seen": paper.seen, "move": "return"}
    assert reader.post(f"/documents/{paper.id}/turn", form | {"to_step": "1"}).status_code == 422
    assert reader.post(f"/documents/{paper.id}/turn", form | {"to_step": "1", "reason": "Lagi"}).status_code == 303
    assert paper.state is State.IN_REVIEW
    assert paper.as_seen().waiting_for == ("hukum",)
    again = form | {"seen": paper.seen, "reason": "Lagi"}
    hukum = Reader(world.app, world.hukum)
    again["csrf_token"] = hukum.token(f"/documents/{paper.id}/decide")
    assert hukum.post(f"/documents/{paper.id}/turn", again).status_code == 303
    assert paper.state is State.DRAFT, "without a chosen step it goes to the initiator"


def test_a_conflict_of_interest_is_declared_and_the_place_filled_on_pages(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "hukum")
    way = f"/documents/{paper.id}"
    asisten, hukum = Reader(world.app, world.asisten), Reader(world.app, world.hukum)
    form = {"csrf_token": asisten.token(f"{way}/decide"), "seen": paper.seen, "reason": "Keluarga", "move": "decline"}
    assert asisten.post(f"{way}/turn", form).status_code == 303
    page = hukum.get(way).text
    assert "menyatakan benturan kepentingan. Pilih jabatan" in page
    form = {"csrf_token": hukum.token(way), "seen": paper.seen, "move": "forward", "reason": "Sesuai bidang"}
    form["for_post"] = str(post_of(world, "asisten"))
    assert "Wajib diisi" in hukum.post(f"{way}/turn", form).text
    assert hukum.post(f"{way}/turn", form | {"to_post": str(post_of(world, "bappeda"))}).status_code == 303
    assert paper.as_seen().waiting_for == ("bappeda",)
    assert "meneruskan paraf kepada" in hukum.get(way).text


def test_the_page_says_on_which_revision_each_decision_was_made(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    file = changed(paper.file, DOCUMENT, "Anggaran Pendapatan", "Anggaran  Pendapatan", 1)
    approval.correct(paper.asked(), file, by=world.hukum.actor, now=NOW, library=world.library)
    initial(world, paper, "hukum")
    page = Reader(world.app, world.hukum).get(f"/documents/{paper.id}").text
    assert "pada revisi sebelumnya (1)" in page
    assert "pada revisi ini" in page


def test_the_notice_of_a_new_revision_leads_to_the_comparison(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    file = changed(paper.file, DOCUMENT, "Anggaran Pendapatan", "Anggaran Belanja", 1)
    approval.correct(paper.asked(), file, by=world.hukum.actor, now=NOW, library=world.library)
    key = world.value("SELECT id FROM notice WHERE key = 'document.corrected'")
    answer = Reader(world.app, world.diskominfo).get(f"/notices/{key}")
    assert answer.headers["Location"].endswith(f"/documents/{paper.id}/compare?to=2")


def test_what_the_head_of_the_region_does_not_sign_goes_back_to_a_chosen_step(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    legal = Reader(world.app, world.hukum)
    page = legal.get(f"/documents/{paper.id}/enact").text.partition("Tidak ditandatangani")[2]
    chosen = re.search(r'name="to_step".*?<option value="(\d+)"[^>]*>2\. Kepala Bagian Hukum', page, re.DOTALL)
    assert chosen
    form = {"move": "return", "seen": paper.as_seen(world.hukum).seen, "reason": "Perbaiki", "to_step": chosen[1]}
    assert legal.post(f"/documents/{paper.id}/turn", form).status_code == 303
    assert paper.state is State.IN_REVIEW
    assert paper.as_seen().waiting_for == ("hukum",)
