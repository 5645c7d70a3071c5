"""The form of Mengingat: what each citation names and how it is written, their order, and whether each one binds."""

import re
from collections.abc import Iterator

from governance.documents.form_case import Case, Fault, Severity, basis_place, on_one_line, plain, shortened
from governance.documents.form_cited import LOWER, NOT_LAW, STATE, Basis
from governance.documents.recognising import BASIS
from governance.mandates.regulations import TO_COMPLETE, Regulation

ARTICLE = re.compile(r"Pasal\s+\d|Ketentuan Pasal\b")
STATE_OFFICES = ("Kepolisian Negara", "Kejaksaan", "Ombudsman", "Jaksa Agung")
GAZETTE = re.compile(r"\((?:Lembaran|Berita) Negara\b")
SUPPLEMENT = re.compile(r"Tambahan (?:Lembaran|Berita) Negara\b")
LOCAL_GAZETTE = re.compile(r"\((?:Lembaran|Berita) Daerah\b")
DECISION = re.compile(r"Keputusan (?:Presiden|Menteri)\b")
TYPED = re.compile(r"\s*(?:Mengingat\s*:\s*)?(\d{1,3})[.)]\s")
LOCAL = 8  # Perda and what stands below it
OLD_DECISIONS = 2011  # what was set before UU 12/2011 may still regulate under the name of Keputusan
WITHOUT_SUPPLEMENT = 1951  # what is older was published without a numbered Tambahan


def _each(case: Case) -> Iterator[tuple[int, Basis]]:
    yield from enumerate(case.bases)


def closing_mark(case: Case) -> Iterator[Fault]:
    """Each citation ends with a semicolon; the composed text leaves it to the template."""
    for index, line in enumerate(case.printed(BASIS)):
        if not line.rstrip().endswith(";"):
            yield Fault(basis_place(index), {"text": shortened(line.rstrip()[-30:], 30)})


def numbering(case: Case) -> Iterator[Fault]:
    """Numbers typed by hand run 1, 2, 3 without gap or double."""
    for index, line in enumerate(case.printed(BASIS)):
        typed = TYPED.match(line)
        if typed and int(typed[1]) != index + 1:
            yield Fault(basis_place(index), {"found": typed[1], "expected": index + 1})


def order(case: Case) -> Iterator[Fault]:
    """By rank, then by date."""
    before: Basis | None = None
    for index, basis in _each(case):
        if rank_of(basis) is None:
            continue
        if before is not None and _stands_before(basis, before):
            yield Fault(basis_place(index), {"text": name_of(basis), "before": name_of(before)})
        before = basis


def rank_of(basis: Basis) -> int | None:
    """The register's rank, else the one its name tells."""
    return basis.known.rank if basis.known else basis.cited.rank


def _stands_before(one: Basis, other: Basis) -> bool:
    """Whether `one` belongs before `other`; what is not known keeps its place."""
    ranks = (rank_of(one) or 0, rank_of(other) or 0)
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    if one.known and other.known and one.known.order_date and other.known.order_date:
        return one.known.order_date < other.known.order_date
    years = (one.cited.year, other.cited.year)
    return years[0] is not None and years[1] is not None and years[0] < years[1]


def name_of(basis: Basis) -> str:
    """A citation by its type, number and year."""
    cited = basis.cited
    if cited.number is None or cited.year is None:
        return shortened(basis.text, 60)
    return shortened(f"{cited.name} Nomor {cited.number} Tahun {cited.year}", 120)


def republic(case: Case) -> Iterator[Fault]:
    """The type of a regulation is named without "Republik Indonesia"; the UUD and offices of that name keep it."""
    for index, basis in _each(case):
        head = on_one_line(basis.text).partition(" tentang ")[0].partition(" Nomor ")[0][:200]
        if basis.cited.rank != 0 and not any(office in head for office in STATE_OFFICES) and STATE.search(head):
            yield Fault(basis_place(index))


def article(case: Case) -> Iterator[Fault]:
    """Only the UUD is cited with its articles."""
    for index, basis in _each(case):
        if basis.cited.rank != 0 and ARTICLE.match(on_one_line(basis.text)):
            yield Fault(basis_place(index), {"text": shortened(basis.text, 40)})


def circular(case: Case) -> Iterator[Fault]:
    """Circulars, instructions and letters are no regulations."""
    for index, basis in _each(case):
        if NOT_LAW.match(on_one_line(basis.text)):
            yield Fault(basis_place(index), {"text": shortened(basis.text, 60)})


def rank(case: Case) -> Iterator[Fault]:
    """Only what has the same or a higher rank is a basis."""
    for index, basis in _each(case):
        if (basis.cited.rank or 0) >= 10 or LOWER.match(on_one_line(basis.text)):
            yield Fault(basis_place(index), {"text": shortened(basis.text, 60)})


def decision(case: Case) -> Iterator[Fault]:
    """A Keputusan of a President or a minister set after UU 12/2011 is no regulation."""
    for index, basis in _each(case):
        recent = basis.cited.year is None or basis.cited.year > OLD_DECISIONS
        if recent and not basis.known and DECISION.match(on_one_line(basis.text)):
            yield Fault(basis_place(index), {"text": shortened(basis.text, 60)})


def double(case: Case) -> Iterator[Fault]:
    """Each regulation is cited once."""
    seen: dict[object, int] = {}
    for index, basis in _each(case):
        same = basis.known.key if basis.known else basis.cited.identity or plain(basis.text)
        if same and same in seen:
            yield Fault(basis_place(index), {"first": seen[same] + 1})
        elif same:
            seen[same] = index


def unknown(case: Case) -> Iterator[Fault]:
    """What the register does not know may not exist, or may be written otherwise: people look."""
    for index, basis in _each(case) if case.register else ():
        if basis.known or NOT_LAW.match(basis.text) or rank_of(basis) is None:
            continue
        if basis.cited.identity is None and TO_COMPLETE in basis.text:
            continue
        if case.institution is None and (rank_of(basis) or 0) >= LOCAL:
            continue  # a region's own regulations stand in its own entries
        yield Fault(basis_place(index), {"text": name_of(basis)})


def revoked(case: Case) -> Iterator[Fault]:
    """What was revoked before the document's day is cited no more; its successor is named."""
    for index, basis in _each(case):
        if case.on and basis.known and basis.known.ended_by(case.on):
            successor = case.register.get(basis.known.revoked_by or "")
            yield Fault(
                basis_place(index),
                {
                    "text": name_of(basis),
                    "day": case.on.isoformat(),
                    "successor": spoken(successor) if successor else "–",
                },
            )


def spoken(regulation: Regulation) -> str:
    """A regulation by its type, number, year and title."""
    name = regulation.issuer or regulation.type
    return shortened(f"{name} Nomor {regulation.number} Tahun {regulation.year} tentang {regulation.title}", 200)


def not_yet(case: Case) -> Iterator[Fault]:
    """What does not yet bind on the document's day is not cited."""
    for index, basis in _each(case):
        if case.on and basis.known and basis.known.begun_by(case.on) is False:
            yield Fault(basis_place(index), {"text": name_of(basis), "day": case.on.isoformat()})


def unsure(case: Case) -> Iterator[Fault]:
    """Where the register cannot say whether it binds on that day, people are asked."""
    for index, basis in _each(case):
        if TO_COMPLETE in basis.text:
            continue  # told as incomplete: one question is enough
        if case.on and basis.known and basis.known.in_force_on(case.on) is None:
            yield Fault(basis_place(index), {"text": name_of(basis), "day": case.on.isoformat()})


def gazette(case: Case) -> Iterator[Fault]:
    """UU and PP stand with Lembaran Negara and Tambahan Lembaran Negara in brackets."""
    for index, basis in _each(case):
        text = on_one_line(basis.text)
        if rank_of(basis) not in (1, 2) or TO_COMPLETE in text or basis.cited.identity is None:
            continue
        old = (basis.cited.year or 0) < WITHOUT_SUPPLEMENT
        if not GAZETTE.search(text) or not (old or SUPPLEMENT.search(text)):
            yield Fault(basis_place(index), {"text": name_of(basis)})


def local_gazette(case: Case) -> Iterator[Fault]:
    """A Perda stands with Lembaran Daerah and Tambahan Lembaran Daerah in brackets."""
    for index, basis in _each(case):
        text = on_one_line(basis.text)
        if rank_of(basis) == 8 and TO_COMPLETE not in text and not LOCAL_GAZETTE.search(text):
            yield Fault(basis_place(index), {"text": name_of(basis)})


def wording(case: Case) -> Iterator[Fault]:
    """A regulation is cited in the register's words of that day, its amendments with it."""
    for index, basis in _each(case):
        if not (case.on and basis.known) or basis.known.in_force_on(case.on) is False:
            continue
        expected = basis.known.cited_on(case.on)
        if expected.complete and plain(basis.text) != plain(expected.text) and GAZETTE.search(basis.text):
            yield Fault(basis_place(index), {"expected": shortened(expected.text, 400)})


def incomplete(case: Case) -> Iterator[Fault]:
    """What still reads "lengkapi": a note while it is a draft, an error in a document that is numbered and dated."""
    for index, citation in enumerate(case.text.citations):
        if not citation.complete or TO_COMPLETE in citation.text:
            yield Fault(basis_place(index), severity=None if case.is_draft else Severity.ERROR)
