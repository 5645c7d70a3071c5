"""Scores at their pages: the table of stages, the entry of a stage, one item with its history and rebuttals."""

import html
from collections.abc import Callable

import pytest

from governance.assessment.course import ScoreStage
from governance.assessment.score_check import Given
from tests.proving import Round as Evidenced
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.workflows.test_rating import Rater
from tests.workflows.test_rebutting import Rebutter
from tests.world import Someone, World

Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def rater(world: World) -> Rater:
    return Rater(world)


def _text(answer: object) -> str:
    return " ".join(html.unescape(answer.text).split())  # type: ignore[attr-defined]


def _row(page: str, item: str) -> str:
    return page.split(f'lang="id">{item}. ')[1].split("</tr>", maxsplit=1)[0]


def test_the_table_shows_every_stage_with_its_difference(world: World, sit: Sit, rater: Rater) -> None:
    rater.give(world.dinkes, ScoreStage.PROPOSAL, Given("1", "3"))
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2,35", explanation="Belum direviu"))
    page = _text(sit(world.sekda).get(f"/cycles/{rater.id}/scores"))
    for name in ("Usulan", "Mandiri", "Dokumen", "Interviu", "Visitasi", "Akhir"):
        assert f'<th scope="col" class="num">{name}</th>' in page
    row = _row(page, "1")
    assert "<b>3</b>" in row
    assert "<b>2,35</b>" in row
    assert "-0,65" in row
    assert row.count("belum dinilai") == 4
    assert "19 butir belum bernilai, jadi belum ada indeks" in page


def test_the_table_is_filtered(world: World, sit: Sit, rater: Rater) -> None:
    rater.give(world.dinkes, ScoreStage.PROPOSAL, Given("1", "3"))
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2", explanation="Belum"), Given("5", "2"))
    reader = sit(world.dinkes)
    for show, items in (("mine", {"1"}), ("differs", {"1"})):
        page = _text(reader.get(f"/cycles/{rater.id}/scores?show={show}"))
        assert f"<small>{len(items)} butir</small>" in page
    assert "<small>18 butir</small>" in _text(reader.get(f"/cycles/{rater.id}/scores?show=missing"))
    group = next(iter(world.library.instruments.instrument("permenpanrb-8-2026").groups.values()))
    page = _text(reader.get(f"/cycles/{rater.id}/scores?group={group.code}"))
    assert f"<small>{len(list(group.items()))} butir</small>" in page


def test_an_assessor_enters_several_scores_at_once_and_only_his_items(world: World, sit: Sit, rater: Rater) -> None:
    reader = sit(world.inspektorat)
    page = _text(reader.get(f"/cycles/{rater.id}/scores?enter=self"))
    assert 'name="1.value"' in page
    assert 'name="2.value"' not in page
    form = {"stage": "self", "1.seen": "", "1.value": "2,5", "5.seen": "", "5.source": "25"}
    answer = reader.post(f"/cycles/{rater.id}/scores", form)
    assert (answer.status_code, answer.location) == (303, f"/cycles/{rater.id}/scores?enter=self")
    assert "2 nilai dicatat" in _text(reader.get(answer.location))
    assert [row.value for row in rater.rows("5")] == ["2/1"]
    assert 'name="1.value"' not in _text(sit(world.dinkes).get(f"/cycles/{rater.id}/scores?enter=self"))


def test_what_is_wrong_is_told_at_its_row_and_what_was_typed_stays(world: World, sit: Sit, rater: Rater) -> None:
    reader = sit(world.inspektorat)
    before = world.everything()
    form = {"stage": "self", "1.seen": "", "1.value": "9", "5.seen": "", "5.value": "3", "5.explanation": "Ya"}
    answer = reader.post(f"/cycles/{rater.id}/scores", form)
    page = _text(answer)
    assert answer.status_code == 422
    assert "Nilai 9 di luar skala instrumen" in page
    assert 'href="#f-1-value"' in page
    assert 'name="5.value" value="3"' in page
    assert world.everything() == before


def test_the_others_score_is_shown_beside_what_was_typed(world: World, sit: Sit, rater: Rater) -> None:
    rater.give(world.bappeda, ScoreStage.SELF, Given("1", "2"), Given("5", "2"))
    first, fifth = rater.counting(ScoreStage.SELF), rater.counting(ScoreStage.SELF, "5")
    why = Given("1", "4", explanation="Bukti baru", replaces=first)
    rater.give(world.bappeda, ScoreStage.SELF, why, Given("5", "3", replaces=fifth))
    form = {"stage": "self", "1.seen": str(first), "1.value": "3", "5.seen": str(fifth), "5.value": "2"}
    reader = sit(world.inspektorat)
    answer = reader.post(f"/cycles/{rater.id}/scores", form)
    page = _text(answer)
    assert answer.status_code == 409
    assert "Orang lain memberi nilai lain" in page
    assert 'name="1.value" value="3"' in page
    assert "Sekarang 4" in page
    assert "Bukti baru" in page
    again = form | {"1.seen": str(rater.counting(ScoreStage.SELF))}
    assert reader.post(f"/cycles/{rater.id}/scores", again).status_code == 303
    assert (rater.value(ScoreStage.SELF), rater.value(ScoreStage.SELF, "5")) == (3, 3), "the untouched row stays"


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("dinkes", {"stage": "self", "1.seen": "", "1.value": "2"}, 403),
        ("inspektorat", {"stage": "terbang", "1.seen": "", "1.value": "2"}, 404),
        ("inspektorat", {"stage": "self", "1.seen": "9999", "1.value": "2"}, 409),
        ("inspektorat", {"stage": "self", "1.seen": "x", "1.value": "2,5x"}, 422),
        ("inspektorat", {"stage": "self", "1.seen": "", "1.value": "2", "1.explanation": "a\x00"}, 422),
    ],
)
def test_a_wrong_sheet_changes_nothing(
    world: World, sit: Sit, rater: Rater, who: str, form: dict[str, str], status: int
) -> None:
    reader = sit(world.serang.people[who])
    before = world.everything()
    assert reader.post(f"/cycles/{rater.id}/scores", form).status_code == status
    assert world.everything() == before


def test_one_item_shows_each_stages_author_reason_evidence_and_what_was_there_before(
    world: World, sit: Sit, rater: Rater
) -> None:
    use_id = Evidenced(world, rater.id).offer(world.dinkes, 1, name="laporan reviu.pdf").use_id
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2", explanation="Cukup dua", uses=(use_id,)))
    first = rater.counting(ScoreStage.SELF)
    rater.give(
        world.bappeda, ScoreStage.SELF, Given("1", "8/3", explanation="Reviu ada", uses=(use_id,), replaces=first)
    )
    page = _text(sit(world.sekda).get(f"/cycles/{rater.id}/items/1/scores"))
    assert "Mandiri: <b>8/3</b>" in page
    assert "Reviu ada" in page
    assert world.bappeda.actor.title in page
    assert "laporan reviu.pdf" in page
    assert "1 nilai sebelumnya" in page
    assert "Cukup dua" in page


def test_evidence_that_a_reader_may_not_see_is_not_named(world: World, sit: Sit, rater: Rater) -> None:
    use_id = Evidenced(world, rater.id).offer(world.dinkes, 1, name="rahasia negara.pdf", secrecy="rahasia").use_id
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2", uses=(use_id,)))
    page = _text(sit(world.disdik).get(f"/cycles/{rater.id}/items/1/scores"))
    assert "rahasia negara" not in page
    assert "bukti yang tidak terlihat dari jabatan Anda" in page


def test_one_item_is_scored_by_its_form_with_evidence(world: World, sit: Sit, rater: Rater) -> None:
    use_id = Evidenced(world, rater.id).offer(world.dinkes, 1).use_id
    reader = sit(world.inspektorat)
    where = f"/cycles/{rater.id}/items/1/scores"
    form = {"stage": "self", "seen": "", "value": "2", "explanation": "Ada", "use": str(use_id)}
    answer = reader.post(where, form)
    assert (answer.status_code, answer.location) == (303, f"{where}#tahap-self")
    assert [row.uses for row in rater.rows()] == [[use_id]]
    stale = reader.post(where, form | {"value": "4"})
    assert stale.status_code == 409
    assert 'name="value" value="4"' in _text(stale)
    wrong = reader.post(where, form | {"value": "", "explanation": "", "seen": str(rater.counting(ScoreStage.SELF))})
    assert wrong.status_code == 422
    assert 'id="f-explanation"' in wrong.text


def test_an_office_rebuts_at_the_page_and_the_assessor_answers_there(world: World, sit: Sit) -> None:
    rebutter = Rebutter(world)
    office, assessor = sit(world.dinkes), sit(world.inspektorat)
    where = f"/cycles/{rebutter.id}/items/1"
    assert "Sanggah nilai ini" in office.get(f"{where}/scores").text
    score = str(rebutter.counting(ScoreStage.SELF))
    wrong = office.post(f"{where}/rebuttals", {"score": score, "words": "", "value": "3"})
    assert wrong.status_code == 422
    assert 'name="value" value="3"' in _text(wrong)
    said = {"score": score, "words": "Reviu sudah ada", "value": "3"}
    assert office.post(f"{where}/rebuttals", said).status_code == 303
    assert "Menunggu jawaban" in office.get(f"{where}/scores").text
    page = _text(assessor.get(f"{where}/scores"))
    assert "Terima dan ubah nilai" in page
    rebuttal_id = rebutter.said()[0].id
    form = {"cycle": str(rebutter.id), "item": "1", "seen": score, "words": "Benar", "value": "3", "upheld": "1"}
    assert assessor.post(f"/rebuttals/{rebuttal_id}", form | {"words": ""}).status_code == 422
    assert assessor.post(f"/rebuttals/{rebuttal_id}", form).status_code == 303
    page = _text(office.get(f"{where}/scores"))
    assert "Diterima, nilainya diubah." in page
    assert "Mandiri: <b>3</b>" in page
    assert assessor.post(f"/rebuttals/{rebuttal_id}", form).status_code == 409


def test_a_notice_of_a_rebuttal_leads_to_the_item(world: World, sit: Sit) -> None:
    rebutter = Rebutter(world)
    rebutter.rebut(world.dinkes)
    notice = world.value(
        "SELECT id FROM notice WHERE key = 'score.rebutted' AND person_id = :id", id=world.inspektorat.actor.person_id
    )
    answer = sit(world.inspektorat).get(f"/notices/{notice}")
    assert answer.location == f"/cycles/{rebutter.id}/items/1/scores#sanggahan"


def test_an_item_that_the_instrument_does_not_have_is_not_there(world: World, sit: Sit, rater: Rater) -> None:
    assert sit(world.sekda).get(f"/cycles/{rater.id}/items/99/scores").status_code == 404
    assert sit(world.kota.diskominfo).get(f"/cycles/{rater.id}/items/1/scores").status_code == 404
    assert sit(world.kota.diskominfo).get(f"/cycles/{rater.id}/scores").status_code == 404


@pytest.mark.parametrize("where", ["scores", "scores?enter=self", "items/1/scores"])
def test_no_page_of_scores_asks_more_than_four_statements_for_its_content(world: World, sit: Sit, where: str) -> None:
    rebutter = Rebutter(world)
    Evidenced(world, rebutter.id).offer(world.dinkes, 1)
    rebutter.rebut(world.dinkes)
    reader = sit(world.inspektorat)
    reader.get(f"/cycles/{rebutter.id}/{where}")
    with heard() as said:
        assert reader.get(f"/cycles/{rebutter.id}/{where}").status_code == 200
    assert len(selects(said)) <= 7
