"""An assessor team proposed from the owners of the indicators: by office, by the instrument of the day."""

from datetime import date
from typing import Any

import pytest

from config.settings import ROOT
from governance.documents.assessors import plot_rows
from governance.documents.defaults import defaults
from governance.documents.fields import problems
from governance.documents.kind_files import read_kinds
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_all

KIND = "internal_assessor_team_decree"
OLD, NEW = date(2026, 6, 4), date(2026, 6, 5)

Places = dict[str, InstitutionFacts]


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture(scope="module")
def places() -> Places:
    return read_all(ROOT / "config" / "institutions") | read_all(ROOT / "tests" / "institutions")


@pytest.fixture(scope="module")
def kind() -> Any:
    return read_kinds(ROOT / "doc_templates")[KIND]


def proposed(kind: Any, law: Law, facts: InstitutionFacts, on: date, role: str) -> list[str]:
    fields = defaults(kind, institution=facts, law=law, year=on.year, on=on)
    return [member["post"] for member in fields["members"] if member["role"] == role]


@pytest.mark.parametrize(
    ("on", "instrument"),
    [(date(2018, 1, 1), None), (OLD, "permenpanrb-59-2020"), (NEW, "permenpanrb-8-2026")],
)
def test_the_instrument_follows_the_day(law: Law, on: date, instrument: str | None) -> None:
    found = law.instrument_on(on)

    assert (found.key if found else None) == instrument


def test_members_are_the_heads_of_the_owners_offices_each_once(kind: Any, law: Law, places: Places) -> None:
    old = proposed(kind, law, places["serang"], OLD, "anggota")
    new = proposed(kind, law, places["serang"], NEW, "pelaksana_unit")

    assert old[:4] == ["inspektorat", "bappeda", "organisasi", "bkpsdm"]
    assert {"pbj", "arsip"} <= set(old), "offices without a role are found by their name"
    assert {"dpmptsp", "disdukcapil"} <= set(new)
    assert "diskominfo" not in old + new, "it is responsible for the team already"
    assert len(new) == len(set(new))


def test_an_office_that_is_not_found_is_never_made_up(law: Law, places: Places) -> None:
    facts = places["kota_contoh"]
    rows = plot_rows(law, facts, "permenpanrb-59-2020", "Anggota", 400)

    assert set(law.ownership.heads("permenpanrb-59-2020", facts)) <= set(facts.posts)
    assert [row["asesor"] for row in rows if row["indikator"] == "45 sampai dengan 47"] == ["[lengkapi]"]


@pytest.mark.parametrize("instrument", ["permenpanrb-59-2020", "permenpanrb-8-2026"])
def test_the_plot_names_every_indicator_once_within_its_cells(law: Law, places: Places, instrument: str) -> None:
    for facts in places.values():
        rows = plot_rows(law, facts, instrument, "Anggota", 400)

        named = [number for row in rows for number in numbers(row["indikator"])]
        assert sorted(named) == list(range(1, (law.instruments[instrument].indicators or 0) + 1))
        assert all(0 < len(cell) <= 400 for row in rows for cell in row.values())


def numbers(said: str) -> list[int]:
    """The numbers that "1, 3, dan 5 sampai dengan 7" names."""
    found: list[int] = []
    for piece in said.replace(", dan ", ", ").replace(" dan ", ", ").split(", "):
        first, _, last = piece.partition(" sampai dengan ")
        found += range(int(first), int(last or first) + 1)
    return found


def test_a_narrow_cell_names_who_answers_and_leaves_out_who_only_contributes(law: Law, places: Places) -> None:
    rows = plot_rows(law, places["serang"], "permenpanrb-8-2026", "Anggota", 60)

    assert rows[0]["unit"] == "Badan Perencanaan Pembangunan Daerah"


@pytest.mark.parametrize("place", ["serang", "jombang", "kota_contoh", "provinsi_contoh"])
@pytest.mark.parametrize("on", [OLD, NEW])
def test_what_is_proposed_can_be_submitted(kind: Any, law: Law, places: Places, place: str, on: date) -> None:
    facts = places[place]
    fields = defaults(kind, institution=facts, law=law, year=on.year, on=on) | {"place": "Contoh"}

    assert problems(kind, fields, institution=facts, complete=True, law=law) == ()
