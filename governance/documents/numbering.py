"""Numbers of acts: the pattern an institution writes them in, and which number comes next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from governance.kernel.errors import Invalid, Problem

PLACES = ("number", "year", "unit", "classification")


class Way(StrEnum):
    """How a series counts (design §3.7)."""

    OWN = "own"  # a counter of this program, with a start value
    REGISTER = "register"  # Bagian Hukum types the number of the office's shared book


class Use(StrEnum):
    """What became of a number: a series has no gap when each number has one of these."""

    ENACTED = "enacted"
    RESERVED = "reserved"
    VOID = "void"


@dataclass(frozen=True)
class Pattern:
    """How a number is written, e.g. "{classification}/Kep. {number}-Huk.{unit}/{year}"."""

    text: str
    classification: str = ""

    def written(self, number: int, *, year: int, unit: str) -> str:
        """The whole number as it stands in the act."""
        return self.text.format(number=number, year=year, unit=unit, classification=self.classification)

    def number_in(self, written: str, *, year: int, unit: str) -> int:
        """The running number inside a written one, or Invalid when it does not follow the pattern."""
        number = self.number_seen(written, year=year, unit=unit)
        if number is None:
            example = self.written(1, year=year, unit=unit)
            raise Invalid(Problem("number", "number.pattern", {"example": example}))
        return number

    def number_seen(self, written: str, *, year: int, unit: str | None = None) -> int | None:
        """The running number inside a written one; None when it follows another pattern. `unit` None: any unit's."""
        told = re.escape(self.text)
        values = {"year": re.escape(str(year)), "unit": ".{1,80}" if unit is None else re.escape(unit)}
        values |= {"classification": re.escape(self.classification), "number": r"0*([1-9][0-9]{0,8})"}
        for place, value in values.items():
            told = told.replace(re.escape(f"{{{place}}}"), value)
        found = re.fullmatch(told, written.strip())
        return int(found[1]) if found else None


def following(last: int | None, start: int) -> int:
    """The number after `last`, never below the start value; the start value where none was given this year."""
    return start if last is None else max(last + 1, start)


@dataclass(frozen=True)
class Gap:
    """Numbers of a series and a year that nothing is known of, from the first to the last of them."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


def gaps(known: Iterable[int], *, start: int, upto: int | None = None) -> list[Gap]:
    """What is missing between `start` and the highest number known (or `upto`); `known` in any order."""
    found, expected = [], start
    for number in sorted(known):
        if number > expected:
            found.append(Gap(expected, number - 1))
        expected = max(expected, number + 1)
    if upto is not None and upto >= expected:
        found.append(Gap(expected, upto))
    return found
