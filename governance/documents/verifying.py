"""What a stranger is told of an act by the token in its QR code, and whether a file in his hand is one of its files.

Of an act that is `terbatas` or `rahasia` nothing is told but that it exists (decision 0044): a token may be passed on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from governance.documents.act_models import ENDING, ActRelation, Relation, Signature, Signing, SigningState, SigningWay
from governance.documents.effect import Period
from governance.documents.models import Act, Binding, Document, Form, Promulgation, Rendition, Revision, Secrecy
from governance.documents.signings import known_way
from governance.kernel.db import db, within
from governance.people.models import Institution


class Match(StrEnum):
    """Which of an act's files a file is, byte by byte."""

    SIGNED = "signed"  # the PDF with its electronic signature
    SCAN = "scan"
    SEALED = "sealed"  # the Word file with number and date
    GAZETTED = "gazetted"  # the Word file with its gazette
    PRINTED = "printed"  # a PDF printed of it, without a signature
    COPY = "copy"  # the authenticated copy
    PREPARED = "prepared"  # what was to be signed, before it was
    DRAFT = "draft"  # an older revision
    OTHER = "other"


@dataclass(frozen=True)
class Tie:
    """Another act that changes this one, or that this one changes; without number and title where it is not public."""

    relation: Relation
    acting: bool  # this act does it to the other
    number: str
    title: str
    token: str | None
    since: date | None


@dataclass(frozen=True)
class Public:
    """An act as strangers see it. Where `secret` is set, the rest must not be shown."""

    institution_id: int
    institution: str
    timezone: str
    document_id: int
    act_id: int
    token: str
    secret: bool
    kind: str
    title: str
    number: str
    signed_on: date
    period: Period
    recorded: bool
    issuer: str | None
    sha256: str | None
    scan_sha256: str | None
    gazette: str | None
    promulgated_on: date | None
    gazetted_sha256: str | None
    way: SigningWay | None  # None for one that was only recorded: nobody here saw its signature
    signed_sha256: str | None
    signer: str
    signed_at: datetime | None
    validated_at: datetime | None
    report: dict[str, Any]


@dataclass(frozen=True)
class Promised:
    """A token in a file that was prepared and is no act: never signed yet, or given up."""

    institution: str
    timezone: str
    cancelled: bool


def public_act(token: str) -> Public | None:
    """The act with that token, in whichever institution."""
    rows = (
        select(Act, Document, Institution, Promulgation, Signature)
        .join(Document, (Document.institution_id == Act.institution_id) & (Document.act_id == Act.id))
        .join(Institution, Institution.id == Act.institution_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .outerjoin(Signature, Signature.act_id == Act.id)
        .where(Act.token == token)
        .order_by(Signature.id)
        .limit(1)
        .execution_options(across=True)
    )
    found = db.session.execute(rows).first()
    return _public(*found) if found else None


def _public(act: Act, document: Document, house: Institution, gazetted: Any, how: Signature | None) -> Public:
    waits = act.binds_from == Binding.PROMULGATION and gazetted is None and not act.recorded
    electronic = how is not None and how.way is not SigningWay.WET
    return Public(
        institution_id=house.id,
        institution=house.name,
        timezone=house.timezone,
        document_id=document.id,
        act_id=act.id,
        token=act.token or "",
        secret=document.secrecy != Secrecy.BIASA,
        kind=act.kind,
        title=act.title,
        number=act.number,
        signed_on=act.signed_on,
        period=Period(None if waits else (gazetted or act).in_force_from, act.in_force_to, act.revoked_on),
        recorded=act.recorded,
        issuer=act.issuer,
        sha256=act.sha256,
        scan_sha256=act.scan_sha256,
        gazette=gazetted.gazette_number if gazetted else None,
        promulgated_on=gazetted.promulgated_on if gazetted else None,
        gazetted_sha256=gazetted.sha256 if gazetted else None,
        way=known_way(how.way if how else None, recorded=act.recorded),
        signed_sha256=how.sha256 if how and electronic else None,
        signer=how.signer_title if how else "",
        signed_at=how.signed_at if how and electronic else None,
        validated_at=how.at if how and electronic else None,
        report=dict(how.report) if how else {},
    )


def promised(token: str) -> Promised | None:
    """The signing with that token, where it has not become an act."""
    rows = (
        select(Signing.state, Institution.name, Institution.timezone)
        .join(Institution, Institution.id == Signing.institution_id)
        .where(Signing.token == token, Signing.state != SigningState.SIGNED)
        .execution_options(across=True)
    )
    found = db.session.execute(rows).first()
    return Promised(found.name, found.timezone, found.state is SigningState.CANCELLED) if found else None


def ties_of(act: Public) -> list[Tie]:
    """What the act does to others of its institution, and what others do to it."""
    other, paper = aliased(Act), aliased(Document)
    found = []
    for acting, mine, theirs in (
        (True, ActRelation.act_id, ActRelation.other_id),
        (False, ActRelation.other_id, ActRelation.act_id),
    ):
        rows = (
            within(act.institution_id, ActRelation, ActRelation, other, paper.secrecy)
            .outerjoin(other, (other.institution_id == ActRelation.institution_id) & (other.id == theirs))
            .outerjoin(paper, (paper.institution_id == other.institution_id) & (paper.act_id == other.id))
            .where(mine == act.act_id, ActRelation.withdrawn_at.is_(None), ActRelation.since.is_not(None))
            .order_by(ActRelation.id)
        )
        found += [_tie(acting, *row) for row in db.session.execute(rows)]
    return found


def _tie(acting: bool, row: ActRelation, other: Act | None, secrecy: Secrecy | None) -> Tie:
    if other is None:
        return Tie(row.relation, acting, "", row.other_title, None, row.since)
    if secrecy != Secrecy.BIASA:
        return Tie(row.relation, acting, "", "", None, row.since)
    return Tie(row.relation, acting, other.number, other.title, other.token, row.since)


def ended_by(ties: list[Tie]) -> Tie | None:
    """The act that took this one's place, where it is known."""
    return next((tie for tie in ties if not tie.acting and tie.relation in ENDING), None)


def match(act: Public, sha256: str) -> Match:
    """Which of the act's files has that sha256."""
    kept = {
        act.signed_sha256: Match.SIGNED,
        act.scan_sha256: Match.SCAN,
        act.gazetted_sha256: Match.GAZETTED,
        act.sha256: Match.SEALED,
    }
    return kept.get(sha256) or _printed(act, sha256) or _older(act, sha256) or Match.OTHER


def _printed(act: Public, sha256: str) -> Match | None:
    rows = within(act.institution_id, Rendition, Rendition.form).where(
        Rendition.document_id == act.document_id, (Rendition.pdf_sha256 == sha256) | (Rendition.word_sha256 == sha256)
    )
    form = db.session.scalar(rows.limit(1))
    known = {Form.NASKAH: Match.PRINTED, Form.SALINAN: Match.COPY, Form.ELECTRONIC: Match.PREPARED}
    return known[form] if form else None


def _older(act: Public, sha256: str) -> Match | None:
    rows = within(act.institution_id, Revision, Revision.id)
    found = db.session.scalar(rows.where(Revision.document_id == act.document_id, Revision.sha256 == sha256).limit(1))
    return Match.DRAFT if found else None
