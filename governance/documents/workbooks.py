"""Spreadsheets (.xlsx): the one place that knows openpyxl, loaded when a sheet is made or read."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from governance.documents.package import Package
from governance.kernel.errors import BadFile

# What the reader raises at a workbook that no program has written.
GAVE_UP = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, OverflowError)
LAST_SERIAL = 2_958_465  # 31 December 9999, the last day that a spreadsheet knows


def new_book(*, streamed: bool = False) -> Any:
    """An empty workbook; `streamed` ones are written row by row and have no sheet yet."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: loaded where a sheet is made

    return Workbook(write_only=streamed)


def opened_book(data: bytes) -> Any:
    """A workbook to be read row by row. What it holds must be known to be harmless (see package.py)."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy: loaded where a sheet is read

    return load_workbook(BytesIO(data), read_only=True, keep_links=False)


def harmless(data: bytes) -> Package:
    """The package of a workbook whose every part may be parsed, or TooLarge or BadFile: no sheet, macros, a bomb."""
    package = Package.read(data)
    if any(one.lower().endswith("vbaproject.bin") for one in package.members):
        raise BadFile("file.macro")
    if "xl/workbook.xml" not in package:
        raise BadFile("file.not_docx")
    for one in package.members:
        package.content(one)
    return package


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def bold() -> Any:
    """The letters of a heading."""
    from openpyxl.styles import Font  # noqa: PLC0415 - heavy, as above

    return Font(bold=True)


def streamed_cell(sheet: Any, value: Any) -> Any:
    """A cell of a streamed sheet."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy, as above

    return WriteOnlyCell(sheet, value)


def column_letters(place: int) -> str:
    """A column's letters; the first is 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, as above

    return get_column_letter(place)


def choices_from(span: str, *, title: str, error: str, blank: bool) -> Any:
    """A rule that offers the cells of `span` to choose from, and refuses everything else."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy, as above

    offered = DataValidation(type="list", formula1=span, allow_blank=blank)
    offered.errorTitle, offered.error = title, error
    return offered


def numbers_between(least: int, most: int, *, whole: bool, title: str, error: str) -> Any:
    """A rule that takes numbers of a span only."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy, as above

    asked = DataValidation(type="whole" if whole else "decimal", operator="between", allow_blank=True)
    asked.formula1, asked.formula2 = str(least), str(most)
    asked.errorTitle, asked.error = title, error
    return asked


def written_in() -> Any:
    """The mark of a cell that may be written into on a locked sheet."""
    from openpyxl.styles import Protection  # noqa: PLC0415 - heavy, as above

    return Protection(locked=False)


def wrapped() -> Any:
    """How a cell of several lines lies."""
    from openpyxl.styles import Alignment  # noqa: PLC0415 - heavy, as above

    return Alignment(wrap_text=True, vertical="top")


def day_of_serial(value: float) -> date | None:
    """The day that a bare number stands for; None where it stands for none."""
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - heavy, as above

    meant = from_excel(value) if 0 < value <= LAST_SERIAL else None
    return meant.date() if isinstance(meant, datetime) else None
