"""What may be given to an item at a stage: on the instrument's scale, explained where it differs; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from governance.assessment.course import SCORES, ScoreStage, Stage
from governance.assessment.instruments import Instrument, Item
from governance.assessment.scoring import as_fraction
from governance.assessment.values import number_in
from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable
from governance.mandates.evaluation import Round

WORDS_LIMIT = 4000
OWN_STAGES = (ScoreStage.PROPOSAL, ScoreStage.SELF)


@dataclass(frozen=True)
class Given:
    """What somebody gives an item: the value as typed, "" takes a score back; `source` is another body's index.

    `uses` are the offers of evidence that it rests on; `replaces` is the score that was shown, None where none was.
    """

    item: str
    value: str = ""
    source: str = ""
    explanation: str = ""
    uses: tuple[int, ...] = ()
    replaces: int | None = None

    @property
    def takes_back(self) -> bool:
        """Whether the item is to be without a score again."""
        return not self.value.strip() and not self.source.strip()


@dataclass(frozen=True)
class Checked:
    """What was given, exact; or what is wrong with it."""

    given: Given
    value: Fraction | None = None
    source: str = ""
    problems: tuple[Problem, ...] = ()


def stages_of(round_: Round) -> tuple[ScoreStage, ...]:
    """The scores that the round asks for, in their order."""
    return SCORES[round_]


def is_open(stage: Stage, score: ScoreStage) -> bool:
    """Whether a score of that stage is given now: the institution's own until the self-assessment is handed on."""
    return stage is Stage.EXECUTION or (stage is Stage.REPORTING and score not in OWN_STAGES)


def checked(instrument: Instrument, given: Given, before: Fraction | None) -> Checked:
    """The value exact and what is wrong; `before` is the item's value at the stage before, None where it has none."""
    item = instrument.items.get(given.item)
    if item is None:
        return Checked(given, problems=(Problem(given.item, "score.item_unknown", {"item": given.item[:20]}),))
    problems = words_problems(place(given.item, "explanation"), given.explanation)
    if given.takes_back:
        if not given.explanation.strip():
            problems.append(Problem(place(item.key, "explanation"), "score.why_back", {"item": item.key}))
        return Checked(given, problems=tuple(problems))
    value, source, wrong = _value(instrument, item, given)
    if value is not None and before is not None and value != before and not given.explanation.strip():
        told = {"item": item.key, "before": as_written(before), "value": as_written(value)}
        problems.append(Problem(place(item.key, "explanation"), "score.explain", told))
    return Checked(given, value, source, (*wrong, *problems))


def value_problem(instrument: Instrument, text: str, where: str) -> Problem | None:
    """What is wrong with a value as typed: no number, off the scale, or between levels that are whole."""
    value = number_in(text)
    if value is None:
        return Problem(where, "score.no_number", {"value": text[:40]})
    if not instrument.min_value <= value <= instrument.max_value:
        bounds = {"least": instrument.min_value, "most": instrument.max_value}
        return Problem(where, "score.off_scale", {"value": text[:40], **bounds})
    if instrument.value_type != "decimal" and value.denominator != 1:
        return Problem(where, "score.whole", {"value": text[:40], "title": instrument.title})
    return None


def words_problems(where: str, words: str) -> list[Problem]:
    """What is wrong with an explanation as such."""
    problems = unprintable(where, words)
    if len(words) > WORDS_LIMIT:
        problems.append(Problem(where, "draft.too_long", {"limit": WORDS_LIMIT}))
    return problems


def place(item: str, what: str) -> str:
    """A field of an item in a form."""
    return f"{item}.{what}"


def as_written(value: Fraction) -> str:
    """A value as people type it: "3", "2,35"; one that no decimal of four places is, as a fraction."""
    if (value * 10_000).denominator != 1:
        return as_fraction(value)
    whole, rest = divmod(int(value * 10_000), 10_000)
    return f"{whole},{rest:04d}".rstrip("0").rstrip(",")


def signed(by: Fraction) -> str:
    """A difference with its sign, exact: "+0,5", "-1/3", "0"."""
    return f"{'+' if by > 0 else '-' if by < 0 else ''}{as_written(abs(by))}"


def previous(stage: ScoreStage, item: str, scores: Mapping[ScoreStage, Mapping[str, Fraction]]) -> Fraction | None:
    """The item's value at the last stage before that has one."""
    order = list(ScoreStage)
    found = (scores.get(one, {}).get(item) for one in reversed(order[: order.index(stage)]))
    return next((value for value in found if value is not None), None)


def _value(instrument: Instrument, item: Item, given: Given) -> tuple[Fraction | None, str, list[Problem]]:
    """The value, the other body's index as it is kept, and what is wrong."""
    typed = given.value.strip()
    if typed and (problem := value_problem(instrument, typed, place(item.key, "value"))):
        return None, "", [problem]
    value = number_in(typed) if typed else None
    return _by_index(item, given, value) if given.source.strip() else (value, "", [])


def _by_index(item: Item, given: Given, value: Fraction | None) -> tuple[Fraction | None, str, list[Problem]]:
    """The same where another body's index is named. No conversion is invented; a value other than the converted one,
    which only the body itself can know better, is explained."""
    where, text = place(item.key, "source"), given.source.strip()
    index, external = number_in(text), item.external
    if external is None:
        return None, "", [Problem(where, "score.not_external", {"item": item.key})]
    if index is None:
        return None, "", [Problem(where, "score.no_number", {"value": text[:40]})]
    told = {"item": item.key, "index": external.index, "custodian": external.custodian}
    converted = external.converted(index)
    if converted is None and external.source_bounds:
        ends = {"least": as_written(external.source_bounds[0]), "most": as_written(external.source_bounds[-1])}
        return None, "", [Problem(where, "score.source_off", told | ends)]
    if converted is None and value is None:
        return None, "", [Problem(place(item.key, "value"), "score.no_conversion", told)]
    found = converted if value is None else value
    if converted is not None and found != converted and not given.explanation.strip():
        told |= {"typed": given.value.strip()[:40], "converted": as_written(converted)}
        return None, "", [Problem(place(item.key, "explanation"), "score.other_conversion", told)]
    return found, as_fraction(index), []
