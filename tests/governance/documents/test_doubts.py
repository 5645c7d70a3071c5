"""What a draft lacks and what in it is doubtful, each with the place where it is mended."""

from datetime import date
from typing import Any

import pytest

from config.settings import ROOT
from governance.documents import drafting
from governance.documents.doubts import Doubt, Draft, Grade, doubts
from governance.documents.kind_files import read_kinds
from governance.documents.starting import Began, Source, beginning, kept
from governance.documents.terms import mismatch
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all

BEFORE, SINCE = date(2026, 6, 4), date(2026, 6, 5)
TEAM, ASSESSORS = "coordination_team_decree", "internal_assessor_team_decree"
SPBE, PEMDI = "Sistem Pemerintahan Berbasis Elektronik", "Pemerintah Digital"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture(scope="module")
def kinds() -> dict[str, Any]:
    return read_kinds(ROOT / "doc_templates")


@pytest.fixture(scope="module")
def places() -> dict[str, InstitutionFacts]:
    return read_all(ROOT / "config" / "institutions") | read_all(ROOT / "tests" / "institutions")


@pytest.fixture
def look(law: Law, kinds: dict[str, Any], places: dict[str, InstitutionFacts]) -> Any:
    """`look(kind, on, field=...)`: the doubts of a draft that begins on that day, with these fields changed."""

    def looked(kind: str, on: date = SINCE, *, began: Any = None, place: str = "serang", **changes: Any) -> list[Doubt]:
        facts = places[place]
        found = beginning(kinds[kind], institution=facts, law=law, year=on.year + 1, on=on) | (began or {})
        fields = {key: one.value for key, one in found.items()} | changes
        text = drafting.compose(kinds[kind], fields, institution=facts, law=law, on=on)
        return list(doubts(Draft(kinds[kind], fields, kept(found), text, facts, law, on)))

    return looked


def keys(found: list[Doubt], grade: Grade = Grade.DOUBTFUL) -> list[str]:
    return [one.key for one in found if one.grade is grade]


def test_what_is_missing_comes_first_and_names_its_field(look: Any) -> None:
    first = look(TEAM, budget=None)[0]

    assert (first.grade, first.key, first.place, first.section) == (Grade.OPEN, "draft.missing", "budget", "budget")


def test_mengingat_is_doubted_where_the_register_does_not_know(look: Any) -> None:
    found = [one for one in look(TEAM) if one.key.startswith("review.citation")]

    unsure = {one.params["key"]: one.params["note"] for one in found if one.key == "review.citation_unsure"}
    assert "permenpan_8_2026" in unsure
    assert all(unsure.values())
    assert "review.citation_incomplete" in keys(found)


def test_a_guessed_seat_is_doubted_until_it_is_written(look: Any) -> None:
    assert "review.guessed_seat" in keys(look(TEAM, place="kota_contoh"))
    assert "review.guessed_seat" not in keys(look(TEAM, place="serang"))


def test_dots_and_gaps_in_a_field_are_found_however_deep(look: Any) -> None:
    tasks = [{"what": "menyampaikan ....... kepada Sekretaris", "working_days": 5}]

    assert [one.place for one in look(TEAM, unit_tasks=tasks) if one.key == "review.gap"] == ["unit_tasks"]


def test_an_optional_field_may_stay_empty_and_a_custom_is_said_to_be_one(look: Any) -> None:
    found = look(TEAM)
    changed = look(TEAM, meetings=["Rapat bulanan."])

    assert "signer_name" in [one.place for one in found if one.grade is Grade.EMPTY]
    assert "meetings" in [one.place for one in found if one.grade is Grade.CUSTOM]
    assert "meetings" not in [one.place for one in changed if one.grade is Grade.CUSTOM]


def test_what_was_carried_over_is_doubted_for_old_years_and_posts_that_are_gone(look: Any) -> None:
    source = Source("draft.source.last_document_without", {"number": "1", "gone": "Kepala Kantor Lama"})
    began = {"reports": Began(["Laporan disampaikan pada Tahun 2025."], source)}

    found = {one.key: one for one in look(TEAM, began=began)}

    assert found["review.members_gone"].params["gone"] == "Kepala Kantor Lama"
    assert (found["review.old_year"].params["years"], found["review.old_year"].place) == ("2025", "reports")


def test_the_inspectorate_is_named_where_it_assesses_what_it_audits(look: Any) -> None:
    lone = [{"role": "pelaksana_unit", "post": "bappeda", "office": None}]

    assert "review.assesses_audit" in keys(look(ASSESSORS))
    assert "review.assesses_audit" not in keys(look(ASSESSORS, members=lone))


def test_who_sets_it_is_doubted_where_the_article_was_not_read(look: Any) -> None:
    assert "review.establisher_unsure" in keys(look(ASSESSORS, SINCE))
    assert "review.establisher_unsure" not in keys(look(ASSESSORS, BEFORE))


@pytest.mark.parametrize(
    ("kind", "on", "chosen", "lawful"),
    [
        (ASSESSORS, BEFORE, SPBE, None),
        (ASSESSORS, BEFORE, PEMDI, SPBE),
        (ASSESSORS, SINCE, PEMDI, None),
        (ASSESSORS, SINCE, SPBE, PEMDI),
        (TEAM, date(2024, 9, 3), PEMDI, SPBE),
        (TEAM, date(2024, 9, 3), SPBE, None),
        (TEAM, SINCE, SPBE, None),
    ],
)
def test_a_term_that_is_not_the_laws_on_that_day_is_named(
    look: Any, kind: str, on: date, chosen: str, lawful: str | None
) -> None:
    found = [one for one in look(kind, on, term=chosen) if one.key == "review.term"]

    assert [one.params["lawful"] for one in found] == ([lawful] if lawful else [])
    assert all(one.place == "term" for one in found)


def test_the_regulation_that_uses_the_other_term_is_named(law: Law, kinds: Any, places: Any) -> None:
    found = mismatch(kinds[ASSESSORS], SPBE, places["serang"], law, SINCE)

    assert found is not None
    assert "Nomor 8 Tahun 2026" in found.regulation
