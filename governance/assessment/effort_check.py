"""What can be wrong with an effort that is entered: amounts, steps that are none, prerequisites that run in a ring."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from governance.assessment.efforts import EnteredDocument, EnteredStep
from governance.assessment.instruments import Instrument
from governance.assessment.steps import Rung
from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable

MOST = 1_000_000
LONGEST_NOTE, LONGEST_TITLE, LONGEST_KEY = 1000, 300, 60
MOST_NEEDS, MOST_DOCUMENTS = 20, 20


def step_problems(
    new: EnteredStep, instrument: Instrument, documents: Collection[str], others: Mapping[Rung, EnteredStep]
) -> list[Problem]:
    """Everything wrong with a step; `documents` are the keys known, `others` the steps entered besides."""
    item = instrument.items.get(new.item)
    if item is None or not instrument.min_value < new.level <= instrument.max_value:
        return [Problem("step", "effort.no_step", {"instrument": instrument.title})]
    if item.external is not None:
        return [Problem("step", "effort.external", {"rung": told(new.rung), "index": item.external.index})]
    problems = [*amount_problems(new.effort), *_text_problems("note", new.note, LONGEST_NOTE)]
    problems += [
        Problem("documents", "effort.no_document", {"document": key[:60]})
        for key in new.documents
        if key not in documents
    ]
    if len(new.needs) > MOST_NEEDS or len(new.documents) > MOST_DOCUMENTS:
        problems.append(Problem("needs", "effort.too_many", {"limit": MOST_NEEDS}))
    return problems + _need_problems(new, instrument, others)


def document_problems(new: EnteredDocument, documents: Collection[str]) -> list[Problem]:
    """Everything wrong with a work; one of the institution's own needs a title."""
    problems = [*amount_problems(new.effort), *_text_problems("title", new.title, LONGEST_TITLE)]
    if new.key not in documents and not new.title:
        problems.append(Problem("title", "field.missing"))
    return problems


def amount_problems(effort: Fraction | None) -> list[Problem]:
    """An effort lies between 0 and a million, in hundredths; None rules a step out."""
    if effort is None or (0 <= effort <= MOST and (effort * 100).denominator == 1):
        return []
    return [Problem("effort", "effort.amount", {"most": MOST})]


def _text_problems(place: str, text: str, limit: int) -> list[Problem]:
    long = [Problem(place, "draft.too_long", {"limit": limit})] if len(text) > limit else []
    return [*unprintable(place, text), *long]


def _need_problems(new: EnteredStep, instrument: Instrument, others: Mapping[Rung, EnteredStep]) -> list[Problem]:
    lowest, highest = instrument.min_value, instrument.max_value
    wrong = [one for one in new.needs if one[0] not in instrument.items or not lowest <= one[1] <= highest]
    if wrong:
        return [Problem("needs", "effort.no_need", {"need": told(one)}) for one in wrong]
    ring = ring_through(new.rung, {**{rung: one.needs for rung, one in others.items()}, new.rung: new.needs}, lowest)
    return [Problem("needs", "effort.ring", {"ring": " → ".join(map(told, ring))})] if ring else []


def ring_through(rung: Rung, needs: Mapping[Rung, Iterable[Rung]], lowest: int) -> tuple[Rung, ...]:
    """The prerequisites by which a step would have to wait for itself, from it back to it; none: ().

    Every level rests on the one below it, down to the lowest, which everybody has.
    """
    waiting: list[tuple[Rung, ...]] = [(rung,)]
    seen: set[Rung] = set()
    while waiting:
        way = waiting.pop()
        item, level = way[-1]
        below = [(item, level - 1)] if level - 1 > lowest else []
        for need in (*needs.get(way[-1], ()), *below):
            if need == rung:
                return (*way, rung)
            if need not in seen:
                seen.add(need)
                waiting.append((*way, need))
    return ()


def told(rung: Rung) -> str:
    """A step as people write it: "19:4"."""
    return f"{rung[0]}:{rung[1]}"
