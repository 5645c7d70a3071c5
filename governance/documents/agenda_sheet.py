"""The register of acts as a spreadsheet: typed dates, a header row, and no text that a spreadsheet would compute."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

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
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: loaded where a sheet is made
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths[: len(header)], 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, text, font=Font(bold=True)) for text in header])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(sheet: Any, value: str | int | date | None, font: Any = None) -> Any:
    """A date is a date, a number a number, and everything else text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, FORBIDDEN.sub("�", value)[:CELL_LIMIT])
        cell.data_type = "s"  # "=1+1" is text here, never a formula.
        cell.quotePrefix = True
    else:
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stubs forget plain dates
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    if font is not None:
        cell.font = font
    return cell
