"""The register's pages from outside: everyone reads, Bagian Hukum keeps, and a wrong form changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.lifecycle import State
from governance.kernel import clock
from governance.kernel.db import db
from governance.mandates.entries import Fact, Relation
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import jobs, noting

PERDA = {
    "type": "Perda",
    "number": "3",
    "year": "2024",
    "title": "Penyelenggaraan SPBE",
    "gazette_kind": "LD",
    "gazette_year": "2024",
    "gazette_number": "3",
    "in_force_from": "2024-02-01",
    "how_sure": "read",
    "kinds": ["coordination_team_decree"],
    "version": "0",
}
KEY = "serang:perda_3_2024"
REVOKED = {
    "relation": "revoked",
    "by": "permendagri_77_2020",
    "since": "2026-02-01",
    "source": "Pasal penutup",
    "how_sure": "read",
    "version": "0",
}
TARGET = "/regulations/permendagri_80_2015"


@pytest.fixture
def sit(world: World) -> Callable[[Someone], Reader]:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def hukum(world: World) -> Reader:
    return Reader(world.app, world.hukum)


def entered(hukum: Reader, **changes: Any) -> None:
    answer = hukum.post("/regulations/new", PERDA | changes)
    assert answer.status_code == 303, answer.text


def test_everyone_reads_the_register_and_only_bagian_hukum_is_offered_to_keep_it(
    world: World, sit: Callable[[Someone], Reader], hukum: Reader
) -> None:
    entered(hukum)
    for someone in world.serang.people.values():
        reader = sit(someone)
        texts = [reader.get(place).text for place in ("/regulations?type=Perda", f"/regulations/{KEY}", TARGET)]
        assert all("Peraturan Daerah Kabupaten Serang Nomor 3 Tahun 2024" in text for text in texts[:2])
        offered = "Tambah peraturan" in texts[0] and "Perbaiki butir" in texts[1] and "Catat pencabutan" in texts[2]
        assert offered is (someone.username == "hukum"), someone.username


def test_the_list_is_filtered_by_words_type_state_and_day(hukum: Reader) -> None:
    entered(hukum)
    found = hukum.get("/regulations?q=penyelenggaraan+2024&type=Perda").text
    assert f'/regulations/{KEY}"' in found
    assert f'/regulations/{KEY}"' not in hukum.get("/regulations?type=UU").text
    before = hukum.get("/regulations?state=not_yet&on=2024-01-31").text
    assert f'/regulations/{KEY}"' in before
    assert 'value="2024-01-31"' in before
    revoked = hukum.get("/regulations?state=revoked").text
    assert "/regulations/permenkominfo_8_2019" in revoked
    assert "/regulations/uu_23_2014" not in revoked


@pytest.mark.parametrize("asked", ["on=kemarin", "on=2026-02-30", "state=terbang", "type=Fatwa", "after=karangan"])
def test_a_filter_that_makes_no_sense_breaks_nothing(hukum: Reader, asked: str) -> None:
    assert hukum.get(f"/regulations?{asked}").status_code == 200
    assert hukum.get(f"{TARGET}?{asked}").status_code == 200


def test_the_list_goes_on_page_by_page_in_the_order_of_mengingat(hukum: Reader) -> None:
    first = hukum.get("/regulations").text
    assert "Berikutnya" in first
    assert first.index("/regulations/uu_23_2014") < first.index("/regulations/pp_12_2019")
    second = hukum.get(first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")).text
    assert "Berikutnya" not in second
    assert "serang:perda_spbe" in second
    assert "/regulations/uu_23_2014" not in second


def test_a_regulation_shows_its_citation_on_the_day_asked(hukum: Reader) -> None:
    early = hukum.get("/regulations/uu_23_2014?on=2015-01-01").text
    late = hukum.get("/regulations/uu_23_2014?on=2020-03-02").text
    assert "terakhir dengan Undang-Undang Nomor 9 Tahun 2015" not in early
    assert "terakhir dengan Undang-Undang Nomor 9 Tahun 2015" in late
    refused = hukum.get("/regulations/permenkominfo_8_2019?on=2026-07-01").text
    assert "sudah dicabut sejak 4 September 2024, gantinya Peraturan Menteri Komunikasi dan Informatika" in refused
    assert 'href="/regulations/permenkominfo_4_2024"' in refused
    asked = hukum.get("/regulations/permendagri_77_2020?on=2020-12-30").text
    assert "Belum dikutip pada tanggal ini" in asked
    assert "31 Desember 2020" in asked


def test_an_unknown_key_is_not_found_and_a_foreign_one_alike(
    world: World, sit: Callable[[Someone], Reader], hukum: Reader
) -> None:
    entered(hukum)
    stranger = sit(world.kota.hukum)
    for reader, key in ((hukum, "uu_karangan"), (stranger, KEY), (stranger, "serang:perda_spbe"), (hukum, "x" * 300)):
        for place in ("", "/trail", "/edit", "/facts/new"):
            assert reader.get(f"/regulations/{key}{place}").status_code == 404, (key, place)
        assert reader.post(f"/regulations/{key}/close", {"version": "1"}).status_code == 404
        assert reader.post(f"/regulations/{key}/edit", PERDA).status_code == 404


def test_an_entry_is_corrected_closed_and_its_trail_is_read(hukum: Reader) -> None:
    entered(hukum)
    form = hukum.get(f"/regulations/{KEY}/edit").text
    assert 'name="version" value="1"' in form
    answer = hukum.post(f"/regulations/{KEY}/edit", PERDA | {"version": "1", "title": "Judul yang benar"})
    assert answer.status_code == 303
    assert "Judul yang benar" in hukum.get(f"/regulations/{KEY}").text
    closed = {"version": "2", "closed_on": "2026-11-01", "reason": "Sudah masuk daftar nasional"}
    assert hukum.post(f"/regulations/{KEY}/close", closed).status_code == 303
    page, trail = hukum.get(f"/regulations/{KEY}").text, hukum.get(f"/regulations/{KEY}/trail").text
    assert "Ditutup" in page
    assert "Perbaiki butir" not in page
    assert "<del>Penyelenggaraan SPBE</del>" in trail
    assert "menutup butir sejak 1 November 2026: Sudah masuk daftar nasional" in trail


def test_what_the_register_waits_for_is_completed_from_its_page(hukum: Reader) -> None:
    place = "/regulations/serang:perda_spbe"
    assert "Lengkapi butir" in hukum.get(place).text
    assert "disetujui rapat paripurna" in hukum.get(f"{place}/edit").text
    assert hukum.post(f"{place}/edit", PERDA).status_code == 303
    assert "Perbaiki butir" in hukum.get(place).text


def test_a_revocation_shows_and_tells_what_is_to_be_reviewed(
    world: World, make: Maker, sit: Callable[[Someone], Reader], hukum: Reader
) -> None:
    paper = make.document(State.IN_REVIEW)
    draft = make.document()
    assert "Perlu ditinjau" not in hukum.get(TARGET).text
    assert hukum.post(f"{TARGET}/facts/new", REVOKED).status_code == 303
    page = hukum.get(TARGET).text
    assert f'href="/documents/{paper.id}"' in page
    assert f'href="/documents/{draft.id}"' in page
    assert page.count("Perlu ditinjau") >= 3, "the explanation, the document and the draft"
    jobs.run_due(now=clock.now(), library=world.library)
    author = sit(world.diskominfo)
    inbox = author.get("/inbox").text
    assert "dicabut dengan Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020" in inbox
    notice = world.value("SELECT max(id) FROM notice WHERE person_id = :id", id=world.diskominfo.actor.person_id)
    assert author.get(f"/notices/{notice}").location.endswith("/regulations/permendagri_80_2015#tinjau")


def test_a_fact_is_corrected_and_closed_from_its_page(world: World, hukum: Reader) -> None:
    fact = Fact("permendagri_80_2015", Relation.REVOKED, "Pasal penutup", by="permendagri_77_2020")
    number = noting.enter(fact, by=world.hukum.actor, now=NOW, library=world.library)
    place = f"/regulations/facts/{number}"
    assert 'value="Pasal penutup"' in hukum.get(place).text
    assert hukum.post(place, REVOKED | {"version": "1", "source": "Pasal 20"}).status_code == 303
    assert "Pasal 20" in hukum.get(TARGET).text
    closing = {"version": "2", "closed_on": TODAY.isoformat(), "reason": "Salah baca"}
    assert hukum.post(f"{place}/close", closing).status_code == 303
    assert "Salah baca" in hukum.get(TARGET).text
    assert hukum.post(place, REVOKED | {"version": "3"}).status_code == 409


Wrong = tuple[str, dict[str, Any], set[int]]


def wrong_forms() -> list[Wrong]:
    new, edit, close = "/regulations/new", f"/regulations/{KEY}/edit", f"/regulations/{KEY}/close"
    fact_, good = f"{TARGET}/facts/new", PERDA | {"version": "1"}
    return [
        (new, {}, {422}),
        (new, PERDA, {422}),
        (new, PERDA | {"number": "²"}, {422}),
        (new, PERDA | {"number": "x" * 300}, {422}),
        (new, PERDA | {"number": "9", "title": "a\u202eb"}, {422}),
        (new, PERDA | {"number": "9", "title": "x" * 5000}, {422}),
        (new, PERDA | {"number": "9", "in_force_from": "2024-02-30"}, {422}),
        (new, PERDA | {"number": "9", "in_force_to": "2023-01-01"}, {422}),
        (new, PERDA | {"number": "9", "in_force_from": "0001-01-01"}, {422}),
        (new, PERDA | {"number": "9", "gazette_number": ""}, {422}),
        (new, PERDA | {"number": "9", "gazette_kind": "XX"}, {422}),
        (new, PERDA | {"number": "9", "type": "Fatwa"}, {422}),
        (new, PERDA | {"number": "9", "how_sure": "pasti"}, {422}),
        (new, PERDA | {"number": "9", "kinds": ["surat_cinta"]}, {422}),
        (edit, good | {"version": "0"}, {409}),
        (edit, good | {"version": "9"}, {409}),
        (edit, good | {"version": "x"}, {409}),
        (edit, good | {"title": ""}, {422}),
        ("/regulations/uu_23_2014/edit", PERDA | {"number": "9"}, {409}),
        (close, {"version": "1"}, {422}),
        (close, {"version": "1", "closed_on": "esok", "reason": "x"}, {422}),
        (close, {"version": "1", "closed_on": "2999-01-01", "reason": "x"}, {422}),
        (close, {"version": "7", "closed_on": "2026-01-01", "reason": "x"}, {409}),
        (fact_, {}, {422}),
        (fact_, REVOKED | {"by": "uu_karangan"}, {422}),
        (fact_, REVOKED | {"by": "permenkominfo_8_2019"}, {422}),
        (fact_, REVOKED | {"since": "kemarin"}, {422}),
        (fact_, REVOKED | {"source": "x" * 500}, {422}),
        (fact_, {"relation": "cited", "source": "x", "how_sure": "read"}, {422}),
        ("/regulations/facts/999", REVOKED, {404}),
        ("/regulations/facts/999/close", {"version": "1"}, {404}),
    ]


def test_a_wrong_form_gets_a_clear_page_and_changes_nothing(world: World, hukum: Reader) -> None:
    entered(hukum)
    before, wrong = world.everything(), []
    for where, form, expected in wrong_forms():
        answer = hukum.post(where, form)
        if answer.status_code not in expected or "<main" not in answer.text or "%(" in answer.text:
            wrong.append((where, form, answer.status_code))
        if world.everything() != before:
            wrong.append((where, form, "changed"))
            before = world.everything()
    assert wrong == []


def test_a_revoked_regulation_is_refused_in_the_form_and_its_successor_is_named(hukum: Reader) -> None:
    form = {"relation": "cited", "source": "x", "how_sure": "read", "kinds": ["*"], "version": "0"}
    answer = hukum.post("/regulations/permenkominfo_8_2019/facts/new", form)
    assert answer.status_code == 422
    assert "sudah dicabut sejak 4 September 2024, gantinya" in answer.text


def test_what_was_typed_is_shown_again(hukum: Reader) -> None:
    answer = hukum.post("/regulations/new", PERDA | {"title": "", "note": "Catatan yang panjang"})
    assert answer.status_code == 422
    assert "Catatan yang panjang" in answer.text
    assert 'value="coordination_team_decree" checked' in answer.text


def test_others_may_not_keep_the_register(world: World, sit: Callable[[Someone], Reader]) -> None:
    reader = sit(world.diskominfo)
    before = world.everything()
    for place in ("/regulations/new", f"{TARGET}/edit", f"{TARGET}/facts/new"):
        assert reader.get(place).status_code == 403
        assert reader.post(place, PERDA).status_code == 403
    assert reader.post(f"{TARGET}/close", {}).status_code == 403
    assert world.everything() == before


def test_the_pages_ask_no_more_of_the_database_for_more_rows(world: World, make: Maker, hukum: Reader) -> None:
    make.document(State.IN_REVIEW)
    make.document()

    def asked(path: str) -> int:
        heard: list[str] = []
        listen = lambda connection, cursor, sql, *rest: heard.append(sql)  # noqa: E731
        sa.event.listen(db.engine, "before_cursor_execute", listen)
        try:
            assert hukum.get(path).status_code == 200
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", listen)
        return sum(sql.lstrip().upper().startswith("SELECT") for sql in heard)

    paths = ("/regulations", TARGET, f"{TARGET}/trail")
    few = [asked(path) for path in paths]
    for number in range(10, 22):
        entered(hukum, number=str(number))
        make.document(State.IN_REVIEW)
        make.document()
    fact = Fact("permendagri_80_2015", Relation.REVOKED, "Pasal penutup", by="permendagri_77_2020")
    noting.enter(fact, by=world.hukum.actor, now=NOW, library=world.library)
    assert [asked(path) for path in paths] == few
    assert max(few) <= 3 + 4, "three for who asks, four for the content"
