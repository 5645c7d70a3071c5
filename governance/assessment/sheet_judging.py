"""The rows of a workbook, judged: what each cell is to hold, and every cell that cannot hold it, by its name; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from governance.assessment.course import ScoreStage
from governance.assessment.sheet_cells import Ground, Judged, judged, shown
from governance.assessment.sheet_layout import (
    EFFORTS,
    PAPERS,
    SCORED,
    SHARES,
    Cells,
    Holds,
    Layout,
    Place,
    why,
)
from governance.assessment.sheet_reading import BookRead, RowRead
from governance.documents.workbooks import column_letters
from governance.kernel.errors import Problem

STAGES = tuple(ScoreStage)


@dataclass
class Wished:
    """What the cells are to hold ("" is blank), where each stands in the workbook, and what is wrong."""

    cells: dict[Place, str] = field(default_factory=dict)
    at: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, place: Place, key: str, **params: str | int) -> None:
        """That a cell cannot stay as it is: it is then wished as nothing."""
        told = {"cell": self.at[place], **params}
        self.problems.append(Problem(self.at[place], key, told))
        self.cells.pop(place, None)


def judge(book: BookRead, layouts: Sequence[Layout], ground: Ground) -> Wished:
    """Every cell of every row. A cell that was not changed is never wrong: it stood so before."""
    found = Wished(problems=list(book.problems))
    for layout in layouts:
        seen: dict[str, int] = {}
        for row in book.rows.get(layout.name, ()):
            _row(layout, row, book.base, (ground, seen, found))
    _of_shares(found, book.base)
    _of_scores(found, book.base)
    _of_efforts(found, book.base)
    _of_papers(found, book.base)
    return found


def _row(layout: Layout, row: RowRead, base: Cells, at: tuple[Ground, dict[str, int], Wished]) -> None:
    ground, seen, found = at
    name = _named(layout, row, ground, found.problems)
    if name in seen:
        cell = _cell(layout, layout.naming[-1], row)
        told = {"cell": cell, "row": seen[name], "value": name}
        found.problems.append(Problem(cell, "sheet.twice", told))
    for place, column in enumerate(layout.columns):
        if column.names:
            continue
        cell = _cell(layout, place, row)
        key = (layout.name, name, column.key)
        meant = judged(column, row.cells[column.key], ground) if column.key in row.cells else Judged()
        if meant.wrong and not (meant.text and meant.text == base.get(key)):
            found.problems.append(Problem(cell, meant.wrong, {"cell": cell, **(meant.params or {})}))
        elif name and name not in seen:
            found.cells[key], found.at[key] = meant.text, cell
        if name and name not in seen:
            found.at[key] = cell
    seen.setdefault(name, row.number) if name else None


def _named(layout: Layout, row: RowRead, ground: Ground, problems: list[Problem]) -> str:
    """What the row is about; "" where that cannot be said, and then why not."""
    words: list[str] = []
    before = len(problems)
    for place in layout.naming:
        column, cell = layout.columns[place], _cell(layout, place, row)
        meant = judged(column, row.cells[column.key], ground) if column.key in row.cells else Judged()
        if meant.wrong:
            problems.append(Problem(cell, meant.wrong, {"cell": cell, **(meant.params or {})}))
        elif not meant.text:
            problems.append(Problem(cell, "sheet.unnamed", {"cell": cell, "label": column.label}))
        words.append(meant.text)
    _name_problem(layout, row, ground, words[0], problems)
    return ":".join(words) if len(problems) == before else ""


def _name_problem(layout: Layout, row: RowRead, ground: Ground, item: str, problems: list[Problem]) -> None:
    """Where a row's name is another item's, cells were moved: a value would be read as another item's."""
    place = next((at for at, column in enumerate(layout.columns) if column.holds is Holds.NAME), None)
    came = row.cells.get(layout.columns[place].key) if place is not None else None
    if place is None or came is None or item not in ground.instrument.items:
        return
    asked = " ".join(ground.instrument.items[item].name.split())
    if " ".join(str(came.value).split()).casefold() != asked.casefold():
        cell = _cell(layout, place, row)
        told = {"cell": cell, "item": item, "name": asked, "value": shown(came.value)}
        problems.append(Problem(cell, "sheet.name_differs", told))


def _cell(layout: Layout, place: int, row: RowRead) -> str:
    return f"{layout.name}!{column_letters(place + 1)}{row.number}"


def _of_shares(found: Wished, base: Cells) -> None:
    """An item has one responsible office, and it is not its own contributor."""
    for place in _places(found, SHARES, "contributors"):
        office = (SHARES, place[1], "responsible")
        if office not in found.cells or not _changed(found, base, place, office):
            continue
        if not found.cells[office]:
            found.wrong(office, "sheet.responsible_missing")
        elif found.cells[office] in found.cells[place].split(";"):
            found.wrong(place, "sheet.office_both")


def _of_scores(found: Wished, base: Cells) -> None:
    """Words without a value explain nothing, unless new ones say why the value is taken back."""
    for stage in STAGES:
        for place in _places(found, SCORED, why(stage)):
            value = (SCORED, place[1], stage.value)
            if not found.cells[place] or found.cells.get(value, "?"):
                continue
            if not base.get(value):
                found.wrong(place, "sheet.words_alone")
            elif not _changed(found, base, place):
                found.cells[place] = ""


def _of_efforts(found: Wished, base: Cells) -> None:
    for place in _places(found, EFFORTS, "effort"):
        _with_effort(found, base, place, ("unit", "earliest", "needs", "documents", "note"))


def _of_papers(found: Wished, base: Cells) -> None:
    for place in _places(found, PAPERS, "effort"):
        _with_effort(found, base, place, ("title",))


def _with_effort(found: Wished, base: Cells, place: Place, others: Sequence[str]) -> None:
    """A row without its effort is no row: one that was emptied goes, one that is half filled in is asked about."""
    beside = [(place[0], place[1], column) for column in others]
    filled = [one for one in beside if found.cells.get(one)]
    if found.cells[place] or not filled:
        return
    if base.get(place) and not _changed(found, base, *filled):
        found.cells.update(dict.fromkeys(beside, ""))
    else:
        found.wrong(place, "sheet.effort_missing")


def _places(found: Wished, sheet: str, column: str) -> list[Place]:
    return [place for place in found.cells if place[0] == sheet and place[2] == column]


def _changed(found: Wished, base: Mapping[Place, str], *places: Place) -> bool:
    return any(found.cells.get(place, "") != base.get(place, "") for place in places)


def sorted_problems(problems: Sequence[Problem], layouts: Sequence[Layout]) -> Iterator[Problem]:
    """In the order in which a person goes through the workbook."""
    order = {layout.name: place for place, layout in enumerate(layouts)}
    yield from sorted(problems, key=lambda one: (order.get(one.place.partition("!")[0], -1), _row_of(one.place)))


def _row_of(place: str) -> tuple[int, str]:
    cell = place.partition("!")[2]
    digits = "".join(filter(str.isdigit, cell.partition(":")[0]))
    return int(digits or 0), cell
