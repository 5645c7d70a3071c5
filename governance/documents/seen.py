"""A document as someone sees it: plain values that lists and pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from governance.documents.act_models import SigningWay
from governance.documents.effect import Period
from governance.documents.lifecycle import Move, State
from governance.documents.models import Secrecy
from governance.documents.route import Step


@dataclass(frozen=True)
class HowSigned:
    """How an act was signed; `report` holds what the validation of an electronic signature found that day."""

    way: SigningWay
    sha256: str | None
    signer_title: str
    signer_name: str
    signed_at: datetime | None
    report: dict[str, Any]
    by_title: str
    at: datetime


@dataclass(frozen=True)
class Enacted:
    """The act a document became."""

    id: int
    number: str
    signed_on: date
    in_force_from: date | None  # None while a Peraturan waits for its promulgation
    in_force_to: date | None
    sha256: str | None
    scan_sha256: str | None
    recorded: bool
    gazette: str | None = None  # "2026 NOMOR 12", a Peraturan's once it is promulgated
    promulgated_on: date | None = None
    gazetted_sha256: str | None = None
    issuer: str | None = None
    objects: str | None = None
    token: str | None = None
    revoked_on: date | None = None
    way: SigningWay | None = None  # None for an act that was only recorded
    signed_sha256: str | None = None  # the PDF with its electronic signature
    how: HowSigned | None = None  # None for what was only recorded

    @property
    def period(self) -> Period:
        """When it binds."""
        return Period(self.in_force_from, self.in_force_to, self.revoked_on)


@dataclass(frozen=True)
class Seen:
    """A document as someone sees it; `seen` is the mark that the next move must name."""

    id: int
    kind: str
    year: int
    title: str
    state: State
    secrecy: Secrecy
    unit_id: int
    unit_name: str
    seen: str
    revision: int | None
    sha256: str | None
    version: int | None
    changed_at: datetime
    act: Enacted | None
    waiting_for: tuple[str, ...]
    waiting_titles: tuple[str, ...]
    moves: tuple[Move, ...]
    route: tuple[Step, ...]
    asked: str = ""  # what the reader's post is asked, as Waiting says it
    step: int | None = None  # the step of the route that is open
    due_on: date | None = None  # by when it is to be decided, where its step sets days
    fields: Mapping[str, Any] = field(default_factory=dict)  # the current revision's, where one document is read

    @property
    def number(self) -> str | None:
        """The act's number, None before it is enacted."""
        return self.act.number if self.act else None

    @property
    def file_sha256(self) -> str | None:
        """The file that holds: a promulgated Peraturan's with its gazette, else the current revision's."""
        gazetted = self.act.gazetted_sha256 if self.act else None
        return gazetted or self.sha256


@dataclass(frozen=True)
class Wish:
    """What a list is filtered by; empty means all. `after` is the key of the page before."""

    state: State | None = None
    kind: str | None = None
    year: int | None = None
    words: str = ""
    mine: bool = False
    after: int | None = None
    limit: int = 50


@dataclass(frozen=True)
class Made:
    """A decision as the page of a document shows it."""

    title: str
    post_id: int
    move: Move
    reason: str
    at: datetime
    counts: bool
    sha256: str | None
    external: str = ""  # which step of others it records
    revision: int | None = None  # on which revision it was made
    to: str = ""  # whom it was handed on to, or the step that it was sent back to


@dataclass(frozen=True)
class RouteLine:
    """One signer of a route, or one step that others take: what is asked, its title, whose it is."""

    asked: str
    title: str
    post_id: int
    external: str = ""
    optional: bool = False
    step: int = 0  # its place in the route
    initials: str = ""  # hierarchy, coordination
    days: int = 0
    declined: bool = False  # its place waits for another post
