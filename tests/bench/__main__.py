"""`make bench`: run every measurement of `goals.py`, print a table, write instance/bench.json.

`python -m tests.bench NAME` runs only those whose name contains NAME, and leaves the written report as it is.
"""

import gc
import importlib
import json
import sys

from config.settings import ROOT
from tests.bench.goals import GOALS
from tests.bench.measure import Result

REPORT = ROOT / "instance" / "bench.json"
VERDICTS = {True: "holds", False: "MISSED"}


def measured(module: str, name: str, goal: str) -> Result:
    """The result; a measurement that cannot run is a row that says why, and the others go on."""
    gc.freeze()  # As wsgi.py does: what earlier measurements loaded is not looked at again during this one.
    try:
        value = getattr(importlib.import_module(f"tests.bench.{module}"), name)()
    except Exception as error:  # noqa: BLE001 - one broken measurement must not hide the others
        return Result(name, goal, why=f"{type(error).__name__}: {error}")
    return Result(name, goal, float(value))


def line(result: Result) -> str:
    """One row of the table."""
    if result.holds is None:
        return f"{result.name:<24} {'-':>8}   {result.goal:<10} not measured ({result.why})"
    return f"{result.name:<24} {result.value:>8.2f}   {result.goal:<10} {VERDICTS[result.holds]}"


def main() -> None:
    """Measure, print, write. A missed goal is said in the table; it is no fault of the measuring."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"{'what':<24} {'value':>8}   {'goal':<10} verdict")
    results = []
    for module, name, goal in GOALS:
        if wanted in name:
            results.append(measured(module, name, goal))
            print(line(results[-1]), flush=True)
    if not wanted:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps([result.row() for result in results], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
