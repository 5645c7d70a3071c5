"""Who may hold which post from when to when: overlaps, vacancies, circles, gaps; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable
from governance.people.manners import VACANT, Manner

LONGEST_LETTER = 200
SOON = timedelta(days=60)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """A person holds a post, from its first to its last day; `to_on` None has no end. `id` 0: not entered yet.

    `version` is what its next change must name.
    """

    post_id: int
    person_id: int
    manner: Manner
    from_on: date
    to_on: date | None = None
    letter: str = ""
    letter_date: date | None = None
    id: int = 0
    name: str = ""
    version: int = 1

    @property
    def last(self) -> date:
        """Its last day, the end of time where it has none."""
        return self.to_on or date.max

    def covers(self, day: date) -> bool:
        """Whether it holds on that day, its first and its last among them."""
        return self.from_on <= day <= self.last

    def meets(self, other: "Held") -> bool:
        """Whether both hold on some day."""
        return self.from_on <= other.last and other.from_on <= self.last


@dataclass(frozen=True)
class Gap:
    """Days on which nobody holds a post; `to_on` None: from then on."""

    from_on: date
    to_on: date | None


def problems(new: Held, others: Iterable[Held], today: date) -> list[Problem]:
    """What is wrong with a holding beside all others of the institution; `others` may contain its older self."""
    rest = [one for one in others if one.id != new.id or not new.id]
    return [*_own_problems(new, today), *_beside(new, rest), *_circles(new, rest)]


def acting_in(holders: Iterable[Held], day: date) -> Held | None:
    """Who acts in a post on a day: who stands in goes before who holds it."""
    found = [one for one in holders if one.covers(day)]
    return min(found, key=lambda one: one.manner is Manner.DEFINITIVE, default=None)


def gaps(holders: Iterable[Held], since: date, until: date) -> list[Gap]:
    """The days from `since` to `until` on which nobody holds the post; one that lasts beyond `until` has no end."""
    found, day = [], since
    for one in sorted(holders, key=lambda held: held.from_on):
        if one.from_on > day:
            found.append(Gap(day, min(one.from_on - A_DAY, until)))
        if one.last >= day:
            day = one.last + A_DAY if one.to_on is not None else date.max
        if day > until:
            return [gap for gap in found if gap.from_on <= until]
    return [*(gap for gap in found if gap.from_on <= until), Gap(day, None)]


def too_long(new: Held, most_months: int) -> bool:
    """Whether an acting holding lasts longer than so many months from its first day."""
    year, month = divmod(new.from_on.month - 1 + most_months, 12)
    day = _day_of(new.from_on.year + year, month + 1, new.from_on.day)
    return new.last >= day


def _day_of(year: int, month: int, day: int) -> date:
    """That day of the month, or the first of the next one where it has fewer."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def _own_problems(new: Held, today: date) -> list[Problem]:
    found = unprintable("letter", new.letter)
    acting = new.manner is not Manner.DEFINITIVE
    if new.to_on is not None and new.to_on < new.from_on:
        found.append(Problem("to_on", "draft.end_before_start", {"start": new.from_on.isoformat()}))
    if acting and not new.letter.strip():
        found.append(Problem("letter", "holding.letter_missing"))
    if acting and new.to_on is None:
        found.append(Problem("to_on", "holding.end_missing"))
    if len(new.letter) > LONGEST_LETTER:
        found.append(Problem("letter", "draft.too_long", {"limit": LONGEST_LETTER}))
    if new.letter_date is not None and new.letter_date > today:
        found.append(Problem("letter_date", "holding.letter_future"))
    return found


def _beside(new: Held, others: Sequence[Held]) -> Iterator[Problem]:
    """Two may hold one post on one day only where one is away and the other stands in for him as Plh."""
    for one in others:
        if one.post_id != new.post_id or not one.meets(new):
            continue
        manners = {one.manner, new.manner}
        told = {"name": one.name, "from_on": one.from_on.isoformat()}
        told |= {"to_on": one.to_on.isoformat()} if one.to_on else {}
        if one.person_id == new.person_id or Manner.DEFINITIVE not in manners or manners == {Manner.DEFINITIVE}:
            yield Problem("from_on", "holding.overlap" if one.to_on else "holding.overlap_open", told)
        elif one.manner in VACANT:
            yield Problem("from_on", "holding.still_acting" if one.to_on else "holding.overlap_open", told)
        elif new.manner in VACANT:
            yield Problem("manner", "holding.not_vacant" if one.to_on else "holding.not_vacant_open", told)


def _circles(new: Held, others: Sequence[Held]) -> list[Problem]:
    """A stands in for B while B stands in for A, also over others in between."""
    if new.manner is Manner.DEFINITIVE:
        return []
    names = {one.person_id: one.name for one in others}
    for one in others:
        away = one.manner is Manner.DEFINITIVE and one.post_id == new.post_id and one.meets(new)
        if away and _leads(one.person_id, new.person_id, _overlap(one, new), others):
            return [Problem("person", "holding.circle", {"name": names.get(one.person_id, "")})]
    return []


def _leads(start: int, goal: int, span: tuple[date, date], others: Sequence[Held]) -> bool:
    """Whether `start` stands in, on some day of the span, for someone who stands in ... for `goal`."""
    seen: set[tuple[int, tuple[date, date]]] = set()
    waiting = [(start, span)]
    while waiting:
        person, days = waiting.pop()
        if (person, days) in seen:
            continue
        seen.add((person, days))
        for absent, shared in _stood_in_for(person, days, others):
            if absent == goal:
                return True
            waiting.append((absent, shared))
    return False


def _stood_in_for(
    person: int, days: tuple[date, date], others: Sequence[Held]
) -> Iterator[tuple[int, tuple[date, date]]]:
    """Whom a person stands in for on some of these days, and on which."""
    for one in others:
        if one.person_id != person or one.manner is Manner.DEFINITIVE or not _both(days, (one.from_on, one.last)):
            continue
        for absent in others:
            if absent.post_id == one.post_id and absent.manner is Manner.DEFINITIVE:
                shared = _both(days, _overlap(one, absent)) if one.meets(absent) else None
                if shared:
                    yield absent.person_id, shared


def _overlap(one: Held, other: Held) -> tuple[date, date]:
    return max(one.from_on, other.from_on), min(one.last, other.last)


def _both(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date] | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None
