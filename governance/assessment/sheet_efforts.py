"""Efforts of a workbook, judged by the rules of the hand: what they find is told of the cell that says so; pure."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from fractions import Fraction

from governance.assessment.effort_check import document_problems, step_problems, told
from governance.assessment.efforts import EnteredDocument, EnteredStep, rung_of
from governance.assessment.instruments import Instrument
from governance.assessment.sheet_changes import Change
from governance.assessment.sheet_rows import Row, Rows
from governance.assessment.usual_costs import OWN
from governance.kernel.errors import Problem

COLUMNS = {"step": "effort"}  # of the sheet, where the hand's form calls it otherwise


def effort_problems(
    changes: Sequence[Change], rows: Rows, instrument: Instrument, works: Collection[str]
) -> Iterator[Problem]:
    """Everything wrong with the efforts that change, seen as they would stand together."""
    final = {**rows, **{one["row"]: one["after"] for one in changes}}
    steps = {name: _step(name, row) for name, row in final.items() if name.startswith("effort:") and row}
    entered = {name.partition(":")[2] for name, row in final.items() if name.startswith("document:") and row}
    others = {one.rung: one for one in steps.values()}
    for one in changes:
        name, of = one["row"], one["row"].partition(":")[2]
        if name in steps:
            found = step_problems(steps[name], instrument, {*works, *entered}, others)
        elif name.startswith("document:") and one["after"]:
            found = document_problems(_document(of, one["after"]), works)
        elif name.startswith("document:") and of.startswith(OWN):
            found = list(_still_used(of, others.values()))
        else:
            continue
        yield from (_at_its_cell(problem, one) for problem in found)


def _still_used(key: str, steps: Collection[EnteredStep]) -> Iterator[Problem]:
    users = [told(one.rung) for one in steps if key in one.documents]
    if users:
        yield Problem("effort", "effort.document_used", {"title": key, "steps": ", ".join(users)})


def _at_its_cell(problem: Problem, change: Change) -> Problem:
    """The problem at the cell of its column, or at the first cell of the row that changes."""
    column = COLUMNS.get(problem.place, problem.place)
    cell = next((at for at, named, *_texts in change["cells"] if named == column), change["cells"][0][0])
    return Problem(cell, "sheet.because", {"cell": cell, "because": {"key": problem.key, "params": problem.params}})


def _step(name: str, row: Row) -> EnteredStep:
    item, level = rung_of(name.partition(":")[2])
    return EnteredStep(
        item,
        level,
        None if row["effort"] is None else Fraction(row["effort"]),
        earliest_on=date.fromisoformat(row["earliest_on"]) if row["earliest_on"] else None,
        needs=tuple(rung_of(one) for one in row["needs"]),
        documents=tuple(row["documents"]),
        note=row["note"],
    )


def _document(key: str, row: Row) -> EnteredDocument:
    return EnteredDocument(key, row["title"], Fraction(row["effort"]))
