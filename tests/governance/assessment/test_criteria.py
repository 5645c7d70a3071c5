"""The words of a level: the official ones where the institution loaded them, else our own summary, marked as such."""

from collections.abc import Mapping

from governance.assessment.criteria import LevelText, wording_of
from governance.assessment.cycle_models import Criterion
from governance.assessment.instrument_files import Instruments
from governance.kernel.db import db, transaction
from tests.world import NOW, World

KEY = "permenpanrb-59-2020"


def _load(institution_id: int, wordings: Mapping[tuple[str, int], str], instrument: str = KEY) -> None:
    with transaction():
        for (item, level), wording in wordings.items():
            row = Criterion(institution_id=institution_id, instrument=instrument, item=item, level=level)
            row.wording, row.source, row.loaded_at = wording, "Lampiran", NOW
            db.session.add(row)


def test_every_level_has_words_and_without_loading_none_is_official(world: World, instruments: Instruments) -> None:
    for instrument in instruments.by_key.values():
        words = wording_of(world.serang.id, instrument)
        assert set(words) == {(item.key, level) for item in instrument.items.values() for level in item.levels}
        assert not any(one.official for one in words.values())
        assert all(one.text for one in words.values())


def test_the_official_wording_stands_in_place_of_our_summary(world: World, instruments: Instruments) -> None:
    _load(world.serang.id, {("1", 2): "Bunyi resmi."})
    words = wording_of(world.serang.id, instruments.instrument(KEY))
    assert words["1", 2] == LevelText("Bunyi resmi.", official=True, source="Lampiran")
    assert not words["1", 3].official


def test_what_one_institution_or_instrument_loaded_is_not_anothers(world: World, instruments: Instruments) -> None:
    _load(world.kota.id, {("1", 2): "Bunyi kota."})
    _load(world.serang.id, {("1", 2): "Bunyi 2018."}, "permenpanrb-5-2018")
    assert not wording_of(world.serang.id, instruments.instrument(KEY))["1", 2].official


def test_where_the_print_is_faulty_both_readings_are_told_whatever_is_loaded(
    world: World, instruments: Instruments
) -> None:
    instrument = instruments.instrument(KEY)
    shifted = [level for level, one in instrument.items["3"].levels.items() if one.summary_by_pattern]
    assert shifted
    _load(world.serang.id, {("3", level): "Bunyi tercetak." for level in shifted})
    words = wording_of(world.serang.id, instrument)
    for level in shifted:
        assert words["3", level].text == "Bunyi tercetak."
        assert words["3", level].by_pattern == instrument.items["3"].levels[level].summary_by_pattern
