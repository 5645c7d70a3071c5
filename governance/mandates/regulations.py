"""Regulations as data with time: whether one is in force on a day, and how it is cited on that day."""

from dataclasses import dataclass
from datetime import date

from governance.calendar.words import day_in_words

TO_COMPLETE = "lengkapi"
NATIONAL, FROM_FILE = "national", "file"  # the national register, and the bases of an institution's file

_GAP = f"[{TO_COMPLETE}"
AMENDED = " sebagaimana telah diubah"
_GAZETTE_NAMES = {
    1: "Lembaran Negara dan Tambahan Lembaran Negara",
    2: "Lembaran Negara dan Tambahan Lembaran Negara",
    3: "Lembaran Negara",
    4: "Berita Negara",
    5: "Berita Negara",
}
_TYPE_NAMES = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Perda": "Peraturan Daerah",
    "Perkada": "Peraturan Kepala Daerah",
}


@dataclass(frozen=True)
class Gazette:
    """Where it was published: LN or BN, its year and number, and the number of the supplement (TLN)."""

    kind: str
    year: int
    number: int
    supplement: int | None = None


@dataclass(frozen=True)
class CiteVersion:
    """The wording of a citation within a span of days (it grows with each amendment)."""

    start: date
    cite: str
    end: date | None = None
    from_is_latest_possible: bool = False

    def covers(self, on: date) -> bool:
        """Whether this wording is the one for that day."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Amendment:
    """A regulation that changed another one."""

    number: int
    year: int
    title: str
    verified: bool
    dates_status: str
    gazette: Gazette | None = None
    gazette_disputed: bool = False
    enacted: date | None = None
    promulgated: date | None = None
    in_force_from: date | None = None
    in_force_latest: date | None = None
    note: str = ""

    def cited_by(self, on: date) -> bool:
        """Whether the citation of that day names it: its first day, or the last one possible, has come."""
        first = self.in_force_from or self.in_force_latest
        return first is not None and first <= on

    def may_be_in_force(self, on: date) -> bool:
        """Whether it could already bind on that day, its own first day being unknown."""
        if self.in_force_from is not None:
            return False
        return date(self.year, 1, 1) <= on and (self.in_force_latest is None or on < self.in_force_latest)


@dataclass(frozen=True)
class Citation:
    """One item of Mengingat, without the final semicolon; what is unknown reads "lengkapi" and `complete` is False."""

    key: str
    text: str
    complete: bool
    how_sure: str  # read | secondary | memory | unknown
    note: str = ""


@dataclass(frozen=True)
class Regulation:
    """One regulation of the register. Dates that were not found stay None; `*_latest` is the last day possible."""

    key: str
    type: str
    rank: int
    title: str
    status: str  # in_force | revoked | unconfirmed | local
    verified: bool
    dates_status: str  # read | secondary | memory | unknown
    in_force_from: date | None
    in_force_to: date | None
    number: int | None = None
    year: int | None = None
    issuer: str = ""
    cite: str | None = None
    cite_versions: tuple[CiteVersion, ...] = ()
    gazette: Gazette | None = None
    gazette_verified: bool = True
    enacted: date | None = None
    promulgated: date | None = None
    order_date: date | None = None
    in_force_latest: date | None = None
    in_force_to_latest: date | None = None
    in_preparation: bool = False
    amended_by: tuple[Amendment, ...] = ()
    revokes: tuple[str, ...] = ()
    revoked_by: str | None = None
    revoked_not_before: date | None = None  # worked out from the revoking regulation while the register is read
    use: str = ""
    note: str = ""
    dates_note: str = ""
    status_note: str = ""
    not_before: date | None = None  # no earlier first day is possible, though the first day itself is not known
    origin: str = NATIONAL

    @property
    def name(self) -> str:
        """How people call it in a sentence: "Undang-Undang Nomor 23 Tahun 2014"; the title where it has no number."""
        if self.number is None or self.year is None:
            return self.title
        return f"{self.issuer or _TYPE_NAMES.get(self.type, self.type)} Nomor {self.number} Tahun {self.year}"

    @property
    def first_day_possible(self) -> date | None:
        """No day before this one can be governed by it."""
        if self.in_force_from is not None:
            return self.in_force_from
        year_begins = date(self.year, 1, 1) if self.year else None
        known = [day for day in (self.enacted, self.promulgated, self.not_before, year_begins) if day is not None]
        return max(known, default=None)

    def how_sure_on(self, on: date) -> str:
        """How far the wording of that day is known: read, secondary, memory."""
        disputed = any(change.gazette_disputed and change.cited_by(on) for change in self.amended_by)
        if disputed or not self.gazette_verified:
            return "memory"
        if self.verified:
            return "read"
        return self.dates_status if self.dates_status in {"secondary", "memory"} else "memory"

    def in_force_on(self, on: date) -> bool | None:
        """Whether it binds on that day; None where the register does not know: then people are asked."""
        begun, ended = self.begun_by(on), self.ended_by(on)
        if begun is False or ended is True:
            return False
        if self.status in {"unconfirmed", "local"} or begun is None or ended is None:
            return None
        return True

    def begun_by(self, on: date) -> bool | None:
        """Whether its first day has come; what is in preparation has none yet."""
        if self.in_preparation:
            return False
        if self.in_force_from is not None:
            return on >= self.in_force_from
        if self.first_day_possible is not None and on < self.first_day_possible:
            return False
        if self.in_force_latest is not None and on >= self.in_force_latest:
            return True
        return None

    def ended_by(self, on: date) -> bool | None:
        """Whether its last day (inclusive) has passed."""
        if self.in_force_to is not None:
            return on > self.in_force_to
        if self.status != "revoked":
            return False
        if self.in_force_to_latest is not None and on > self.in_force_to_latest:
            return True
        if self.revoked_not_before is not None and on < self.revoked_not_before:
            return False
        return None

    def citable_on(self, on: date) -> bool:
        """Whether Mengingat shows it: in force, or of uncertain existence with its last possible first day passed."""
        if self.in_force_on(on):
            return True
        return self.status == "unconfirmed" and self.begun_by(on) is True and self.ended_by(on) is False

    def wording_on(self, on: date) -> str | None:
        """The register's wording for that day, complete or not; None where it has none."""
        if not self.cite_versions:
            return self.cite
        return next((version.cite for version in self.cite_versions if version.covers(on)), None)

    def citation_on(self, on: date) -> str | None:
        """The complete wording for that day; None where something has to be filled in first."""
        if self._lacks_gazette() or self._last_change_lacks_gazette(on):
            return None
        wording = self.wording_on(on)
        return None if wording is None or _GAP in wording else wording

    def _lacks_gazette(self) -> bool:
        """UU and PP are cited with their gazette (UU 12/2011 Lampiran II angka 47), the others by custom."""
        return self.gazette is None and self.rank in _GAZETTE_NAMES

    def _last_change_lacks_gazette(self, on: date) -> bool:
        cited = [change for change in self.amended_by if change.cited_by(on)]
        return bool(cited) and cited[-1].gazette is None and self.rank in _GAZETTE_NAMES

    def cited_on(self, on: date) -> Citation:
        """How Mengingat prints it on that day; what is unknown reads "lengkapi" and is never made up."""
        wording = self.citation_on(on)
        if wording is not None:
            unclear = [change for change in self.amended_by if change.may_be_in_force(on)]
            how_sure = self.how_sure_on(on)
            note = " ".join(self._doubts(how_sure, unclear))
            return Citation(self.key, wording, True, "unknown" if unclear else how_sure, note)
        return Citation(self.key, self._with_gaps(on), False, "unknown", self.note)

    def _with_gaps(self, on: date) -> str:
        wording = self.wording_on(on)
        if wording is not None and _GAP in wording:
            return wording
        if wording is None:
            name = self.issuer or _TYPE_NAMES.get(self.type, self.type)
            number, year = self.number or f"[{TO_COMPLETE}]", self.year or f"[{TO_COMPLETE}]"
            wording = f"{name} Nomor {number} Tahun {year} tentang [{TO_COMPLETE}; perkiraan: {self.title}]"
        gap = f" ([{TO_COMPLETE}: {_GAZETTE_NAMES.get(self.rank, '')}])"
        base, amended, rest = wording.partition(AMENDED)
        after_base = gap if self._lacks_gazette() else ""
        after_change = gap if amended and self._last_change_lacks_gazette(on) else ""
        return f"{base}{after_base}{amended}{rest}{after_change}"

    def _doubts(self, how_sure: str, unclear: list[Amendment]) -> list[str]:
        doubts = []
        if how_sure != "read":
            where = "sumber kedua" if how_sure == "secondary" else "ingatan"
            doubts.append(f"Nomor, judul, atau lembarannya dari {where}: periksa.")
        for change in unclear:
            latest = f" (paling lambat {day_in_words(change.in_force_latest)})" if change.in_force_latest else ""
            doubts.append(
                f"Perubahannya, Nomor {change.number} Tahun {change.year}, mungkin sudah berlaku{latest}: periksa."
            )
        if self.dates_status == "memory":
            doubts.append("Tanggal mulai berlakunya dari ingatan: periksa.")
        return doubts

    def question_on(self, on: date) -> Citation:
        """What to ask where it is not known whether it binds on that day."""
        if self.status == "local":
            return Citation(self.key, f"[{TO_COMPLETE}: {self.title}]", False, "unknown", self.note)
        last = self.in_force_latest if self.begun_by(on) is None else self.in_force_to_latest
        which = "mulai berlakunya" if self.begun_by(on) is None else "berakhirnya"
        until = f", paling lambat {day_in_words(last)}" if last else ""
        wording = self.wording_on(on) or self.cite or self._with_gaps(on)
        return Citation(self.key, wording, False, "unknown", f"Tanggal {which} tidak ditemukan{until}: tanyakan.")
