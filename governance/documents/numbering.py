"""Numbers of acts: the pattern an institution writes them in, and which number comes next."""

import re
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
        told = re.escape(self.text)
        for place, value in (("year", str(year)), ("unit", unit), ("classification", self.classification)):
            told = told.replace(re.escape(f"{{{place}}}"), re.escape(value))
        found = re.fullmatch(told.replace(re.escape("{number}"), r"0*([1-9]\d{0,8})"), written.strip())
        if found is None:
            example = self.written(1, year=year, unit=unit)
            raise Invalid(Problem("number", "number.pattern", {"example": example}))
        return int(found[1])


def following(last: int | None, start: int) -> int:
    """The number after `last`; the start value where none was given this year."""
    return start if last is None else last + 1
