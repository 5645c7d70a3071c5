"""The decree that changes a team: five working days after a reason for a change is found (UU 30/2014 Pasal 63)."""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownAct, KnownFact
from governance.obligations.rules.sources import Step, basis_of, binding, step, weakest, working_days
from governance.obligations.rules.succession import holds_on, met_by, of_kind, told_of
from governance.obligations.rules.teams import COORDINATION, term

FAMILY = "change"
STAGE = "change"
REASON = "team_change"  # the dated fact that starts the count
DEADLINE = "decree_change"


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """A change for each reason that is known, and what would start the count where none is."""
    reasons = {one.day: one for one in facts.facts if one.key == REASON}
    found = [_change(law, year, facts, one) for _day, one in sorted(reasons.items())]
    yield from (one for one in found if one is not None)
    if not any(day.year == year for day in reasons):
        yield from _awaited(law, year, facts)


def _change(law: Law, year: int, facts: Facts, reason: KnownFact) -> Expected | None:
    rule = law.deadlines[DEADLINE]
    if rule.working_days is None or not _bound(law, reason.day):
        return None
    due, counted, sure = working_days(facts.calendar, reason.day, rule.working_days)
    if due.year != year:
        return None
    later = [act for act in facts.acts if act.kind == COORDINATION and act.signed_on >= reason.day]
    changed = min(later, key=lambda act: (act.signed_on, act.id), default=None)
    return Expected(
        key=f"{COORDINATION}:{STAGE}:{reason.day.isoformat()}",
        mandate=COORDINATION,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=weakest(_sure(law), sure),
        basis=basis_of(law, (), rule.article),
        computed=(
            step("why.reason_found", day=reason.day),
            *_in_force(law, facts, reason.day),
            step("why.working_days", article=rule.article, count=rule.working_days),
            *counted,
        ),
        stage=STAGE,
        begins_on=reason.day,
        met=met_by(changed) if changed is not None else None,
    )


def _awaited(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """What would start the count: only where there is a decree that could be changed."""
    last = date(year, 12, 31)
    holding = [act for act in of_kind(facts, COORDINATION) if _holds_in(law, facts, act, year)]
    if not holding or not _bound(law, last) or not binding(law, COORDINATION, last):
        return
    rule = law.deadlines[DEADLINE]
    yield Expected(
        key=f"{COORDINATION}:{STAGE}:{year}",
        mandate=COORDINATION,
        family=FAMILY,
        year=year,
        due_on=None,
        how_sure=_sure(law),
        basis=basis_of(law, (), rule.article),
        computed=(
            told_of(holding[-1]),
            step("why.working_days", article=rule.article, count=rule.working_days),
            step("why.reasons"),
            step(f"why.await.{REASON}"),
        ),
        stage=STAGE,
    )


def _holds_in(law: Law, facts: Facts, act: KnownAct, year: int) -> bool:
    """Whether an act holds on some day of a year."""
    begun = max(act.in_force_from, date(year, 1, 1))
    return begun.year == year and holds_on(law, facts, act, term, begun)


def _in_force(law: Law, facts: Facts, day: date) -> list[Step]:
    holding = [act for act in of_kind(facts, COORDINATION) if holds_on(law, facts, act, term, day)]
    return [told_of(holding[-1])] if holding else []


def _bound(law: Law, day: date) -> bool:
    since = law.deadlines[DEADLINE].in_force_from
    return since is None or since <= day


def _sure(law: Law) -> str:
    return "read" if law.deadlines[DEADLINE].verified else "memory"
