"""A document that must not lapse: set where none holds, and set anew before the one in force ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from governance.calendar.words import day_in_words
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownAct, Met
from governance.obligations.rules.sources import (
    EXPIRY,
    Step,
    basis_of,
    binding,
    day_before,
    expiry,
    first_day_bound,
    how_sure_of,
    step,
    unread,
    weakest,
)

RENEWAL, ESTABLISH = "renewal", "establish"


@dataclass(frozen=True)
class Term:
    """How long a document holds: its last day (None: no end is known), why, how sure that is, whether it is a guess."""

    end: date | None
    steps: tuple[Step, ...]
    how_sure: str = "read"
    estimated: bool = False


Terms = Callable[[Law, KnownAct, int], Term]  # the term of an act as a year sees it


def of_kind(facts: Facts, kind: str) -> list[KnownAct]:
    """The acts of a kind in the order in which they begin; one that only changes another is not among them."""
    found = [act for act in facts.acts if act.kind == kind and not act.amends]
    return sorted(found, key=lambda act: (act.in_force_from, act.signed_on, act.id))


def met_by(act: KnownAct) -> Met:
    """Met by an act: on the day on which it was signed."""
    number = f"Nomor {act.number}, " if act.number else ""
    return Met(act.signed_on, f"{number}ditetapkan {day_in_words(act.signed_on)}", act.id)


def told_of(act: KnownAct) -> Step:
    """The step that names an act; the number of what not everyone may know is left out."""
    if act.number:
        return step("why.act", number=act.number, signed_on=act.signed_on, from_on=act.in_force_from)
    return step("why.act_unnumbered", signed_on=act.signed_on, from_on=act.in_force_from)


def succession(law: Law, year: int, facts: Facts, names: tuple[str, str], terms: Terms) -> Iterator[Expected]:
    """What a year asks of a document that must not lapse; `names` are its mandate and the family of its rule."""
    acts = of_kind(facts, names[0])
    for place, act in enumerate(acts):
        following = next((one for one in acts[place + 1 :] if one.in_force_from > act.in_force_from), None)
        yield from _renewal(law, year, facts, names, (act, following, terms(law, act, year)))
    yield from _establishment(law, year, facts, names, terms)


def _renewal(
    law: Law,
    year: int,
    facts: Facts,
    names: tuple[str, str],
    chain: tuple[KnownAct, KnownAct | None, Term],
) -> Iterator[Expected]:
    """The next one, before this one ends; where nothing follows one that was revoked, its last day is the end."""
    act, following, term = chain
    end, reasons, expires = term.end, [*term.steps], not term.estimated
    if act.ended_on is not None and following is None and (end is None or act.ended_on <= end):
        end = day_before(act.ended_on)
        reasons, expires = [told_of(act), step("why.revoked", since_on=act.ended_on)], False
    if end is None:
        return
    due, moved, sure = expiry(law, facts.calendar, end) if expires else (end, [], "read")
    duties = binding(law, names[0], due)
    if due.year != year or not duties:
        return
    yearly = term.estimated and act.until is None and law.mandate(names[0]).validity_years is None
    yield Expected(
        key=f"{names[0]}:{RENEWAL}:{act.id}" + (f":{year}" if yearly else ""),
        mandate=names[0],
        family=names[1],
        year=year,
        due_on=due,
        how_sure=weakest(how_sure_of(duties), term.how_sure, sure),
        basis=basis_of(law, duties, law.deadlines[EXPIRY].article if moved else ""),
        computed=(*reasons, *moved, *unread(duties), step("why.before_end", day=due)),
        stage=RENEWAL,
        estimated=term.estimated,
        met=met_by(following) if following is not None else None,
    )


def _establishment(law: Law, year: int, facts: Facts, names: tuple[str, str], terms: Terms) -> Iterator[Expected]:
    """The first one, or the next after one that ended before the year: no article names a day for it."""
    since = first_day_bound(law, names[0], year)
    acts = of_kind(facts, names[0])
    if since is None or any(holds_on(law, facts, act, terms, since) for act in acts):
        return
    duties = binding(law, names[0], date(year, 12, 31))
    before = [act for act in acts if act.in_force_from < since]
    first = next((act for act in acts if since <= act.in_force_from <= date(year, 12, 31)), None)
    yield Expected(
        key=f"{names[0]}:{year}",
        mandate=names[0],
        family=names[1],
        year=year,
        due_on=None,
        how_sure=how_sure_of(duties),
        basis=basis_of(law, duties),
        computed=(
            *_none_holds(law, facts, before, terms, since),
            *unread(duties),
            step("why.no_day"),
            *([step("why.await.act")] if first is None else []),
        ),
        stage=ESTABLISH,
        met=met_by(first) if first is not None else None,
    )


def _none_holds(law: Law, facts: Facts, before: list[KnownAct], terms: Terms, since: date) -> Iterator[Step]:
    if not before:
        yield step("why.none_known", since_on=since)
        return
    last = before[-1]
    yield told_of(last)
    end = last_day(law, facts, last, terms, since.year)
    if end is not None:
        yield step("why.ended", day=end)


def last_day(law: Law, facts: Facts, act: KnownAct, terms: Terms, year: int) -> date | None:
    """The last day on which an act holds, as a year sees it: its own end, or before the act that ended it."""
    term = terms(law, act, year)
    end = term.end if term.end is None or term.estimated else expiry(law, facts.calendar, term.end)[0]
    ended = None if act.ended_on is None else day_before(act.ended_on)
    return min((day for day in (end, ended) if day is not None), default=None)


def holds_on(law: Law, facts: Facts, act: KnownAct, terms: Terms, day: date) -> bool:
    """Whether an act holds on a day."""
    end = last_day(law, facts, act, terms, day.year)
    return act.in_force_from <= day and (end is None or day <= end)
