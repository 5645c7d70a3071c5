"""Whether an act may be published to everyone, and what it says of itself there: pure rules.

Published is only what was enacted here, is of class biasa, and already binds or waits for its day: a Peraturan comes
after its promulgation, with the file that bears its gazette.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from governance.documents.effect import Period
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.seen import Seen
from governance.documents.text import Form

LANGUAGE = "Indonesia"
INSTRUMENTS = {Form.DECREE: "Keputusan", Form.REGULATION: "Peraturan"}
TYPES = {Form.DECREE: "Keputusan", Form.REGULATION: "Peraturan Perundang-undangan"}
LIMITS: Mapping[str, int] = {
    "subject": 500,
    "legal_field": 200,
    "reasons": 4000,
    "basis": 4000,
    "content": 8000,
    "notes": 4000,
}


@dataclass(frozen=True)
class Details:
    """What Bagian Hukum completes: the subject, the field of law, and the abstract's four parts."""

    subject: str = ""
    legal_field: str = ""
    reasons: str = ""
    basis: str = ""
    content: str = ""
    notes: str = ""
    version: int = 0  # the version that was last seen; 0 where none was saved

    @property
    def abstract(self) -> tuple[tuple[str, str], ...]:
        """The abstract's parts that say something: reasons, legal basis, content, notes."""
        parts = (("reasons", self.reasons), ("basis", self.basis), ("content", self.content), ("notes", self.notes))
        return tuple((name, text) for name, text in parts if text)


@dataclass(frozen=True)
class PublicFile:
    """The PDF that can be published: which one it is, and the enacted file that it shows."""

    sha256: str
    source_sha256: str
    signed: bool = False  # electronically signed itself; else the PDF of the authenticated copy


@dataclass(frozen=True)
class Described:
    """What the metadata of a published act are filled from."""

    form: Form
    office: str  # who sets it: "Bupati", "Sekretaris Daerah"
    region: str
    number: str
    title: str
    signed_on: date
    place: str = ""
    promulgated_on: date | None = None
    gazette: str = ""
    unit: str = ""
    keeper: str = ""  # the office that keeps the original
    signer: str = ""
    details: Details = field(default_factory=Details)
    short: str = ""
    file: str = ""  # the name of the published file

    @property
    def instrument(self) -> str:
        """The kind of legal product by who sets it: "Keputusan Bupati"."""
        return f"{INSTRUMENTS[self.form]} {self.office}"

    @property
    def name(self) -> str:
        """How it is cited: kind, region, number, title."""
        bare = self.region.removeprefix("Kabupaten ").removeprefix("Kota ").removeprefix("Provinsi ")
        region = bare if self.office in ("Bupati", "Wali Kota", "Gubernur") else self.region
        return f"{self.instrument} {region} Nomor {self.number} tentang {self.title}"


def obstacle(document: Seen, legal: bool) -> str | None:
    """Why a document cannot be published, as the key of its sentence; None where only its file may be wanting."""
    act = document.act
    if document.state is not State.ENACTED or act is None:
        return "publish.not_enacted"
    if document.secrecy is not Secrecy.BIASA:
        return "publish.secret"
    if act.recorded or act.sha256 is None:
        return "publish.recorded"
    if not legal:
        return "publish.not_legal"
    return "publish.not_promulgated" if act.in_force_from is None else None


# What each field of the network says of an act; the status is told by the reader's day and the abstract by its parts.
FILLED: Mapping[str, Callable[[Described], str | date | None]] = {
    "tipe_dokumen": lambda one: TYPES[one.form],
    "judul": lambda one: one.name,
    "teu_badan": lambda one: one.region,
    "nomor": lambda one: one.number,
    "tahun": lambda one: str(one.signed_on.year),
    "jenis": lambda one: one.instrument,
    "singkatan_jenis": lambda one: one.short,
    "tempat_penetapan": lambda one: one.place,
    "tanggal_penetapan": lambda one: one.signed_on,
    "tanggal_pengundangan": lambda one: one.promulgated_on,
    "sumber": lambda one: f"Berita Daerah {one.region} Tahun {one.gazette}" if one.gazette else "",
    "subjek": lambda one: one.details.subject,
    "bahasa": lambda one: LANGUAGE,
    "lokasi": lambda one: one.keeper,
    "bidang_hukum": lambda one: one.details.legal_field,
    "pemrakarsa": lambda one: one.unit,
    "penandatangan": lambda one: one.signer,
    "lampiran": lambda one: one.file,
}
TOLD_ELSEWHERE = ("status", "abstrak")


def turned_at(period: Period, on: date, timezone: str) -> datetime | None:
    """The last midnight, up to the day `on`, at which what is said of an act's effect changed; None where none did."""
    ends = date.fromordinal(period.until.toordinal() + 1) if period.until else None
    days = [day for day in (period.since, ends, period.revoked_on) if day is not None and day <= on]
    return datetime.combine(max(days), time.min, ZoneInfo(timezone)) if days else None
