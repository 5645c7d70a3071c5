"""Checking the form of a text or of a Word file: the case put together from the law, and judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from governance.documents import form
from governance.documents import recognising as part
from governance.documents.annex_reading import HEADING
from governance.documents.form_case import Case, Finding, Printed, Severity, plain
from governance.documents.form_dictums import day_in
from governance.documents.lines import DOCUMENT, Line, blocks
from governance.documents.package import Package
from governance.documents.reading import read_document
from governance.documents.sealing import STYLES, places_of, signed_by
from governance.documents.signer_names import Block
from governance.documents.text import DocumentText
from governance.kernel.errors import BadFile
from governance.mandates.law import Law
from governance.mandates.local_bases import own_regulations
from governance.people.facts import InstitutionFacts


@dataclass(frozen=True)
class Ground:
    """What a form is judged by: the law, and what is known of the document.

    The law of `on` counts where it is asked for; else that of the date on the document, else of the day `planned`.
    """

    law: Law
    institution: InstitutionFacts | None = None
    kind: str | None = None
    on: date | None = None
    planned: date | None = None
    signer: Block | None = None  # who holds the post that signs, today


def check_file(data: bytes, ground: Ground) -> tuple[Finding, ...]:
    """What is wrong with the form of a Word file; BadFile where it cannot be read."""
    package = Package.read(data)
    marked = STYLES in package and signed_by(places_of(package)[DOCUMENT]) is not None
    return check_text(read_document(data), ground, printed_lines(data), marked=marked)


def check_text(
    text: DocumentText, ground: Ground, lines: tuple[Printed, ...] = (), *, marked: bool | None = None
) -> tuple[Finding, ...]:
    """What is wrong with the form of a text; with the lines of its file also what stands on paper alone."""
    on = ground.on or day_in(text.date or "") or ground.planned
    kind = ground.kind or kind_of(text, ground.law)
    return form.judge(
        Case(
            text=text,
            lines=lines,
            register={**own_regulations(ground.institution), **ground.law.regulations}
            if ground.institution
            else ground.law.regulations,
            team=ground.law.team_rule(kind, on) if kind and kind in ground.law.mandates and on else None,
            terms=tuple(ground.law.terms.values()),
            institution=ground.institution,
            on=on,
            signer=ground.signer,
            signer_places=marked,
        )
    )


def kind_of(text: DocumentText, law: Law) -> str | None:
    """The kind whose team the title names, in any of the terms in use; None where it names none."""
    title = plain(text.title)
    for key, mandate in law.mandates.items():
        named = plain(mandate.title).rpartition(" TENTANG ")[2] if mandate.team else ""
        if named and any(name in title for name in _in_every_term(named, law)):
            return key
    return None


def _in_every_term(named: str, law: Law) -> set[str]:
    """The name with each term in use, in full and in short."""
    terms = [plain(one) for term in law.terms.values() for one in (term.title, term.short)]
    used = next((term for term in terms if term in named), None)
    return {named.replace(used, term) for term in terms} if used else {named}


def printed_lines(data: bytes) -> tuple[Printed, ...]:
    """The lines of a Word file in their order, each with its part and its annex."""
    package = Package.read(data)
    if DOCUMENT not in package:
        raise BadFile("file.not_docx")
    found: list[Printed] = []
    annex: int | None = None
    last: str | None = None
    for text, style in _texts(package):
        name = part.part_of(style, text, last)
        if name == part.ANNEX and HEADING.match(text.strip()):
            annex = 0 if annex is None else annex + 1
        elif name == part.ANNEX and annex is None:
            annex = 0
        found.append(Printed(name, text.strip(), annex))
        last = name or last
    return tuple(found)


def _texts(package: Package) -> "list[tuple[str, str | None]]":
    """Every line with its style; a table's rows as the reader takes them, columns joined by tabs."""
    texts: list[tuple[str, str | None]] = []
    for block in blocks(package):
        if isinstance(block, Line):
            texts += [(block.text, block.style)] if block.text.strip() else []
        else:
            rows = ["\t".join(cell for cell in row if cell) for row in block.rows]
            texts += [(piece, None) for row in rows for piece in row.split("\n") if piece.strip()]
    return texts


def counted(findings: tuple[Finding, ...]) -> Mapping[str, int]:
    """How many findings there are of each severity."""
    return {severity.value: sum(one.severity is severity for one in findings) for severity in Severity}
