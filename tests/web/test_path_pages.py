"""The pages of a cycle's path: the plan with its doors, what if, gaps, and the efforts that planners enter."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from html import unescape
from typing import Any

import pytest

from governance.assessment.course import Part, ScoreStage
from governance.assessment.cycle_models import Criterion
from governance.assessment.result_models import PublishedResult
from governance.assessment.score_models import Score, StepEffort
from governance.documents.lifecycle import State
from governance.kernel.db import db, transaction
from tests.cycles import cycle_of, share
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.world import KIND, NOW, Maker, Someone, World

OLD, NEW = "permenpanrb-59-2020", "permenpanrb-8-2026"
SHARES = ("diskominfo", "bappeda", "inspektorat", "dinkes")


Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


def rate(world: World, cycle_id: int, values: dict[str, str]) -> None:
    """Scores of the internal assessors, as rows."""
    with transaction():
        for item, value in values.items():
            row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=item, stage=ScoreStage.SELF)
            row.value, row.by_title, row.at = str(Fraction(value)), "Inspektur", NOW
            db.session.add(row)


def rated_cycle(world: World, key: str = OLD, value: str = "", **changes: Any) -> int:
    """A cycle at 2,40 on the instrument of 2020, its items shared out among four offices."""
    cycle_id = cycle_of(world, instrument=key, **changes)
    instrument = world.library.instruments.instrument(key)
    items = list(instrument.items)
    rate(world, cycle_id, {item: value or ("3" if int(item) % 5 < 2 else "2") for item in items})
    for place, item in enumerate(items):
        share(world, cycle_id, {item: getattr(world, SHARES[place % 4])})
    share(world, cycle_id, {"44" if key == OLD else "19": world.hukum}, Part.CONTRIBUTOR)
    return cycle_id


def test_two_point_four_to_two_point_six_is_answered_with_steps_offices_and_documents(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/path?target=2,6").text
    for words in (
        "Kurang 0,20", "Simulasi", "terbukti paling kecil", "Bukan indeks resmi", "lazim, tidak diukur", "jalur lain",
        "Tanpa langkah ini, dan", "di bawah sasaran 2,6000", "Mulai rancangan", "ringkasan",
    ):  # fmt: skip
        assert words in page, words
    assert re.search(r"Minta ke \d OPD", page)
    assert re.search(r'href="/documents/new\?kind=\w+"', page)
    assert page.count("Lihat langkahnya") >= 2


def test_the_cycles_own_target_and_day_stand_where_the_address_names_none(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, ready_by=date(2027, 9, 15))
    page = sit(world.sekda).get(f"/cycles/{cycle_id}/path").text
    assert 'value="2,6"' in page
    assert 'value="2027-09-15"' in page
    assert "15 September 2027" in page


def test_without_a_target_the_next_predicate_is_the_aim(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, target=None)
    assert 'value="2,6"' in sit(world.sekda).get(f"/cycles/{cycle_id}/path").text


def test_offices_are_asked_by_one_button_and_only_once(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, NEW, "2", target="23/10")
    reader = sit(world.diskominfo)
    page = reader.get(f"/cycles/{cycle_id}/path").text
    form = page[page.index('action="/cycles/') :].split("</form>")[0]
    step, first = (re.search(rf'name="{name}" value="([^"]+)"', form) for name in ("step", "first"))
    assert step is not None
    assert first is not None
    sent = {"step": step[1], "first": first[1], "by": "2999-01-05"}
    answer = reader.post(f"/cycles/{cycle_id}/path/ask", sent)
    assert (answer.status_code, answer.location.split("/")[-2]) == (303, "asked")
    item, level = step[1].split(":")
    ((what, source, place, due_on, wants),) = world.rows("SELECT what, source, place, due_on, wants FROM assignment")
    assert f"indikator {item} " in what
    assert (source, place, str(due_on)) == ("indicator", f"{item}:{level} (2025)", "2999-01-05")
    assert f"i{item}_l{level}_01" in str(wants)
    assert world.value("SELECT count(*) FROM task") >= 1
    again = reader.get(f"/cycles/{cycle_id}/path").text
    assert "Lihat permintaan" in again
    other = (
        sit(world.disdik).get(f"/cycles/{cycle_id}/path").text
    )  # Nothing was asked of it: no link to a page it lacks.
    assert "Lihat permintaan" not in other
    assert "Sudah diminta" in other
    assert f'value="{step[1]}"' not in again


@pytest.mark.parametrize("step", ["", "19", "19:9", "99:2", "5:2", "19:²", "a:b:c"])
def test_a_step_that_is_none_asks_nobody(world: World, sit: Sit, step: str) -> None:
    cycle_id, reader = rated_cycle(world, NEW, "2"), sit(world.diskominfo)
    before = world.everything()
    assert reader.post(f"/cycles/{cycle_id}/path/ask", {"step": step}).status_code == 404
    assert world.everything() == before


def test_who_may_not_ask_sees_no_button_and_is_refused(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader = sit(world.dinkes)
    page = reader.get(f"/cycles/{cycle_id}/path").text
    assert "Minta ke" not in page
    assert "Mulai rancangan" not in page
    assert reader.post(f"/cycles/{cycle_id}/path/ask", {"step": "44:3"}).status_code == 403


def test_a_closed_cycle_is_read_and_asks_nobody(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    closing = "UPDATE cycle SET stage = 'closed', frozen_sha256 = 'x', closed_at = :at WHERE id = :id"
    world.change(closing, at=NOW, id=cycle_id)
    reader = sit(world.diskominfo)
    assert "Minta ke" not in reader.get(f"/cycles/{cycle_id}/path").text
    answer = reader.post(f"/cycles/{cycle_id}/path/ask", {"step": "44:3"})
    assert answer.status_code in (409, 422)
    assert "sudah ditutup" in answer.text
    assert "Simpan upaya" not in reader.get(f"/cycles/{cycle_id}/efforts?item=44&level=3").text


@pytest.mark.parametrize(
    ("state", "words"), [(State.DRAFT, "Lanjutkan draf"), (State.IN_REVIEW, "Buka dokumen"), (None, "Mulai rancangan")]
)
def test_the_button_follows_how_far_the_document_has_come(
    world: World, make: Maker, sit: Sit, state: State | None, words: str
) -> None:
    cycle_id = rated_cycle(world)
    paper = make.document(state) if state else None
    with transaction():  # Every other step is ruled out, so that the team's decree is needed.
        for item, level in [(str(one), upto) for one in range(1, 48) if one != 10 for upto in range(2, 6)]:
            row = StepEffort(institution_id=world.serang.id, cycle_id=cycle_id, item=item, level=level)
            row.by_title, row.at = "Kadis", NOW
            db.session.add(row)
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/path?target=2,41&without=spbe_governance_regulation").text
    assert words in page
    assert (f'href="/documents/{paper.id}"' if paper else f"/documents/new?kind={KIND}") in page


def test_an_act_in_force_is_opened_to_be_declared_of(world: World, make: Maker, sit: Sit) -> None:
    cycle_id = rated_cycle(world, value="3", target="61/20")
    paper = make.document(State.ENACTED)
    with transaction():
        for item, level in [(str(one), upto) for one in range(1, 48) if one != 10 for upto in range(2, 6)]:
            row = StepEffort(institution_id=world.serang.id, cycle_id=cycle_id, item=item, level=level)
            row.by_title, row.at = "Kadis", NOW
            db.session.add(row)
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/path?target=3,01").text
    assert "Nyatakan dan buktikan" in page
    assert f'href="/documents/{paper.id}/proofs"' in page
    assert "Direviu dan dievaluasi" in page


def test_what_if_without_a_document_or_an_office_is_one_link_and_can_be_taken_back(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader = sit(world.diskominfo)
    page = reader.get(f"/cycles/{cycle_id}/path?target=2,6").text
    link = re.findall(r'href="([^"]+)">Hitung tanpa dokumen ini', page)[0]
    (kind,) = re.findall(r"without=(\w+)", link)
    assert f"kind={kind}" in page
    narrower = reader.get(unescape(link)).text
    assert "Dihitung tanpa:" in narrower
    assert "ikutkan lagi" in narrower
    assert f"kind={kind}" not in narrower
    link = re.findall(r'href="([^"]+)">Hitung tanpa perangkat daerah ini', page)[0]
    assert "Dihitung tanpa:" in reader.get(unescape(link)).text


def test_the_cheapest_plan_with_a_document_is_told_where_no_other_has_one(world: World, sit: Sit) -> None:
    cycle_id = cycle_of(world, instrument=NEW)
    low = {str(number): "3" if number < 9 or number in (16, 17) else "2" for number in range(1, 21)}
    rate(world, cycle_id, low)
    reader = sit(world.sekda)
    page = reader.get(f"/cycles/{cycle_id}/path").text
    assert "Yang termurah di antara jalur yang mengerjakan dokumen" in page
    (link,) = (one for one in re.findall(r'href="([^"]+)">Lihat langkahnya', page) if "with=1" in one)
    chosen = reader.get(unescape(link)).text
    assert "sekurangnya satu dokumen" in chosen
    assert "Yang masih harus dikerjakan" in chosen
    assert 'name="with" value="1"' in chosen


def test_a_target_out_of_reach_says_what_is_missing(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, NEW, "2")
    page = sit(world.sekda).get(f"/cycles/{cycle_id}/path?target=5").text
    assert "tidak tercapai" in page
    assert "tidak dapat dinaikkan dengan dokumen sendiri" in page


def test_a_target_already_met_asks_for_nothing(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    page = sit(world.sekda).get(f"/cycles/{cycle_id}/path?target=2,3").text
    assert "Target sudah tercapai" in page
    assert "Tidak ada langkah yang diperlukan" in page


@pytest.mark.parametrize(
    "query", ["target=banyak", "target=9", "target=1/0", "by=kemarin", "by=2027-02-30", "fill=x", "v.1=7", "fill=0"]
)
def test_what_is_no_number_or_no_day_is_told_and_never_a_fault(world: World, sit: Sit, query: str) -> None:
    cycle_id = cycle_of(world)
    answer = sit(world.sekda).get(f"/cycles/{cycle_id}/path?{query}")
    assert answer.status_code == 422
    assert "Belum dapat dihitung" in answer.text
    assert re.search(r"bukan bilangan antara 1 dan 5|Bukan tanggal yang benar", answer.text)


def test_gaps_are_named_and_a_chosen_value_makes_a_marked_simulation(world: World, sit: Sit) -> None:
    cycle_id = cycle_of(world, instrument=NEW)
    rate(world, cycle_id, {str(number): "2" for number in range(1, 21) if number not in (5, 19)})
    reader = sit(world.sekda)
    page = reader.get(f"/cycles/{cycle_id}/path").text
    assert "Dua indikator belum dinilai" in page
    assert "bukan tingkat 1" in page
    assert "Jalur termurah" in page
    assert 'name="v.5"' in page
    for query in ("fill=2", "v.5=2&v.19=2,5"):
        chosen = reader.get(f"/cycles/{cycle_id}/path?{query}").text
        assert "nilai anggapan" in chosen
        assert "dengan nilai anggapan untuk 2 yang belum dinilai" in chosen
        assert "terbukti paling kecil" in chosen


def test_published_values_of_the_tiers_may_stand_in_for_what_is_not_rated(world: World, sit: Sit) -> None:
    cycle_id = cycle_of(world, instrument=NEW)
    rate(world, cycle_id, {str(number): "2" for number in range(5, 21)})
    with transaction():
        row = PublishedResult(institution_id=world.serang.id, year=2024, instrument=NEW, by_title="Kadis")
        row.values, row.entered_at = {"A1": "2,5", "A2": "2", "index": "2,1"}, NOW
        db.session.add(row)
    reader = sit(world.sekda)
    assert "dari hasil 2024" in reader.get(f"/cycles/{cycle_id}/path").text
    page = reader.get(f"/cycles/{cycle_id}/path?tiers=1").text
    assert "terbukti paling kecil" in page
    assert "Indikator 1," not in page


def test_the_official_wording_of_a_level_is_shown_where_it_was_loaded(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, NEW, "2", target="23/10")
    with transaction():
        for item in range(1, 21):
            row = Criterion(institution_id=world.serang.id, instrument=NEW, item=str(item), level=3, loaded_at=NOW)
            row.wording, row.source = f"Bunyi resmi butir {item}", "Lampiran"
            db.session.add(row)
    page = sit(world.sekda).get(f"/cycles/{cycle_id}/path").text
    assert "Bunyi resmi butir" in page
    assert "bunyi resmi, Lampiran" in page


def test_an_effort_is_entered_and_taken_back_on_the_page_and_the_path_follows(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader, place = sit(world.diskominfo), f"/cycles/{cycle_id}/efforts"
    assert "Simpan upaya" in reader.get(f"{place}?item=42&level=3").text
    form = {"item": "42", "level": "3", "version": "0", "effort": "0,5", "needs": "19:2, 3:2", "act": "save"}
    answer = reader.post(place, form | {"unit": str(world.dinkes.actor.unit_id), "earliest": "2027-02-01"})
    assert answer.status_code == 303
    page = reader.get(f"{place}?item=42").text
    assert "0,5" in page
    assert "1 Februari 2027" in page
    assert "(dicatat)" in reader.get(f"/cycles/{cycle_id}/path").text
    assert reader.post(place, {"item": "42", "level": "3", "version": "1", "act": "take_back"}).status_code == 303
    assert world.rows("SELECT id FROM step_effort") == []


def test_a_wrong_effort_keeps_what_was_typed_and_changes_nothing(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader, other = sit(world.diskominfo), sit(world.dinkes)
    before = world.everything()
    form = {"item": "42", "level": "3", "version": "0", "effort": "banyak", "needs": "19", "note": "Perlu anggaran"}
    for wrong in (form, form | {"effort": "-1"}, form | {"unit": "x"}, form | {"earliest": "esok"},
                  form | {"needs": "42:3", "effort": "1"}, form | {"item": "99"}, form | {"level": "²"},
                  form | {"needs": "", "effort": "1", "note": "x" * 5000}):  # fmt: skip
        answer = reader.post(f"/cycles/{cycle_id}/efforts", wrong)
        assert answer.status_code == 422, wrong
        assert "Belum dapat disimpan" in answer.text
    assert "Perlu anggaran" in reader.post(f"/cycles/{cycle_id}/efforts", form).text
    assert other.post(f"/cycles/{cycle_id}/efforts", form | {"effort": "1", "needs": ""}).status_code == 403
    assert world.everything() == before


def test_who_was_slower_is_told_and_keeps_what_was_typed(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader, place = sit(world.diskominfo), f"/cycles/{cycle_id}/efforts"
    form = {"item": "42", "level": "3", "version": "0", "effort": "4"}
    assert reader.post(place, form).status_code == 303
    answer = sit(world.bappeda).post(place, form | {"effort": "7,25"})
    assert answer.status_code == 409
    assert 'value="7,25"' in answer.text
    assert 'name="version" value="1"' in answer.text
    assert "Orang lain mengubah" in answer.text
    assert reader.post(f"{place}/documents", {"key": "spbe_roadmap:enacted", "effort": "5"}).status_code == 303
    late = reader.post(f"{place}/documents", {"key": "spbe_roadmap:enacted", "effort": "6", "version": "0"})
    assert late.status_code == 409
    assert 'value="6"' in late.text


def test_a_work_of_ones_own_is_entered_chosen_for_a_step_and_stays_while_needed(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader, place = sit(world.diskominfo), f"/cycles/{cycle_id}/efforts"
    made = {"key": "", "version": "0", "title": "Portal layanan", "effort": "4"}
    assert reader.post(f"{place}/documents", made).status_code == 303
    assert "Portal layanan" in reader.get(f"{place}?item=42&level=3").text
    step = {"item": "42", "level": "3", "version": "0", "effort": "1", "documents": "own:portal_layanan"}
    assert reader.post(place, step).status_code == 303
    gone = {"key": "own:portal_layanan", "version": "1", "act": "take_back"}
    answer = reader.post(f"{place}/documents", gone)
    assert answer.status_code == 409
    assert "masih diperlukan langkah 42:3" in answer.text
    again = reader.post(f"{place}/documents", made)
    assert again.status_code == 422
    assert "sudah ada" in again.text


def test_another_bodys_index_has_no_form(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world, NEW, "2")
    page = sit(world.diskominfo).get(f"/cycles/{cycle_id}/efforts?item=5&level=3").text
    assert "Tidak ada langkah yang dapat direncanakan" in page
    assert 'name="item"' not in page


def test_another_regions_path_is_not_there(world: World, sit: Sit) -> None:
    cycle_id = rated_cycle(world)
    reader = sit(world.kota.diskominfo)
    for method, where in (("GET", "path"), ("GET", "efforts"), ("POST", "path/ask"), ("POST", "efforts"),
                          ("POST", "efforts/documents")):  # fmt: skip
        assert reader(method, f"/cycles/{cycle_id}/{where}", data={"step": "44:3", "effort": "1"}).status_code == 404


@pytest.mark.parametrize("place", ["path", "path?fill=2", "efforts", "efforts?item=44&level=3"])
def test_a_path_takes_few_statements(world: World, sit: Sit, make: Maker, place: str) -> None:
    cycle_id = rated_cycle(world)
    make.document(State.ENACTED)
    for someone in (world.diskominfo, world.dinkes):
        reader = sit(someone)
        reader.get(f"/cycles/{cycle_id}/{place}")
        with heard() as said:
            assert reader.get(f"/cycles/{cycle_id}/{place}").status_code == 200
        assert len(selects(said)) <= 7
