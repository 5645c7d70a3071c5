"""Reading a Word file back as a decree's text, for the preview of any revision: nothing visible in it is left out."""

import re
from dataclasses import dataclass, field
from typing import Any

from governance.documents import recognising as part
from governance.documents.annex_reading import AnnexReader
from governance.documents.body_reading import MARKED, ChapterReader, PaperReader
from governance.documents.context import DRAFT_MARK, EMBLEM_NOTE
from governance.documents.lines import DOCUMENT, Line, Table, beside, blocks
from governance.documents.package import Package
from governance.documents.text import Dictum, DocumentText, Form, Letter, Promulgation, Signer
from governance.kernel.errors import BadFile
from governance.mandates.regulations import TO_COMPLETE, Citation

BLANK = re.compile(r"[.…_\s]*")
LABEL = re.compile(r"\s*(Menimbang|Mengingat|Memperhatikan|Menetapkan)\s*:\s*")
DICTUM = re.compile(r"\s*([A-Z]+(?: [A-Z]+)?)\s*:\s*(.*)", re.DOTALL)
PAGE_NUMBER = re.compile(r"[-–—\s\d]*")
PICTURE = "[gambar]"
COPIES_HEADING = "Tembusan:"
NEEDED = {
    Form.DECREE: ("instrument_line", "title", "considerations", "citations", "decides", "dictums"),
    Form.REGULATION: ("instrument_line", "title", "considerations", "citations", "decides", "chapters"),
    Form.PAPER: ("title", "parts"),
}
HEAD_LINE = re.compile(r"([^:\t]+)\s*:\s*(.*)", re.DOTALL)
DATED_PLACE = re.compile(r"(.*),\s*(.*)", re.DOTALL)  # a place may have a comma, a date has none
SALUTATION = re.compile(r"Yth\.\s*")
NUMBER_LABEL, SUBJECT_LABEL = "nomor", "hal"
GAZETTE = re.compile(r"(BERITA DAERAH .*? TAHUN)\s*(.*)", re.DOTALL)


@dataclass
class _Found:
    """What was read so far."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    dictums: list[Dictum] = field(default_factory=list)
    annexes: AnnexReader = field(default_factory=AnnexReader)
    chapters: ChapterReader = field(default_factory=ChapterReader)
    paper: PaperReader = field(default_factory=PaperReader)
    rest: list[str] = field(default_factory=list)
    last: str | None = None

    def all(self, name: str) -> list[str]:
        return self.lines.get(name, [])

    def joined(self, name: str) -> str:
        return " ".join(self.all(name))

    @property
    def form(self) -> Form:
        """How the document is built, by what it holds."""
        if self.chapters.chapters or self.all(part.GRACE):
            return Form.REGULATION
        papers = (part.LETTERHEAD, part.LETTERHEAD_END, part.LETTER_HEAD)
        return Form.PAPER if self.paper.parts or any(map(self.all, papers)) else Form.DECREE


def read_document(data: bytes) -> DocumentText:
    """The decree a Word file holds; what is no known part stands in `remainder`, what is missing in `unread`."""
    package = Package.read(data)
    if DOCUMENT not in package:
        raise BadFile("file.not_docx")
    found = _Found()
    for block in blocks(package):
        if isinstance(block, Line):
            _take_line(found, block)
        else:
            _take_table(found, block)
    found.rest += [text for text in beside(package) if not PAGE_NUMBER.fullmatch(text) and text != DRAFT_MARK]
    return _decree(found)


def _take_line(found: _Found, line: Line) -> None:
    found.rest += line.inset
    name = part.part_of(line.style, line.text, found.last)
    if name != part.EMBLEM:
        found.rest += [PICTURE] * line.pictures
    if line.text.strip():
        _take(found, name, line.text)


def _take_table(found: _Found, table: Table) -> None:
    found.rest += [PICTURE] * table.pictures
    if found.annexes.begun:
        found.annexes.take_table(table.rows)
        return
    if found.form is Form.PAPER:
        found.paper.take_table(table.rows)
        return
    for row in table.rows:  # a decree whose columns are a table without borders
        _take_cells(found, "\t".join(cell for cell in row if cell))


def _take_cells(found: _Found, text: str) -> None:
    for piece in text.split("\n"):
        if piece.strip():
            _take(found, part.part_of(None, piece, found.last), piece)


def _take(found: _Found, name: str | None, text: str) -> None:
    if found.annexes.begun or name == part.ANNEX:
        found.annexes.take(name, text)
    elif name in (part.DICTUM, part.DICTUM_ITEM):
        _take_dictum(found, name, text)
    elif name in part.IN_CHAPTERS:
        found.chapters.take(name, text)
    elif name in part.IN_PAPERS:
        found.paper.take(name, text)
    elif name is None or name in part.ANNEX_ONLY:
        found.rest.append(text.strip())
    elif not (name == part.EMBLEM and text.strip() == EMBLEM_NOTE):
        found.lines.setdefault(name, []).append(text.strip())
    found.last = name or found.last


def _take_dictum(found: _Found, name: str, text: str) -> None:
    opened = DICTUM.fullmatch(text) if name == part.DICTUM else None
    if opened:
        found.dictums.append(Dictum(opened[1], opened[2].strip()))
    elif found.dictums:
        last = found.dictums[-1]
        found.dictums[-1] = Dictum(last.label, last.text, (*last.items, _unmarked(text)))
    else:
        found.rest.append(text.strip())


def _unmarked(text: str) -> str:
    """The text without the label and the letter or number before it."""
    return MARKED.sub("", LABEL.sub("", text, count=1), count=1).strip()


def _filled(text: str) -> str | None:
    return None if BLANK.fullmatch(text) else text.strip()


def _after(opening: str, lines: list[str]) -> str | None:
    """What follows the opening words in the first line that has them."""
    for line in lines:
        if line.lower().startswith(opening.lower()):
            return _filled(line[len(opening) :])
    return None


def _decree(found: _Found) -> DocumentText:
    form = found.form
    offices = found.all(part.OFFICE)
    closing = found.all(part.CLOSING)
    signer, name = found.joined(part.SIGNER).rstrip(","), found.joined(part.SIGNER_NAME)
    instrument, number = found.joined(part.KIND), _after("NOMOR", found.all(part.NUMBER))
    title = found.joined(part.TITLE)
    made = "Dibuat di" if form is Form.PAPER else "Ditetapkan di"
    place, day = _after(made, closing), _after("pada tanggal", closing)
    if form is Form.PAPER:
        place, day, number, title, signer = _letter_frame(found, (place, day, number, title, signer))
    annexes, loose = found.annexes.finished({instrument, "TENTANG", title, f"{signer},", name}, number)
    read = DocumentText(
        form=form,
        office=(offices[0] if offices else "") if form is not Form.PAPER else signer,
        province_line=" ".join(offices[1:]) or None,
        instrument_line=instrument,
        number=number,
        title=title,
        considerations=tuple(_unmarked(text) for text in found.all(part.REASON)),
        citations=tuple(_citation(text) for text in found.all(part.BASIS)),
        notes=tuple(_unmarked(text) for text in found.all(part.NOTE)),
        decides=_unmarked(found.joined(part.DECIDES)),
        dictums=tuple(found.dictums),
        place=place,
        date=day,
        signer_office=signer,
        signer_name=_filled(name),
        copies=tuple(_unmarked(text) for text in found.all(part.COPY) if text != COPIES_HEADING),
        annexes=annexes,
        draft_mark=DRAFT_MARK in found.all(part.MARK),
        remainder=tuple(found.rest) + loose + _odd(found) + tuple(found.chapters.loose),
        chapters=tuple(found.chapters.chapters),
        grace=found.joined(part.GRACE) or None,
        formula=found.joined(part.FORMULA) or None,
        promulgation=_promulgation(found),
        letterhead=tuple(found.all(part.LETTERHEAD) + found.all(part.LETTERHEAD_END)),
        letter=_letter(found),
        parts=tuple(found.paper.parts),
        signers=_signers(found),
    )
    unread = tuple(place for place in NEEDED[form] if not getattr(read, place))
    return DocumentText(**{**read.__dict__, "unread": unread})


def _letter_frame(found: _Found, frame: tuple[str | None, ...]) -> tuple[Any, ...]:
    """Place, day, number, title and signer as a letter says them, where it says them elsewhere than a report does."""
    place, day, number, title, signer = frame
    head = {label.strip().lower(): value for label, value in map(_head_line, found.all(part.LETTER_HEAD))}
    dated = DATED_PLACE.fullmatch(found.joined(part.DATELINE))
    if dated:
        place, day = _filled(dated[1]), _filled(dated[2])
    return place, day, number or _filled(head.get(NUMBER_LABEL, "")), title or head.get(SUBJECT_LABEL, ""), signer


def _head_line(text: str) -> tuple[str, str]:
    found = HEAD_LINE.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


def _letter(found: _Found) -> Letter | None:
    lines = [_head_line(text) for text in found.all(part.LETTER_HEAD)]
    if not lines:
        return None
    return Letter(
        head=tuple((label, value) for label, value in lines if label.lower() != NUMBER_LABEL),
        recipients=tuple(SALUTATION.sub("", text, count=1) for text in found.all(part.RECIPIENT)),
        opening="\n".join(found.all(part.OPENING)),
        closing="\n".join(found.all(part.LETTER_CLOSING)),
    )


def _signers(found: _Found) -> tuple[Signer, ...]:
    offices, persons = found.all(part.CO_SIGNER), found.all(part.CO_SIGNER_NAME)
    persons += [""] * (len(offices) - len(persons))
    return tuple(Signer(office.rstrip(","), _filled(person)) for office, person in zip(offices, persons, strict=False))


def _promulgation(found: _Found) -> Promulgation | None:
    lines, gazette = found.all(part.PROMULGATED), GAZETTE.fullmatch(found.joined(part.GAZETTE))
    if not lines:
        return None
    return Promulgation(
        place=_after("Diundangkan di", lines),
        date=_after("pada tanggal", lines),
        office=found.joined(part.PROMULGATOR).rstrip(","),
        name=_filled(found.joined(part.PROMULGATOR_NAME)),
        gazette=gazette[1] if gazette else found.joined(part.GAZETTE),
        gazette_number=_filled(gazette[2]) if gazette else None,
    )


def _citation(text: str) -> Citation:
    bare = _unmarked(text).rstrip(";").rstrip()
    return Citation(key="", text=bare, complete=TO_COMPLETE not in bare and bool(_filled(bare)), how_sure="unknown")


def _odd(found: _Found) -> tuple[str, ...]:
    """Lines in a known style that say something else than that part says."""
    made = "dibuat di" if found.form is Form.PAPER else "ditetapkan di"
    closing = _beyond_first((made, "pada tanggal"), found.all(part.CLOSING))
    marks = [text for text in found.all(part.MARK) if text != DRAFT_MARK]
    office_lines = {f"{office}," for office in found.all(part.OFFICE)[:1]}
    others = [text for text in found.all(part.OFFICE_LINE) if text not in office_lines]
    numbers = _beyond_first(("nomor",), found.all(part.NUMBER))
    decided = [text for text in found.all(part.DECIDED) if text.replace(" ", "") != "MEMUTUSKAN:"]
    about = [text for text in found.all(part.ABOUT) if text != "TENTANG"]
    promulgated = _beyond_first(("diundangkan di", "pada tanggal"), found.all(part.PROMULGATED))
    return tuple(closing + marks + others + numbers + decided + about + promulgated + found.all(part.EMBLEM))


def _beyond_first(openings: tuple[str, ...], lines: list[str]) -> list[str]:
    """The lines that are not the first with one of these openings: `_after` reads only that one."""
    left = list(openings)
    beyond = []
    for line in lines:
        opening = next((one for one in left if line.lower().startswith(one)), None)
        if opening is None:
            beyond.append(line)
        else:
            left.remove(opening)
    return beyond
