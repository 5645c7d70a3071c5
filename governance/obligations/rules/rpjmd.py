"""Architecture and roadmap are reviewed on a new RPJMD, which follows the inauguration within six months.

UU 23/2014 Pasal 264 ayat (4). No article says until when the review is done: the date is an estimate that lets the next
RKPD rest on what was reviewed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from governance.mandates.law import Law
from governance.mandates.mandates import Review
from governance.obligations.expected import Expected, Facts, KnownAct, KnownFact
from governance.obligations.rules.budget import rkpd_after
from governance.obligations.rules.sources import Step, basis_of, binding, how_sure_of, step, unread, weakest
from governance.obligations.rules.spans import months_later
from governance.obligations.rules.strategy import KINDS, term
from governance.obligations.rules.succession import holds_on, met_by, of_kind, told_of

FAMILY = "rpjmd"
STAGE = "review_rpjmd"
AS_NEEDED = "as_needed"
RPJMD, INAUGURATION = "rpjmd", "inauguration"
DEADLINE = "rpjmd_after_inauguration"


@dataclass(frozen=True)
class Occasion:
    """A new RPJMD: the day on which it was set, or by which it must be; `key_day` names it whichever is known."""

    key_day: date
    day: date
    known: bool
    steps: tuple[Step, ...]


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The reviews that a new RPJMD asks for in a year."""
    occasions = list(_occasions(law, facts))
    for kind in KINDS:
        review = next((one for one in law.mandate(kind).reviews if one.key == AS_NEEDED), None)
        if review is None:
            continue
        for occasion in occasions:
            yield from _review(law, year, facts, (kind, review), occasion)
        if not occasions:
            yield from _awaited(law, year, facts, (kind, review))


def _occasions(law: Law, facts: Facts) -> Iterator[Occasion]:
    """Each RPJMD that is known, and each that must follow an inauguration."""
    plans = sorted((one for one in facts.facts if one.key == RPJMD), key=lambda one: (one.day, one.number))
    inaugurations = sorted({one.day for one in facts.facts if one.key == INAUGURATION})
    followed: set[date] = set()
    for place, day in enumerate(inaugurations):
        until = inaugurations[place + 1] if place + 1 < len(inaugurations) else date.max
        plan = next((one for one in plans if day <= one.day < until), None)
        followed |= {plan.day} if plan else set()
        yield _after_inauguration(law, day, plan)
    for plan in plans:
        if plan.day not in followed:
            yield Occasion(plan.day, plan.day, known=True, steps=(_plan_told(plan),))


def _after_inauguration(law: Law, day: date, plan: KnownFact | None) -> Occasion:
    rule = law.deadlines[DEADLINE]
    told = step("why.inauguration", day=day)
    if plan is not None:
        return Occasion(day, plan.day, known=True, steps=(told, _plan_told(plan)))
    months = rule.months or 0
    latest = months_later(day, months)
    return Occasion(
        day,
        latest,
        known=False,
        steps=(
            told,
            step("why.rpjmd_term", article=rule.article, months=months, day=latest),
            step(f"why.await.{RPJMD}"),
        ),
    )


def _plan_told(plan: KnownFact) -> Step:
    if plan.number:
        return step("why.rpjmd", number=plan.number, day=plan.day)
    return step("why.rpjmd_unnumbered", day=plan.day)


def _review(law: Law, year: int, facts: Facts, asked: tuple[str, Review], occasion: Occasion) -> Iterator[Expected]:
    kind, review = asked
    due, told, sure = rkpd_after(law, facts, occasion.day)
    duties = binding(law, kind, occasion.day)
    holding = _holding(law, facts, kind, occasion.day)
    begun = review.in_force_from is None or review.in_force_from <= occasion.day
    if due.year != year or not duties or not begun or holding is None:
        return
    renewed = next((act for act in of_kind(facts, kind) if occasion.known and act.signed_on >= occasion.day), None)
    yield Expected(
        key=f"{kind}:{RPJMD}:{occasion.key_day.isoformat()}",
        mandate=kind,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=weakest(how_sure_of(duties), "inferred", sure),
        basis=basis_of(law, (), review.article, law.deadlines[DEADLINE].article),
        computed=(*occasion.steps, told_of(holding), *unread(duties), step("why.review_no_day"), *told),
        stage=STAGE,
        begins_on=min(occasion.day, due),
        estimated=True,
        met=met_by(renewed) if renewed is not None else None,
    )


def _awaited(law: Law, year: int, facts: Facts, asked: tuple[str, Review]) -> Iterator[Expected]:
    """Neither an RPJMD nor an inauguration is known: what is awaited, where there is something to review."""
    kind, review = asked
    last = date(year, 12, 31)
    begun = [max(date(year, 1, 1), act.in_force_from) for act in of_kind(facts, kind)]
    holding = next((act for day in begun if day.year == year and (act := _holding(law, facts, kind, day))), None)
    duties = binding(law, kind, last)
    if holding is None or not duties or (review.in_force_from is not None and review.in_force_from > last):
        return
    yield Expected(
        key=f"{kind}:{RPJMD}:{year}",
        mandate=kind,
        family=FAMILY,
        year=year,
        due_on=None,
        how_sure=weakest(how_sure_of(duties), "inferred"),
        basis=basis_of(law, (), review.article, law.deadlines[DEADLINE].article),
        computed=(told_of(holding), step("why.review_no_day"), step(f"why.await.{RPJMD}")),
        stage=STAGE,
    )


def _holding(law: Law, facts: Facts, kind: str, day: date) -> KnownAct | None:
    """The act of a kind that holds on a day, the newest of several."""
    holding = [act for act in of_kind(facts, kind) if holds_on(law, facts, act, term, day)]
    return holding[-1] if holding else None
