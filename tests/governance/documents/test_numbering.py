"""Numbers of acts: written as each institution writes them, and read back from what Bagian Hukum types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.documents.numbering import Pattern, following
from governance.kernel.errors import Invalid

SERANG = Pattern("{classification}/Kep. {number}-Huk.{unit}/{year}", "656.1")
REGISTER = Pattern("{number} TAHUN {year}")

patterns = st.sampled_from(
    [SERANG, REGISTER, Pattern("{classification}/{number}/{unit}/{year}", "188.4"), Pattern("Kep.{number}+({year})")]
)


def test_serang_writes_its_numbers_as_on_the_decree_of_2020() -> None:
    assert SERANG.written(160, year=2020, unit="Diskominfo") == "656.1/Kep. 160-Huk.Diskominfo/2020"


def test_the_number_of_the_shared_book_is_read_from_what_is_typed() -> None:
    assert REGISTER.number_in(" 45 TAHUN 2026 ", year=2026, unit="DKIS") == 45


@pytest.mark.parametrize(
    "typed",
    ["", "45", "0 TAHUN 2026", "45 TAHUN 2025", "45 tahun 2026", "-5 TAHUN 2026", "4.5 TAHUN 2026",
     "45 TAHUN 2026 x", "45\n TAHUN 2026",
     "1234567890 TAHUN 2026", "{number} TAHUN 2026", "a" * 5000],
)  # fmt: skip
def test_what_does_not_follow_the_pattern_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        REGISTER.number_in(typed, year=2026, unit="DKIS")
    assert refusal.value.problems[0].params == {"example": "1 TAHUN 2026"}


def test_only_plain_digits_are_a_number() -> None:
    with pytest.raises(Invalid):
        REGISTER.number_in("٤٥ TAHUN 2026", year=2026, unit="DKIS")


@given(patterns, st.integers(1, 999_999_999), st.integers(1945, 2100), st.text("ABCdef.- &", min_size=1, max_size=12))
def test_what_is_written_is_read_back(pattern: Pattern, number: int, year: int, unit: str) -> None:
    assert pattern.number_in(pattern.written(number, year=year, unit=unit).strip(), year=year, unit=unit) == number


@given(st.text(max_size=60))
def test_anything_typed_is_a_number_or_refused_and_never_a_fault(typed: str) -> None:
    try:
        number = SERANG.number_in(typed, year=2026, unit="Diskominfo")
    except Invalid:
        return
    assert number >= 0


@given(st.integers(1, 10_000), st.integers(0, 50))
def test_a_series_begins_at_its_start_and_has_no_gap(start: int, count: int) -> None:
    given_out: list[int] = []
    for _ in range(count):
        given_out.append(following(max(given_out, default=None), start))
    assert given_out == list(range(start, start + count))
