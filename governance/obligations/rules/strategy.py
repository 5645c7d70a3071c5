"""Architecture and roadmap: set for five years, reviewed at midterm and in the last year.

Permenkominfo 4/2024 Pasal 33-36; Perpres 95/2018 Pasal 6-12 and 19. A review binds from the day its own article does.
"""

from collections.abc import Iterator
from datetime import date

from governance.mandates.law import Law
from governance.mandates.mandates import Review
from governance.obligations.expected import Expected, Facts, KnownAct
from governance.obligations.rules.sources import Step, binding, expiry, how_sure_of, step, unread, weakest
from governance.obligations.rules.spans import A_DAY, last_of, months_later
from governance.obligations.rules.succession import Term, holds_on, met_by, of_kind, succession, told_of

FAMILY = "strategy"
ARCHITECTURE, ROADMAP = "spbe_architecture", "spbe_roadmap"
KINDS = (ARCHITECTURE, ROADMAP)
MIDTERM, FINAL = "midterm", "final_year"


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """What a year asks of architecture and roadmap, but for what a new RPJMD asks."""
    for kind in KINDS:
        yield from succession(law, year, facts, (kind, FAMILY), term)
        for act in of_kind(facts, kind):
            for review in law.mandate(kind).reviews:
                if review.key in (MIDTERM, FINAL):
                    yield from _review(law, year, facts, act, review)


def term(law: Law, act: KnownAct, _year: int) -> Term:
    """How long it holds: as it says itself, else the years that the articles set."""
    if act.until is not None:
        return Term(act.until, (told_of(act), step("why.own_end", day=act.until)))
    years = law.mandate(act.kind).validity_years or 0
    end = last_of(act.in_force_from, 12 * years)
    return Term(end, (told_of(act), step("why.law_years", years=years, day=end)))


def _review(law: Law, year: int, facts: Facts, act: KnownAct, review: Review) -> Iterator[Expected]:
    begins, due, steps, sure = _when(law, facts, act, review)
    duties = binding(law, act.kind, due)
    started = review.in_force_from is None or review.in_force_from <= due
    ended = review.in_force_to is not None and due > review.in_force_to
    if due.year != year or not duties or not started or ended or not holds_on(law, facts, act, term, due):
        return
    following = next((one for one in of_kind(facts, act.kind) if one.in_force_from > act.in_force_from), None)
    done = following if review.key == FINAL else None
    yield Expected(
        key=f"{act.kind}:{review.key}:{act.id}",
        mandate=act.kind,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure=weakest(how_sure_of(duties), sure),
        basis=review.article,
        computed=(told_of(act), *steps, *unread(duties), step("why.review_due", article=review.article, day=due)),
        stage=review.key,
        begins_on=begins,
        met=met_by(done) if done is not None else None,
    )


def _when(law: Law, facts: Facts, act: KnownAct, review: Review) -> tuple[date | None, date, list[Step], str]:
    """From when to when a review lies, why, and how sure that is: the middle of the term, or its last year."""
    known = term(law, act, act.in_force_from.year)
    end = known.end or act.in_force_from
    if review.key == MIDTERM:
        half = months_later(act.in_force_from, round(12 * (review.at_year or 0)))
        day = half if act.until is None else act.in_force_from + (end - act.in_force_from) // 2
        return None, day, [*known.steps[1:], step("why.midterm", day=day)], "read"
    due, moved, sure = expiry(law, facts.calendar, end)
    begins = max(months_later(end + A_DAY, -12), review.in_force_from or date.min)
    return begins, due, [*known.steps[1:], *moved, step("why.last_term_year", from_on=begins, to_on=end)], sure
