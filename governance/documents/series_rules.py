"""What is wrong with the settings of a series: its pattern, codes, start and kinds; pure."""

import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from governance.documents.numbering import PLACES, Way
from governance.kernel.errors import Problem
from governance.kernel.texts import unprintable

PATTERN_LIMIT, CODE_LIMIT, START_LIMIT, KEY_LIMIT = 120, 40, 999_999, 40
CODE = re.compile(r"[0-9A-Za-z./ -]*")
KEY = re.compile(r"[a-z][a-z0-9_]*")
Piece = tuple[str, str | None, str | None]  # the text before a place, its name, and what else stands in its braces
EXAMPLE = "{classification}/Kep. {number}-Huk.{unit}/{year}"


@dataclass(frozen=True)
class Setting:
    """How a series is to be: `start_year` None lets every year begin at `start`."""

    way: Way
    pattern: str
    classification: str = ""
    classifications: Mapping[str, str] = field(default_factory=dict)  # a kind -> its own code
    start: int = 1
    start_year: int | None = None
    kinds: tuple[str, ...] = ()


def problems_of(setting: Setting, *, known: Iterable[str], elsewhere: Mapping[str, str]) -> list[Problem]:
    """Everything wrong with it; `known` are the kinds there are, `elsewhere` the series that names a kind already."""
    problems = pattern_problems(setting.pattern)
    if not problems and "{classification}" in setting.pattern and not _has_codes(setting):
        problems.append(Problem("classification", "series.classification_missing"))
    codes = {"classification": setting.classification}
    codes |= {f"code.{kind}": code for kind, code in setting.classifications.items()}
    for place, code in codes.items():
        if len(code) > CODE_LIMIT:
            problems.append(Problem(place, "series.pattern_long", {"limit": CODE_LIMIT}))
        if not CODE.fullmatch(code):
            problems.append(Problem(place, "series.classification_letters"))
    if not 1 <= setting.start <= START_LIMIT:
        problems.append(Problem("start", "series.start_range", {"limit": START_LIMIT}))
    if {*setting.kinds, *setting.classifications} - set(known):
        problems.append(Problem("kinds", "series.unknown_kind"))
    twice = [kind for kind in setting.kinds if kind in elsewhere]
    problems += [
        Problem("kinds", "series.kind_twice", {"mandate": k, "kind": k, "series": elsewhere[k]}) for k in twice
    ]
    return problems


def pattern_problems(pattern: str) -> list[Problem]:
    """What is wrong with a pattern: it is read back from what people type, so its places must be told apart."""
    if problems := unprintable("pattern", pattern):
        return problems
    if len(pattern) > PATTERN_LIMIT:
        return [Problem("pattern", "series.pattern_long", {"limit": PATTERN_LIMIT})]
    try:
        pieces = [(text, name, form or mark) for text, name, form, mark in string.Formatter().parse(pattern)]
    except ValueError:
        return [Problem("pattern", "series.pattern_braces", {"example": EXAMPLE})]
    return (
        _unknown(pieces) or _counted([name for _text, name, _form in pieces if name is not None]) or _touching(pieces)
    )


def start_problem(setting: Setting, last: int | None, year: int) -> list[Problem]:
    """A start below what was given in the year it is for would give numbers twice."""
    if last is None or setting.start > last:
        return []
    return [Problem("start", "series.start_given", {"last": last, "year": year, "least": last + 1})]


def _unknown(pieces: list[Piece]) -> list[Problem]:
    """Only the four places are known, and they take no further marks."""
    for text, name, form in pieces:
        if (name is not None and (name not in PLACES or form)) or "{" in text or "}" in text:
            return [Problem("pattern", "series.pattern_unknown", {"name": "{" + (name or "") + "}"})]
    return []


def _counted(names: list[str]) -> list[Problem]:
    """The number and the year stand in it, and nothing stands twice."""
    for name in names:
        if names.count(name) > 1:
            return [Problem("pattern", "series.pattern_twice", {"name": "{" + name + "}"})]
    if "number" not in names:
        return [Problem("pattern", "series.pattern_number", {"example": EXAMPLE})]
    return [] if "year" in names else [Problem("pattern", "series.pattern_year")]


def _touching(pieces: list[Piece]) -> list[Problem]:
    """Two places without a sign between them cannot be told apart in what is typed."""
    for at, (text, name, _form) in enumerate(pieces):
        if at and name is not None and not text and "number" in (name, pieces[at - 1][1]):
            return [Problem("pattern", "series.pattern_touching", {"name": "{" + name + "}"})]
    return []


def _has_codes(setting: Setting) -> bool:
    """A code for every kind: the series' own, or one for each kind that it names."""
    if setting.classification:
        return True
    return bool(setting.kinds) and all(setting.classifications.get(kind) for kind in setting.kinds)
