"""Usual offices and posts as the law data has them, what is asked of an office, and who would judge his own work."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.assessment.conflicts import Conflict, Rater, Why, conflicts
from governance.assessment.course import CycleRole, Part
from governance.assessment.instrument_files import Instruments
from governance.assessment.proven import lowest_asked
from governance.assessment.shares import (
    BY_DECREE,
    BY_OWNERS,
    BY_POST,
    UNRESOLVED,
    TeamMember,
    in_order,
    mark,
    seats_mark,
    usual_seats,
    usual_shares,
)
from governance.assessment.wanted import wanted, what
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all
from governance.people.roles import Role
from governance.tasks.wants import MOST_WANTS, want_problems

OLD, NEW, FIRST = "permenpanrb-59-2020", "permenpanrb-8-2026", "permenpanrb-5-2018"


@pytest.fixture(scope="session")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture(scope="session")
def serang() -> InstitutionFacts:
    return read_all(Path(ROOT / "config" / "institutions"))["serang"]


@pytest.mark.parametrize("key", [FIRST, OLD, NEW])
def test_every_item_has_exactly_one_responsible_office_of_the_region(
    law: Law, serang: InstitutionFacts, instruments: Instruments, key: str
) -> None:
    instrument = instruments.instrument(key)
    found = usual_shares(law, instrument, serang)
    assert [one.item for one in found if one.part is Part.RESPONSIBLE] == list(instrument.items)
    assert {one.unit_key for one in found} <= {unit.key for unit in serang.units}
    assert len({(one.item, one.unit_key) for one in found}) == len(found), "no office twice in an item"


def test_the_items_of_one_indicator_have_the_same_offices(
    law: Law, serang: InstitutionFacts, instruments: Instruments
) -> None:
    """The first instrument rates indicators 34 and 35 in parts; its owners are told by the next one's for this."""
    told = replace(law, ownership=replace(law.ownership, instruments={FIRST: law.ownership.instruments[OLD]}))
    instrument = instruments.instrument(FIRST)
    parts = [item.key for item in instrument.items.values() if "-" in item.key]
    assert parts
    by_item: dict[str, list[tuple[str, str]]] = {}
    for one in usual_shares(told, instrument, serang):
        by_item.setdefault(one.item, []).append((one.unit_key, one.part.value))
    for number in {part.split("-")[0] for part in parts}:
        offices = [by_item[part] for part in parts if part.startswith(f"{number}-")]
        assert all(one == offices[0] for one in offices), number


def test_an_owner_that_is_no_office_here_falls_to_the_digital_office_marked(
    law: Law, serang: InstitutionFacts, instruments: Instruments
) -> None:
    without = replace(serang, posts=tuple(post for post in serang.posts if post.role is not Role.PLANNING))
    found = {
        one.item: (one.unit_key, one.how_sure)
        for one in usual_shares(law, instruments.instrument(NEW), without)
        if one.part is Part.RESPONSIBLE
    }
    assert found["1"] == ("diskominfo", UNRESOLVED)
    assert found["3"] == ("bkpsdm", "seen_twice")


def test_without_a_digital_office_nothing_is_made_up(
    law: Law, serang: InstitutionFacts, instruments: Instruments
) -> None:
    without = replace(serang, posts=tuple(post for post in serang.posts if post.role is not Role.DIGITAL))
    found = usual_shares(law, instruments.instrument(OLD), without)
    responsible = {one.item for one in found if one.part is Part.RESPONSIBLE}
    assert "1" not in responsible
    assert "35" in responsible


def test_the_team_decree_says_who_takes_which_part(
    law: Law, serang: InstitutionFacts, instruments: Instruments
) -> None:
    team = (
        TeamMember("penanggung_jawab", "organisasi"),
        TeamMember("anggota", "bappeda"),
        TeamMember("anggota", "inspektorat"),
        TeamMember("anggota", "setda"),
    )
    seats = {
        (one.role, one.post_key): one.how_sure for one in usual_seats(law, instruments.instrument(OLD), serang, team)
    }
    assert seats == {
        (CycleRole.ANSWERABLE, "organisasi"): BY_DECREE,
        (CycleRole.COORDINATOR, "setda"): BY_POST,
        (CycleRole.DATA_ENTRY, "diskominfo"): BY_POST,
        (CycleRole.ASSESSOR, "bappeda"): BY_DECREE,
        (CycleRole.ASSESSOR, "inspektorat"): BY_DECREE,
    }


def test_without_a_decree_the_owners_heads_rate_as_a_proposal(
    law: Law, serang: InstitutionFacts, instruments: Instruments
) -> None:
    seats = usual_seats(law, instruments.instrument(OLD), serang, ())
    assessors = [one for one in seats if one.role is CycleRole.ASSESSOR]
    assert assessors
    assert {one.how_sure for one in assessors} == {BY_OWNERS}
    assert "setda" not in {one.post_key for one in assessors}


def test_a_mark_changes_with_what_stands_and_with_nothing_else() -> None:
    assert mark(3, {5, 4}) == mark(3, [4, 5]) != mark(4, {3, 5})
    assert mark(None, ()) == "-:"
    one = {(CycleRole.ASSESSOR, 1): ("1", "2"), (CycleRole.COORDINATOR, 2): ()}
    assert seats_mark(one) == seats_mark(dict(reversed(one.items())))
    assert seats_mark(one) != seats_mark({**one, (CycleRole.ASSESSOR, 1): ()})


def test_items_are_counted_as_a_reader_counts() -> None:
    assert sorted(["10", "35-2", "2", "35-1", "1"], key=in_order) == ["1", "2", "10", "35-1", "35-2"]


@pytest.mark.parametrize("key", [FIRST, OLD, NEW])
def test_what_is_asked_of_an_office_can_always_be_asked(instruments: Instruments, key: str) -> None:
    instrument = instruments.instrument(key)
    lowest = lowest_asked(instrument)
    for item in instrument.items.values():
        for present in (None, Fraction(instrument.min_value), Fraction(5, 2), Fraction(instrument.max_value)):
            asked = wanted(item, present, lowest)
            assert want_problems(asked) == []
            assert len(asked) <= MOST_WANTS
            assert not any(want.required for want in asked)
        assert item.key in what(item)


def test_the_next_levels_evidence_is_asked_first_and_none_that_is_below(instruments: Instruments) -> None:
    item = instruments.instrument(OLD).items["1"]
    assert [want.key for want in wanted(item, Fraction(3), 1)] == ["i1_l4_01", "i1_l4_02", "i1_l5_01"]
    decimal = wanted(item, Fraction(7, 2), 1)
    assert decimal[0].key == "i1_l4_01", "a decimal steps to the next integer"
    assert wanted(item, Fraction(5), 1) == ()


def test_another_bodys_index_is_asked_for_itself(instruments: Instruments) -> None:
    item = next(one for one in instruments.instrument(NEW).items.values() if one.external)
    (want,) = wanted(item, None, 1)
    assert item.external is not None
    assert item.external.index in want.label
    assert item.external.index in what(item)


def rater(unit_id: int, role: Role = Role.SERVICE, items: tuple[str, ...] = (), audits: bool = False) -> Rater:
    return Rater(post_id=unit_id * 10, unit_id=unit_id, role=role, items=items, audits=audits)


def test_who_rates_his_own_offices_work_is_warned_of(instruments: Instruments) -> None:
    instrument = instruments.instrument(OLD)
    shared = {"1": {1, 2}, "2": {2}, "3": {1}}
    found = conflicts(instrument, [rater(1), rater(2, items=("3",)), rater(3)], shared)
    assert found == (Conflict(10, Why.OWN_WORK, ("1", "3")),)


@pytest.mark.parametrize(("key", "audits"), [(OLD, ("9", "29", "30", "31")), (NEW, ("9",)), (FIRST, ())])
def test_the_inspectorate_that_rates_audits_is_warned_of(
    instruments: Instruments, key: str, audits: tuple[str, ...]
) -> None:
    found = conflicts(instruments.instrument(key), [rater(1, Role.INSPECTORATE)], {})
    assert found == ((Conflict(10, Why.AUDIT_INDICATORS, audits),) if audits else ())
    assert conflicts(instruments.instrument(key), [rater(1, Role.INSPECTORATE, ("1",))], {}) == ()


def test_an_office_of_the_audit_team_that_rates_is_warned_of_for_all_it_rates(instruments: Instruments) -> None:
    found = conflicts(instruments.instrument(OLD), [rater(1, items=("4", "5"), audits=True)], {})
    assert found == (Conflict(10, Why.AUDITS, ("4", "5")),)
