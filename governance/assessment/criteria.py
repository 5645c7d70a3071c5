"""What each level of an item asks, in words: the official wording that an institution loaded, else our own summary."""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.assessment.cycle_models import Criterion
from governance.assessment.instruments import Instrument
from governance.kernel.db import db, within


@dataclass(frozen=True)
class LevelText:
    """What a level asks. `official` is the wording the institution loaded, from `source`; else it is our "ringkasan".

    Where the print is faulty, `by_pattern` is what the other indicators have in that place: always in our own words.
    """

    text: str
    official: bool
    source: str = ""
    by_pattern: str = ""


Wording = Mapping[tuple[str, int], LevelText]


def wording_of(institution_id: int, instrument: Instrument) -> Wording:
    """The words of every level of every item of the instrument, by item and level. One statement."""
    rows = within(
        institution_id, Criterion, Criterion.item, Criterion.level, Criterion.wording, Criterion.source
    ).where(Criterion.instrument == instrument.key)
    loaded = {(item, level): (wording, source) for item, level, wording, source in db.session.execute(rows)}
    return worded(instrument, loaded)


def worded(instrument: Instrument, loaded: Mapping[tuple[str, int], tuple[str, str]]) -> Wording:
    """Every level's words, given what was loaded: wording and source by item and level. Nothing else is official."""
    found: dict[tuple[str, int], LevelText] = {}
    for item in instrument.items.values():
        for number, level in item.levels.items():
            place = (item.key, number)
            if place in loaded:
                wording, source = loaded[place]
                found[place] = LevelText(wording, True, source, level.summary_by_pattern)
            else:
                found[place] = LevelText(level.summary, False, "", level.summary_by_pattern)
    return found
