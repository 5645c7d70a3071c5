"""What an institution may enter into its register, and what that says as a regulation like any other."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from governance.mandates.regulations import TO_COMPLETE, Gazette, Regulation

EVERY = "*"  # every kind of document
HOW_SURE = ("read", "secondary", "memory")
OWN = "own"


class Relation(StrEnum):
    """What can be found of a regulation."""

    REVOKED = "revoked"
    AMENDED = "amended"
    CITED = "cited"  # this institution cites it in kinds of its own choice


@dataclass(frozen=True)
class Sort:
    """A type of regulation: its rank in Mengingat, its name, where it is published. UU 12/2011 Pasal 7 and 8."""

    rank: int
    name: str
    gazettes: tuple[str, ...]
    wants_issuer: bool = False  # the name of the ministry or agency is typed
    regional: bool = False


SORTS: dict[str, Sort] = {
    "UU": Sort(1, "Undang-Undang", ("LN", "BN")),
    "Perppu": Sort(1, "Peraturan Pemerintah Pengganti Undang-Undang", ("LN", "BN")),
    "PP": Sort(2, "Peraturan Pemerintah", ("LN", "BN")),
    "Perpres": Sort(3, "Peraturan Presiden", ("LN",)),
    "Permen": Sort(4, "Peraturan Menteri", ("BN",), wants_issuer=True),
    "Peraturan Badan": Sort(5, "Peraturan Badan/Lembaga", ("BN",), wants_issuer=True),
    "Perda Provinsi": Sort(6, "Peraturan Daerah Provinsi", ("LD",), regional=True),
    "Pergub": Sort(7, "Peraturan Gubernur", ("BD",), regional=True),
    "Perda": Sort(8, "Peraturan Daerah", ("LD",), regional=True),
    "Perkada": Sort(9, "Peraturan Kepala Daerah", ("BD",), regional=True),
}
_GAZETTES = {
    "LN": ("Lembaran Negara Republik Indonesia", "Tambahan Lembaran Negara Republik Indonesia"),
    "BN": ("Berita Negara Republik Indonesia", "Tambahan Berita Negara Republik Indonesia"),
    "LD": ("Lembaran Daerah {area}", "Tambahan Lembaran Daerah {area}"),
    "BD": ("Berita Daerah {area}", "Tambahan Berita Daerah {area}"),
}
_GAPS = {"LN": "Lembaran Negara", "BN": "Berita Negara", "LD": "Lembaran Daerah", "BD": "Berita Daerah"}


@dataclass(frozen=True)
class Entry:
    """One regulation as it was entered; what is not known stays None and is marked, never made up."""

    key: str
    type: str
    title: str
    issuer: str
    number: int | None = None
    year: int | None = None
    area: str = ""
    gazette: Gazette | None = None
    enacted: date | None = None
    promulgated: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    in_preparation: bool = False
    how_sure: str = "read"
    note: str = ""
    kinds: tuple[str, ...] = ()
    closed_on: date | None = None
    closed_reason: str = ""
    id: int = 0
    version: int = 0

    @property
    def regulation(self) -> Regulation:
        """The entry as rules see it; a closed one ends the day before it was closed."""
        before_closing = self.closed_on and self.closed_on - timedelta(days=1)
        ends = min((day for day in (self.in_force_to, before_closing) if day is not None), default=None)
        dated = self.in_force_from is not None
        return Regulation(
            key=self.key,
            type=self.type,
            rank=SORTS[self.type].rank,
            title=self.title,
            status="in_force",
            verified=self.how_sure == "read",
            dates_status=self.how_sure if dated else "unknown",
            in_force_from=self.in_force_from,
            in_force_to=ends,
            number=self.number,
            year=self.year,
            issuer=self.issuer,
            cite=self.wording,
            gazette=self.gazette,
            enacted=self.enacted,
            promulgated=self.promulgated,
            order_date=self._order_date,
            in_preparation=self.in_preparation,
            note=self.note,
            origin=OWN,
        )

    @property
    def wording(self) -> str:
        """Name, number, year, title and gazette (UU 12/2011 Lampiran II angka 47 and 49); gaps read "lengkapi"."""
        gap = f"[{TO_COMPLETE}]"
        named = f"{self.issuer} Nomor {self.number or gap} Tahun {self.year or gap} tentang {self.title}"
        return f"{named} ({self._published})"

    @property
    def _published(self) -> str:
        if self.gazette is None:
            return f"[{TO_COMPLETE}: {_GAPS[SORTS[self.type].gazettes[0]]}]"
        name, supplement = (form.format(area=self.area) for form in _GAZETTES[self.gazette.kind])
        published = f"{name} Tahun {self.gazette.year} Nomor {self.gazette.number}"
        return f"{published}, {supplement} Nomor {self.gazette.supplement}" if self.gazette.supplement else published

    @property
    def _order_date(self) -> date | None:
        """Lampiran II angka 43: by promulgation, else enactment; where neither is known, the year's last day."""
        last_day = date(self.year, 12, 31) if self.year else None
        return self.promulgated or self.enacted or self.in_force_from or last_day


@dataclass(frozen=True)
class Fact:
    """What an institution found of the regulation `key`: by which other, since when, and from where it knows."""

    key: str
    relation: Relation
    source: str
    by: str | None = None
    since: date | None = None
    kinds: tuple[str, ...] = ()
    how_sure: str = "read"
    note: str = ""
    entered_on: date | None = None
    closed_on: date | None = None
    closed_reason: str = ""
    id: int = 0
    version: int = 0
