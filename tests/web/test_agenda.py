"""The register of acts and the books of numbers from outside: pages, sheet and API, and what hostile hands send."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest

from governance.documents.act_models import Relation
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.relating import Wish
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import KIND, NOW, TODAY, Api, Maker, Someone, World
from workflows import approval, enactment, relating
from workflows.enactment import OldAct
from workflows.numbers import Wanted, reserve

LASTING = {"effective_to": "2027-12-31"}
WHO_AND_CONTENT = 3 + 4
ApiOf = Callable[[Someone | None], Api]


@pytest.fixture
def hukum(world: World) -> Reader:
    return Reader(world.app, world.hukum)


def series_id(world: World) -> int:
    found: int = world.value(
        "SELECT id FROM series WHERE key = 'keputusan' AND institution_id = :id", id=world.serang.id
    )
    return found


def record(world: World, number: str, title: str = "Tim") -> int:
    old = OldAct(KIND, title, number, TODAY, TODAY)
    return enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)


def test_the_register_asks_no_more_for_more_rows(world: World, make: Maker, hukum: Reader, api: ApiOf) -> None:
    paper = make.document(State.ENACTED)
    other = record(world, "1/a")
    said = f"Keputusan Bupati Serang Nomor {paper.as_seen().number}"
    enact = f"/documents/{make.document(State.APPROVED, revokes=said, **LASTING).id}/enact"
    acts = (f"/documents/{other}", f"/documents/{paper.id}", enact, f"/documents/{other}/relate")
    paths = ("/register", "/register/print", "/numbers", f"/numbers/{series_id(world)}", *acts, "/")
    asks = {path: (lambda to=path: hukum.get(to)) for path in paths}
    asks["api"] = lambda: api(world.hukum)("GET", "/register")
    few = {path: reads(ask) for path, ask in asks.items()}
    for count in range(70):
        record(world, f"{count}/b")
    many = {path: reads(ask) for path, ask in asks.items()}
    assert many == few
    assert {path: count for path, count in many.items() if count > WHO_AND_CONTENT} == {}


def test_the_page_leads_on_and_the_sheet_holds_all_of_it(world: World, hukum: Reader) -> None:
    for count in range(60):
        record(world, f"{count}/b", f"=1+{count}")

    page = hukum.get("/register?q=1%2B")
    sheet = openpyxl.load_workbook(io.BytesIO(hukum.get("/register/xlsx?q=1%2B").data)).active

    assert 'rel="next"' in page.text
    assert sheet is not None
    assert sheet.max_row == 61
    assert {row[3].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    assert hukum.get("/register/print").text.count("<tr>") >= 60


@pytest.mark.parametrize(
    "query",
    ["year=9999999", "year=0", "year=-1", "since=2026-13-45", "until=x", "status=lain", "after=x.1.1",
     "after=2026-11-20.1", "after=2026-11-20.7.1", "after=" + "9" * 400,
     "kind=" + "x" * 5000, "q=" + "%25" * 300, "q=%00", "q=%F0%9F%98%80", "q=%E2%80%AE",
     "year=%D9%A2%D9%A0%D9%A2%D9%A6",
     "since=0001-01-01&until=9999-12-31", "year=1", "year=9999"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_never_a_fault(world: World, hukum: Reader, api: ApiOf, query: str) -> None:
    record(world, "1/a")
    for place in ("/register", "/register/print", "/register/xlsx"):
        assert hukum.get(f"{place}?{query}").status_code < 500, place
    assert api(world.hukum)("GET", f"/register?{query}").status_code < 500
    assert hukum.get(f"/numbers/{series_id(world)}?{query}").status_code < 500


def test_the_api_lists_the_register_and_refuses_what_it_does_not_read(world: World, make: Maker, api: ApiOf) -> None:
    make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    for count in range(55):
        record(world, f"{count}/b")
    ask = api(world.dinkes)

    first = ask("GET", "/register").json or {}
    rest = ask("GET", f"/register?after={first['next']}").json or {}

    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (50, 5, None)
    assert {one["status"] for one in first["items"]} == {"in_force"}
    for query in ("year=x", "status=x", "since=x", "after=x"):
        assert ask("GET", f"/register?{query}").status_code == 422, query
    assert api(None)("GET", "/register").status_code == 401


def test_the_document_page_warns_of_two_at_once_and_leads_out(world: World, make: Maker, hukum: Reader) -> None:
    old = make.document(State.ENACTED, signed_on=TODAY - timedelta(days=1), **LASTING)
    new = make.document(State.ENACTED, **LASTING)
    assert "berlaku bersamaan" in hukum.get(f"/documents/{new.id}").text
    assert "Beri tahu Bagian Hukum" in Reader(world.app, world.dinkes).get(f"/documents/{old.id}").text
    assert "Lihat keduanya" in hukum.get("/").text

    form = {"relation": "replaces", "other": str(old.id), "csrf_token": hukum.token()}
    assert hukum.post(f"/documents/{new.id}/relate", form).status_code == 303

    page = hukum.get(f"/documents/{old.id}").text
    assert "Dicabut dan diganti dengan" in page
    assert "Lihat keduanya" not in hukum.get("/").text
    assert 'data-state="revoked"' in hukum.get("/documents").text


def test_before_an_enactment_the_page_says_what_will_be_revoked_and_what_stays_beside(
    world: World, make: Maker, hukum: Reader
) -> None:
    old = make.document(State.ENACTED, signed_on=TODAY - timedelta(days=1), **LASTING)
    silent = make.document(State.APPROVED, **LASTING)
    named = f"Keputusan Bupati Serang Nomor {old.as_seen().number} tentang Tim"
    saying = make.document(State.APPROVED, revokes=named, **LASTING)

    assert "masih berlaku dan tidak disebut diktum" in hukum.get(f"/documents/{silent.id}/enact").text
    page = hukum.get(f"/documents/{saying.id}/enact").text
    assert "dicatat dicabut bersama penetapan ini" in page
    assert "tidak disebut diktum" not in page

    form = {"signed_on": TODAY.isoformat(), "scan_later": "1", "seen": silent.seen, "csrf_token": hukum.token()}
    wrong = form | {f"relation_to.{old.id}": "dihapus"}
    assert hukum.post(f"/documents/{silent.id}/enact", wrong).status_code == 422
    assert hukum.post(f"/documents/{silent.id}/enact", form | {"relation_to.999999": "revokes"}).status_code == 422
    right = form | {f"relation_to.{old.id}": "revokes"}
    assert hukum.post(f"/documents/{silent.id}/enact", right).status_code == 303
    assert world.value("SELECT count(*) FROM act WHERE revoked_on IS NOT NULL") == 1


def test_a_reserved_number_is_shown_and_a_second_click_changes_nothing(
    world: World, make: Maker, hukum: Reader
) -> None:
    paper = make.document(State.APPROVED)
    form = {"signed_on": TODAY.isoformat(), "csrf_token": hukum.token()}
    for _tap in range(2):
        assert hukum.post(f"/documents/{paper.id}/number", form).status_code == 303
    assert "sudah dicadangkan untuk dokumen ini" in hukum.get(f"/documents/{paper.id}/enact").text
    assert world.rows("SELECT number, use FROM number") == [(1, "reserved")]
    for day in ("", "x", "1999-01-01", "2031-01-01"):
        wrong = form | {"signed_on": day}
        other = make.document(State.APPROVED)
        assert hukum.post(f"/documents/{other.id}/number", wrong).status_code == 422


HOSTILE = ["", "x" * 5000, "=1+1", "\x00", "a\u202eb", "{number.__class__.__mro__}/{year}", "{0}/{number}/{year}", "😀"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_settings_and_reasons_are_refused_on_the_page(world: World, hukum: Reader, text: str) -> None:
    key, token = series_id(world), hukum.token()
    before = world.everything()
    sent = [
        (f"/numbers/{key}/settings", {"version": "1", "way": "own", "pattern": text, "start": "1"}),
        (f"/numbers/{key}/settings", {"version": "1", "way": "own", "pattern": "{number}/{year}", "start": text}),
        (f"/numbers/{key}/void", {"year": text, "first": "1", "reason": "x"}),
        (f"/numbers/{key}/void", {"year": "2026", "first": text, "reason": "x"}),
        (f"/numbers/{key}/void", {"year": "2026", "first": "1", "reason": text}),
        ("/numbers/new", {"key": text, "way": "own", "pattern": "{number}/{year}", "start": "1"}),
    ]
    for path, form in sent:
        assert hukum.post(path, form | {"csrf_token": token}).status_code == 422, (path, form)
    assert {name: rows for name, rows in world.everything().items() if name != "sign_in"} == {
        name: rows for name, rows in before.items() if name != "sign_in"
    }


def test_another_regions_series_relations_and_documents_are_as_if_not_there(world: World, make: Maker) -> None:
    old = make.document(State.ENACTED, signed_on=TODAY - timedelta(days=1), **LASTING)
    new = make.document(State.ENACTED, **LASTING)
    relating.relate(new.id, Wish(Relation.REVOKES, old.id), by=world.hukum.actor, now=NOW)
    relation = world.value("SELECT id FROM act_relation")
    stranger = Reader(world.app, world.kota.hukum)
    token = stranger.token()
    for path in (f"/numbers/{series_id(world)}", f"/numbers/{series_id(world)}/settings",
                 f"/numbers/{series_id(world)}/trail", f"/documents/{new.id}/relate"):  # fmt: skip
        assert stranger.get(path).status_code == 404, path
    for path, form in (
        (f"/relations/{relation}/withdraw", {"reason": "x"}),
        (f"/numbers/{series_id(world)}/void", {"year": "2026", "first": "1", "reason": "x"}),
        (f"/documents/{new.id}/relate", {"relation": "amends", "other": str(old.id)}),
        (f"/documents/{new.id}/number", {"signed_on": TODAY.isoformat()}),
    ):
        assert stranger.post(path, form | {"csrf_token": token}).status_code == 404, path
    assert world.value("SELECT count(*) FROM act_relation WHERE withdrawn_at IS NULL") == 1


def test_a_reservation_nobody_will_use_is_shown_as_one_to_be_voided(world: World, make: Maker, hukum: Reader) -> None:
    paper = make.document(State.APPROVED)
    reserve(Wanted(paper.id, TODAY), by=world.hukum.actor, now=NOW, library=world.library)
    approval.withdraw(paper.asked("Tidak jadi"), by=world.diskominfo.actor, now=NOW)

    assert "harus dibatalkan" in hukum.get("/numbers").text
    assert 'data-state="left"' in hukum.get(f"/numbers/{series_id(world)}").text
