"""A cycle's workbook (.xlsx) as it is downloaded: shares, scores, evidence, efforts, and what it began with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.sheet_layout import (
    CHOICES,
    EFFORTS,
    FIRST_ROW,
    FORMAT,
    GUIDE,
    ORIGIN,
    PAPERS,
    PROVEN,
    RULED_OUT,
    SHOWN,
    Column,
    Holds,
    Layout,
    Place,
)
from governance.assessment.sheet_offices import Offices
from governance.assessment.usual_costs import OWN
from governance.documents import workbooks
from governance.documents.workbooks import column_letters, new_book, saved

SPARE_ROWS = 30  # for documents that are not yet in the list
STATES = {
    EvidenceState.DRAFT: "draf",
    EvidenceState.IN_PROCESS: "diproses",
    EvidenceState.REVISE: "perlu perbaikan",
    EvidenceState.ACCEPTED: "diterima",
}
HEADINGS = ("Butir", "Tingkat", "Kode", "Nama", "Penunjuk", "Penjelasan", "Perangkat daerah", "Keadaan")
TAKES = {
    Holds.OFFICE: "satu perangkat daerah dari daftar",
    Holds.OFFICES: "perangkat daerah, dipisah titik koma",
    Holds.SCORE: "bilangan dalam skala instrumen",
    Holds.WORDS: "teks",
    Holds.EFFORT: f"bilangan; {RULED_OUT} bila langkahnya tidak mungkin",
    Holds.COST: "bilangan",
    Holds.DAY: "tanggal, misalnya 30/11/2026",
    Holds.RUNGS: "butir:tingkat yang harus dicapai lebih dulu, dipisah titik koma, misalnya 1:2; 3:2",
    Holds.KEYS: f"kunci dari lembar {PAPERS}, dipisah titik koma",
    Holds.KEY: f"kunci dari daftar, atau {OWN}nama_pendek untuk pekerjaan sendiri",
}
NUMBERS = (Holds.SCORE, Holds.EFFORT, Holds.COST)
RULES = (
    "Yang diubah diperiksa dulu: kesalahan ditunjuk sel demi sel, dan tidak ada yang masuk sebelum dikonfirmasi.",
    "Sel yang tidak diubah tetap seperti di sistem, juga bila orang lain mengubahnya sesudah buku kerja ini diunduh.",
    "Sel yang dikosongkan menghapus isinya. Baris yang dihapus tidak mengubah apa-apa.",
    f"Lembar {PROVEN} hanya untuk dibaca. Bukti diunggah dan dinilai di halaman indikator.",
    "Jangan menggabungkan sel, menyembunyikan baris atau kolom, atau memakai rumus.",
)


@dataclass(frozen=True)
class Shown:
    """A line of the sheet of evidence."""

    item: str
    level: int
    code: str
    name: str
    pointer: str
    explanation: str
    office: str
    state: EvidenceState


@dataclass(frozen=True)
class Exported:
    """What a workbook is made of: `cells` are the present texts of every cell that is read back, `works` usual ones."""

    cycle_id: int
    year: int
    instrument: Instrument
    layouts: Sequence[Layout]
    cells: Mapping[Place, str]
    offices: Offices
    evidence: Iterable[Shown]
    made_on: date
    works: Mapping[str, str] = field(default_factory=dict)


def workbook(asked: Exported) -> bytes:
    """The file."""
    book = new_book()
    guide = book.active
    guide.title = GUIDE
    choices = book.create_sheet(CHOICES)
    labels = sorted(asked.offices.labels.values(), key=str.casefold)
    _rows(choices, 1, ((label,) for label in labels))
    choices.sheet_state = "hidden"
    for layout in asked.layouts:
        _laid(book.create_sheet(layout.name), layout, asked, len(labels))
    _evidence(book.create_sheet(PROVEN), asked)
    _origin(book.create_sheet(ORIGIN), asked)
    _guide(guide, asked)
    return saved(book)


def _laid(sheet: Any, layout: Layout, asked: Exported, offices: int) -> None:
    names = list(_names(layout, asked))
    blank = SPARE_ROWS if layout.name == PAPERS else 0
    _heading(sheet, [column.label for column in layout.columns], [column.width for column in layout.columns])
    for number, name in enumerate([*names, *[""] * blank], FIRST_ROW):
        for place, column in enumerate(layout.columns, 1):
            cell = sheet.cell(number, place)
            _put(cell, _value(layout, name, column, asked))
            _dress(cell, column)
    last = max(FIRST_ROW, FIRST_ROW + len(names) + blank - 1)
    for place, column in enumerate(layout.columns, 1):
        if (rule := _rule(column, asked.instrument, offices)) is not None:
            sheet.add_data_validation(rule)
            rule.add(f"{column_letters(place)}{FIRST_ROW}:{column_letters(place)}{last}")


def _dress(cell: Any, column: Column) -> None:
    """How a cell reads what is typed into it, and whether it is open to be written into."""
    if not column.names or column.holds is Holds.KEY:
        cell.protection = workbooks.written_in()
    if column.holds is Holds.DAY:
        cell.number_format = "dd/mm/yyyy"
    elif column.holds not in NUMBERS:
        cell.number_format = "@"
    if column.holds in (Holds.WORDS, *SHOWN):
        cell.alignment = workbooks.wrapped()


def _names(layout: Layout, asked: Exported) -> Iterable[str]:
    """What the rows are about, in order."""
    scale = asked.instrument
    if layout.name == EFFORTS:
        own = [one.key for one in scale.items.values() if one.external is None]
        return [f"{item}:{level}" for item in own for level in range(scale.min_value + 1, scale.max_value + 1)]
    if layout.name == PAPERS:
        return sorted({of for sheet, of, _column in asked.cells if sheet == PAPERS} | asked.works.keys())
    return list(scale.items)


def _value(layout: Layout, name: str, column: Column, asked: Exported) -> Any:
    if column.names:
        return _naming(name, column, asked)
    text = asked.cells.get((layout.name, name, column.key), "")
    if text and column.holds in NUMBERS:
        return text if text == RULED_OUT else number(text)
    if text and column.holds is Holds.DAY:
        return date.fromisoformat(text)
    if column.holds in (Holds.OFFICE, Holds.OFFICES):
        return asked.offices.shown(text)
    return "; ".join(text.split(";")) if column.holds in (Holds.RUNGS, Holds.KEYS) else text


def _naming(name: str, column: Column, asked: Exported) -> str | int:
    """What a row is about."""
    item, _, level = name.partition(":")
    if column.holds is Holds.NAME:
        return asked.instrument.items[item].name
    if column.holds is Holds.ABOUT:
        return asked.works.get(name, "")
    if column.holds is Holds.KEY:
        return name
    return int(level) if column.holds is Holds.LEVEL else item


def number(text: str) -> int | float | str:
    """An exact n/d as a cell holds it: a number where a spreadsheet can keep it, else the fraction as a text."""
    value = Fraction(text)
    if value.denominator == 1:
        return int(value)
    kept = float(value)
    return kept if Fraction(format(kept, ".15g")) == value else text


def _rule(column: Column, instrument: Instrument, offices: int) -> Any:
    title, least, most = column.label[:30], instrument.min_value, instrument.max_value
    if column.holds is Holds.OFFICE:
        span, error = f"'{CHOICES}'!$A$1:$A${max(offices, 1)}", "Pilih satu perangkat daerah dari daftar."
        return workbooks.choices_from(span, title=title, error=error, blank=True)
    if column.holds is Holds.SCORE:
        error = f"Tulis bilangan dari {least} sampai {most}."
        whole = instrument.value_type != "decimal"
        return workbooks.numbers_between(least, most, whole=whole, title=title, error=error)
    return None


def _evidence(sheet: Any, asked: Exported) -> None:
    _heading(sheet, HEADINGS, (8, 8, 14, 44, 24, 50, 30, 16))
    lines = (
        (one.item, one.level, one.code, one.name, one.pointer, one.explanation, one.office, STATES[one.state])
        for one in asked.evidence
    )
    _rows(sheet, FIRST_ROW, lines)


def _origin(sheet: Any, asked: Exported) -> None:
    """The hidden sheet that says which cycle this is and what each cell held when the workbook was made."""
    head = (("format", FORMAT), ("cycle", str(asked.cycle_id)))
    _rows(sheet, 1, (*head, *((*place, text) for place, text in sorted(asked.cells.items()))))
    sheet.sheet_state = "veryHidden"


def _guide(sheet: Any, asked: Exported) -> None:
    about = f"Tahun {asked.year}: {asked.instrument.title}"
    lines: list[tuple[str, ...]] = [(about,), (f"Diunduh {asked.made_on:%d/%m/%Y}.",), ()]
    lines += [(rule,) for rule in RULES]
    lines += [(), ("Lembar", "Kolom", "Diisi dengan")]
    for layout in asked.layouts:
        lines += [(layout.name, one.label, TAKES[one.holds]) for one in layout.columns if one.holds in TAKES]
    _rows(sheet, 1, lines)
    for name, width in zip("ABC", (18, 34, 60), strict=True):
        sheet.column_dimensions[name].width = width
    sheet["A1"].font = workbooks.bold()


def _heading(sheet: Any, labels: Sequence[str], widths: Sequence[int]) -> None:
    """The headings, which stay in sight and are locked with everything that is not written into."""
    _rows(sheet, 1, (labels,))
    sheet.freeze_panes = "C2"
    for place, width in enumerate(widths, 1):
        sheet.cell(1, place).font = workbooks.bold()
        sheet.column_dimensions[column_letters(place)].width = width
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # Widths and heights may be changed.


def _rows(sheet: Any, first: int, rows: Iterable[Sequence[Any]]) -> None:
    for number_, row in enumerate(rows, first):
        for place, value in enumerate(row, 1):
            _put(sheet.cell(number_, place), value)


def _put(cell: Any, value: Any) -> None:
    """A text is a text, whatever it begins with: no formula comes out of what people typed."""
    cell.value = value if value != "" else None
    if isinstance(value, str) and value:
        cell.data_type, cell.quotePrefix, cell.number_format = "s", True, "@"
