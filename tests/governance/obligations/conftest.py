"""The law as shipped, and the short way to say what is known of an institution."""

from collections.abc import Callable
from typing import Any

import pytest

from config.settings import ROOT
from governance.calendar.calendars import Calendar
from governance.mandates.law import Law
from governance.obligations.expected import Expected, Facts
from governance.obligations.timetable import expected_in

Laid = Callable[..., dict[str, Expected]]


@pytest.fixture(scope="session")
def law() -> Law:
    return Law.read(ROOT / "config" / "law")


@pytest.fixture
def laid(law: Law) -> Laid:
    """`laid(2027, acts=[...])`: what a year expects, by key."""

    def lay(year: int, **known: Any) -> dict[str, Expected]:
        known = {name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
        facts = Facts(**({"calendar": Calendar(decreed=law.holidays)} | known))
        return {one.key: one for one in expected_in(law, year, facts)}

    return lay
