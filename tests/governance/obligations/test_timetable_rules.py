"""What holds for every timetable whatever is known: the same answer twice, unique keys, and words for every step."""

import json
from datetime import date
from random import Random
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as some

from config.settings import ROOT
from governance.calendar.calendars import Calendar
from governance.mandates.evaluation import Round
from governance.mandates.law import Law
from governance.notices.wording import sentence_of
from governance.obligations.expected import Facts, KnownAct, KnownActing, KnownFact, KnownLetter
from governance.obligations.rules import acting
from governance.obligations.rules.sources import SURENESS
from governance.obligations.timetable import FAMILIES, RULES, expected_in
from governance.people.manners import Manner
from governance.people.roles import Role

LAW = Law.read(ROOT / "config" / "law")
DAYS = some.dates(date(2016, 1, 1), date(2040, 12, 31))
YEARS = some.integers(2016, 2040)
KINDS = (
    "coordination_team_decree", "internal_assessor_team_decree", "spbe_architecture", "spbe_roadmap",
    "audit_infrastructure", "audit_application", "audit_security", "ict_audit_internal", "ict_audit_periodic_report",
    "annual_affairs_report", "spbe_governance_regulation",
)  # fmt: skip
FACTS = (
    "rpjmd", "inauguration", "rkpd", "rka", "audit_infrastructure", "audit_application", "audit_security",
    "audit_advice", "audit_periodic_report", "monitoring_report", "team_change",
)  # fmt: skip
MAYBE_DAYS = some.none() | DAYS


def acts_of(rows: list[tuple[str, date, date | None, date | None, bool, bool]]) -> tuple[KnownAct, ...]:
    return tuple(
        KnownAct(
            place, kind, begun.year, "" if secret else f"{place}", begun, begun,
            max(until, begun) if until else None, max(ended, begun) if ended else None, amends,
        )
        for place, (kind, begun, until, ended, secret, amends) in enumerate(rows, start=1)
    )  # fmt: skip


ACTS = some.lists(
    some.tuples(some.sampled_from(KINDS), DAYS, MAYBE_DAYS, MAYBE_DAYS, some.booleans(), some.booleans()), max_size=8
).map(acts_of)
ENTERED = some.lists(
    some.builds(KnownFact, some.sampled_from(FACTS), DAYS, some.none() | YEARS, number=some.sampled_from(["", "12"])),
    max_size=10,
).map(tuple)
STAGES = some.sampled_from(sorted(LAW.stages))
WINDOWS = some.lists(some.tuples(STAGES, MAYBE_DAYS, MAYBE_DAYS), max_size=6).map(
    lambda rows: tuple(
        {"stage": stage, "start": start and start.isoformat(), "end": end and end.isoformat()}
        for stage, start, end in rows
    )
)
LETTERS = some.dictionaries(YEARS, some.tuples(some.sampled_from(list(Round)), DAYS, WINDOWS), max_size=3).map(
    lambda found: {year: KnownLetter(year, one[0], "B/1", one[1], one[2]) for year, one in found.items()}
)
ACTING = some.lists(
    some.builds(
        KnownActing, some.just(Role.SECRETARY), some.sampled_from([Manner.PJ, Manner.PLH, Manner.PLT]), DAYS,
        MAYBE_DAYS, some.booleans(),
    ),
    max_size=3, unique_by=lambda one: one.from_on,
).map(tuple)  # fmt: skip
KNOWN = some.builds(
    Facts,
    calendar=some.sampled_from([5, 6]).map(lambda week: Calendar(week, LAW.holidays)),
    acts=ACTS, facts=ENTERED, letters=LETTERS, acting=ACTING,
)  # fmt: skip


@given(known=KNOWN, year=YEARS, seed=some.integers())
@settings(max_examples=100, deadline=None)
def test_the_same_facts_in_any_order_give_the_same_timetable(known: Facts, year: int, seed: int) -> None:
    shuffled = {name: list(getattr(known, name)) for name in ("acts", "facts", "acting")}
    for rows in shuffled.values():
        Random(seed).shuffle(rows)
    again = Facts(known.calendar, letters=known.letters, **{name: tuple(rows) for name, rows in shuffled.items()})
    assert expected_in(LAW, year, known) == expected_in(LAW, year, again)


@given(known=KNOWN, year=YEARS)
@settings(max_examples=100, deadline=None)
def test_every_obligation_is_whole(known: Facts, year: int) -> None:
    found = expected_in(LAW, year, known)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert one.key == one.mandate or one.key.startswith(f"{one.mandate}:")
        assert one.mandate in LAW.mandates or one.mandate == acting.DEADLINE
        assert (one.year, one.family in FAMILIES, one.how_sure in SURENESS) == (year, True, True)
        assert one.basis
        assert one.computed
        assert not (one.estimated and one.due_on is None)
        assert json.loads(json.dumps([dict(step) for step in one.computed])) == list(one.computed)
        assert len(one.key) <= 120


@given(known=KNOWN, year=YEARS)
@settings(max_examples=100, deadline=None)
def test_every_step_has_its_words_and_every_place_in_them_is_filled(known: Facts, year: int) -> None:
    english = catalogue()
    for one in expected_in(LAW, year, known):
        keys = [*((step["key"], step["params"]) for step in one.computed), *titles(one.stage)]
        for key, params in keys:
            sentence = sentence_of(key)
            assert sentence != key
            assert "%(" not in sentence % params
            assert english.get(sentence), f"{key} has no English"


def titles(stage: str) -> list[tuple[str, dict[str, Any]]]:
    """The words for a stage that is none of the national round's."""
    return [(f"stage.{stage}", {})] if stage and stage not in LAW.stages else []


_CATALOGUE: dict[str, str] = {}


def catalogue() -> dict[str, str]:
    """English by Indonesian, as the catalogue has it."""
    if not _CATALOGUE:
        with (ROOT / "web/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
            _CATALOGUE.update({str(one.id): str(one.string) for one in read_po(file) if one.id})
    return _CATALOGUE


@given(known=KNOWN, year=some.integers(2016, 2021))
@settings(max_examples=100, deadline=None)
def test_no_year_before_them_is_asked_what_the_laws_of_2022_and_2024_ask(known: Facts, year: int) -> None:
    for one in expected_in(LAW, year, known):
        assert "Nomor 16 Tahun 2022" not in one.basis
        assert "Nomor 4 Tahun 2024" not in one.basis
        assert one.mandate not in ("ict_audit_internal", "ict_audit_periodic_report", "annual_affairs_report")


@pytest.mark.parametrize("family", sorted(RULES))
def test_a_rule_answers_only_for_its_own_family(family: str) -> None:
    acts = acts_of([(kind, date(2025, 6, 1), None, None, False, False) for kind in KINDS])
    facts = tuple(KnownFact(key, date(2026, 3, 2), 2027) for key in FACTS)
    known = Facts(
        Calendar(decreed=LAW.holidays), acts, facts,
        acting=(KnownActing(Role.SECRETARY, Manner.PJ, date(2026, 1, 5), None, vacant=True),),
    )  # fmt: skip
    found = [one for year in range(2024, 2032) for one in RULES[family](LAW, year, known)]
    assert found
    assert {one.family for one in found} == {family}
