"""What a workbook would change: row by row what was and what is to be; and what changed under it meanwhile; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from governance.assessment.course import Part, ScoreStage
from governance.assessment.sheet_judging import Wished
from governance.assessment.sheet_layout import EFFORTS, PAPERS, RULED_OUT, SCORED, SHARES, Cells, Place
from governance.assessment.sheet_offices import Offices
from governance.assessment.sheet_rows import Row, Rows, cells_of
from governance.kernel.errors import Problem

KINDS = {SHARES: "share", SCORED: "score", EFFORTS: "effort", PAPERS: "document"}
Change = dict[str, Any]  # row, before, after, cells: each as (its name, the column, the text before, the text after)


def changes_of(wished: Wished, base: Cells, rows: Rows, offices: Offices) -> tuple[list[Change], list[Problem]]:
    """The changes, and a problem for each cell that was changed here and by someone else since it was downloaded."""
    present = cells_of(rows, offices)
    touched: dict[str, list[Place]] = {}
    problems = []
    for place, text in wished.cells.items():
        was, now = base.get(place, ""), present.get(place, "")
        if text in (was, now):
            continue
        if now != was:
            told = {"cell": wished.at[place], "now": shown_text(place, now, offices)}
            problems.append(Problem(wished.at[place], "sheet.meanwhile", told))
            continue
        touched.setdefault(row_name(place), []).append(place)
    found = []
    for name, places in touched.items():
        final = present | {place: wished.cells[place] for place in places}
        cells = [(wished.at[place], place[2], present.get(place, ""), wished.cells[place]) for place in places]
        before = rows.get(name)
        found.append({"row": name, "cells": cells, "before": before, "after": _after(name, before, final, offices)})
    return found, problems


def row_name(place: Place) -> str:
    """The row that a cell belongs to."""
    sheet, of, column = place
    if sheet == SCORED:
        return f"score:{of}:{column.partition('.')[0]}"
    return f"{KINDS[sheet]}:{of}"


def _after(name: str, before: Row | None, final: Mapping[Place, str], offices: Offices) -> Row | None:
    kind, _, of = name.partition(":")
    if kind == "share":
        return _share_after(before, of, final, offices)
    if kind == "score":
        item, _, stage = of.rpartition(":")
        return _score_after(before, (item, ScoreStage(stage)), final)
    if kind == "effort":
        return _effort_after(of, final, offices)
    effort = final.get((PAPERS, of, "effort"), "")
    return {"title": final.get((PAPERS, of, "title"), ""), "effort": effort} if effort else None


def _share_after(before: Row | None, item: str, final: Mapping[Place, str], offices: Offices) -> Row:
    """The offices of an item; the mark of a default stays where its part stays."""
    had = (before or {"units": {}})["units"]
    units: dict[str, list[str]] = {}
    for column, part in (("responsible", Part.RESPONSIBLE), ("contributors", Part.CONTRIBUTOR)):
        for key in filter(None, final.get((SHARES, item, column), "").split(";")):
            unit_id = str(offices.by_key[key].id)
            was = had.get(unit_id, ["", ""])
            units[unit_id] = [part.value, was[1] if was[0] == part.value else ""]
    return {"units": units}


def _score_after(before: Row | None, of: tuple[str, ScoreStage], final: Mapping[Place, str]) -> Row:
    """A score keeps the evidence that it rests on; another body's index only while its value is the converted one."""
    item, stage = of
    value = final.get((SCORED, item, stage.value)) or None
    had = before or {"value": None, "source_value": "", "uses": []}
    return {
        "value": value,
        "source_value": had["source_value"] if value == had["value"] else "",
        "explanation": final.get((SCORED, item, f"{stage.value}.why"), ""),
        "uses": had["uses"],
    }


def _effort_after(of: str, final: Mapping[Place, str], offices: Offices) -> Row | None:
    cell = {column: final.get((EFFORTS, of, column), "") for column in ("effort", "unit", "earliest", "note")}
    if not cell["effort"]:
        return None
    return {
        "effort": None if cell["effort"] == RULED_OUT else cell["effort"],
        "unit_id": offices.by_key[cell["unit"]].id if cell["unit"] else None,
        "earliest_on": cell["earliest"] or None,
        "needs": _listed(final, of, "needs"),
        "documents": _listed(final, of, "documents"),
        "note": cell["note"],
    }


def _listed(final: Mapping[Place, str], of: str, column: str) -> list[str]:
    return [one for one in final.get((EFFORTS, of, column), "").split(";") if one]


def shown_text(place: Place, text: str, offices: Offices) -> str:
    """A cell's text as people read it."""
    if place[2] in ("responsible", "contributors", "unit"):
        return offices.shown(text)
    return text


def touched_since(changes: Iterable[Change], rows: Rows, side: str) -> list[str]:
    """The cells of the changes whose row is no longer as `side` ("before" or "made") says."""
    return [cell for one in changes if rows.get(one["row"]) != one.get(side) for cell, *_rest in one["cells"]]
