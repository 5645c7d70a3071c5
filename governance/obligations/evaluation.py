"""The yearly evaluation as obligations: from the ministry's letter, and until it comes from what is expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.mandates.evaluation import Window, moved
from governance.mandates.law import Law

MANDATE = "monitoring_evaluation"


@dataclass(frozen=True)
class Expected:
    """One stage of a year as an obligation; `computed` are the steps, each a wording's key with its parameters."""

    key: str
    stage: str
    begins_on: date | None
    due_on: date | None
    estimated: bool
    how_sure: str
    computed: tuple[dict[str, Any], ...]


def stage_key(year: int, stage: str) -> str:
    """The obligation's key: it begins with the mandate's."""
    return f"{MANDATE}:{year}:{stage}"


def expected(law: Law, year: int) -> tuple[Expected, ...]:
    """The stages of a year without a letter: its own where known, else the last known year's, moved; all estimates."""
    source, windows = _known_windows(law, year)
    return tuple(_estimate(window, source, year) for window in windows if window.end is not None)


def from_letter(year: int, number: str, dated_on: date, windows: Iterable[dict[str, Any]]) -> tuple[Expected, ...]:
    """The stages as the ministry's letter sets them; a stage without an end date stays undated."""
    told = {"key": "why.letter", "params": {"number": number, "day": dated_on.isoformat()}}
    return tuple(
        Expected(
            key=stage_key(year, window["stage"]),
            stage=window["stage"],
            begins_on=_day(window.get("start")),
            due_on=_day(window.get("end")),
            estimated=False,
            how_sure="read",
            computed=(told, _end_step(_day(window.get("end")))),
        )
        for window in windows
    )


def _known_windows(law: Law, year: int) -> tuple[int, Sequence[Window]]:
    with_windows = [known for known in law.evaluation.values() if known.year <= year and known.windows]
    if not with_windows:
        return year, ()
    last = max(with_windows, key=lambda known: known.year)
    if last.year == year:
        return year, last.windows
    return last.year, [moved(window, from_year=last.year, to_year=year) for window in last.windows]


def _estimate(window: Window, source: int, year: int) -> Expected:
    steps: list[dict[str, Any]] = []
    if source == year:
        steps.append({"key": "why.seen", "params": {"year": source, "source": window.source}})
    else:
        steps.append({"key": "why.last_year", "params": {"year": source}})
        steps.append({"key": "why.moved", "params": {"year": year}})
    steps.append({"key": "why.no_letter", "params": {"year": year}})
    return Expected(
        key=stage_key(year, window.stage),
        stage=window.stage,
        begins_on=window.start,
        due_on=window.end,
        estimated=True,
        how_sure=str(window.how_sure),
        computed=(*steps, _end_step(window.end)),
    )


def _end_step(end: date | None) -> dict[str, Any]:
    if end is None:
        return {"key": "why.undated", "params": {}}
    return {"key": "why.window_end", "params": {"day": end.isoformat()}}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def basis(law: Law, on: date) -> str:
    """The articles that ask for it on a day, each with its regulation."""
    told = []
    for duty in law.mandate(MANDATE).duties_on(on):
        if duty.regulation:
            regulation = law.regulation(duty.regulation)
            short = f"{regulation.issuer or regulation.type} Nomor {regulation.number} Tahun {regulation.year}"
            told.append(" ".join(part for part in (short, duty.article) if part))
    return "; ".join(dict.fromkeys(told))
