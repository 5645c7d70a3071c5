"""One cell of a cycle's workbook, judged: the text it means, or what is wrong with it and what to do; pure."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from governance.assessment.effort_check import LONGEST_KEY, MOST
from governance.assessment.instruments import Instrument
from governance.assessment.scoring import as_fraction
from governance.assessment.sheet_layout import RULED_OUT, Column, Holds
from governance.assessment.sheet_offices import Offices
from governance.assessment.usual_costs import OWN
from governance.assessment.values import number_in
from governance.documents.fields import EARLIEST, LATEST
from governance.documents.values import cleaned_text
from governance.documents.workbooks import day_of_serial
from governance.kernel.texts import unprintable

RUNG = re.compile(r"(\d{1,3}(?:-\d{1,2})?):(\d{1,2})", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
OWN_KEY = re.compile(rf"{OWN}[a-z0-9_]+", re.ASCII)
SHOWN = 60


@dataclass(frozen=True)
class Written:
    """A cell as it came: `at` is its name in its sheet, `type` the reader's word for what it holds."""

    at: str
    value: Any
    type: str = "s"


@dataclass(frozen=True)
class Ground:
    """What cells are judged by; `works` are the keys of the usual works on documents."""

    instrument: Instrument
    offices: Offices
    works: Collection[str] = ()


@dataclass(frozen=True)
class Judged:
    """What a cell means ("" where it means nothing), and the key and parameters of what is wrong with it."""

    text: str = ""
    wrong: str = ""
    params: Mapping[str, Any] | None = None


def judged(column: Column, cell: Written, ground: Ground) -> Judged:
    """The cell as that column takes it."""
    told = {"value": shown(cell.value)}
    if cell.type == "f":
        return Judged("", "sheet.formula", told)
    if cell.type == "e":
        return Judged("", "sheet.error", told)
    if isinstance(cell.value, bool):
        return Judged("", "sheet.truth", told)
    if isinstance(cell.value, date | time) and column.holds is not Holds.DAY:
        return Judged("", "sheet.is_day", told)
    text = _text(cell.value)
    if unprintable("", text):
        return Judged("", "sheet.unreadable", {})
    return _BY[column.holds](column, text, ground, cell.value) if text else Judged()


def shown(value: Any) -> str:
    """A value as a sentence may quote it: a day as people write it, and what cannot be seen by its number."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = _text(value).replace(".", ",") if isinstance(value, float) else " ".join(str(value).split())
    return "".join(f"[U+{ord(one):04X}]" if unicodedata.category(one) == "Cf" else one for one in text)[:SHOWN]


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return format(value, ".15g")  # So many digits a spreadsheet keeps: 0.1 + 0.2 is 0.3.
    return cleaned_text(value.isoformat() if isinstance(value, date) else str(value if value is not None else ""))


def _item(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    known = text in ground.instrument.items
    return Judged(text) if known else Judged("", "sheet.item_unknown", {"value": shown(text)})


def _words(column: Column, text: str, _ground: Ground, _value: Any) -> Judged:
    if len(text) > column.limit:
        return Judged("", "sheet.long", {"limit": column.limit, "length": len(text)})
    return Judged(text)


def _name(_column: Column, text: str, _ground: Ground, _value: Any) -> Judged:
    return Judged(" ".join(text.split()))


def _office(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    if any(mark in text for mark in ";\n") and not ground.offices.named(text):
        return Judged("", "sheet.two_responsible", {"value": shown(text)})
    return _one_office(text, ground.offices)


def _offices(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    keys: list[str] = []
    for part in filter(None, (one.strip() for one in re.split("[;\n]", text))):
        found = _one_office(part, ground.offices)
        if found.wrong:
            return found
        if found.text in keys:
            return Judged("", "sheet.office_twice", {"value": shown(part)})
        keys.append(found.text)
    return Judged(";".join(sorted(keys)))


def _one_office(text: str, offices: Offices) -> Judged:
    keys = offices.named(text)
    if len(keys) == 1:
        return Judged(keys[0])
    told = {"value": shown(text)}
    if keys:
        return Judged("", "sheet.office_unclear", told | {"known": "; ".join(offices.labels[key] for key in keys)})
    near = offices.nearest(text)
    return Judged("", "sheet.office_meant" if near else "sheet.office_unknown", told | {"meant": near})


def _score(_column: Column, text: str, ground: Ground, given: Any) -> Judged:
    value, told = _number(text), {"value": shown(given)}
    asked = ground.instrument
    if value is None:
        return Judged("", "sheet.not_number", told)
    if not asked.min_value <= value <= asked.max_value:
        return Judged("", "sheet.off_scale", told | {"least": asked.min_value, "most": asked.max_value})
    if asked.value_type != "decimal" and value.denominator != 1:
        return Judged(as_fraction(value), "sheet.half_level", told)
    return Judged(as_fraction(value))


def _level(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    value, asked = _number(text), ground.instrument
    least, most = asked.min_value + 1, asked.max_value
    if value is None or value.denominator != 1 or not least <= value <= most:
        return Judged("", "sheet.level", {"value": shown(text), "least": least, "most": most})
    return Judged(str(int(value)))


def _effort(column: Column, text: str, _ground: Ground, given: Any) -> Judged:
    if text == RULED_OUT and column.holds is Holds.EFFORT:
        return Judged(RULED_OUT)
    value, told = _number(text), {"value": shown(given), "most": MOST}
    if value is None:
        return Judged("", "sheet.effort_no_number" if column.holds is Holds.EFFORT else "sheet.not_number", told)
    return Judged(as_fraction(value)) if 0 <= value <= MOST else Judged("", "sheet.effort_span", told)


def _number(text: str) -> Fraction | None:
    return number_in(text) if text.isascii() else None


def _day(_column: Column, text: str, _ground: Ground, value: Any) -> Judged:
    told = {"value": shown(value)}
    if isinstance(value, int | float):
        meant = day_of_serial(value)
        return Judged("", "sheet.serial", told | {"meant": f"{meant:%d/%m/%Y}" if meant else "30/11/2026"})
    found = SLASHED.fullmatch(text)
    try:
        day = date(*map(int, reversed(found.groups()))) if found else date.fromisoformat(text)
    except (ValueError, TypeError):
        return Judged("", "sheet.no_day", told)
    if not (found or ISO.fullmatch(text)):
        return Judged("", "sheet.no_day", told)
    return Judged(day.isoformat()) if EARLIEST <= day <= LATEST else Judged("", "sheet.far_day", told)


def _rungs(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    asked, found = ground.instrument, set()
    for part in filter(None, (one.strip() for one in re.split("[;\n]", text))):
        rung = RUNG.fullmatch(part)
        if rung is None or rung[1] not in asked.items or not asked.min_value <= int(rung[2]) <= asked.max_value:
            return Judged("", "sheet.need", {"value": shown(part)})
        found.add(f"{rung[1]}:{int(rung[2])}")
    return Judged(";".join(sorted(found)))


def _keys(_column: Column, text: str, _ground: Ground, _value: Any) -> Judged:
    return Judged(";".join(sorted({one.strip() for one in re.split("[;\n]", text) if one.strip()})))


def _key(_column: Column, text: str, ground: Ground, _value: Any) -> Judged:
    if text in ground.works or (OWN_KEY.fullmatch(text) and len(text) <= LONGEST_KEY):
        return Judged(text)
    return Judged("", "sheet.key", {"value": shown(text), "limit": LONGEST_KEY})


def _about(_column: Column, text: str, _ground: Ground, _value: Any) -> Judged:
    return Judged(text)


_BY: dict[Holds, Callable[[Column, str, Ground, Any], Judged]] = {
    Holds.ITEM: _item,
    Holds.NAME: _name,
    Holds.ABOUT: _about,
    Holds.OFFICE: _office,
    Holds.OFFICES: _offices,
    Holds.SCORE: _score,
    Holds.WORDS: _words,
    Holds.LEVEL: _level,
    Holds.EFFORT: _effort,
    Holds.COST: _effort,
    Holds.DAY: _day,
    Holds.RUNGS: _rungs,
    Holds.KEYS: _keys,
    Holds.KEY: _key,
}
