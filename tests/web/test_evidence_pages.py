"""The pages of evidence: an office offers and mends, an assessor judges, and who may not see it sees nothing."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from governance.assessment.course import CycleRole
from governance.assessment.judging import EvidenceMove, Reason
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.tasks.handing_in import FilePart
from governance.tasks.models import Source
from governance.tasks.wants import Want
from tests.cycles import seat
from tests.proving import PDF, PNG, Round, opened
from tests.web.reader import Reader
from tests.web.test_english import indonesian, own_words
from tests.world import NOW, Maker, Someone, World
from workflows import answering, asking, proving
from workflows.asking import NewAssignment
from workflows.evidence_keeping import Facts, Piece
from workflows.handing import Handed
from workflows.proving import Offer

Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def round_(world: World) -> Round:
    return opened(world)


def typed(place: str = "1:I1-L1-01", **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"place": place, "pointer": "hlm. 3", "explanation": "Konsepnya", "secrecy": "biasa"}
    return form | {"file": (BytesIO(PDF), "konsep.pdf")} | more


def item(round_: Round, key: str = "1") -> str:
    return f"/cycles/{round_.id}/items/{key}"


def on(world: World, use_id: int, what: str = "") -> str:
    return f"/evidence/uses/{use_id}{what}"


def test_an_office_adds_a_file_sees_it_as_a_draft_and_submits_it(world: World, sit: Sit, round_: Round) -> None:
    reader = sit(world.dinkes)
    form = reader.get(f"{item(round_)}/evidence?level=1&code=I1-L1-01")
    assert '<option value="1:I1-L1-01" lang="id" selected>' in form.text
    answer = reader.post(f"{item(round_)}/evidence", typed())
    assert answer.status_code == 303, answer.text
    page = reader.get(answer.location).text
    assert "konsep.pdf" in page
    assert "hlm. 3" in page
    assert "Draf" in page
    use_id = world.value("SELECT id FROM evidence_use")
    assert reader.post(on(world, use_id, "/submit"), {"version": "1"}).status_code == 303
    assert "Diproses" in reader.get(on(world, use_id)).text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"place": ""}, "Pilih untuk tingkat"),
        ({"place": "9:"}, "Tingkat 9 tidak meminta bukti"),
        ({"place": "1:I1-L9-01"}, "bukan milik tingkat ini"),
        ({"file": (BytesIO(b"MZ"), "a.pdf")}, "bukan jenis yang diterima"),
        ({"file": (BytesIO(b""), "kosong.pdf")}, "kosong"),
        ({"file": (BytesIO(PDF), "")}, "Pilih berkasnya"),
        ({"dated_on": "2026-02-30"}, "tanggal"),
        ({"dated_on": "2999-01-01"}, "sesudah hari ini"),
        ({"evidence": "satu"}, "bilangan"),
        ({"pointer": "x" * 501}, "500"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(
    world: World, sit: Sit, round_: Round, more: dict[str, Any], said: str
) -> None:
    reader, before = sit(world.dinkes), world.everything()
    answer = reader.post(f"{item(round_)}/evidence", typed(**more))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Konsepnya" in answer.text
    assert world.everything() == before


def test_known_content_is_told_with_its_places_and_linked_without_a_second_upload(
    world: World, sit: Sit, round_: Round
) -> None:
    first = round_.offer(world.dinkes, name="laporan.pdf")
    reader, before = sit(world.disdik), world.everything()
    answer = reader.post(f"{item(round_)}/evidence", typed(file=(BytesIO(PDF), "sama.pdf")))
    assert answer.status_code == 200
    for told in ("Isi berkas ini sudah ada", "laporan.pdf", "indikator 1, tingkat 1", "Dinkes", "Konsepnya"):
        assert told in answer.text
    assert world.everything() == before
    answer = reader.post(f"{item(round_)}/evidence", typed(file=None, evidence=str(first.evidence_id)))
    assert answer.status_code == 303
    assert world.value("SELECT count(*) FROM evidence") == 1
    assert "sama.pdf" not in reader.get(answer.location).text


def test_what_is_secret_is_not_told_to_another_office_that_holds_the_same_file(
    world: World, sit: Sit, round_: Round
) -> None:
    round_.offer(world.dinkes, name="rahasia.pdf", secrecy=Secrecy.RAHASIA)
    reader = sit(world.disdik)
    answer = reader.post(f"{item(round_)}/evidence", typed())
    assert answer.status_code == 303
    assert world.rows("SELECT secrecy FROM evidence") == [("rahasia",)]


def test_an_assessor_judges_from_his_queue_in_one_click_or_gives_back_with_a_reason(
    world: World, sit: Sit, round_: Round
) -> None:
    ids = [round_.offer(world.dinkes, level, data=PDF + bytes([level])).use_id for level in (1, 2)]
    proving.submit_all(round_.id, by=world.dinkes.actor, now=NOW)
    reader = sit(world.inspektorat)
    page = reader.get(f"/cycles/{round_.id}/evidence").text
    assert page.index("bukti-1.pdf") < page.index("bukti-2.pdf")
    accept = {"version": "2", "move": "accept", "back": "queue"}
    answer = reader.post(on(world, ids[0], "/judge"), accept)
    assert (answer.status_code, answer.location) == (303, f"/cycles/{round_.id}/evidence#antrean")
    back = {"version": "2", "move": "send_back", "reason": "wrong_object", "words": "Untuk tim lain", "back": "queue"}
    assert reader.post(on(world, ids[1], "/judge"), back).status_code == 303
    assert "Tidak ada yang menunggu penilaian Anda" in reader.get(f"/cycles/{round_.id}/evidence").text
    office = sit(world.dinkes).get(item(round_)).text
    assert "Objek lain" in office
    assert "Untuk tim lain" in office


def test_a_reason_or_words_left_out_are_asked_for_and_what_was_typed_stays(
    world: World, sit: Sit, round_: Round
) -> None:
    use_id = round_.offer(world.dinkes).use_id
    round_.submit(world.dinkes, use_id)
    reader = sit(world.inspektorat)
    answer = reader.post(on(world, use_id, "/judge"), {"version": "2", "move": "send_back", "words": "Bukan ini"})
    assert answer.status_code == 422
    assert "Pilih satu dari tiga alasan" in answer.text
    assert "Bukan ini" in answer.text
    assert "lower_level_open" not in answer.text


def test_what_changed_meanwhile_is_told_and_what_was_typed_stays(world: World, sit: Sit, round_: Round) -> None:
    use_id = round_.offer(world.dinkes).use_id
    round_.submit(world.dinkes, use_id)
    round_.judge(use_id, EvidenceMove.SEND_BACK, Reason.NOT_UPLOADED, "Unggah")
    late = {"version": "2", "move": "accept", "words": "Sudah saya baca"}
    answer = sit(world.inspektorat).post(on(world, use_id, "/judge"), late)
    assert answer.status_code == 409
    mended = {"version": "1", "pointer": "hlm. 9", "explanation": "Ketikan saya"}
    answer = sit(world.dinkes).post(on(world, use_id, "/mend"), mended)
    assert answer.status_code == 409
    assert "Ketikan saya" in answer.text
    assert sit(world.dinkes).post(on(world, use_id, "/mend"), mended | {"version": "3"}).status_code == 303
    assert round_.use(use_id).explanation == "Ketikan saya"


def test_what_is_accepted_above_an_open_level_says_that_it_does_not_count_yet(
    world: World, sit: Sit, round_: Round
) -> None:
    round_.accepted(world.dinkes, 3)
    page = sit(world.sekda).get(item(round_)).text
    assert "belum dihitung: tingkat 1, 2 masih terbuka" in page
    assert "belum ada tingkat yang terbukti" in page


def test_an_offer_is_withdrawn_on_its_page_and_stays_in_its_story(world: World, sit: Sit, round_: Round) -> None:
    use_id = round_.offer(world.dinkes).use_id
    reader = sit(world.dinkes)
    assert reader.post(on(world, use_id, "/withdraw"), {"version": "1", "reason": ""}).status_code == 422
    answer = reader.post(on(world, use_id, "/withdraw"), {"version": "1", "reason": "Salah berkas"})
    assert answer.status_code == 303
    assert "Yang ditarik" in reader.get(item(round_)).text
    assert "Salah berkas" in reader.get(on(world, use_id)).text


def test_files_are_shown_safely_or_handed_over(world: World, sit: Sit, round_: Round) -> None:
    pdf = round_.offer(world.dinkes).evidence_id
    picture = round_.offer(world.dinkes, data=PNG, name="layar.png").evidence_id
    text = round_.offer(world.dinkes, data=b"a;b\n<script>", name="daftar.csv").evidence_id
    reader = sit(world.sekda)
    assert f'src="/evidence/{pdf}/file?show=1"' in reader.get(f"/evidence/{pdf}").text
    assert f'<img class="m-shot" src="/evidence/{picture}/file?show=1"' in reader.get(f"/evidence/{picture}").text
    shown = reader.get(f"/evidence/{pdf}/file?show=1")
    assert (shown.data, shown.mimetype) == (PDF, "application/pdf")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "attachment" not in shown.headers.get("Content-Disposition", "")
    alone = reader.get(f"/evidence/{picture}/file?show=1").headers["Content-Security-Policy"]
    assert alone == "default-src 'none'; sandbox; frame-ancestors 'self'"
    over = reader.get(f"/evidence/{text}/file?show=1")
    assert over.headers["Content-Disposition"].startswith("attachment")
    for answer in (shown, over):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_who_may_not_see_secret_evidence_is_told_only_that_there_is_some(world: World, sit: Sit, round_: Round) -> None:
    made = round_.offer(world.dinkes, name="audit.pdf", secrecy=Secrecy.RAHASIA, explanation="Temuan")
    stranger = sit(world.disdik)
    for path in (f"/evidence/{made.evidence_id}", f"/evidence/{made.evidence_id}/file", on(world, made.use_id)):
        assert stranger.get(path).status_code == 404
        assert sit(world.kota.diskominfo).get(path).status_code == 404
        assert sit(world.inspektorat).get(path).status_code == 200
    page = stranger.get(item(round_)).text
    assert "1 bukti lain berklasifikasi" in page
    assert "audit.pdf" not in page
    assert "Temuan" not in page
    assert "wa.me" not in sit(world.inspektorat).get(on(world, made.use_id)).text


def test_evidence_names_everywhere_it_is_used_and_where_it_could_be(world: World, sit: Sit, round_: Round) -> None:
    made = round_.offer(world.dinkes)
    page = sit(world.dinkes).get(f"/evidence/{made.evidence_id}").text
    assert "Siklus 2025, indikator 1" in page
    assert f'href="{item(round_, "2")}/evidence?evidence={made.evidence_id}"' in page
    assert "Pakai juga untuk" not in sit(world.hukum).get(f"/evidence/{made.evidence_id}").text


def test_an_act_and_a_file_of_the_task_are_offered_from_the_same_form(
    world: World, sit: Sit, make: Maker, round_: Round
) -> None:
    paper = make.document(State.ENACTED)
    act_id = world.value("SELECT act_id FROM document WHERE id = :id", id=paper.id)
    new = NewAssignment(Source.INDICATOR, "bukti indikator 1", (world.dinkes.actor.unit_id or 0,), why="Indikator 1")
    asked = asking.ask(new, by=world.diskominfo.actor, now=NOW)
    link = "INSERT INTO cycle_task (institution_id, cycle_id, item, assignment_id) VALUES (:a, :b, '1', :c)"
    world.change(link, a=world.serang.id, b=round_.id, c=asked)
    files = (FilePart("serah.pdf", PDF), FilePart("lagi.pdf", PDF + b"2", "i1_l2_01"))
    given = Handed(world.value("SELECT id FROM task"), 1, "Ini", files=files)
    answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=world.library)
    reader = sit(world.dinkes)
    file_id, other_id = (row[0] for row in world.rows("SELECT id FROM hand_in_file ORDER BY id"))
    assert "level=2&code=I1-L2-01" in reader.get(f"/tasks/files/{other_id}/evidence").location
    as_evidence = f"/tasks/files/{file_id}/evidence"
    task_id = world.value("SELECT id FROM task")
    assert f'href="{as_evidence}">Jadikan bukti' in reader.get(f"/tasks/{task_id}").text
    assert sit(world.disdik).get(as_evidence).status_code == 404
    form = reader.get(reader.get(as_evidence).location).text
    assert re.search(rf'<option value="{file_id}" lang="id" selected>serah.pdf', form)
    one = reader.post(f"{item(round_)}/evidence", typed(file=None, handed=str(file_id)))
    two = reader.post(f"{item(round_)}/evidence", typed("2:I1-L2-01", file=None, act=str(act_id)))
    assert (one.status_code, two.status_code) == (303, 303)
    assert world.value("SELECT count(*) FROM evidence_use") == 2


def test_what_was_handed_in_for_an_indicator_becomes_drafts_by_one_button(
    world: World, sit: Sit, round_: Round
) -> None:
    wants = tuple(Want(key, key, required=False) for key in ("i1_l1_01", "i1_l2_01"))
    units = (world.dinkes.actor.unit_id or 0,)
    new = NewAssignment(Source.INDICATOR, "bukti indikator 1", units, why="Indikator 1", wants=wants)
    asked = asking.ask(new, by=world.diskominfo.actor, now=NOW)
    link = "INSERT INTO cycle_task (institution_id, cycle_id, item, assignment_id) VALUES (:a, :b, '1', :c)"
    world.change(link, a=world.serang.id, b=round_.id, c=asked)
    task_id, reader = world.value("SELECT id FROM task"), sit(world.dinkes)
    assert reader.post(f"/tasks/{task_id}/evidence").status_code == 422
    files = [FilePart(f"{want.key}.pdf", PDF + want.key.encode(), want.key) for want in wants]
    given = Handed(task_id, 1, files=(*files, FilePart("lampiran.pdf", PDF)))
    answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=world.library)
    assert "Jadikan bukti yang diserahkan terakhir" in reader.get(f"/tasks/{task_id}").text
    assert sit(world.disdik).post(f"/tasks/{task_id}/evidence").status_code == 404
    answer = reader.post(f"/tasks/{task_id}/evidence")
    assert answer.location == item(round_)
    assert "2 berkas menjadi draf bukti. Berkas lain dapat dipilih" in reader.get(answer.location).text
    places = "SELECT level, code, state FROM evidence_use ORDER BY level"
    assert world.rows(places) == [(1, "I1-L1-01", "draft"), (2, "I1-L2-01", "draft")]
    assert reader.post(f"/tasks/{task_id}/evidence").status_code == 303
    assert world.value("SELECT count(*) FROM evidence_step") == 2


def test_progress_counts_levels_and_names_what_is_proven(world: World, sit: Sit, round_: Round) -> None:
    round_.accepted(world.dinkes, 1)
    round_.offer(world.dinkes, 2, data=PNG)
    page = sit(world.sekda).get(f"/cycles/{round_.id}/evidence").text
    assert "1 dari 235 tingkat sudah berbukti diterima" in page
    assert "Menunggu penilaian Anda" not in page
    own = sit(world.dinkes).get(f"/cycles/{round_.id}/evidence").text
    assert "Ajukan 1 draf kantor Anda" in own
    assert sit(world.dinkes).post(f"/cycles/{round_.id}/evidence/submit").status_code == 303
    assert sit(world.dinkes).post(f"/cycles/{round_.id}/evidence/submit").status_code == 422


def test_a_long_queue_goes_on_from_where_it_ended(world: World, sit: Sit, round_: Round) -> None:
    for number in range(27):
        wish = Offer(round_.id, "1", 1 + number % 5, Piece(file=FilePart(f"b-{number:02}.pdf", PDF + bytes([number]))))
        proving.offer(wish, by=world.dinkes.actor, now=NOW, library=world.library)
    proving.submit_all(round_.id, by=world.dinkes.actor, now=NOW)
    reader = sit(world.inspektorat)
    first = reader.get(f"/cycles/{round_.id}/evidence").text
    further = re.search(r'href="([^"]+)" rel="next"', first)
    assert further is not None
    second = reader.get(further[1].partition("#")[0]).text
    assert ("b-24.pdf" in first, "b-25.pdf" in first) == (True, False)
    assert ("b-24.pdf" in second, "b-26.pdf" in second) == (False, True)


def test_a_notice_of_what_was_given_back_leads_to_the_item_and_an_assessors_to_his_queue(
    world: World, sit: Sit, round_: Round
) -> None:
    use_id = round_.offer(world.dinkes).use_id
    round_.submit(world.dinkes, use_id)
    round_.returned(use_id)
    for someone, way in ((world.dinkes, item(round_)), (world.inspektorat, f"/cycles/{round_.id}/evidence#antrean")):
        told = "SELECT id FROM notice WHERE person_id = :person ORDER BY id DESC"
        notice_id = world.rows(told, person=someone.actor.person_id)[0][0]
        assert sit(someone).get(f"/notices/{notice_id}").location == way


def test_an_assessor_of_some_items_waits_for_those_alone(world: World, sit: Sit, round_: Round) -> None:
    seat(world, round_.id, CycleRole.ASSESSOR, world.bappeda, items=("2",))
    for key in ("1", "2"):
        piece = Piece(file=FilePart(f"untuk-{key}.pdf", PDF + key.encode()))
        wish = Offer(round_.id, key, 1, piece, facts=Facts(signed=True))
        proving.offer(wish, by=world.dinkes.actor, now=NOW, library=world.library)
    proving.submit_all(round_.id, by=world.dinkes.actor, now=NOW)
    page = sit(world.bappeda).get(f"/cycles/{round_.id}/evidence").text
    assert "untuk-2.pdf" in page
    assert "untuk-1.pdf" not in page
    reader = sit(world.bappeda)
    assert "Lihat dan nilai" in reader.get(item(round_, "2")).text
    assert "Lihat dan nilai" not in reader.get(item(round_, "1")).text


def test_a_file_that_should_not_be_kept_is_discarded_once_nothing_rests_on_it(
    world: World, sit: Sit, round_: Round
) -> None:
    made = round_.offer(world.dinkes, name="salah.pdf")
    where, reader = f"/evidence/{made.evidence_id}", sit(world.dinkes)
    assert "Keluarkan berkas ini" not in reader.get(where).text
    assert reader.post(f"{where}/discard", {"reason": "Salah"}).status_code == 409
    reader.post(on(world, made.use_id, "/withdraw"), {"version": "1", "reason": "Salah berkas"})
    assert sit(world.disdik).post(f"{where}/discard", {"reason": "Salah"}).status_code == 403
    assert reader.post(f"{where}/discard", {"reason": " "}).status_code == 422
    assert reader.post(f"{where}/discard", {"reason": "Memuat data pasien"}).status_code == 303
    assert "Memuat data pasien" in reader.get(where).text
    assert reader.get(f"{where}/file").status_code == 404
    again = reader.post(f"{item(round_)}/evidence", typed(file=None, evidence=str(made.evidence_id)))
    assert again.status_code == 404
    assert reader.post(f"{item(round_)}/evidence", typed()).status_code == 303
    assert world.value("SELECT count(*) FROM evidence") == 2


def test_another_institution_finds_nothing_of_it_and_changes_nothing(world: World, sit: Sit, round_: Round) -> None:
    made = round_.offer(world.dinkes)
    reader, before = sit(world.kota.diskominfo), world.everything()
    pages = [item(round_), f"{item(round_)}/evidence", f"/cycles/{round_.id}/evidence", on(world, made.use_id)]
    pages += [f"/evidence/{made.evidence_id}", f"/evidence/{made.evidence_id}/file"]
    for path in pages:
        assert reader.get(path).status_code == 404, path
    sent = {"version": "1", "reason": "Salah", "move": "accept", "words": "x"}
    posts = [on(world, made.use_id, f"/{what}") for what in ("submit", "withdraw", "mend", "judge")]
    posts += [f"/evidence/{made.evidence_id}/discard", f"/cycles/{round_.id}/evidence/submit"]
    for path in posts:
        assert reader.post(path, sent).status_code == 404, path
    assert reader.post(f"{item(round_)}/evidence", typed()).status_code == 404
    assert world.everything() == before


def test_in_english_nothing_of_our_own_indonesian_is_left(world: World, sit: Sit, round_: Round) -> None:
    ids = [round_.offer(world.dinkes, level, data=PDF + bytes([level])).use_id for level in (1, 2, 3)]
    for use_id in ids[:2]:
        round_.submit(world.dinkes, use_id)
    round_.judge(ids[0])
    round_.returned(ids[1])
    round_.submit(world.dinkes, ids[2])
    places = [item(round_), f"{item(round_)}/evidence", f"/cycles/{round_.id}/evidence", "/evidence/1"]
    sentences, left = list(indonesian()), set()
    for someone in (world.dinkes, world.inspektorat):
        reader = sit(someone)
        reader.post("/language", {"lang": "en", "next": "/"})
        for place in (*places, *(on(world, use_id) for use_id in ids)):
            words = own_words(reader.get(place).text)
            left |= {(place, found[0]) for sentence in sentences if (found := sentence.search(words))}
    assert left == set()
