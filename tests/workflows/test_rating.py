"""Scores from the office that proposes to the ministry's final one: kept apart, explained, replaced and never lost."""

from fractions import Fraction
from typing import Any

import pytest

from governance.assessment.course import CycleRole, Part, ScoreStage, Stage
from governance.assessment.rated import present, scores_of
from governance.assessment.score_check import Given
from governance.assessment.score_models import Score
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.mandates.evaluation import Round
from tests.cycles import cycle_of, seat, share
from tests.proving import Round as Evidenced
from tests.world import NOW, Someone, World
from workflows.rating import Sheet, rate

DECIMAL = "permenpanrb-8-2026"


class Rater:
    """A cycle in which Dinkes answers for item 1, Disdik helps, the Inspektorat rates 1 and 5, Diskominfo enters."""

    def __init__(self, world: World, **more: Any) -> None:
        self.world, self.id = world, cycle_of(world, **{"instrument": DECIMAL} | more)
        share(world, self.id, {"1": world.dinkes, "5": world.diskominfo})
        share(world, self.id, {"1": world.disdik}, Part.CONTRIBUTOR)
        seat(world, self.id, CycleRole.ASSESSOR, world.inspektorat, ("1", "5"))
        seat(world, self.id, CycleRole.ASSESSOR, world.bappeda)
        seat(world, self.id, CycleRole.DATA_ENTRY, world.diskominfo)

    def give(self, someone: Someone, stage: ScoreStage, *given: Given) -> tuple[str, ...]:
        sheet = Sheet(self.id, stage, given)
        return rate(sheet, by=someone.actor, now=NOW, library=self.world.library)

    def rows(self, item: str = "1") -> list[Score]:
        """Every score that the item ever had, oldest first."""
        db.session.rollback()
        rows = within(self.world.serang.id, Score).where(Score.cycle_id == self.id, Score.item == item)
        return list(db.session.scalars(rows.order_by(Score.id)))

    def value(self, stage: ScoreStage, item: str = "1") -> Fraction | None:
        db.session.rollback()
        return scores_of(self.world.serang.id, self.id)[stage].get(item)

    def counting(self, stage: ScoreStage, item: str = "1") -> int | None:
        return next((row.id for row in self.rows(item) if row.counts and row.stage is stage), None)


@pytest.fixture
def rater(world: World) -> Rater:
    return Rater(world)


def test_every_stage_keeps_its_own_score_with_author_and_reason(world: World, rater: Rater) -> None:
    why = "Bukti kerja sama belum lengkap"
    rater.give(world.dinkes, ScoreStage.PROPOSAL, Given("1", "3", explanation="SK dan laporan ada"))
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2,5", explanation=why))
    for stage, value in (("document", "2"), ("interview", "2,35"), ("visit", "2,4"), ("final", "2,4")):
        rater.give(world.diskominfo, ScoreStage(stage), Given("1", value, explanation="Surat kementerian"))
    assert [(row.stage.value, row.value) for row in rater.rows()] == [
        ("proposal", "3/1"),
        ("self", "5/2"),
        ("document", "2/1"),
        ("interview", "47/20"),
        ("visit", "12/5"),
        ("final", "12/5"),
    ]
    (own,) = (row for row in rater.rows() if row.stage is ScoreStage.SELF)
    assert (own.by_title, own.explanation, own.holding_id) == (
        world.inspektorat.actor.title,
        why,
        world.inspektorat.actor.holding_id,
    )
    db.session.rollback()
    assert present(scores_of(world.serang.id, rater.id)) == {"1": Fraction(12, 5)}


@pytest.mark.parametrize(
    ("who", "stage", "item"),
    [
        ("dinkes", ScoreStage.SELF, "1"),
        ("dinkes", ScoreStage.PROPOSAL, "5"),
        ("dinkes", ScoreStage.FINAL, "1"),
        ("inspektorat", ScoreStage.PROPOSAL, "1"),
        ("inspektorat", ScoreStage.DOCUMENT, "1"),
        ("inspektorat", ScoreStage.SELF, "2"),
        ("diskominfo", ScoreStage.SELF, "1"),
        ("sekda", ScoreStage.FINAL, "1"),
        ("sekda", ScoreStage.PROPOSAL, "1"),
    ],
)
def test_only_who_gives_that_stage_to_that_item_may(
    world: World, rater: Rater, who: str, stage: ScoreStage, item: str
) -> None:
    before = world.everything()
    with pytest.raises(NotAllowed):
        rater.give(world.serang.people[who], stage, Given(item, "2"))
    assert world.everything() == before


def test_an_assessor_of_all_items_rates_any(world: World, rater: Rater) -> None:
    assert rater.give(world.bappeda, ScoreStage.SELF, Given("2", "2"), Given("3", "1")) == ("2", "3")


@pytest.mark.parametrize(
    ("given", "key", "where"),
    [
        (Given("1", "tiga"), "score.no_number", "1.value"),
        (Given("1", "0,9"), "score.off_scale", "1.value"),
        (Given("1", "5,01"), "score.off_scale", "1.value"),
        (Given("99", "2"), "score.item_unknown", "99"),
        (Given("1", "2", source="50"), "score.not_external", "1.source"),
        (Given("1", "2", explanation="x" * 4001), "draft.too_long", "1.explanation"),
        (Given("1", "2", explanation="a\x00b"), "draft.control_characters", "1.explanation"),
        (Given("1", "2", uses=(999,)), "score.no_such_evidence", "1.uses"),
        (Given("11", source="3"), "score.no_conversion", "11.value"),
        (Given("5", source="101"), "score.source_off", "5.source"),
        (Given("5", "3", source="25"), "score.other_conversion", "5.explanation"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_nothing_is_written(
    world: World, rater: Rater, given: Given, key: str, where: str
) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        rater.give(world.bappeda, ScoreStage.SELF, Given("2", "2"), given)
    assert [(one.key, one.place) for one in refused.value.problems] == [(key, where)]
    assert world.everything() == before


def test_where_an_instrument_rates_in_whole_levels_none_between_is_taken(world: World) -> None:
    rater = Rater(world, instrument="permenpanrb-59-2020")
    with pytest.raises(Invalid) as refused:
        rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2,5"))
    assert [one.key for one in refused.value.problems] == ["score.whole"]
    assert rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2")) == ("1",)


def test_a_value_that_differs_from_the_stage_before_is_explained(world: World, rater: Rater) -> None:
    rater.give(world.dinkes, ScoreStage.PROPOSAL, Given("1", "3"))
    with pytest.raises(Invalid) as refused:
        rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2"))
    assert [one.key for one in refused.value.problems] == ["score.explain"]
    assert rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "3")) == ("1",), "the same needs no word"


def test_another_bodys_index_is_converted_and_its_own_value_is_kept(world: World, rater: Rater) -> None:
    rater.give(world.inspektorat, ScoreStage.SELF, Given("5", source="68,75"))
    (row,) = rater.rows("5")
    assert (row.value, row.source_value) == ("15/4", "275/4")
    rater.give(world.bappeda, ScoreStage.SELF, Given("11", "2", source="3,1"))
    (row,) = rater.rows("11")
    assert (row.value, row.source_value) == ("2/1", "31/10"), "no conversion is known, so the value was said too"


def test_a_new_score_takes_the_place_of_the_old_which_stays_to_be_read(world: World, rater: Rater) -> None:
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2"))
    first = rater.counting(ScoreStage.SELF)
    rater.give(world.bappeda, ScoreStage.SELF, Given("1", "3", replaces=first))
    assert [(row.value, row.counts) for row in rater.rows()] == [("2/1", False), ("3/1", True)]


def test_who_did_not_see_the_others_score_is_told_and_nothing_is_overwritten(world: World, rater: Rater) -> None:
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2"))
    with pytest.raises(Stale) as stale:
        rater.give(world.bappeda, ScoreStage.SELF, Given("1", "4"), Given("2", "4"))
    assert stale.value.changed == ("score:1",)
    assert rater.value(ScoreStage.SELF) == 2
    assert rater.value(ScoreStage.SELF, "2") is None, "all or none"


def test_a_row_that_nobody_touched_is_left_to_what_another_made_of_it(world: World, rater: Rater) -> None:
    rater.give(world.bappeda, ScoreStage.SELF, Given("1", "2"), Given("2", "2"))
    first, second = rater.counting(ScoreStage.SELF), rater.counting(ScoreStage.SELF, "2")
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "4", replaces=first))
    sheet = (Given("1", "2", replaces=first), Given("2", "3", replaces=second))
    assert rater.give(world.bappeda, ScoreStage.SELF, *sheet) == ("2",)
    assert (rater.value(ScoreStage.SELF), rater.value(ScoreStage.SELF, "2")) == (4, 3)


def test_a_score_that_is_taken_back_is_no_score_and_says_why(world: World, rater: Rater) -> None:
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2"))
    first = rater.counting(ScoreStage.SELF)
    with pytest.raises(Invalid):
        rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "", replaces=first))
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "", explanation="Salah butir", replaces=first))
    assert rater.value(ScoreStage.SELF) is None
    assert [row.value for row in rater.rows()] == ["2/1", None]


def test_what_is_the_same_is_not_written_again(world: World, rater: Rater) -> None:
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2", explanation="Cukup"))
    first, lines = rater.counting(ScoreStage.SELF), len(world.trail())
    assert rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "2,0", explanation="Cukup", replaces=first)) == ()
    assert rater.give(world.inspektorat, ScoreStage.SELF, Given("5", "")) == (), "an empty row says nothing"
    assert len(rater.rows()) == 1
    assert len(world.trail()) == lines


def test_a_score_rests_on_evidence_that_is_offered_for_its_item(world: World, rater: Rater) -> None:
    use_id = Evidenced(world, rater.id).offer(world.dinkes, 1).use_id
    rater.give(world.inspektorat, ScoreStage.SELF, Given("1", "1", uses=(use_id,)))
    assert [row.uses for row in rater.rows()] == [[use_id]]
    with pytest.raises(Invalid):
        rater.give(world.bappeda, ScoreStage.SELF, Given("2", "1", uses=(use_id,)))


@pytest.mark.parametrize(
    ("round_", "stage", "granted"),
    [
        (Round.NONE, ScoreStage.FINAL, False),
        (Round.NONE, ScoreStage.SELF, True),
        (Round.MONITORING, ScoreStage.INTERVIEW, False),
        (Round.MONITORING, ScoreStage.DOCUMENT, True),
        (Round.EVALUATION, ScoreStage.VISIT, True),
    ],
)
def test_only_the_scores_of_the_round_are_given(world: World, round_: Round, stage: ScoreStage, granted: bool) -> None:
    rater = Rater(world, round=round_)
    who = world.inspektorat if stage is ScoreStage.SELF else world.diskominfo
    if granted:
        assert rater.give(who, stage, Given("1", "2")) == ("1",)
    else:
        with pytest.raises(Refusal) as refused:
            rater.give(who, stage, Given("1", "2"))
        assert refused.value.key == "score.not_in_round"


@pytest.mark.parametrize(
    ("at", "stage", "key"),
    [
        (Stage.PREPARATION, ScoreStage.SELF, "score.not_open"),
        (Stage.REPORTING, ScoreStage.SELF, "score.handed_on"),
        (Stage.REPORTING, ScoreStage.PROPOSAL, "score.handed_on"),
        (Stage.REPORTING, ScoreStage.DOCUMENT, ""),
    ],
)
def test_the_own_scores_are_given_until_they_are_handed_on_the_ministrys_after(
    world: World, at: Stage, stage: ScoreStage, key: str
) -> None:
    rater = Rater(world, stage=at)
    people = {ScoreStage.SELF: world.inspektorat, ScoreStage.PROPOSAL: world.dinkes}
    who = people.get(stage, world.diskominfo)
    if not key:
        assert rater.give(who, stage, Given("1", "2")) == ("1",)
        return
    with pytest.raises(Refusal) as refused:
        rater.give(who, stage, Given("1", "2"))
    assert refused.value.key == key


def test_one_sheet_is_one_line_of_the_trail_with_every_value(world: World, rater: Rater) -> None:
    lines = len(world.trail())
    rater.give(world.bappeda, ScoreStage.SELF, Given("2", "2"), Given("3", "8/3"))
    (line,) = world.trail()[lines:]
    assert '"score.given"' in line
    assert '"values":{"2":"2/1","3":"8/3"}' in line


def test_another_institutions_cycle_is_not_there(world: World, rater: Rater) -> None:
    with pytest.raises(NotFound):
        rater.give(world.kota.diskominfo, ScoreStage.FINAL, Given("1", "2"))
