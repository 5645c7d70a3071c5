"""What must be right before a regulation, a fact about one, or a closing is written into the register."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable
from governance.mandates.entries import EVERY, HOW_SURE, SORTS, Entry, Fact, Relation
from governance.mandates.law import Law
from governance.mandates.regulations import AMENDED, FROM_FILE, Regulation
from governance.mandates.validity import problem_with
from governance.people.facts import InstitutionFacts

EARLIEST = date(1945, 8, 17)
LIMITS = {"title": 1000, "issuer": 200, "note": 2000, "source": 400, "reason": 1000}
LARGEST_NUMBER = 100_000
PROVINCIAL = ("Perda Provinsi", "Pergub")
KEY_LENGTH = 36  # of what follows the institution's own key (40 at most) in a column of 80


def completable(regulation: Regulation) -> bool:
    """Whether the register itself waits for the institution to fill it in: the region's own, or not yet confirmed."""
    return regulation.origin == FROM_FILE or regulation.status in ("local", "unconfirmed")


def entry_problems(entry: Entry, law: Law, today: date) -> list[Problem]:
    """What is wrong with an entry, each with its place; `law` is what the institution sees now."""
    problems = [*_text_problems(entry.title, "title"), *_text_problems(entry.note, "note", required=False)]
    if entry.type not in SORTS:
        return [*problems, Problem("type", "regulation.unknown_type", {"known": ", ".join(SORTS)})]
    problems += _text_problems(entry.issuer, "issuer")
    if entry.how_sure not in HOW_SURE:
        problems.append(Problem("how_sure", "field.unknown"))
    problems += [*_number_problems(entry, today), *_gazette_problems(entry), *_day_problems(entry, today)]
    problems += _kind_problems(entry.kinds, law)
    return problems or list(_twin_problems(entry, law))


def fact_problems(fact: Fact, law: Law, today: date) -> list[Problem]:
    """What is wrong with a fact, by the law as it is seen without it; what was revoked names its successor."""
    problems = [*_text_problems(fact.source, "source"), *_text_problems(fact.note, "note", required=False)]
    if fact.how_sure not in HOW_SURE:
        problems.append(Problem("how_sure", "field.unknown"))
    if fact.since is not None and not EARLIEST <= fact.since <= today + timedelta(days=3660):
        problems.append(Problem("since", "regulation.far_day"))
        return problems
    if fact.relation is Relation.CITED:
        return [*problems, *_cited_problems(fact, law, today)]
    return [*problems, *_change_problems(fact, law, today)]


def closing_problems(on: date | None, reason: str, today: date) -> list[Problem]:
    """Closing needs a day that has come, and a reason: nothing vanishes without saying why."""
    problems = []
    if on is None:
        problems.append(Problem("closed_on", "field.missing"))
    elif on > today:
        problems.append(Problem("closed_on", "enact.future", {"today": today.isoformat()}))
    elif on < EARLIEST:
        problems.append(Problem("closed_on", "enact.too_old"))
    return [*problems, *_text_problems(reason, "reason")]


def named(entry: Entry, institution: InstitutionFacts) -> Entry:
    """The entry with the issuer and the area that follow from its type: only ministries and agencies are typed."""
    sort = SORTS.get(entry.type)
    cleaned = replace(entry, title=" ".join(entry.title.split()), issuer=" ".join(entry.issuer.split()))
    if sort is None or sort.wants_issuer:
        return replace(cleaned, area="")
    if not sort.regional:
        return replace(cleaned, issuer=sort.name, area="")
    provincial = entry.type in PROVINCIAL or institution.region_kind == "provinsi"
    area = f"Provinsi {institution.province}" if provincial else institution.region
    head = "Gubernur" if provincial else institution.head_office
    place = institution.province if provincial else institution.place_name
    issuer = f"Peraturan {head} {place}" if entry.type in ("Pergub", "Perkada") else f"Peraturan Daerah {area}"
    return replace(cleaned, issuer=issuer, area=area)


def key_for(institution: str, entry: Entry, taken: Collection[str]) -> str:
    """A readable key that no other entry has or had: "serang:perda_11_2016"."""
    named = entry.issuer if SORTS[entry.type].wants_issuer else entry.type
    slug = re.sub(r"[^a-z0-9]+", "_", f"{named} {'' if entry.number else entry.title}".lower()).strip("_")
    numbered = f"_{entry.number}_{entry.year}" if entry.number else ""
    stem = f"{institution}:{slug[: KEY_LENGTH - len(numbered)]}{numbered}"
    return next(key for key in _numbered(stem) if key not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1


def _text_problems(text: str, place: str, *, required: bool = True) -> Iterator[Problem]:
    if required and not text.strip():
        yield Problem(place, "field.missing")
    if len(text) > LIMITS[place]:
        yield Problem(place, "draft.too_long", {"limit": LIMITS[place]})
    yield from unprintable(place, text)


def _number_problems(entry: Entry, today: date) -> Iterator[Problem]:
    if entry.number is not None and not 1 <= entry.number <= LARGEST_NUMBER:
        yield Problem("number", "regulation.number_range", {"limit": LARGEST_NUMBER})
    if entry.year is not None and not EARLIEST.year <= entry.year <= today.year + 1:
        yield Problem("year", "document.year", {"first": EARLIEST.year, "last": today.year + 1})
    if entry.number is not None and entry.year is None:
        yield Problem("year", "regulation.number_without_year")


def _gazette_problems(entry: Entry) -> Iterator[Problem]:
    gazette = entry.gazette
    if gazette is None:
        return
    if gazette.kind not in SORTS[entry.type].gazettes:
        allowed = ", ".join(SORTS[entry.type].gazettes)
        yield Problem("gazette_kind", "regulation.gazette_kind", {"known": allowed})
    numbers = {"gazette_number": gazette.number, "gazette_supplement": gazette.supplement}
    for place, number in numbers.items():
        if number is not None and not 1 <= number <= LARGEST_NUMBER:
            yield Problem(place, "regulation.number_range", {"limit": LARGEST_NUMBER})
    if not EARLIEST.year <= gazette.year <= 2100:
        yield Problem("gazette_year", "document.year", {"first": EARLIEST.year, "last": 2100})


def _day_problems(entry: Entry, today: date) -> Iterator[Problem]:
    days = {name: getattr(entry, name) for name in ("enacted", "promulgated", "in_force_from", "in_force_to")}
    for place, day in days.items():
        if day is not None and not EARLIEST <= day <= today + timedelta(days=3660):
            yield Problem(place, "regulation.far_day")
    if entry.in_preparation and (entry.number or entry.gazette or any(days.values())):
        yield Problem("in_preparation", "regulation.prepared_has_dates")
    for first, second in (("enacted", "promulgated"), ("enacted", "in_force_from"), ("in_force_from", "in_force_to")):
        start, end = days[first], days[second]
        if start is not None and end is not None and end < start:
            yield Problem(second, "regulation.before", {"start_on": start.isoformat()})
    if entry.enacted is not None and entry.year is not None and entry.enacted.year != entry.year:
        yield Problem("enacted", "regulation.other_year", {"year": entry.year})


def _kind_problems(kinds: Collection[str], law: Law) -> Iterator[Problem]:
    for kind in kinds:
        if kind != EVERY and kind not in law.mandates:
            yield Problem("kinds", "law.unknown_kind", {"kind": kind[:60]})


def _twin_problems(entry: Entry, law: Law) -> Iterator[Problem]:
    """The same regulation is entered once: then whoever corrects it corrects it everywhere."""
    same = (entry.regulation.name, entry.number, entry.year)
    for other in law.regulations.values():
        if other.key != entry.key and other.number is not None and (other.name, other.number, other.year) == same:
            yield Problem("number", "regulation.there", {"regulation": other.name})
            return


def _cited_problems(fact: Fact, law: Law, today: date) -> Iterator[Problem]:
    if not fact.kinds:
        yield Problem("kinds", "field.missing")
    yield from _kind_problems(fact.kinds, law)
    problem = problem_with(law.regulations, fact.key, fact.since or today, "kinds")
    if problem is not None:
        yield problem


def _change_problems(fact: Fact, law: Law, today: date) -> Iterator[Problem]:
    target, by = law.regulation(fact.key), law.regulations.get(fact.by or "")
    if by is None or by.key == target.key:
        yield Problem("by", "field.missing" if not fact.by else "regulation.by_unknown")
        return
    if by.rank > target.rank:
        yield Problem("by", "regulation.by_lower", {"by": by.name})
    problem = problem_with(law.regulations, by.key, fact.since or today, "by")
    if problem is not None:
        yield problem
    first = target.first_day_possible
    if fact.since is not None and first is not None and fact.since < first:
        yield Problem("since", "regulation.before", {"start_on": first.isoformat()})
    if fact.relation is Relation.REVOKED and target.revoked_by is not None:
        revoking = law.regulations.get(target.revoked_by)
        yield Problem("by", "regulation.revoked_already", {"by": revoking.name if revoking else target.revoked_by})
    if fact.relation is Relation.AMENDED:
        yield from _amendment_problems(fact, target, by)


def _amendment_problems(fact: Fact, target: Regulation, by: Regulation) -> Iterator[Problem]:
    if any((change.number, change.year) == (by.number, by.year) for change in target.amended_by):
        yield Problem("by", "regulation.amended_already", {"by": by.name})
    last = max((one.start for one in target.cite_versions if AMENDED in one.cite), default=None)
    if last is not None and fact.since is not None and fact.since <= last:
        yield Problem("since", "regulation.amended_later", {"last_on": last.isoformat()})
