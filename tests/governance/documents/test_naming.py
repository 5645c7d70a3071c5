"""Which act a sentence names: the number after "Nomor", an own office before it, and no guess between two."""

import re

from hypothesis import given
from hypothesis import strategies as st

from governance.documents.naming import Named, named_in
from governance.documents.numbering import gaps

OFFICES = ("Bupati Serang", "Sekretaris Daerah Kabupaten Serang")
OLD = Named(1, "coordination_team_decree", "656.1/Kep. 160-Huk.Diskominfo/2020", "Pembentukan Tim Koordinasi SPBE")
SHORT = Named(2, "coordination_team_decree", "1 TAHUN 2025", "Pembentukan Tim")
RULE = Named(3, "spbe_roadmap", "1 TAHUN 2025", "Peta Rencana SPBE")


def named(text: str, *acts: Named, kind: str = "coordination_team_decree") -> list[int]:
    return [one.document_id for one in named_in(text, acts, offices=OFFICES, kind=kind)]


def test_the_sentence_of_a_dictum_names_its_act_however_it_is_spaced_and_cased() -> None:
    said = "Keputusan  BUPATI SERANG Nomor 656.1/Kep. 160-Huk.Diskominfo/2020\ntentang Pembentukan Tim"
    assert named(said, OLD, SHORT) == [1]
    assert named("keputusan bupati serang nomor: 1 tahun 2025.", SHORT) == [2]


def test_a_number_that_only_begins_the_same_is_another_one() -> None:
    assert named("Keputusan Bupati Serang Nomor 1 TAHUN 2025/A tentang Tim", SHORT) == []
    assert named("Keputusan Bupati Serang Nomor 11 TAHUN 2025 tentang Tim", SHORT) == []
    assert named("Keputusan Bupati Serang Nomor 656.1/Kep. 160-Huk.Diskominfo/2020.1", OLD) == []


def test_another_office_is_not_meant() -> None:
    for office in ("Gubernur Banten", "Wali Kota Serang", "Bupati Pandeglang", "Menteri"):
        assert named(f"Keputusan {office} Nomor 1 TAHUN 2025 tentang Pembentukan Tim", SHORT) == []


def test_two_acts_of_one_number_are_told_apart_by_title_then_by_kind_else_not_at_all() -> None:
    said = "Peraturan Bupati Serang Nomor 1 TAHUN 2025"
    assert named(f"{said} tentang Peta Rencana SPBE", SHORT, RULE) == [3]
    assert named(said, SHORT, RULE) == [2], "the same kind"
    assert named(said, SHORT, RULE, kind="circular") == []


def test_several_acts_are_named_in_the_order_of_the_text() -> None:
    said = (
        f"Keputusan Bupati Serang Nomor {OLD.number} tentang A dan Keputusan Bupati Serang Nomor 1 TAHUN 2025 tentang B"
    )
    assert named(said, SHORT, OLD) == [1, 2]


@given(st.text(max_size=80), st.text(min_size=1, max_size=30))
def test_any_text_and_any_number_give_an_answer(text: str, number: str) -> None:
    found = named(text, Named(9, "x", number, text[:20]))
    assert found in ([], [9])
    if found:
        assert re.search("nomor", text, re.IGNORECASE)


@given(st.sets(st.integers(1, 300)), st.integers(1, 50))
def test_numbers_and_gaps_together_are_the_whole_book(known: set[int], start: int) -> None:
    found = gaps(known, start=start)
    missing = {number for gap in found for number in range(gap.first, gap.last + 1)}
    assert not missing & known
    assert missing | {number for number in known if number >= start} == set(range(start, max([*known, start - 1]) + 1))
    assert sum(gap.count for gap in found) == len(missing)
