"""How an office's indicators look: its present level, what the next level asks, what is missing, its task."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from governance.assessment import asking, rated
from governance.assessment.course import Part
from governance.assessment.criteria import Wording, worded
from governance.assessment.instruments import Instrument, Item
from governance.assessment.judging import EvidenceState, Reason
from governance.assessment.office_items import Note, OfficeItem
from governance.assessment.proven import cumulative, lowest_asked
from governance.assessment.shares import UNRESOLVED
from governance.tasks.lifecycle import State
from web.pages.share_shapes import PARTS, SURE, short_name
from web.wording import marked

MOST_IN_BRIEF = 5
REASONS = {
    Reason.WRONG_OBJECT: marked("Buktinya bukan yang diminta"),
    Reason.NOT_UPLOADED: marked("Berkasnya tidak terunggah"),
    Reason.LOWER_LEVEL_OPEN: marked("Tingkat di bawahnya belum terpenuhi"),
}
WAITING = frozenset({State.VERIFIED, State.CANCELLED})


def level_told(value: Fraction | None) -> str:
    """A level as pages say it: "3", "2,35"; a dash where nothing is rated, which is no level 1."""
    if value is None:
        return "–"
    hundredths = int(value * 100 + Fraction(1, 2))
    return str(format_decimal(hundredths / 100, "0" if hundredths % 100 == 0 else "0.00"))


def item_shape(
    one: OfficeItem, instrument: Instrument, cycle_id: int, words: Wording, notes: Mapping[str, Note]
) -> dict[str, Any]:
    """One indicator of an office, with the way to hand in evidence."""
    item = instrument.items[one.item]
    present = present_of(one)
    accepted = {level for (level, _code), state in one.states.items() if state is EvidenceState.ACCEPTED}
    proven = cumulative(accepted, lowest_asked(instrument))
    asked = _asked(item, instrument, one, words, present)
    note = notes.get(one.item)
    return {
        "item": one.item,
        "name": short_name(item),
        "part": _(PARTS[one.part]),
        "responsible": one.part is Part.RESPONSIBLE,
        "proposed": one.how_sure != "",
        "sure": _(SURE.get(one.how_sure, one.how_sure)) if one.how_sure else "",
        "unresolved": one.how_sure == UNRESOLVED,
        "weight": level_told(item.weight),
        "present": level_told(present),
        "proven": proven,
        "external": item.external.index if item.external else "",
        "asked": asked,
        "own": {state.value: count for state, count in one.own.items()},
        "note": _note_shape(note) if note else None,
        "task": _task_shape(one),
        "url": url_for("pages.cycle_item", cycle_id=cycle_id, item=one.item),
    }


def present_of(one: OfficeItem) -> Fraction | None:
    """The item's present value: its latest rating."""
    return rated.present({stage: {one.item: value} for stage, value in one.scores.items()}).get(one.item)


def brief_shapes(items: Sequence[OfficeItem], instrument: Instrument, cycle_id: int) -> list[dict[str, Any]]:
    """The short block of a home: what an office has open tasks for comes first, and what is missing in a line."""
    words = worded(instrument, {})  # What is missing is told by evidence; the levels' wording is not shown here.
    shapes = [item_shape(one, instrument, cycle_id, words, {}) for one in items]
    return sorted(shapes, key=lambda row: (not row["responsible"], not _missing(row)))[:MOST_IN_BRIEF]


def _missing(row: dict[str, Any]) -> list[str]:
    return row["asked"]["missing"] if row["asked"] else []


def _asked(
    item: Item, instrument: Instrument, one: OfficeItem, words: Wording, present: Fraction | None
) -> dict[str, Any] | None:
    """What the next level asks; None at the top, and where another body's index gives the value."""
    level = asking.next_level(instrument, item, present)
    if level is None:
        return None
    asked = asking.asked_of(item, level, words, one.states)
    return {
        "level": level,
        "text": asked.text.text,
        "official": asked.text.official,
        "by_pattern": asked.text.by_pattern,
        "pieces": [
            {"code": piece.code, "what": piece.what, "state": piece.state.value if piece.state else ""}
            for piece in asked.pieces
        ],
        "missing": [piece.what for piece in asked.missing],
    }


def _note_shape(note: Note) -> dict[str, Any]:
    reason = _(REASONS[note.reason]) if note.reason else ""
    return {"words": note.words, "reason": reason, "by": note.by_title, "at": note.at}


def _task_shape(one: OfficeItem) -> dict[str, Any] | None:
    if one.task_id is None or one.task_state is None:
        return None
    return {
        "url": url_for("pages.task", task_id=one.task_id),
        "state": one.task_state.value,
        "due_on": one.due_on,
        "open": one.task_state not in WAITING,
    }
