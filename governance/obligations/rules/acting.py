"""The longest term of an acting Sekda: six months where the holder is prevented, three where the post is vacant.

UU 23/2014 Pasal 214 ayat (3). It is no document: it bears the key of its deadline in place of a mandate's.
"""

from collections.abc import Iterator

from governance.calendar.words import day_in_words
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts, KnownActing, Met
from governance.obligations.rules.sources import step
from governance.obligations.rules.spans import last_of
from governance.people.manners import Manner
from governance.people.roles import Role

FAMILY = "acting"
DEADLINE = "acting_sekda"
BOUND = frozenset({Manner.PJ, Manner.PLH})  # a Plt. is not the article's Penjabat


def expected(law: Law, year: int, facts: Facts) -> Iterator[Expected]:
    """The last day of each acting Sekda whose longest term ends in the year."""
    for one in facts.acting:
        if one.role is Role.SECRETARY and one.manner in BOUND:
            yield from _longest(law, year, one)


def _longest(law: Law, year: int, one: KnownActing) -> Iterator[Expected]:
    rule = law.deadlines[DEADLINE]
    months = rule.months_vacant if one.vacant else rule.months_prevented
    begun = rule.in_force_from is None or rule.in_force_from <= one.from_on
    if months is None or not begun:
        return
    due = last_of(one.from_on, months)
    if due.year != year:
        return
    why = "why.acting_vacant" if one.vacant else "why.acting_prevented"
    in_time = one.to_on is not None and one.to_on <= due
    yield Expected(
        key=f"{DEADLINE}:{one.from_on.isoformat()}",
        mandate=DEADLINE,
        family=FAMILY,
        year=year,
        due_on=due,
        how_sure="read" if rule.verified else "memory",
        basis=rule.article,
        computed=(
            step(why, from_on=one.from_on),
            step("why.acting_term", article=rule.article, months=months),
            step("why.acting_end", day=due),
        ),
        begins_on=one.from_on,
        responsible=Role.PERSONNEL,
        met=Met(one.from_on, f"Surat penugasan, sampai {day_in_words(one.to_on)}") if in_time and one.to_on else None,
    )
