"""The timetable and its bells: each entry rings a task that exists, and no bell does more than ring."""

import ast

from config.settings import ROOT
from tests.house.source import functions_of
from workflows.schedule import SCHEDULE

DOORBELLS = ROOT / "workflows" / "doorbells.py"
LINES_IN_A_BELL = 3


def names_of_bells() -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Task name -> function, read from the decorators."""
    bells = {}
    for function in functions_of(DOORBELLS):
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call):
                for keyword in decorator.keywords:
                    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                        bells[str(keyword.value.value)] = function
    return bells


def test_every_entry_of_the_timetable_rings_a_bell_that_exists() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} <= names_of_bells().keys()


def test_every_bell_that_nobody_hears_expires() -> None:
    assert all(entry["options"]["expires"] > 0 for entry in SCHEDULE.values())


def test_every_bell_has_a_name_and_three_lines() -> None:
    named = names_of_bells()
    assert named
    for function in functions_of(DOORBELLS):
        if not function.decorator_list:
            continue
        body = function.body[1:] if ast.get_docstring(function) else function.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
        assert function in named.values(), f"{function.name} has no explicit name"
        assert lines <= LINES_IN_A_BELL, f"{function.name} does more than ring"
