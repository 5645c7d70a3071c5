"""The national evaluation year by year: kind, instrument, windows; and the planning dates of a budget year."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Round(StrEnum):
    """What a year brings: data and never a formula, for the rhythm has changed more than once."""

    EVALUATION = "evaluasi"
    MONITORING = "pemantauan"
    NONE = "none"


@dataclass(frozen=True)
class Instrument:
    """An assessment instrument and the regulation that sets it."""

    key: str
    title: str
    regulation: str
    domains: int | None = None
    aspects: int | None = None
    indicators: int | None = None


@dataclass(frozen=True)
class Window:
    """A stage's span of days, how exact it is and how sure."""

    stage: str
    start: date | None
    end: date | None
    precision: str  # day | week | month | latest_seen | relative | estimate
    how_sure: str
    source: str = ""


@dataclass(frozen=True)
class Letter:
    """The ministry's letter of the year."""

    number: str
    date: date
    how_sure: str


@dataclass(frozen=True)
class Result:
    """The act that set the year's results."""

    act: str
    about: str
    how_sure: str
    source: str = ""


@dataclass(frozen=True)
class EvaluationYear:
    """What is known of one year's round."""

    year: int
    type: Round
    instrument: str
    how_sure: str
    source: str
    letter: Letter | None
    windows: tuple[Window, ...]
    locus: str = ""
    guideline: str = ""
    report_dated: date | None = None
    result: Result | None = None
    note: str = ""


@dataclass(frozen=True)
class Due:
    """When a planning step is due: a day, a week of a month, or a span from another step."""

    month: int | None = None
    day: int | None = None
    week: int | None = None
    year_offset: int = 0
    relative_to: str | None = None
    months: int | None = None
    days_before: int | None = None
    day_count: str = ""


@dataclass(frozen=True)
class PlanningDate:
    """A planning or budget date that a roadmap has to meet."""

    key: str
    title: str
    rule: str
    regulation: str
    article: str | None
    how_sure: str
    due: Due
    in_force_from: date | None = None
    note: str = ""


def years_later(day: date, years: int) -> date:
    """The same day as many years later; 29 February becomes the 28th in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a leap year.
        return day.replace(year=day.year + years, day=28)
