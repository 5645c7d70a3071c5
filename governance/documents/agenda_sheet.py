"""The register of acts as a spreadsheet: typed dates, a header row, and no text that a spreadsheet would compute."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from governance.documents.workbooks import bold, column_letters, new_book, saved, streamed_cell
from governance.kernel.texts import FORBIDDEN

WIDTHS = (6, 34, 28, 60, 14, 20, 14, 14, 14, 22, 40)
CELL_LIMIT = 32_767  # what one cell of the format holds


def agenda_sheet(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str | int | date | None]],
    widths: Sequence[int] = WIDTHS,
) -> bytes:
    """An .xlsx with one sheet of that title: the header, then the rows; widths are in characters."""
    book = new_book(streamed=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths[: len(header)], 1):
        sheet.column_dimensions[column_letters(place)].width = width
    sheet.append([_cell(sheet, text, font=bold()) for text in header])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{column_letters(len(header))}{count}"
    return saved(book)


def _cell(sheet: Any, value: str | int | date | None, font: Any = None) -> Any:
    """A date is a date, a number a number, and everything else text, whatever it begins with."""
    if isinstance(value, str):
        cell = streamed_cell(sheet, FORBIDDEN.sub("�", value)[:CELL_LIMIT])
        cell.data_type = "s"  # "=1+1" is text here, never a formula.
        cell.quotePrefix = True
    else:
        cell = streamed_cell(sheet, value)
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    if font is not None:
        cell.font = font
    return cell
