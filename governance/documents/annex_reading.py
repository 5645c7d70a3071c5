"""Reading the annexes of a decree back from a Word file's lines."""

import re
from dataclasses import dataclass, field

from governance.documents import recognising as part
from governance.documents.body_reading import MARKED, PaperReader
from governance.documents.text import Annex, Part

HEADING = re.compile(r"LAMPIRAN( [IVXL]+)?$")
BLANK_NUMBER = re.compile(r"NOMOR[.…_\s]*")
PART_TITLE = re.compile(r"([A-Z]\.|BAB [IVXL]+)\s")
MEMBERS_COLUMNS = 3  # No., the place in the team, the office


@dataclass
class _Open:
    """The annex being read."""

    heading: str
    head: list[str] = field(default_factory=list)  # instrument, number, TENTANG and title again
    title: list[str] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)
    tables: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    body: PaperReader = field(default_factory=PaperReader)
    ending: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


@dataclass
class AnnexReader:
    """Collects annexes line by line."""

    annexes: list[_Open] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Whether the first annex has begun: nothing after it belongs to the body."""
        return bool(self.annexes)

    def take(self, name: str | None, text: str) -> None:
        """One line, with the part its style or its words tell."""
        text = text.strip()
        if HEADING.match(text):
            self.annexes.append(_Open(text))
            return
        annex = self.annexes[-1] if self.annexes else _Open("")
        if not self.annexes:
            self.annexes.append(annex)
        _take(annex, name, text)

    def take_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table of the current annex: of its last part where that has none yet."""
        annex = self.annexes[-1]
        wide = bool(rows) and len(rows[0]) != MEMBERS_COLUMNS
        if not annex.body.parts and not wide:
            annex.tables.append(rows)
        else:
            annex.body.take_table(rows)

    def finished(self, repeated: set[str], number: str | None) -> tuple[tuple[Annex, ...], tuple[str, ...]]:
        """The annexes, and the lines that say something else than annexes say there."""
        known = {*repeated, f"NOMOR {number}" if number else "NOMOR"}
        loose: list[str] = []
        for annex in self.annexes:
            loose += [text for text in annex.head + annex.ending if not _is_known(text, known)] + annex.rest
            for table in annex.tables[1:]:
                loose += [" | ".join(row) for row in table]
        return tuple(_annex(annex) for annex in self.annexes), tuple(loose)


def _is_known(text: str, known: set[str]) -> bool:
    return text in known or ("NOMOR" in known and bool(BLANK_NUMBER.fullmatch(text)))


def _take(annex: _Open, name: str | None, text: str) -> None:
    if name in (part.ANNEX, part.NUMBER, part.ABOUT, part.KIND):
        annex.head.append(text)
    elif name in (part.SIGNER, part.SIGNER_NAME, part.OFFICE_LINE):
        annex.ending.append(text)
    elif name == part.ANNEX_TITLE:
        annex.title.append(text)
    elif name == part.ANNEX_PART or (name is None and PART_TITLE.match(text)):
        annex.body.parts.append(Part(text))
    elif annex.body.parts and (name == part.ANNEX_ITEM or (name is None and MARKED.match(text))):
        annex.body.add_item(MARKED.sub("", text, count=1))
    elif name == part.ANNEX_TEXT and annex.body.parts:
        annex.body.add_text(text)
    elif name == part.ANNEX_TEXT:
        annex.intro.append(text)
    else:
        annex.rest.append(text)


def _annex(annex: _Open) -> Annex:
    table = annex.tables[0] if annex.tables else ()
    header = table[0] if table else ()
    counted = bool(header) and header[0].strip().lower().startswith("no")
    rows = tuple(tuple(row[1:] if counted else row) for row in table[1:])
    return Annex(
        heading=annex.heading,
        title=" ".join(annex.title),
        intro="\n".join(annex.intro),
        table_header=header,
        rows=rows,
        parts=tuple(annex.body.parts),
    )
