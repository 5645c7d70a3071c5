"""A score is rebutted with reasons and a wanted value, answered once, and the one who asked is told."""

from typing import Any

import pytest

from governance.assessment.course import ScoreStage, Stage
from governance.assessment.score_check import Given
from governance.assessment.score_models import Rebuttal
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from tests.proving import Round as Evidenced
from tests.workflows.test_rating import Rater
from tests.world import NOW, Someone, World
from workflows.rebutting import Answer, Objection, answer, rebut


class Rebutter(Rater):
    """The same cycle, in which item 1 has 2 from the internal assessors."""

    def __init__(self, world: World, **more: Any) -> None:
        super().__init__(world, **more)
        self.give(world.inspektorat, ScoreStage.SELF, Given("1", "2", explanation="Belum direviu"))

    def rebut(
        self, someone: Someone, stage: ScoreStage = ScoreStage.SELF, words: str = "Ada reviu", **more: Any
    ) -> int:
        said = Objection(self.counting(stage) or 0, words, **more)
        return rebut(said, by=someone.actor, now=NOW, library=self.world.library)

    def answer(self, someone: Someone, rebuttal_id: int, *, upheld: bool = False, **more: Any) -> None:
        said = Answer(rebuttal_id, more.pop("words", "Sudah diperiksa"), upheld, **more)
        answer(said, by=someone.actor, now=NOW, library=self.world.library)

    def said(self) -> list[Rebuttal]:
        db.session.rollback()
        rows = within(self.world.serang.id, Rebuttal).where(Rebuttal.cycle_id == self.id)
        return list(db.session.scalars(rows.order_by(Rebuttal.id)))


@pytest.fixture
def rebutter(world: World) -> Rebutter:
    return Rebutter(world)


def test_an_office_rebuts_and_the_assessor_changes_the_score(world: World, rebutter: Rebutter) -> None:
    use_id = Evidenced(world, rebutter.id).offer(world.dinkes, 1).use_id
    rebuttal_id = rebutter.rebut(world.dinkes, value="3", uses=(use_id,))
    assert "score.rebutted" in world.inbox(world.inspektorat)
    seen = rebutter.counting(ScoreStage.SELF)
    rebutter.answer(world.inspektorat, rebuttal_id, upheld=True, value="2,5", words="Reviu baru sebagian", seen=seen)
    assert [(row.value, row.explanation, row.counts) for row in rebutter.rows()] == [
        ("2/1", "Belum direviu", False),
        ("5/2", "Reviu baru sebagian", True),
    ]
    (row,) = rebutter.said()
    assert (row.value, row.uses, row.upheld, row.answer) == ("3/1", [use_id], True, "Reviu baru sebagian")
    for asker in (world.dinkes, world.disdik, world.diskominfo):
        assert "score.upheld" in world.inbox(asker)


def test_a_rebuttal_that_is_not_upheld_leaves_the_score(world: World, rebutter: Rebutter) -> None:
    rebuttal_id = rebutter.rebut(world.disdik)
    rebutter.answer(world.inspektorat, rebuttal_id)
    assert [row.value for row in rebutter.rows()] == ["2/1"]
    assert rebutter.said()[0].upheld is False
    assert "score.not_upheld" in world.inbox(world.disdik)


def test_it_is_answered_once(world: World, rebutter: Rebutter) -> None:
    rebuttal_id = rebutter.rebut(world.dinkes)
    rebutter.answer(world.inspektorat, rebuttal_id)
    before = world.everything()
    with pytest.raises(Refusal) as refused:
        rebutter.answer(world.bappeda, rebuttal_id, words="Lain lagi")
    assert refused.value.key == "score.answered_already"
    assert world.everything() == before


def test_the_ministrys_score_is_rebutted_and_the_data_entry_post_records_the_answer(
    world: World, rebutter: Rebutter
) -> None:
    rebutter.give(world.diskominfo, ScoreStage.INTERVIEW, Given("1", "1,5", explanation="Interviu"))
    rebuttal_id = rebutter.rebut(world.dinkes, ScoreStage.INTERVIEW, value="2")
    assert "score.rebutted" in world.inbox(world.diskominfo)
    with pytest.raises(NotAllowed):
        rebutter.answer(world.inspektorat, rebuttal_id)
    seen = rebutter.counting(ScoreStage.INTERVIEW)
    rebutter.answer(world.diskominfo, rebuttal_id, upheld=True, value="2", seen=seen)
    assert rebutter.value(ScoreStage.INTERVIEW) == 2
    assert rebutter.value(ScoreStage.SELF) == 2


@pytest.mark.parametrize("who", ["bappeda", "inspektorat", "sekda"])
def test_only_an_office_that_shares_in_the_item_or_the_data_entry_post_rebuts(
    world: World, rebutter: Rebutter, who: str
) -> None:
    with pytest.raises(NotAllowed):
        rebutter.rebut(world.serang.people[who])


@pytest.mark.parametrize(
    ("more", "key", "where"),
    [
        ({"words": " "}, "score.rebut_missing", "words"),
        ({"value": "2"}, "score.same_value", "value"),
        ({"value": "6"}, "score.off_scale", "value"),
        ({"value": "dua"}, "score.no_number", "value"),
        ({"uses": (999,)}, "score.no_such_evidence", "uses"),
    ],
)
def test_a_wrong_rebuttal_is_named_at_its_field(
    world: World, rebutter: Rebutter, more: dict[str, Any], key: str, where: str
) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        rebutter.rebut(world.dinkes, **more)
    assert [(one.key, one.place) for one in refused.value.problems] == [(key, where)]
    assert world.everything() == before


@pytest.mark.parametrize(
    ("more", "key", "where"),
    [
        ({"words": ""}, "score.answer_missing", "words"),
        ({"upheld": True}, "score.upheld_value", "value"),
        ({"upheld": True, "value": "2"}, "score.upheld_same", "value"),
        ({"upheld": True, "value": "7"}, "score.off_scale", "value"),
    ],
)
def test_a_wrong_answer_is_named_at_its_field(
    world: World, rebutter: Rebutter, more: dict[str, Any], key: str, where: str
) -> None:
    rebuttal_id = rebutter.rebut(world.dinkes)
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        rebutter.answer(world.inspektorat, rebuttal_id, seen=rebutter.counting(ScoreStage.SELF), **more)
    assert [(one.key, one.place) for one in refused.value.problems] == [(key, where)]
    assert world.everything() == before


def test_while_one_waits_no_second_is_said_and_a_proposal_is_none_to_rebut(world: World, rebutter: Rebutter) -> None:
    rebutter.rebut(world.dinkes)
    with pytest.raises(Refusal) as refused:
        rebutter.rebut(world.disdik)
    assert refused.value.key == "score.rebutted_already"
    rebutter.give(world.dinkes, ScoreStage.PROPOSAL, Given("1", "3"))
    with pytest.raises(NotAllowed):
        rebutter.rebut(world.disdik, ScoreStage.PROPOSAL)


def test_a_score_that_another_replaced_is_not_rebutted_nor_changed_unseen(world: World, rebutter: Rebutter) -> None:
    first = rebutter.counting(ScoreStage.SELF) or 0
    rebuttal_id = rebutter.rebut(world.dinkes)
    rebutter.give(world.inspektorat, ScoreStage.SELF, Given("1", "3", replaces=first))
    with pytest.raises(Stale):
        rebut(Objection(first, "Lama"), by=world.disdik.actor, now=NOW, library=world.library)
    with pytest.raises(Stale):
        rebutter.answer(world.inspektorat, rebuttal_id, upheld=True, value="4", seen=first)
    assert rebutter.value(ScoreStage.SELF) == 3


def test_after_the_self_assessment_is_handed_on_its_rebuttals_are_answered_without_changing_it(world: World) -> None:
    rebutter = Rebutter(world)
    rebuttal_id = rebutter.rebut(world.dinkes)
    world.change("UPDATE cycle SET stage = :to WHERE id = :id", to=Stage.REPORTING.value, id=rebutter.id)
    seen = rebutter.counting(ScoreStage.SELF)
    with pytest.raises(Refusal) as refused:
        rebutter.answer(world.inspektorat, rebuttal_id, upheld=True, value="3", seen=seen)
    assert refused.value.key == "score.handed_on"
    rebutter.answer(world.inspektorat, rebuttal_id)


def test_strangers_and_unknown_ones_find_nothing(world: World, rebutter: Rebutter) -> None:
    rebuttal_id = rebutter.rebut(world.dinkes)
    with pytest.raises(NotFound):
        rebutter.answer(world.kota.diskominfo, rebuttal_id)
    with pytest.raises(NotFound):
        rebutter.rebut(world.kota.diskominfo)
    with pytest.raises(NotFound):
        rebutter.answer(world.inspektorat, 999_999)
