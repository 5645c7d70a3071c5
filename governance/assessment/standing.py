"""Where a cycle's index stands: of which stage it is, what each stage gives, what differs between them; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from governance.assessment.course import ScoreStage
from governance.assessment.instruments import Instrument
from governance.assessment.scoring import Index, Values, score

ByStage = Mapping[ScoreStage, Values]
# A proposal rates nothing; the others take each other's place in this order.
RATED = tuple(stage for stage in ScoreStage if stage is not ScoreStage.PROPOSAL)


@dataclass(frozen=True)
class Standing:
    """The index of the present values. `of` is each value's stage, `stage` the latest of them, None before the first.

    `tiers` are the codes of higher tiers whose published value stands in for items that are not rated.
    """

    index: Index
    values: Values
    of: Mapping[str, ScoreStage]
    stage: ScoreStage | None
    tiers: tuple[str, ...] = ()

    @property
    def is_mixed(self) -> bool:
        """Whether some values are of an earlier stage than the latest."""
        return len(set(self.of.values())) > 1


@dataclass(frozen=True)
class Difference:
    """What an item's value at a stage is against the last stage before it that has one: signed and exact."""

    stage: ScoreStage
    before: ScoreStage
    by: Fraction


def standing(instrument: Instrument, scores: ByStage, published: Values | None = None) -> Standing:
    """The index of each item's latest rating; a tier's published value is taken where its items are not all rated."""
    of = {item: stage for stage in RATED for item in scores.get(stage, {}) if item in instrument.items}
    present = {item: scores[stage][item] for item, stage in of.items()}
    groups = {code: value for code, value in (published or {}).items() if code in instrument.groups}
    index = score(instrument, {**groups, **present})
    alone = score(instrument, present)
    stage = next((one for one in reversed(RATED) if one in of.values()), None)
    return Standing(index, {**groups, **present}, of, stage, _stood_in(alone, index))


def by_stage(instrument: Instrument, scores: ByStage, stages: Collection[ScoreStage]) -> dict[ScoreStage, Index]:
    """What each stage's own values give, gaps and all; never filled up from another stage."""
    return {stage: score(instrument, scores.get(stage, {})) for stage in stages}


def differences(scores: ByStage, item: str, stages: Collection[ScoreStage]) -> tuple[Difference, ...]:
    """How an item's values differ from stage to stage; a stage without a value is passed over."""
    rated = [stage for stage in stages if item in scores.get(stage, {})]
    return tuple(
        Difference(stage, before, scores[stage][item] - scores[before][item]) for before, stage in pairwise(rated)
    )


def simulated(instrument: Instrument, present: Values, changes: Values) -> Index:
    """The index as if these values were others: a simulation, whatever it gives."""
    return score(instrument, {**present, **changes})


def short_of(index: Fraction, target: Fraction) -> Fraction:
    """How far the exact index is from the target, nothing where it is reached."""
    return max(target - index, Fraction(0))


def _stood_in(alone: Index, index: Index) -> tuple[str, ...]:
    """The groups that have a value only because one was published."""
    return tuple(
        code
        for tier, groups in index.tiers.items()
        for code, value in groups.items()
        if value is not None and alone.tiers[tier][code] is None
    )
