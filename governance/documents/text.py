"""What a document says, part by part in the prescribed order; how a file or a page shows it is not known here."""

from dataclasses import dataclass
from enum import StrEnum

from governance.mandates.regulations import Citation


class Form(StrEnum):
    """How a document is built."""

    DECREE = "keputusan"  # Menimbang, Mengingat, dictums
    REGULATION = "peraturan"  # Menimbang, Mengingat, BAB, Pasal, ayat; promulgated
    PAPER = "naskah"  # reports, letters, minutes


@dataclass(frozen=True)
class Dictum:
    """One dictum: "KESATU", its text, and the lettered items under it, if any."""

    label: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One huruf of a Pasal or an ayat, with the numbered items under it."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """An ayat; `mark` is "(1)", or "" where the Pasal has only this one.

    `numbered`: its items are definitions, counted 1., 2., ... (UU 12/2011 Lampiran II angka 101), and not huruf.
    """

    mark: str
    text: str
    items: tuple[Item, ...] = ()
    numbered: bool = False


@dataclass(frozen=True)
class Article:
    """A Pasal: "Pasal 3"."""

    label: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Chapter:
    """A BAB: "BAB II", its title in capitals, its articles."""

    label: str
    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class UnitTask:
    """What the document asks of each member office: under which dictum, what, and within how many working days."""

    dictum: str
    what: str
    working_days: int


@dataclass(frozen=True)
class MemberPost:
    """A place in the team: the role's key and title, the post that holds it (None: outside), the office as printed."""

    role: str
    role_title: str
    post: str | None
    office: str


@dataclass(frozen=True)
class Part:
    """A titled part in words and tables: "A. PENGARAH", paragraphs, numbered items, a table with its header."""

    title: str
    intro: str = ""  # paragraphs, one a line
    items: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # without the running number
    widths: tuple[int, ...] = ()  # weights of the columns, none where they are alike


@dataclass(frozen=True)
class Annex:
    """One annex: its heading ("LAMPIRAN I"), its title, and a table of members or parts."""

    heading: str
    title: str
    intro: str = ""
    table_header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Promulgation:
    """How a Peraturan is put into the gazette; None marks what only the promulgation itself fills in."""

    place: str | None
    date: str | None
    office: str  # "SEKRETARIS DAERAH KABUPATEN SERANG"
    name: str | None
    gazette: str  # "BERITA DAERAH KABUPATEN SERANG TAHUN"
    gazette_number: str | None  # "2026 NOMOR 12"


@dataclass(frozen=True)
class Signer:
    """Someone who signs beside the establishing post."""

    office: str
    name: str | None


@dataclass(frozen=True)
class Letter:
    """What stands at the head of a letter beside its number, whom it is for, and its first and last paragraphs."""

    head: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class DocumentText:
    """A whole document. None marks a blank: the number and the date until it is sealed, a name or a place not known."""

    office: str  # "BUPATI SERANG"
    province_line: str | None  # "PROVINSI BANTEN"; None for a province's own decree
    instrument_line: str  # "KEPUTUSAN BUPATI SERANG"
    number: str | None
    title: str  # capitals, as printed
    considerations: tuple[str, ...]  # each with its closing mark, without its letter
    citations: tuple[Citation, ...]
    decides: str  # what stands behind "Menetapkan :"
    dictums: tuple[Dictum, ...]
    place: str | None
    date: str | None  # as printed: "2 Maret 2020"
    signer_office: str
    signer_name: str | None
    copies: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    unit_tasks: tuple[UnitTask, ...] = ()
    member_posts: tuple[MemberPost, ...] = ()
    draft_mark: bool = True  # whether RANCANGAN stands on it
    remainder: tuple[str, ...] = ()  # read from a file and recognised as no part: shown as it is, never dropped
    unread: tuple[str, ...] = ()  # parts that were not found when a file was read, by their place's name
    form: Form = Form.DECREE
    grace: str | None = None  # "DENGAN RAHMAT TUHAN YANG MAHA ESA": a Peraturan's alone
    notes: tuple[str, ...] = ()  # Memperhatikan
    chapters: tuple[Chapter, ...] = ()
    formula: str | None = None  # "Agar setiap orang mengetahuinya, ..."
    promulgation: Promulgation | None = None
    letterhead: tuple[str, ...] = ()  # a paper's: government, office, where
    letter: Letter | None = None
    parts: tuple[Part, ...] = ()  # a paper's body
    signers: tuple[Signer, ...] = ()
