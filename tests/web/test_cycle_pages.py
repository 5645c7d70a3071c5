"""The pages of a year's assessment: set up with what is known, its moves by who may make them, refusals with why."""

import hashlib
from typing import Any

from governance.assessment.course import CycleRole, Stage
from governance.mandates.evaluation import Round
from tests.cycles import cycle_of, seat, share
from tests.full_cycle import full_cycle
from tests.web.reader import Reader
from tests.world import NOW, Maker, Someone, World
from workflows import cycling, obligations
from workflows.cycling import Edited, Plan
from workflows.obligations import Letter

INSTRUMENT = "permenpanrb-59-2020"


def page(world: World, someone: Someone, path: str) -> str:
    return Reader(world.app, someone).get(path).get_data(as_text=True)


def moved(world: World, someone: Someone, cycle_id: int, move: str, **more: Any) -> Any:
    version = world.value("SELECT version FROM cycle WHERE id = :id", id=cycle_id)
    reader = Reader(world.app, someone)
    reader.get(f"/cycles/{cycle_id}")
    return reader.post(f"/cycles/{cycle_id}/move", {"move": move, "version": version, "words": "", **more})


def opened(world: World) -> int:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.ANSWERABLE, world.asisten)
    seat(world, cycle_id, CycleRole.COORDINATOR, world.sekda)
    share(world, cycle_id, {"1": world.dinkes, "2": world.dinkes})
    return cycle_id


def test_a_new_cycle_begins_with_what_is_known_of_its_year(world: World) -> None:
    windows = [{"stage": "penilaian_mandiri", "start": "2026-06-01", "end": "2026-07-31"}]
    letter = Letter(2026, Round.MONITORING, "B/1/2026", NOW.date(), windows, None, 0)
    obligations.enter_letter(letter, by=world.diskominfo.actor, now=NOW, library=world.library)
    shown = page(world, world.diskominfo, "/cycles/new?year=2026")
    assert '<option value="pemantauan" selected' in shown
    assert "Menurut surat kementerian" in shown
    assert '<option value="permenpanrb-8-2026"' in shown
    unknown = page(world, world.diskominfo, "/cycles/new?year=2031")
    assert "Belum diketahui apa yang berlaku tahun ini" in unknown
    assert "Belum ada jendela penilaian mandiri" in unknown


def test_diskominfo_sets_a_cycle_up_and_finds_it_in_the_list(world: World) -> None:
    reader = Reader(world.app, world.diskominfo)
    reader.get("/cycles/new")
    form = {"year": "2026", "instrument": INSTRUMENT, "round": "evaluasi", "target": "2,60", "ready_by": "2027-06-30"}
    answer = reader.post("/cycles/new", form)
    assert answer.status_code == 303
    shown = reader.get(answer.location).get_data(as_text=True)
    assert "Penilaian 2026 sedang disiapkan" in shown
    assert "2,60" in shown
    assert "sedang disusun" in shown  # Its usual shares are still with a job.
    assert "Belum ada indikator yang dibagi" in shown
    assert "Buka dan kirim tugas" not in shown
    assert answer.location in page(world, world.dinkes, "/cycles")


def test_what_is_wrong_with_a_new_cycle_is_said_at_its_field_and_what_was_typed_stays(world: World) -> None:
    reader = Reader(world.app, world.diskominfo)
    reader.get("/cycles/new")
    form = {"year": "2026", "instrument": INSTRUMENT, "round": "evaluasi", "target": "dua koma", "note": "RPJMD baru"}
    answer = reader.post("/cycles/new", form)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Target bukan angka" in shown
    assert 'value="dua koma"' in shown
    assert "RPJMD baru" in shown
    assert world.value("SELECT count(*) FROM cycle") == 0
    for wrong in ({"year": ""}, {"year": "dua ribu"}, {"instrument": "x"}, {"ready_by": "31-02"}, {"carry": "x"}):
        assert reader.post("/cycles/new", form | {"target": ""} | wrong).status_code == 422, wrong
    assert world.value("SELECT count(*) FROM cycle") == 0


def test_each_sees_the_moves_that_are_his(world: World, make: Maker) -> None:
    cycle_id = full_cycle(world, make)
    for someone, send_back, close in (
        (world.asisten, True, True),
        (world.sekda, True, False),
        (world.diskominfo, False, True),
        (world.dinkes, False, False),
    ):
        shown = page(world, someone, f"/cycles/{cycle_id}")
        assert ('value="send_back"' in shown, 'value="close"' in shown) == (send_back, close), someone.username
    assert "Peran Anda: Koordinator" in page(world, world.sekda, f"/cycles/{cycle_id}")


def test_a_cycle_goes_from_hand_to_hand_until_it_is_closed_and_its_file_is_handed_over(
    world: World, make: Maker
) -> None:
    cycle_id = full_cycle(world, make, stage=Stage.EXECUTION)
    answer = moved(world, world.diskominfo, cycle_id, "report", words="Siap diperiksa")
    assert answer.status_code == 303
    assert moved(world, world.sekda, cycle_id, "send_back").status_code == 422
    assert moved(world, world.sekda, cycle_id, "send_back", words="Indikator 3 belum jelas").status_code == 303
    shown = page(world, world.diskominfo, f"/cycles/{cycle_id}")
    assert "Indikator 3 belum jelas" in shown
    assert moved(world, world.diskominfo, cycle_id, "report").status_code == 303
    assert moved(world, world.asisten, cycle_id, "close").status_code == 303
    shown = page(world, world.dinkes, f"/cycles/{cycle_id}")
    sha256 = world.value("SELECT frozen_sha256 FROM cycle WHERE id = :id", id=cycle_id)
    assert sha256 in shown
    assert 'name="move"' not in page(world, world.asisten, f"/cycles/{cycle_id}")
    file = Reader(world.app, world.dinkes).get(f"/cycles/{cycle_id}/frozen.json")
    assert hashlib.sha256(file.data).hexdigest() == sha256
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert moved(world, world.diskominfo, cycle_id, "open").status_code == 409


def test_what_holds_the_close_up_is_listed_and_a_form_sent_all_the_same_is_refused(world: World) -> None:
    cycle_id = opened(world)
    assert moved(world, world.diskominfo, cycle_id, "report").status_code == 303
    shown = page(world, world.asisten, f"/cycles/{cycle_id}")
    assert "Berita Acara Penilaian Mandiri</span> belum ada" in shown
    assert "Menunggu 3 hal wajib di atas" in shown
    assert 'value="close"' not in shown
    answer = moved(world, world.asisten, cycle_id, "close")
    assert answer.status_code == 422
    assert "Pernyataan Persetujuan Publikasi belum ada" in answer.get_data(as_text=True)
    assert world.value("SELECT stage FROM cycle") == "reporting"


def test_a_plan_that_somebody_else_saved_meanwhile_is_not_overwritten(world: World) -> None:
    cycle_id = cycle_of(world)
    reader = Reader(world.app, world.diskominfo)
    shown = reader.get(f"/cycles/{cycle_id}/plan").get_data(as_text=True)
    assert 'value="2,60"' in shown
    other = Edited(cycle_id, 1, Plan(Round.MONITORING, "7/3"))
    cycling.change(other, by=world.diskominfo.actor, now=NOW, library=world.library)
    answer = reader.post(f"/cycles/{cycle_id}/plan", {"version": "1", "round": "evaluasi", "target": "3,10"})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'value="3,10"' in shown
    assert "7/3" in shown
    assert world.value("SELECT target FROM cycle") == "7/3"
    answer = reader.post(f"/cycles/{cycle_id}/plan", {"version": "2", "round": "evaluasi", "target": "3,10"})
    assert (answer.status_code, world.value("SELECT target FROM cycle")) == (303, "31/10")


def test_a_move_from_an_older_page_is_told_and_the_words_stay(world: World) -> None:
    cycle_id = opened(world)
    reader = Reader(world.app, world.diskominfo)
    reader.get(f"/cycles/{cycle_id}")
    other = Edited(cycle_id, 1, Plan(Round.MONITORING, "7/3"))
    cycling.change(other, by=world.diskominfo.actor, now=NOW, library=world.library)
    answer = reader.post(f"/cycles/{cycle_id}/move", {"move": "report", "version": "1", "words": "Sudah lengkap"})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "tidak dicatat" in shown
    assert "Sudah lengkap" in shown
    assert world.value("SELECT stage FROM cycle") == "execution"


def test_nobody_elses_cycle_is_shown_moved_or_handed_over(world: World, make: Maker) -> None:
    cycle_id = full_cycle(world, make)
    stranger = Reader(world.app, world.kota.diskominfo)
    assert f"/cycles/{cycle_id}" not in stranger.get("/cycles").get_data(as_text=True)
    for path in ("", "/plan", "/frozen.json"):
        assert stranger.get(f"/cycles/{cycle_id}{path}").status_code == 404
    for path in ("/move", "/plan"):
        assert stranger.post(f"/cycles/{cycle_id}{path}", {"move": "close", "version": "1"}).status_code == 404
    assert Reader(world.app, world.diskominfo).get(f"/cycles/{cycle_id}/frozen.json").status_code == 404  # not closed


def test_a_cycle_that_was_handed_on_waits_on_the_desk_of_the_sekda(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.COORDINATOR, world.sekda)
    waits = f'<a href="/cycles/{cycle_id}" lang="id">Penilaian mandiri 2025</a>'
    assert waits not in page(world, world.sekda, "/")
    moved(world, world.diskominfo, cycle_id, "report", words="Silakan")
    shown = page(world, world.sekda, "/")
    assert waits in shown
    assert "Tidak ada yang menunggu Anda" not in shown
    assert waits not in page(world, world.kota.sekda, "/")


def test_a_notice_leads_to_the_cycle(world: World) -> None:
    cycle_id = opened(world)
    moved(world, world.diskominfo, cycle_id, "report", words="Silakan")
    (notice_id,) = world.rows("SELECT id FROM notice WHERE person_id = :id", id=world.sekda.actor.person_id)[0]
    answer = Reader(world.app, world.sekda).get(f"/notices/{notice_id}")
    assert answer.location.endswith(f"/cycles/{cycle_id}")
