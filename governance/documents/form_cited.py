"""Reading a citation: its type and rank, its number and year, and which entry of the register it names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from governance.mandates.regulations import Citation, Regulation

# Names as citations begin with them, the longest first, with the rank of UU 12/2011 Pasal 7 and 8 (register's ranks).
RANKS: tuple[tuple[str, int], ...] = (
    ("Undang-Undang Dasar", 0),
    ("Peraturan Pemerintah Pengganti Undang-Undang", 1),
    ("Undang-Undang", 1),
    ("Peraturan Pemerintah", 2),
    ("Peraturan Presiden", 3),
    ("Keputusan Presiden", 3),
    ("Peraturan Menteri", 4),
    ("Keputusan Menteri", 4),
    ("Peraturan Daerah", 8),
    ("Peraturan Gubernur", 9),
    ("Peraturan Bupati", 9),
    ("Peraturan Wali Kota", 9),
    ("Peraturan Walikota", 9),
    ("Peraturan Desa", 10),
    ("Peraturan Kepala Desa", 10),
    ("Peraturan Kepala Dinas", 10),
)
AGENCY = 5  # Peraturan Badan, Kepala Badan, Lembaga, Komisi, ...
LOWER = re.compile(r"Keputusan (?:Bupati|Wali ?[Kk]ota|Gubernur|Sekretaris|Kepala|Camat|Direktur)\b")
NOT_LAW = re.compile(r"(?:Surat|Instruksi|Nota|Memorandum|Radiogram|Berita Acara|Pengumuman|Hasil|Telaahan|Risalah)\b")
NUMBERED = re.compile(r"\bNomor\s{1,3}(?:[A-Z.-]{1,20}[ /])?(\d{1,4})[\w./-]{0,40}\s{1,3}Tahun\s{1,3}(\d{4})\b")
STATE = re.compile(r"\s+Republik Indonesia\b")
HEAD = 400  # characters within which a citation names its type, number and year


@dataclass(frozen=True)
class Cited:
    """A citation as it was read: `name` is what stands before its number, in plain words."""

    name: str
    rank: int | None
    number: int | None
    year: int | None

    @property
    def identity(self) -> tuple[str, int, int] | None:
        """What makes two citations the same regulation."""
        if self.number is None or self.year is None:
            return None
        return (self.name.lower(), self.number, self.year)


@dataclass(frozen=True)
class Basis:
    """A citation of a document with what it names, and the register's entry of it where there is one."""

    text: str
    cited: Cited
    known: Regulation | None


def bases_in(citations: Iterable[Citation], register: Mapping[str, Regulation]) -> tuple[Basis, ...]:
    """The citations of a document, matched with the register by key, else by what they name."""
    named = by_identity(register)
    found = []
    for citation in citations:
        cited = read(citation.text)
        known = register.get(citation.key) or (named.get(cited.identity) if cited.identity else None)
        found.append(Basis(citation.text, cited, known))
    return tuple(found)


def read(text: str) -> Cited:
    """What a citation names; None where it does not say so."""
    head = " ".join(text[: 2 * HEAD].split())[:HEAD].partition(" tentang ")[0]
    numbered = NUMBERED.search(head)
    name = STATE.sub("", head[: numbered.start()] if numbered else head).strip(" ,")
    if name.startswith("Pasal "):
        name = next((name[name.index(known) :] for known, _rank in RANKS if f" {known}" in name), name)
    number, year = (int(numbered[1]), int(numbered[2])) if numbered else (None, None)
    return Cited(name, rank_of(name), number, year)


def rank_of(name: str) -> int | None:
    """The rank that the first words of a citation tell; None where they name no regulation."""
    for known, rank in RANKS:
        if name.startswith(known):
            return rank
    if LOWER.match(name):
        return 10
    return AGENCY if name.startswith("Peraturan ") else None


def by_identity(register: Mapping[str, Regulation]) -> dict[tuple[str, int, int], Regulation]:
    """The register's entries by what their citations name."""
    found = {}
    for regulation in register.values():
        named = regulation.name if regulation.number and regulation.year else None
        wordings = [named, regulation.cite, *(version.cite for version in regulation.cite_versions)]
        for wording in wordings:
            identity = read(wording).identity if wording else None
            if identity:
                found[identity] = regulation
    return found
