"""What the form check judges and what it answers: the case, its places, and findings with their severity and source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from governance.documents.form_cited import Basis, bases_in
from governance.documents.phrases import letter
from governance.documents.signer_names import Block
from governance.documents.text import Annex, Article, DocumentText, Form, Part
from governance.mandates.mandates import TeamRule
from governance.mandates.regulations import Regulation
from governance.mandates.rules import Term
from governance.people.facts import InstitutionFacts

LONGEST = 20_000  # characters of one passage that are judged; what is longer is no sentence of a document
WHOLE_LENGTH = 1_000_000  # characters of all passages together: some five hundred pages


class Severity(StrEnum):
    """How serious a finding is, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """A place of the document in the law's own words ("Menimbang huruf c"), and where the page's sheet shows it."""

    name: str
    anchor: str = ""


@dataclass(frozen=True)
class Fault:
    """What a rule found; `severity` where it differs from the rule's own, `source` where another article says it."""

    place: Place
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    source: str = ""


@dataclass(frozen=True)
class Finding:
    """A fault as it is told: `rule` names the rule and, behind "form.", the sentence that says what to do."""

    rule: str
    severity: Severity
    place: Place
    source: str
    params: Mapping[str, Any]

    @property
    def wording(self) -> str:
        """The key of the sentence in notices/form_wording.py."""
        return f"form.{self.rule}"


@dataclass(frozen=True)
class Printed:
    """A line as the file prints it: the part its style or its words tell, and the annex it stands in (from 0)."""

    part: str | None
    text: str
    annex: int | None = None


@dataclass(frozen=True)
class Case:
    """A document with what it is judged by. Without `lines` (composed, not printed) marks on paper are not judged.

    `on` is the day of the document, or the one planned: without it nothing is said that hangs on a day.
    """

    text: DocumentText
    lines: tuple[Printed, ...] = ()
    register: Mapping[str, Regulation] = field(default_factory=dict)
    team: TeamRule | None = None
    terms: tuple[Term, ...] = ()
    institution: InstitutionFacts | None = None
    on: date | None = None
    signer: Block | None = None  # who holds the post that signs, today
    signer_places: bool | None = None  # whether a file marks the signer's office and name; None for a text alone

    @property
    def is_draft(self) -> bool:
        """Whether it still waits for its number and date."""
        return self.text.draft_mark or (self.text.number is None and self.text.date is None)

    @property
    def form(self) -> Form:
        """What it calls itself: KEPUTUSAN, PERATURAN; otherwise what it is built like."""
        first = self.text.instrument_line.partition(" ")[0]
        return {"KEPUTUSAN": Form.DECREE, "PERATURAN": Form.REGULATION}.get(first, self.text.form)

    @property
    def is_regulation(self) -> bool:
        """Whether it is a Peraturan."""
        return self.form is Form.REGULATION

    def printed(self, *parts: str) -> list[str]:
        """The lines of the body in these parts."""
        return [line.text for line in self.lines if line.annex is None and line.part in parts]

    @cached_property
    def annex_lines(self) -> Mapping[int, list[Printed]]:
        """The lines of each annex that are not blank."""
        found: dict[int, list[Printed]] = {}
        for line in self.lines:
            if line.annex is not None and line.text.strip():
                found.setdefault(line.annex, []).append(line)
        return found

    @property
    def is_too_long(self) -> bool:
        """Whether the check has to stop before the document ends."""
        text = self.text
        said = sum(len(one) for one in (*text.considerations, *text.notes, *(one.text for one in text.dictums)))
        return said > WHOLE_LENGTH or sum(len(line.text) for line in self.lines) > WHOLE_LENGTH

    @cached_property
    def bases(self) -> tuple[Basis, ...]:
        """Its citations, each with what the register knows of it."""
        return bases_in(self.text.citations, self.register)

    @cached_property
    def rules(self) -> tuple[tuple[Place, str], ...]:
        """What it orders: each dictum and each item under one, each ayat and each item under one."""
        found = []
        for dictum in self.text.dictums:
            place = dictum_place(dictum.label)
            found.append((place, dictum.text))
            found += [(under(place, f"huruf {letter(i)}"), one) for i, one in enumerate(dictum.items)]
        for chapter in self.text.chapters:
            for article in chapter.articles:
                found += _of_article(article)
        return _whole(found)

    @cached_property
    def passages(self) -> tuple[tuple[Place, str], ...]:
        """Every sentence of its own with its place; citations, names and headings are not among them."""
        text = self.text
        found = [(reason_place(index), one) for index, one in enumerate(text.considerations)]
        found += [(NOTES, one) for one in text.notes]
        found += self.rules
        found += [(PAPER, one) for one in ((text.letter.opening, text.letter.closing) if text.letter else ())]
        for number, part in enumerate(text.parts, 1):
            place = Place(shortened(part.title, 60) or f"Bagian {number}", f"bagian-{number}")
            found += [(place, one) for one in _of_part(part)]
        for index, annex in enumerate(text.annexes):
            found.append((annex_place(annex, index), annex.intro))
            for part in annex.parts:
                place = annex_place(annex, index)
                place = Place(f"{place.name}, {shortened(part.title, 60)}", place.anchor) if part.title else place
                found += [(place, one) for one in _of_part(part)]
        return _whole(found)

    @cached_property
    def cells(self) -> tuple[tuple[Place, str], ...]:
        """What the tables say, cell by cell."""
        found = [(PAPER, cell) for part in self.text.parts for row in part.rows for cell in row]
        for index, annex in enumerate(self.text.annexes):
            tables = (annex.rows, *(part.rows for part in annex.parts))
            found += [(annex_place(annex, index), cell) for rows in tables for row in rows for cell in row]
        return _whole(found)


Check = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A point of the form: its key, how serious it is, where it is written, and what finds the faults against it."""

    key: str
    severity: Severity
    source: str
    check: Check
    forms: tuple[Form, ...] = (Form.DECREE, Form.REGULATION)


def _of_article(article: Article) -> Iterator[tuple[Place, str]]:
    for clause in article.clauses:
        place = article_place(article.label)
        place = under(place, f"ayat {clause.mark}") if clause.mark else place
        yield place, clause.text
        for index, item in enumerate(clause.items):
            yield under(place, f"huruf {letter(index)}"), item.text
            yield from ((under(place, f"huruf {letter(index)}"), one) for one in item.items)


def _of_part(part: Part) -> Iterator[str]:
    yield part.intro
    yield from part.items


def _whole(found: list[tuple[Place, str]]) -> tuple[tuple[Place, str], ...]:
    """The passages that say something, each on one line, as far as a document's length goes."""
    whole, length = [], 0
    for place, text in found:
        line = on_one_line(text)
        length += len(line)
        if length > WHOLE_LENGTH:
            break
        if line:
            whole.append((place, line))
    return tuple(whole)


def on_one_line(text: str) -> str:
    """The text with every run of blanks made one."""
    return " ".join(text[:LONGEST].split())


def plain(text: str) -> str:
    """A text for comparing: capitals, single blanks, no mark at its end."""
    return on_one_line(text).upper().strip(" .,;:")


def shortened(text: str, most: int = 80) -> str:
    """A text short enough to be quoted in a sentence."""
    line = on_one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


TITLE = Place("Judul", "judul")
HEAD = Place("Kepala naskah", "judul")
REASONS = Place("Menimbang", "menimbang-1")
DECIDED = Place("MEMUTUSKAN", "menetapkan")
DECIDES = Place("Menetapkan", "menetapkan")
CLOSING = Place("Penutup", "penutup")
COPIES = Place("Tembusan", "tembusan")
WHOLE = Place("Naskah", "judul")
NOTES = Place("Memperhatikan", "memperhatikan")
BODY = Place("Batang tubuh", "menetapkan")
PROMULGATION = Place("Pengundangan", "pengundangan")
PAPER = Place("Isi", "judul")


def reason_place(index: int) -> Place:
    """The consideration at `index`, counted from 0."""
    return Place(f"Menimbang huruf {letter(min(index, 700))}", f"menimbang-{index + 1}")


def basis_place(index: int) -> Place:
    """The legal basis at `index`, counted from 0."""
    return Place(f"Mengingat angka {index + 1}", f"mengingat-{index + 1}")


def dictum_place(label: str) -> Place:
    """The dictum with that label."""
    return Place(shortened(label, 40) or "Diktum", f"diktum-{label.lower().replace(' ', '-')}"[:80])


def annex_place(annex: Annex, index: int) -> Place:
    """An annex by its heading: "Lampiran II"."""
    number = annex.heading.removeprefix("LAMPIRAN").strip()
    return Place(shortened(f"Lampiran {number}".strip(), 40), f"lampiran-{index + 1}")


def copy_place(index: int) -> Place:
    """The entry of Tembusan at `index`, counted from 0."""
    return Place(f"Tembusan angka {index + 1}", "tembusan")


def article_place(label: str) -> Place:
    """The Pasal with that label."""
    name = shortened(label, 40) or "Pasal"
    return Place(name, name.lower().replace(" ", "-"))


def chapter_place(label: str, index: int) -> Place:
    """The BAB with that label, at `index`, counted from 0."""
    return Place(shortened(label, 40) or "BAB", f"bab-{index + 1}")


def under(place: Place, what: str) -> Place:
    """A place within a place: "KETIGA huruf a"; the sheet shows the whole."""
    return Place(f"{place.name} {what}"[:80], place.anchor)
