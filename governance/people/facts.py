"""An institution as plain facts: what its YAML file says, and what drafting needs of it without a database."""

from dataclasses import dataclass, field
from typing import Any

from governance.people.roles import Role

QUIET_HOURS = (20, 6)  # where an institution does not say otherwise


@dataclass(frozen=True)
class UnitFact:
    """A unit (OPD or section of one); `part_of` is the key of the unit above it, or None."""

    key: str
    name: str
    short: str
    part_of: str | None = None
    number_short: str | None = None

    @property
    def abbreviation(self) -> str:
        """The unit's own short form as numbers carry it (Serang: "Diskominfo"); the short name where none is set."""
        return self.number_short or self.short


@dataclass(frozen=True)
class PostFact:
    """A post (jabatan) of a unit: an office, never a person."""

    key: str
    title: str
    unit: str
    role: Role


@dataclass(frozen=True)
class SeriesFact:
    """How an institution numbers a family of documents; `pattern` has {number}, {year}, {unit}, {classification}."""

    key: str
    way: str  # "own": a counter with a start value; "register": typed from the office's shared book
    pattern: str
    classification: str = ""
    start: int = 1
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class InstitutionFacts:
    """One regional government (Pemda)."""

    key: str
    name: str  # "Pemerintah Kabupaten Serang"
    region: str  # "Kabupaten Serang"
    region_kind: str  # "kabupaten" | "kota" | "provinsi"
    province: str  # "Banten"
    head_office: str  # "Bupati" | "Wali Kota" | "Gubernur"
    timezone: str  # IANA: Asia/Jakarta, Asia/Makassar, Asia/Jayapura
    term: str = "spbe"  # what its titles call the subject: a key of the law's terms
    seat: str | None = None  # where decrees are set ("Ditetapkan di ..."); None: not known, asked for
    units: tuple[UnitFact, ...] = ()
    posts: tuple[PostFact, ...] = ()
    series: tuple[SeriesFact, ...] = ()
    route: dict[str, str] = field(default_factory=dict)  # route place -> post key, e.g. {"assistant": "asda1"}
    quiet: tuple[int, int] = QUIET_HOURS  # from and to, hours of its zone in which no e-mail goes out; equal: none
    bases: tuple[dict[str, Any], ...] = ()  # its forming law and local regulations, for Mengingat (mandates reads them)

    @property
    def place_name(self) -> str:
        """The region's bare name: "Serang" of "Kabupaten Serang"."""
        for prefix in ("Kabupaten ", "Kota ", "Provinsi "):
            if self.region.startswith(prefix):
                return self.region.removeprefix(prefix)
        return self.region

    @property
    def establishing_office(self) -> str:
        """Who sets decrees, as the heading says it: "Bupati Serang"."""
        return f"{self.head_office} {self.place_name}"

    def unit(self, key: str) -> UnitFact:
        """The unit with that key, or KeyError."""
        for unit in self.units:
            if unit.key == key:
                return unit
        raise KeyError(key)

    def post_of(self, role: Role) -> PostFact | None:
        """The first post with that role, or None."""
        return next((post for post in self.posts if post.role is role), None)
