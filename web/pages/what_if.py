"""What if values were others: read from an address, reckoned at once, and always told as a simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import request

from governance.assessment.cycles import Seen
from governance.assessment.instruments import Instrument
from governance.assessment.score_check import as_written, signed, value_problem
from governance.assessment.scoring import Index
from governance.assessment.standing import Standing, short_of
from governance.assessment.values import number_in
from governance.kernel.errors import Problem
from web.pages.path_figures import figure_shape, two


@dataclass(frozen=True)
class WhatIf:
    """The values that an address supposes, `typed` as they were typed, and what is wrong with them."""

    values: Mapping[str, Fraction]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def what_if(instrument: Instrument) -> WhatIf:
    """The values of `v.ITEM=` of this request; a simulation may stand between levels."""
    typed = {key: request.args.get(f"v.{key}", "").strip()[:20] for key in instrument.items}
    typed = {key: text for key, text in typed.items() if text}
    values: dict[str, Fraction] = {}
    problems = []
    for key, text in typed.items():
        problem, value = value_problem(instrument, text, f"v.{key}"), number_in(text)
        if problem is not None:
            problems.append(problem)
        elif value is not None:
            values[key] = value
    return WhatIf(values, typed, tuple(problems))


def what_if_shape(
    instrument: Instrument, cycle: Seen, stands: Standing, asked: WhatIf, after: Index | None
) -> dict[str, Any]:
    """The form with the present values beside it, and what the supposed ones give."""
    rows = [
        {
            "item": item,
            "now": as_written(stands.values[key]) if key in stands.values else "",
            "typed": asked.typed.get(key, ""),
        }
        for key, item in instrument.items.items()
    ]
    return {"rows": rows, "asked": bool(asked.typed), "after": _after_shape(instrument, cycle, stands, after)}


def _after_shape(instrument: Instrument, cycle: Seen, stands: Standing, after: Index | None) -> dict[str, Any] | None:
    if after is None:
        return None
    exact, before = after.exact, stands.index.exact
    lack = short_of(exact, cycle.target) if exact is not None and cycle.target is not None else None
    return {
        "figure": figure_shape(instrument, exact) if exact is not None else None,
        "range": (two(after.low), two(after.high)),
        "missing": len(after.missing),
        "by": signed(exact - before) if exact is not None and before is not None else "",
        "lack": two(lack) if lack else "",
        "reached": lack == 0,
    }
