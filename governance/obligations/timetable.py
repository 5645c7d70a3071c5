"""The rules of the timetable: what the law expects of an institution in a year, from the facts that are known of it."""

from datetime import date

from governance.mandates.law import Law
from governance.obligations import evaluation
from governance.obligations.expected import Expected, Facts

FAMILIES = frozenset({"evaluation"})


def expected_in(law: Law, year: int, facts: Facts) -> tuple[Expected, ...]:
    """Everything that is expected in a year."""
    letter = facts.letters.get(year)
    if letter is None:
        stages = evaluation.expected(law, year)
    else:
        asked = [dict(window) for window in letter.windows if window.get("start") or window.get("end")]
        stages = evaluation.from_letter(year, letter.number, letter.dated_on, asked)
    on = letter.dated_on if letter else date(year, 1, 1)
    return tuple(_expected(one, year, evaluation.basis(law, on)) for one in stages)


def _expected(one: evaluation.Expected, year: int, basis: str) -> Expected:
    return Expected(
        key=one.key,
        mandate=evaluation.MANDATE,
        family="evaluation",
        year=year,
        due_on=one.due_on,
        how_sure=one.how_sure,
        basis=basis,
        computed=one.computed,
        stage=one.stage,
        begins_on=one.begins_on,
        estimated=one.estimated,
    )
