"""The pages of officials: who holds what, the gaps, what a change touches, and the administrator's forms."""

import re
from datetime import timedelta

import pytest

from governance.documents.lifecycle import State
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.workflows.test_desk import many_alike
from tests.world import TODAY, Maker, World

WHO_AND_CONTENT = 3 + 4


@pytest.fixture
def keeper(world: World) -> Reader:
    return Reader(world.app, world.bkpsdm)


def wish(world: World, **more: str) -> dict[str, str]:
    person = str(world.asisten.actor.person_id)
    days = {"from_on": "2098-01-05", "to_on": "2098-01-09"}
    return {"person": person, "manner": "plh", "letter": "800/12/2026", **days, **more}


def test_everyone_reads_who_holds_what_and_the_administrator_enters_it(
    world: World, keeper: Reader, make: Maker
) -> None:
    make.document(State.APPROVED)
    page = f"/people/{world.kepala.actor.post_id}"
    assert "Catat pemegang" not in Reader(world.app, world.dinkes).get(page).text
    assert "Sekretaris Daerah" in Reader(world.app, world.dinkes).get("/people").text
    shown = keeper.get(page).text
    assert "Catat pemegang" in shown
    answer = keeper.post(page, wish(world))
    assert answer.status_code == 303, answer.text
    shown = keeper.get(page).text
    assert "Pelaksana harian (Plh.)" in shown
    assert "800/12/2026" in shown
    seen = Reader(world.app, world.diskominfo).get(page).text
    assert "ditandatangani dengan nama pemegangnya" in seen


def test_what_is_wrong_comes_back_at_its_field_with_what_was_typed(world: World, keeper: Reader) -> None:
    page = f"/people/{world.sekda.actor.post_id}"
    before = world.everything()
    for more, said in (
        ({"letter": ""}, "Tulis nomor surat penunjukannya"),
        ({"manner": "plt"}, "Pj. dan Plt. hanya untuk jabatan yang kosong"),
        ({"from_on": "2098-13-01"}, "2098"),
        ({"person": "999999999"}, "Pilih orangnya"),
        ({"person": str(world.bkpsdm.actor.person_id)}, "dicatat oleh orang lain"),
        ({"letter": "a\x00b"}, "karakter"),
        ({"letter": "x" * 5000}, "200"),
    ):
        answer = keeper.post(page, wish(world, **more))
        assert answer.status_code == 422, more
        assert said in answer.text
    assert world.everything() == before


def test_a_new_accounts_password_is_shown_once(world: World, keeper: Reader) -> None:
    page = f"/people/{world.sekda.actor.post_id}"
    answer = keeper.post(page, wish(world, person="", name="Siti Aminah", username="siti.aminah"))
    assert answer.status_code == 200
    assert "salin sekarang" in answer.text
    assert "salin sekarang" not in keeper.get(page).text


def test_the_last_day_is_changed_and_a_mistake_withdrawn(world: World, keeper: Reader) -> None:
    page = f"/people/{world.sekda.actor.post_id}"
    keeper.post(page, wish(world))
    form = re.search(r'action="(/holdings/\d+)".*?name="version" value="(\d+)"', keeper.get(page).text, re.DOTALL)
    assert form
    told = {"version": form[2], "post": str(world.sekda.actor.post_id)}
    assert keeper.post(form[1], told | {"to_on": "2098-01-07"}).status_code == 303
    assert "7 Januari 2098" in keeper.get(page).text
    assert keeper.post(form[1], told | {"to_on": "2098-01-08"}).status_code == 409
    assert keeper.post(form[1], told | {"version": "2", "withdraw": "1"}).status_code == 303
    assert "800/12/2026" not in keeper.get(page).text
    assert Reader(world.app, world.dinkes).post(form[1], told).status_code == 403


def test_who_is_stood_in_for_reads_that_and_decides_nothing(world: World, keeper: Reader) -> None:
    long_ago, far = (TODAY - timedelta(days=30)).isoformat(), "2098-01-09"
    page = f"/people/{world.sekda.actor.post_id}"
    assert keeper.post(page, wish(world, from_on=long_ago, to_on=far)).status_code == 303
    assert "dijalankan seorang Plh." in Reader(world.app, world.sekda).get("/").text
    assert "Plh. Sekretaris Daerah" in Reader(world.app, world.asisten).get("/").text


def test_who_is_stood_in_for_is_shown_as_replaced_and_who_acts_as_todays(world: World, keeper: Reader) -> None:
    page = f"/people/{world.sekda.actor.post_id}"
    assert "digantikan" not in keeper.get(page).text
    keeper.post(page, wish(world, from_on=(TODAY - timedelta(days=30)).isoformat(), to_on="2098-01-09"))
    holders = re.findall(r'<p class="mb-1">(.*?)<br>', keeper.get(page).text, re.DOTALL)
    assert len(holders) == 2
    assert "Hari ini</b>" in holders[0]
    assert "Hari ini digantikan Plh. Pejabat asisten" in holders[1]


@pytest.mark.parametrize(("to_on", "warned"), [("2098-07-04", False), ("2098-07-05", True)])
def test_an_acting_sekda_beyond_the_months_of_the_law_is_warned_of(
    world: World, keeper: Reader, to_on: str, warned: bool
) -> None:
    page = f"/people/{world.sekda.actor.post_id}"
    assert keeper.post(page, wish(world, to_on=to_on)).status_code == 303
    assert ("Pasal 214" in keeper.get(page).text) is warned


def test_a_list_that_stops_at_its_most_says_so(world: World, make: Maker) -> None:
    page, legal = f"/people/{world.sekda.actor.post_id}", Reader(world.app, world.hukum)
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    assert "lebih dari 200" not in legal.get(page).text
    many_alike(world, paper, 200)
    shown = legal.get(page).text
    assert shown.count("<td>menunggu jabatan ini") == 200
    assert "lebih dari 200: hanya yang terlama ditampilkan" in shown
    assert "hanya dicari dalam 200 keputusan tim yang terbaru" in shown


def test_what_waits_for_the_other_post_is_one_click_away(world: World, keeper: Reader, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    days = {"from_on": (TODAY - timedelta(days=30)).isoformat(), "to_on": "2098-01-09"}
    acting = {"person": str(world.diskominfo.actor.person_id), **days}
    assert keeper.post(f"/people/{world.hukum.actor.post_id}", wish(world, **acting)).status_code == 303
    reader = Reader(world.app, world.diskominfo)
    reader.post("/post", {"holding": str(world.diskominfo.actor.holding_id)})
    page = reader.get(f"/documents/{paper.id}").text
    assert "/decide" not in page
    offer = re.search(r'name="next" value="(/documents/\d+)">.*?name="holding" value="(\d+)"', page, re.DOTALL)
    assert offer
    changed = reader.post("/post", {"holding": offer[2], "next": offer[1]})
    assert changed.location == offer[1]
    assert "/decide" in reader.get(offer[1]).text


def test_a_notice_of_the_other_post_offers_to_act_in_it_and_lands_on_the_very_thing(
    world: World, keeper: Reader, make: Maker
) -> None:
    acting = {"person": str(world.dinkes.actor.person_id), "to_on": "2098-01-09"}
    acting |= {"from_on": (TODAY - timedelta(days=30)).isoformat()}
    assert keeper.post(f"/people/{world.hukum.actor.post_id}", wish(world, **acting)).status_code == 303
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    asked = "SELECT id FROM notice WHERE person_id = :person AND document_id = :document"
    notice = world.value(asked, person=world.dinkes.actor.person_id, document=paper.id)
    reader = Reader(world.app, world.dinkes)
    reader.post("/post", {"holding": str(world.dinkes.actor.holding_id)})
    assert reader.get(f"/documents/{paper.id}").status_code == 404
    page = reader.get(f"/notices/{notice}").text
    assert "Bertindak sebagai Plh. Kepala Bagian Hukum" in page
    offer = re.search(r'name="next" value="(/documents/\d+)">.*?name="holding" value="(\d+)"', page, re.DOTALL)
    assert offer
    assert reader.get(f"/documents/{paper.id}").status_code == 404, "nothing changes without his click"
    assert reader.post("/post", {"holding": offer[2], "next": offer[1]}).location == offer[1]
    assert reader.get(offer[1]).status_code == 200
    assert reader.get(f"/notices/{notice}").location == offer[1]


def test_a_decree_that_names_the_holder_is_listed_with_his_name(world: World, keeper: Reader, make: Maker) -> None:
    by_name = {"role": "anggota", "office": "Pejabat dinkes, Kepala Bidang Aplikasi"}
    make.document(State.ENACTED, members=[*make.fields()["members"], by_name])
    page = keeper.get(f"/people/{world.dinkes.actor.post_id}").text
    assert "menyebut nama Pejabat dinkes" in page
    assert "menyebut nama" not in keeper.get(f"/people/{world.sekda.actor.post_id}").text


def test_the_pages_read_little_however_many_hold_and_held_the_posts(world: World, keeper: Reader, make: Maker) -> None:
    make.document(State.APPROVED)
    pages = ("/people", f"/people/{world.kepala.actor.post_id}")
    few = [reads(lambda path=path: keeper.get(path)) for path in pages]  # type: ignore[misc]
    for month in range(1, 10):
        days = {"from_on": f"2098-{month:02}-05", "to_on": f"2098-{month:02}-09"}
        assert keeper.post(pages[1], wish(world, **days)).status_code == 303
    many = [reads(lambda path=path: keeper.get(path)) for path in pages]  # type: ignore[misc]
    assert many == few
    assert max(many) <= WHO_AND_CONTENT


@pytest.mark.parametrize("forged", ["0", "999999999", "99999999999999999999", "-1", "1;2", "\x00", "x" * 10_000])
def test_forged_numbers_are_refused_and_change_nothing(world: World, keeper: Reader, forged: str) -> None:
    own = f"/people/{world.sekda.actor.post_id}"
    before = world.everything()
    assert keeper.post(own, wish(world, person=forged)).status_code == 422
    if forged.isdigit():
        assert keeper.get(f"/people/{forged}").status_code == 404
        told = {"version": "1", "post": str(world.sekda.actor.post_id), "to_on": "2098-01-07"}
        assert keeper.post(f"/holdings/{forged}", told).status_code == 404
    foreign = f"/people/{world.kota.sekda.actor.post_id}"
    assert keeper.get(foreign).status_code == 404
    assert keeper.post(foreign, wish(world)).status_code == 404
    version = {"version": forged, "post": forged, "to_on": "2098-01-07"}
    answer = keeper.post(f"/holdings/{world.kota.sekda.actor.holding_id}", version)
    assert answer.status_code in (404, 422)
    assert world.everything() == before
