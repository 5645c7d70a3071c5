"""The national Pemantauan or Evaluasi: windows from the ministry's letter, what was seen until it comes, else no date.

Its rhythm is no formula (`config/law/evaluation.yaml`): a year may bring the one, the other, or none. Nothing is moved
over from another year.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from governance.mandates.evaluation import EvaluationYear, Round, Window
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownLetter
from governance.obligations.rules.sources import Step, basis_of, binding, how_sure_of, step, unread, weakest
from governance.obligations.rules.spans import A_DAY

FAMILY = "evaluation"
MANDATE = "monitoring_evaluation"
OWN_STAGE = "penilaian_mandiri"  # the stage that the region itself does


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The stages of a year's round."""
    letter = facts.letters.get(year)
    if letter is not None:
        yield from _from_letter(law, letter)
    else:
        yield from _until_the_letter(law, year)


def _from_letter(law: Law, letter: KnownLetter) -> Iterator[Expected]:
    """The stages as the letter sets them; a later window of a stage extends it, or opens it again."""
    if letter.round is Round.NONE:
        return
    by_stage: dict[str, list[Mapping[str, Any]]] = {}
    for window in letter.windows:
        if window.get("start") or window.get("end"):
            by_stage.setdefault(str(window["stage"]), []).append(window)
    for stage, windows in by_stage.items():
        for place, joined in enumerate(_joined(windows)):
            yield _stage(law, letter, stage, place, joined)


def _joined(windows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Windows that extend one another, together; one that begins after the last end begins anew."""
    found: list[list[Mapping[str, Any]]] = []
    for window in windows:
        end = _day(found[-1][-1].get("end")) if found else None
        start = _day(window.get("start"))
        reopens = found and end is not None and start is not None and start > end + A_DAY
        if not found or reopens:
            found.append([window])
        else:
            found[-1].append(window)
    return found


def _stage(law: Law, letter: KnownLetter, stage: str, place: int, windows: Sequence[Mapping[str, Any]]) -> Expected:
    begins, end = _day(windows[0].get("start")), _day(windows[-1].get("end"))
    duties = binding(law, MANDATE, letter.dated_on)
    steps: list[Step] = [step("why.letter", number=letter.number, day=letter.dated_on)]
    if place:
        steps.append(step("why.reopened", from_on=begins))
    for earlier, later in pairwise(windows):
        if earlier.get("end") and later.get("end"):
            steps.append(step("why.extended", from_on=earlier["end"], to_on=later["end"]))
    steps.append(step("why.window_end", day=end) if end is not None else step("why.undated"))
    return Expected(
        key=f"{MANDATE}:{letter.year}:{stage}" + (f":{place + 1}" if place else ""),
        mandate=MANDATE,
        family=FAMILY,
        year=letter.year,
        due_on=end,
        how_sure="read",
        basis=basis_of(law, duties) or f"Surat Nomor {letter.number}",
        computed=tuple(steps),
        stage=stage,
        begins_on=begins,
    )


def _until_the_letter(law: Law, year: int) -> Iterator[Expected]:
    """What was seen of the year elsewhere, as estimates; and without a window of the region's own stage, no date."""
    known, found = law.evaluation.get(year), seen(law, year)
    duties = binding(law, MANDATE, date(year, 12, 31))
    if not duties:
        return
    yield from found
    if all(one.stage != OWN_STAGE for one in found):
        yield Expected(
            key=f"{MANDATE}:{year}",
            mandate=MANDATE,
            family=FAMILY,
            year=year,
            due_on=None,
            how_sure=weakest(how_sure_of(duties), known.how_sure if known else "unknown"),
            basis=basis_of(law, duties),
            computed=(
                *_told_of(year, known),
                *unread(duties),
                step("why.no_formula"),
                step("why.await.letter", year=year),
            ),
        )


def seen(law: Law, year: int) -> tuple[Expected, ...]:
    """The stages of a year that were seen elsewhere, as estimates; none where the law data knows no end of one."""
    known = law.evaluation.get(year)
    return tuple(_estimate(law, year, one) for one in known.windows if one.end is not None) if known else ()


def _estimate(law: Law, year: int, window: Window) -> Expected:
    duties = binding(law, MANDATE, window.end or date(year, 12, 31))
    return Expected(
        key=f"{MANDATE}:{year}:{window.stage}",
        mandate=MANDATE,
        family=FAMILY,
        year=year,
        due_on=window.end,
        how_sure=weakest(how_sure_of(duties), window.how_sure),
        basis=basis_of(law, duties),
        computed=(
            step("why.seen", year=year, source=window.source),
            step("why.no_letter", year=year),
            step("why.window_end", day=window.end),
        ),
        stage=window.stage,
        begins_on=window.start,
        estimated=True,
    )


def _told_of(year: int, known: EvaluationYear | None) -> Iterator[Step]:
    """What the law data knows of the year's kind."""
    if known is None:
        yield step("why.round_unknown", year=year)
    else:
        yield step(f"why.round_{known.type.value}", year=year, source=known.source)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
