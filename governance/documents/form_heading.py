"""The form of the head and the close: title block, offices, MEMUTUSKAN, Menetapkan, signature, order of the parts."""

import re
from collections.abc import Iterator
from itertools import pairwise

from governance.documents import recognising as part
from governance.documents.form_case import (
    CLOSING,
    COPIES,
    DECIDED,
    DECIDES,
    HEAD,
    TITLE,
    WHOLE,
    Case,
    Fault,
    Place,
    Severity,
    annex_place,
    copy_place,
    on_one_line,
    plain,
    reason_place,
    shortened,
)

GRACE = "DENGAN RAHMAT TUHAN YANG MAHA ESA"
# Abbreviations that titles of this subject are seen with; others are found by their look in the last consideration.
ABBREVIATIONS = frozenset(
    {
        "APBD", "APBDES", "APBN", "ASN", "BAPPEDA", "BKPSDM", "BLUD", "BUMD", "DISKOMINFO", "DPRD", "IPPD", "KAB",
        "KEC", "OPD", "PD", "PEMDI", "PEMKAB", "PEMKOT", "PEMPROV", "PNS", "RENSTRA", "RKPD", "RPJMD", "SDM", "SEKDA",
        "SETDA", "SKPD", "SOP", "SPBE", "TIK", "UMKM",
    }
)  # fmt: skip
WORD = re.compile(r"[A-Za-z][A-Za-z./-]*")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
TITLES = re.compile(r"(?:^|\s)(?:Prof|Dr|Drs|Dra|Ir|H|Hj|KH|drg)\.\s?\S|,\s*\S", re.IGNORECASE)
RANK_LINE = re.compile(r"(?:NIP\b|Pembina\b|Penata\b|Pengatur\b)")
ACTING = re.compile(r"(?:a\.n\.|Pj\.|Plt\.|Plh\.|PENJABAT|PELAKSANA)", re.IGNORECASE)
HEADS = ("BUPATI", "WALI KOTA", "WALIKOTA", "GUBERNUR")
NEEDED = {
    "instrument_line": "KEPUTUSAN atau PERATURAN",
    "title": "Judul",
    "considerations": "Menimbang",
    "citations": "Mengingat",
    "decides": "Menetapkan",
    "dictums": "Diktum",
    "chapters": "BAB dan Pasal",
    "parts": "Isi",
}
SEQUENCE = (
    (part.KIND, "KEPUTUSAN atau PERATURAN"),
    (part.NUMBER, "NOMOR"),
    (part.ABOUT, "TENTANG"),
    (part.TITLE, "Judul"),
    (part.OFFICE_LINE, "Jabatan"),
    (part.REASON, "Menimbang"),
    (part.BASIS, "Mengingat"),
    (part.DECIDED, "MEMUTUSKAN"),
    (part.DECIDES, "Menetapkan"),
    (part.DICTUM, "Diktum"),
    (part.CLOSING, "Ditetapkan di"),
)


def missing_part(case: Case) -> Iterator[Fault]:
    """Every part is there."""
    for name in case.text.unread:
        yield Fault(WHOLE, {"part": NEEDED.get(name, shortened(name, 40))})


def order_of_parts(case: Case) -> Iterator[Fault]:
    """The parts stand in the prescribed order."""
    first: dict[str | None, int] = {}
    for index, line in enumerate(case.lines):
        if line.annex is None:
            first.setdefault(line.part, index)
    there = [(first[name], told) for name, told in SEQUENCE if name in first]
    for (at, told), (after, follows) in pairwise(there):
        if after < at:
            yield Fault(WHOLE, {"part": follows, "before": told})


def title_marks(case: Case) -> Iterator[Fault]:
    """The title ends without a mark."""
    title = case.text.title.rstrip()
    if title.endswith((".", ",", ";", ":")):
        yield Fault(TITLE, {"mark": title[-1]})


def title_capitals(case: Case) -> Iterator[Fault]:
    """The title block is in capitals."""
    for text in (case.text.instrument_line, case.text.title):
        if text and text != text.upper():
            yield Fault(TITLE, {"text": shortened(text, 60)})


def abbreviations(case: Case) -> Iterator[Fault]:
    """No abbreviation and no acronym in the title."""
    known = ABBREVIATIONS | {term.short.upper() for term in case.terms}
    if case.institution:
        known |= {one.short.upper() for one in case.institution.units if one.short not in one.name}
    words = {word.strip("./-") for word in WORD.findall(on_one_line(case.text.title))}
    found = {word for word in words if word.upper() in known}
    found |= words & set(_capitals_within(case))
    for word in sorted(found)[:10]:
        yield Fault(TITLE, {"abbreviation": word})


def _capitals_within(case: Case) -> Iterator[str]:
    """Words in capitals in the last consideration, which says the title in small letters."""
    said = _title_in_reason(case) or ""
    if said != said.upper():
        for word in WORD.findall(said):
            bare = word.strip("./-")
            if len(bare) > 1 and bare.isupper() and not ROMAN.fullmatch(bare):
                yield bare


def _title_in_reason(case: Case) -> str | None:
    """The title as the last consideration says it."""
    given = case.text.considerations
    said = on_one_line(given[-1]).rpartition("perlu menetapkan")[2] if given else ""
    return said.partition(" tentang ")[2] or None


def title_decided(case: Case) -> Iterator[Fault]:
    """Menetapkan repeats the title to the letter."""
    _kind, about, title = on_one_line(case.text.decides).partition(" TENTANG ")
    if about and case.text.title and plain(title) != plain(case.text.title):
        yield Fault(DECIDES, {"text": shortened(title), "title": shortened(case.text.title)})


def title_concluded(case: Case) -> Iterator[Fault]:
    """The last consideration repeats the title."""
    title = _title_in_reason(case)
    if title and case.text.title and plain(title) != plain(case.text.title):
        place = reason_place(len(case.text.considerations) - 1)
        yield Fault(place, {"text": shortened(title.rstrip(";")), "title": shortened(case.text.title)})


def title_in_annexes(case: Case) -> Iterator[Fault]:
    """The heading of each annex repeats the title."""
    for index, annex in enumerate(case.text.annexes):
        lines = [on_one_line(line.text) for line in case.annex_lines.get(index, [])]
        if "TENTANG" not in lines or not case.text.title:
            continue
        rest = plain(" ".join(lines[lines.index("TENTANG") + 1 :][:6]))
        if not rest.startswith(plain(case.text.title)):
            yield Fault(annex_place(annex, index), {"text": shortened(rest), "title": shortened(case.text.title)})


def decided(case: Case) -> Iterator[Fault]:
    """MEMUTUSKAN: capitals, no blanks between the letters, a colon."""
    for line in case.printed(part.DECIDED):
        if line.strip() != "MEMUTUSKAN:":
            yield Fault(DECIDED, {"text": shortened(line, 40)})
    if case.lines and not case.printed(part.DECIDED):
        yield Fault(DECIDED, {"text": "–"})


def decides_form(case: Case) -> Iterator[Fault]:
    """What is set stands in capitals and ends with a full stop."""
    text = case.text.decides.strip()
    if text and (text != text.upper() or not text.endswith(".")):
        yield Fault(DECIDES, {"text": shortened(text)})


def decides_kind(case: Case) -> Iterator[Fault]:
    """Menetapkan and the last consideration name the same kind of document as its title block."""
    kind = case.text.instrument_line.partition(" ")[0]
    said = on_one_line(case.text.decides).partition(" TENTANG ")[0]
    if kind and said and not case.text.instrument_line.startswith(said):
        yield Fault(DECIDES, {"text": shortened(said), "kind": shortened(case.text.instrument_line)})
    given = case.text.considerations
    concluded = on_one_line(given[-1]).rpartition("perlu menetapkan ")[2].partition(" ")[0] if given else ""
    if concluded.upper() in ("KEPUTUSAN", "PERATURAN") and kind and concluded.upper() != kind:
        place = reason_place(len(given) - 1)
        yield Fault(place, {"text": concluded, "kind": shortened(case.text.instrument_line)})


def grace_missing(case: Case) -> Iterator[Fault]:
    """A Peraturan opens with DENGAN RAHMAT TUHAN YANG MAHA ESA."""
    if case.lines and case.is_regulation and not _has_grace(case):
        yield Fault(HEAD)


def grace_strange(case: Case) -> Iterator[Fault]:
    """A Keputusan does not."""
    if not case.is_regulation and _has_grace(case):
        yield Fault(HEAD)


def _has_grace(case: Case) -> bool:
    return any(plain(line.text) == GRACE for line in case.lines if line.annex is None)


def office_comma(case: Case) -> Iterator[Fault]:
    """The office before Menimbang and the one above the signature end with a comma."""
    for name, place in ((part.OFFICE_LINE, HEAD), (part.SIGNER, CLOSING)):
        lines = case.printed(name)
        if lines and not lines[-1].rstrip().endswith(","):
            yield Fault(place, {"text": shortened(lines[-1], 60)})


def office_known(case: Case) -> Iterator[Fault]:
    """The office is the institution's own, written as the law writes it ("WALI KOTA")."""
    if case.institution is None:
        return
    own = case.institution.establishing_office.upper()
    office = plain(case.text.office)
    if office.startswith(HEADS) and office != own:
        yield Fault(HEAD, {"text": shortened(office, 60), "expected": own})
    province = plain(case.text.province_line or "")
    if province.startswith("PROVINSI") and province != f"PROVINSI {case.institution.province}".upper():
        yield Fault(
            HEAD, {"text": shortened(province, 60), "expected": f"PROVINSI {case.institution.province}".upper()}
        )


def office_signs(case: Case) -> Iterator[Fault]:
    """Who signs is who is named in the head, or acts for him."""
    signer, office = plain(case.text.signer_office), plain(case.text.office)
    if signer and office and signer != office and not ACTING.match(case.text.signer_office):
        yield Fault(CLOSING, {"text": shortened(signer, 60), "expected": shortened(office, 60)})


def name_titles(case: Case) -> Iterator[Fault]:
    """The name stands without titles, rank or NIP; many governments print academic titles: their own habit counts."""
    name = case.text.signer_name or ""
    if TITLES.search(f"{shortened(name, 120)} "):
        yield Fault(CLOSING, {"text": shortened(name, 60)})


def name_rank(case: Case) -> Iterator[Fault]:
    """Under the name stands neither rank nor NIP."""
    at = next((i for i, line in enumerate(case.lines) if line.part == part.SIGNER), None)
    for line in case.lines[at : at + 5] if at is not None else ():
        if RANK_LINE.match(line.text.strip()):
            yield Fault(CLOSING, {"text": shortened(line.text, 60)})


def draft_is_blank(case: Case) -> Iterator[Fault]:
    """Number and date are given on enactment: a draft leaves them blank."""
    for place, what, text in _sealed(case) if case.text.draft_mark else ():
        if text:
            yield Fault(place, {"what": what, "text": shortened(text, 60)})


def final_is_filled(case: Case) -> Iterator[Fault]:
    """What is enacted has its number and its date."""
    for place, what, text in _sealed(case) if not case.is_draft else ():
        if not text:
            yield Fault(place, {"what": what})


def _sealed(case: Case) -> tuple[tuple[Place, str, str | None], ...]:
    """What only the enactment fills in, in the document's own words."""
    return ((TITLE, "NOMOR", case.text.number), (CLOSING, "pada tanggal", case.text.date))


def placeless(case: Case) -> Iterator[Fault]:
    """It says where it was set: a note while it is a draft, an error in what is numbered and dated."""
    if not case.text.place:
        yield Fault(CLOSING, severity=None if case.is_draft else Severity.ERROR)


def nameless(case: Case) -> Iterator[Fault]:
    """It says who signs: a note while it is a draft, an error in what is numbered and dated."""
    if not case.text.signer_name:
        office = shortened(case.text.signer_office, 60)
        yield Fault(CLOSING, {"office": office}, None if case.is_draft else Severity.ERROR)


def copies_marks(case: Case) -> Iterator[Fault]:
    """Tembusan: semicolons between, a full stop at the end."""
    copies = case.text.copies
    for index, text in enumerate(copies):
        wanted = "." if index == len(copies) - 1 else ";"
        if not text.rstrip().endswith(wanted) and not text.rstrip().endswith(("; dan", ";dan")):
            yield Fault(copy_place(index), {"mark": wanted})


def copies_double(case: Case) -> Iterator[Fault]:
    """Nobody is named twice."""
    seen: set[str] = set()
    for text in case.text.copies:
        if plain(text) in seen:
            yield Fault(COPIES, {"text": shortened(text, 60)})
        seen.add(plain(text))
