"""What the next level asks: its evidence piece by piece, how far each has come, and the acts that offer themselves."""

from datetime import date
from fractions import Fraction

import pytest

from config.settings import ROOT
from governance.assessment.asking import Asked, asked_of, next_level
from governance.assessment.criteria import worded
from governance.assessment.instrument_files import Instruments
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.offers import ActTold, Term, Under, offering
from governance.documents.effect import Period
from governance.mandates.law import Law
from tests.governance.assessment.conftest import KEYS

SIGNED = date(2025, 3, 3)


@pytest.fixture
def instrument(instruments: Instruments) -> Instrument:
    return instruments.instrument(KEYS[1])


def _asked(instrument: Instrument, level: int, states: dict[tuple[int, str], EvidenceState]) -> Asked:
    return asked_of(instrument.items["19"], level, worded(instrument, {}), states)


@pytest.mark.parametrize(
    ("reached", "level"), [(None, 1), (1, 2), (Fraction("2.35"), 3), (Fraction(4), 5), (Fraction(5), None)]
)
def test_the_next_level_is_the_next_whole_one(instrument: Instrument, reached: Fraction | None, level: int) -> None:
    assert next_level(instrument, instrument.items["19"], reached) == level


def test_from_level_0_the_next_is_1_and_an_external_index_has_none(instruments: Instruments) -> None:
    oldest, newest = instruments.instrument(KEYS[0]), instruments.instrument(KEYS[2])
    assert next_level(oldest, oldest.items["1"], 0) == 1
    assert next_level(newest, newest.items["5"], 2) is None


def test_every_piece_of_a_level_is_missing_until_it_lies_with_the_assessors(instrument: Instrument) -> None:
    codes = tuple(instrument.items["19"].levels[2].evidence)
    assert [one.code for one in _asked(instrument, 2, {}).missing] == list(codes)
    for state, missing in (
        (EvidenceState.DRAFT, True),
        (EvidenceState.REVISE, True),
        (EvidenceState.IN_PROCESS, False),
        (EvidenceState.ACCEPTED, False),
    ):
        asked = _asked(instrument, 2, {(2, codes[0]): state})
        assert (asked.pieces[0].state, asked.pieces[0].missing) == (state, missing)


def test_what_names_no_code_counts_for_the_one_piece_there_is_and_else_stands_beside_them(
    instruments: Instruments,
) -> None:
    levels = [
        (instrument, item, level)
        for instrument in instruments.by_key.values()
        for item in instrument.items.values()
        for level in item.levels
    ]
    counts = set()
    for instrument, item, level in levels:
        asked = asked_of(item, level, worded(instrument, {}), {(level, ""): EvidenceState.ACCEPTED})
        counts.add(min(len(asked.pieces), 2))
        if len(asked.pieces) == 1:
            assert (asked.missing, asked.loose) == ((), None)
        else:
            assert (asked.missing, asked.loose) == (asked.pieces, EvidenceState.ACCEPTED)
    assert counts >= {1}


def test_acts_that_offer_themselves_for_the_level_are_told_with_what_they_need(instrument: Instrument) -> None:
    under = Under(instrument, Law.read(ROOT / "config" / "law"))
    act = ActTold(1, 1, "coordination_team_decree", "Tim", "1", 2025, SIGNED, Period(SIGNED))
    found = [offering(act, under, Term(date(2025, 9, 1), 2025))]
    words = worded(instrument, {})
    [(_, now)] = asked_of(instrument.items["10"], 2, words, {}, found).acts
    assert "nomor, tanggal, tanda tangan" in now.proof.needs
    later = asked_of(instrument.items["19"], 2, words, {}, found)
    assert later.acts == ()
    [(_, declared)] = later.after_declaring
    assert declared.proof.state == "implemented_part"
