"""The pages of shares and seats, the office's own indicators, and its scorecard: for whom, and at what cost."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from governance.assessment import shares
from governance.assessment.course import CycleRole, Part, ScoreStage, Stage
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.judging import EvidenceState, Reason
from governance.assessment.score_models import Score
from governance.kernel.db import db, transaction
from governance.people.actors import system
from tests.cycles import cycle_of, seat, share
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import NOW, Someone, World
from workflows import share_tasks, sharing

READY_BY = date(2026, 12, 18)
AT_MOST = 7  # four for the content, three for who asks


@pytest.fixture
def sit(world: World) -> Callable[[Someone], Reader]:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def cycle(world: World) -> int:
    """An open cycle with the usual shares and seats, handed out."""
    cycle_id = cycle_of(world, ready_by=READY_BY)
    by = system(world.serang.id, "Asia/Jakarta")
    sharing.lay_out(cycle_id, by=by, now=NOW, library=world.library)
    share_tasks.hand_out(cycle_id, by=by, now=NOW, library=world.library)
    return cycle_id


def unit(someone: Someone) -> int:
    return someone.actor.unit_id or 0


def scored(world: World, cycle_id: int, item: str, value: str, stage: ScoreStage = ScoreStage.SELF) -> None:
    with transaction():
        row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=item, stage=stage, value=value, at=NOW)
        row.by_title, row.explanation = "Asesor", ""
        db.session.add(row)


def offered(
    world: World, cycle_id: int, place: tuple[str, int, str], state: EvidenceState, by: Someone, words: str = ""
) -> None:
    """A piece of evidence of someone's office for an item's level and code."""
    item, level, code = place
    with transaction():
        file = Evidence(
            institution_id=world.serang.id, name=f"{code}.pdf", sha256=code.ljust(64, "0"), unit_id=unit(by)
        )
        file.by_title, file.at = by.actor.title, NOW
        db.session.add(file)
        db.session.flush()
        use = EvidenceUse(institution_id=world.serang.id, cycle_id=cycle_id, item=item, level=level, code=code)
        use.evidence_id, use.unit_id, use.state, use.by_title, use.at = file.id, unit(by), state, "Dinas", NOW
        if words:
            use.words, use.judged_by, use.judged_at, use.reason = words, "Asesor", NOW, Reason.WRONG_OBJECT
        db.session.add(use)


def test_the_matrix_shows_every_indicator_and_marks_proposals(world: World, cycle: int, sit: Callable) -> None:
    text = sit(world.sekda).get(f"/cycles/{cycle}/shares").text
    assert "47. " in text
    assert text.count("usulan") >= 47
    assert "pemiliknya belum diketahui" in text
    assert "Ubah bagian ini" not in text, "the Sekda looks on"
    assert "Benturan" in text, "assessors rate what their own offices answer for"
    assert "Ubah bagian ini" in sit(world.diskominfo).get(f"/cycles/{cycle}/shares").text


def test_a_section_is_set_by_radio_and_checkbox(world: World, cycle: int, sit: Callable) -> None:
    reader = sit(world.diskominfo)
    page = reader.get(f"/cycles/{cycle}/shares?part=A1").text
    seen = dict(re.findall(r'name="seen\.([^"]+)" value="([^"]*)"', page))
    form: dict[str, object] = {"csrf_token": reader.token(), "part": "A1", "checked": "1"}
    for item, mark in seen.items():
        responsible, contributors = mark.split(":")
        form |= {f"seen.{item}": mark, f"r.{item}": responsible, f"c.{item}": contributors.split(",")}
    form |= {"r.1": str(unit(world.dinkes)), "c.1": [str(unit(world.bappeda))]}
    answer = reader.post(f"/cycles/{cycle}/shares", form)
    assert answer.status_code == 303
    rows = world.rows("SELECT unit_id, part FROM share WHERE cycle_id = :c AND item = '1' ORDER BY part", c=cycle)
    assert rows == [(unit(world.bappeda), "contributor"), (unit(world.dinkes), "responsible")]
    left = world.value(
        "SELECT count(*) FROM share WHERE cycle_id = :c AND item IN ('1','2') AND how_sure <> ''", c=cycle
    )
    assert left == 0


def test_what_another_changed_is_said_and_what_was_typed_stays(world: World, cycle: int, sit: Callable) -> None:
    reader = sit(world.diskominfo)
    old = shares.mark(unit(world.dishub), [])
    form = {"csrf_token": reader.token(), "part": "A1", "seen.1": old, "r.1": str(unit(world.dinkes))}
    answer = reader.post(f"/cycles/{cycle}/shares", form)
    assert answer.status_code == 409
    assert "Pembagian indikator 1 sudah diubah." in answer.text
    assert "Tersimpan sekarang" in answer.text
    assert re.search(rf'name="r\.1" value="{unit(world.dinkes)}" checked', answer.text)


@pytest.mark.parametrize("wrong", ["x", "-1", "999999", "9" * 30])
def test_a_wrong_office_is_refused_and_nothing_changes(world: World, cycle: int, sit: Callable, wrong: str) -> None:
    reader = sit(world.diskominfo)
    token, before = reader.token(), world.everything()
    form = {"csrf_token": token, "part": "A1", "seen.1": "-:", "r.1": wrong}
    answer = reader.post(f"/cycles/{cycle}/shares", form)
    assert answer.status_code == 422
    assert "indikator 1" in answer.text
    assert world.everything() == before


def test_a_section_that_is_not_there_is_not_found(world: World, cycle: int, sit: Callable) -> None:
    assert sit(world.diskominfo).get(f"/cycles/{cycle}/shares?part=X9").status_code == 404


def test_before_the_proposals_are_laid_the_pages_say_so(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    assert "sedang disusun" in sit(world.diskominfo).get(f"/cycles/{cycle_id}/shares").text
    assert "Muat ulang" in sit(world.diskominfo).get(f"/cycles/{cycle_id}/seats").text


def test_seats_are_set_with_the_items_that_each_assessor_rates(world: World, cycle: int, sit: Callable) -> None:
    reader = sit(world.diskominfo)
    page = reader.get(f"/cycles/{cycle}/seats").text
    form: dict[str, object] = {"csrf_token": reader.token(), "seen": re.search(r'name="seen" value="([^"]*)"', page)[1]}  # type: ignore[index]
    form |= {"coordinator": str(world.sekda.actor.post_id), "answerable": str(world.diskominfo.actor.post_id)}
    form |= {"data_entry": str(world.diskominfo.actor.post_id), "assessor": [str(world.bappeda.actor.post_id)]}
    form |= {f"items_{world.bappeda.actor.post_id}": "35, 36", "add": str(world.inspektorat.actor.post_id)}
    answer = reader.post(f"/cycles/{cycle}/seats", form)
    assert answer.status_code == 303
    told = "SELECT post_id, items FROM cycle_seat WHERE cycle_id = :c AND role = 'assessor' ORDER BY post_id"
    kept = {post: str(items) for post, items in world.rows(told, c=cycle)}
    assert set(kept) == {world.bappeda.actor.post_id, world.inspektorat.actor.post_id}
    assert "36" in kept[world.bappeda.actor.post_id]
    again = reader.post(f"/cycles/{cycle}/seats", form | {"add": "", "assessor": [str(world.dinkes.actor.post_id)]})
    assert again.status_code == 409
    assert "Orang lain mengubah peran" in again.text


def test_what_is_wrong_with_seats_is_named_at_its_field(world: World, cycle: int, sit: Callable) -> None:
    reader = sit(world.diskominfo)
    token, before = reader.token(), world.everything()
    post = world.bappeda.actor.post_id
    form = {"csrf_token": token, "seen": "", "assessor": [str(post)], f"items_{post}": "1, 99", "coordinator": "x"}
    answer = reader.post(f"/cycles/{cycle}/seats", form)
    assert answer.status_code == 422
    for said in ("Tidak ada pada instrumen ini: 99", "Pilih satu jabatan", "Jabatan yang dipilih tidak ada"):
        assert said in answer.text
    assert world.everything() == before


def test_only_who_runs_the_cycle_changes_it(world: World, cycle: int, sit: Callable) -> None:
    for someone, status in ((world.dinkes, 403), (world.sekda, 403), (world.kota.diskominfo, 404)):
        reader = sit(someone)
        token = reader.token()
        for place in ("shares", "seats"):
            assert reader.post(f"/cycles/{cycle}/{place}", {"csrf_token": token}).status_code == status


def test_the_inspectorate_that_rates_audits_is_warned_of_with_what_to_do(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"29": world.diskominfo})
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat, ("29", "1"))
    for place in ("seats", "shares"):
        text = sit(world.diskominfo).get(f"/cycles/{cycle_id}/{place}").text
        assert "Serahkan indikator itu kepada asesor dari kantor lain." in text
        assert "bagian kantornya sendiri" not in text
    text = sit(world.diskominfo).get(f"/cycles/{cycle_id}").text
    assert "1 peringatan benturan" in text
    assert f"/cycles/{cycle_id}/seats" in text


def test_an_office_sees_its_indicators_what_is_missing_and_the_assessors_note(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world, ready_by=READY_BY)
    share(world, cycle_id, {"1": world.dinkes})
    share_tasks.hand_out(cycle_id, by=world.diskominfo.actor, now=NOW, library=world.library)
    scored(world, cycle_id, "1", "3")
    offered(world, cycle_id, ("1", 4, "I1-L4-01"), EvidenceState.IN_PROCESS, world.dinkes)
    offered(world, cycle_id, ("1", 4, "I1-L4-02"), EvidenceState.REVISE, world.dinkes, "Laporan tahun lama.")
    text = sit(world.dinkes).get("/my-indicators").text
    assert "Satu indikator untuk Dinas Kesehatan" in text
    assert "Tingkat 3" in text
    assert "Tingkat 4 meminta" in text
    assert "(ringkasan)" in text
    assert "Laporan tahun lama." in text
    assert "Buktinya bukan yang diminta" in text
    assert "18 Desember 2026" in text
    assert "/tasks/" in text
    way = f"/cycles/{cycle_id}/items/1"
    assert f'href="{way}"' in text
    assert sit(world.dinkes).get(way).status_code == 200


def test_an_office_without_a_share_reads_what_it_can_do(world: World, sit: Callable) -> None:
    assert "Belum ada penilaian" in sit(world.dinkes).get("/my-indicators").text
    share(world, cycle_of(world), {"1": world.bappeda})
    text = sit(world.dinkes).get("/my-indicators").text
    assert "Kantor Anda belum mendapat indikator" in text
    assert "mintalah Diskominfo menambahkannya" in text


def test_a_scorecard_is_for_those_who_watch_those_with_a_part_and_the_office(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes, "35": world.dinkes})
    share(world, cycle_id, {"2": world.dinkes}, Part.CONTRIBUTOR)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat)
    scored(world, cycle_id, "1", "3")
    scored(world, cycle_id, "2", "5")
    path = f"/cycles/{cycle_id}/offices/{unit(world.dinkes)}"
    for someone in (world.diskominfo, world.sekda, world.inspektorat, world.dinkes):
        text = sit(someone).get(path).text
        assert "Bertanggung jawab atas 2 indikator" in text
        assert re.search(r"<b>3</b>, dari 1 indikator", text), "what it only helps with is not its own mean"
        assert "Bukan indeks." in text
    for someone in (world.bappeda, world.kota.diskominfo):
        assert sit(someone).get(path).status_code == 404
    foreign = f"/cycles/{cycle_id}/offices/{unit(world.kota.diskominfo)}"
    assert sit(world.diskominfo).get(foreign).status_code == 404


def test_an_offices_home_says_what_is_missing_for_its_indicators(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes})
    scored(world, cycle_id, "1", "4")
    for place in ("/", "/my-office"):
        text = sit(world.dinkes).get(place).text
        assert "Indikator Anda" in text
        assert "Aturan baru atau perubahannya yang lahir dari reviu" in text
        assert "Indikator Anda" not in sit(world.bappeda).get(place).text


def test_what_was_said_of_restricted_evidence_stays_with_the_office(world: World, sit: Callable) -> None:
    cycle_id = cycle_of(world)
    share(world, cycle_id, {"1": world.dinkes})
    offered(world, cycle_id, ("1", 1, "I1-L1-01"), EvidenceState.REVISE, world.dinkes, "Catatan tertutup.")
    world.change("UPDATE evidence SET secrecy = 'rahasia'")
    path = f"/cycles/{cycle_id}/offices/{unit(world.dinkes)}"
    assert "Catatan tertutup." in sit(world.dinkes).get(path).text
    assert "Catatan tertutup." not in sit(world.hukum).get(path).text


def test_a_notice_leads_to_the_offices_indicators(world: World, cycle: int, sit: Callable) -> None:
    notice = world.value(
        "SELECT id FROM notice WHERE person_id = :p AND key = 'share.handed_out'", p=world.bappeda.actor.person_id
    )
    assert sit(world.bappeda).get(f"/notices/{notice}").location == "/my-indicators"


def test_no_page_of_them_asks_more_than_seven_statements(world: World, cycle: int, sit: Callable) -> None:
    scored(world, cycle, "1", "3")
    offered(world, cycle, ("1", 4, "I1-L4-01"), EvidenceState.IN_PROCESS, world.diskominfo)
    counts = {}
    for someone in (world.diskominfo, world.sekda, world.bappeda, world.bpkad, world.dinkes):
        reader = sit(someone)
        for place in (
            *(f"/cycles/{cycle}/shares", f"/cycles/{cycle}/seats", "/my-indicators", "/", "/my-office"),
            f"/cycles/{cycle}/offices/{unit(someone)}",
        ):
            counts[someone.username, place] = reads(lambda by=reader, to=place: by.get(to))
    assert {where: count for where, count in counts.items() if count > AT_MOST} == {}
