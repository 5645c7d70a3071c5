"""What a decree says, part by part in the prescribed order, without a word about how a Word file or a page shows it."""

from dataclasses import dataclass

from governance.mandates.regulations import Citation


@dataclass(frozen=True)
class Dictum:
    """One dictum: "KESATU", its text, and the lettered items under it, if any."""

    label: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitTask:
    """What the decree asks of each member office: under which dictum, what, and within how many working days."""

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
class AnnexPart:
    """A titled part of an annex in words: "A. PENGARAH", an opening line, and its numbered items."""

    title: str
    intro: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """One annex: its heading ("LAMPIRAN I"), its title, and either a table or parts in words."""

    heading: str
    title: str
    intro: str = ""
    table_header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    parts: tuple[AnnexPart, ...] = ()


@dataclass(frozen=True)
class DocumentText:
    """A whole decree. None marks a blank: the number and the date until it is sealed, a name or a place not known."""

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
