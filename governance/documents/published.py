"""Reading what everyone may read: published acts, the trace of withdrawn ones, and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import aliased

from governance.documents.act_models import Signature
from governance.documents.effect import Effect, Period
from governance.documents.lifecycle import State
from governance.documents.models import (
    Act,
    Binding,
    Document,
    Promulgation,
    Revision,
    Secrecy,
)
from governance.documents.publication_models import Publication, PublicationDetail
from governance.documents.publishing import Details
from governance.documents.values import as_line
from governance.kernel.db import db, within
from governance.people.models import Unit

ON_A_PAGE = 25


@dataclass(frozen=True)
class Search:
    """What the public list is asked for; empty means all. `after` is the key of the page before."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    year: int | None = None
    effect: Effect | None = None
    after: int | None = None
    limit: int = ON_A_PAGE


@dataclass(frozen=True)
class Published:
    """An act as everyone may read it. Where `withdrawn_on` is set it no longer is published: only a trace stands."""

    id: int
    act_id: int
    token: str
    kind: str
    title: str
    number: str
    signed_on: date
    period: Period
    unit: str
    promulgated_on: date | None
    gazette: str
    signer: str
    sha256: str
    size: int
    published_on: date
    published_at: datetime
    withdrawn_on: date | None
    withdrawn_at: datetime | None
    reason: str
    details: Details
    detailed_at: datetime | None


def search(institution_id: int, wish: Search, on: date) -> tuple[list[Published], int | None]:
    """A page of what is published, the newest publication first, and the key of the next page (None at the end)."""
    rows = _public(institution_id).where(Publication.withdrawn_at.is_(None))
    for word in wish.words.split():
        rows = rows.where(or_(*(text.icontains(word, autoescape=True) for text in (Act.title, Act.number))))
    if wish.kinds:
        rows = rows.where(Act.kind.in_(wish.kinds))
    if wish.year is not None:
        rows = rows.where(Act.signed_on.between(date(wish.year, 1, 1), date(wish.year, 12, 31)))
    if wish.effect is not None:
        rows = rows.where(_holds(wish.effect, on))
    if wish.after is not None:
        rows = rows.where(Publication.id < wish.after)
    found = db.session.execute(rows.order_by(Publication.id.desc()).limit(wish.limit + 1)).all()
    shown = [_published(row) for row in found[: wish.limit]]
    return shown, (shown[-1].id if len(found) > wish.limit else None)


def by_token(institution_id: int, token: str) -> Published | None:
    """The act of that token as it was last published, withdrawn or not; None where it never was."""
    rows = _public(institution_id).where(Act.token == token, _newest())
    found = db.session.execute(rows).first()
    return _published(found) if found else None


def fed(institution_id: int, after: int, limit: int) -> list[Published]:
    """What the network is told: each act's newest publication in the order of publishing, withdrawn ones too."""
    rows = _public(institution_id).where(Publication.id > after, _newest())
    return [_published(row) for row in db.session.execute(rows.order_by(Publication.id).limit(limit))]


def places_of(institution_id: int, act_ids: Collection[int]) -> dict[int, str]:
    """Where each of these acts was set, as its sealed revision says; an act that says nothing is left out."""
    current = (Revision.document_id == Document.id) & (Revision.number == Document.revision_number)
    rows = within(institution_id, Document, Document.act_id, Revision.fields).join(Revision, current)
    found = db.session.execute(rows.where(Document.act_id.in_(act_ids)))
    return {act_id: place for act_id, fields in found if (place := as_line(fields.get("place")))}


def years_of(institution_id: int) -> Sequence[int]:
    """The years in which published acts were set, newest first."""
    year = func.extract("year", Act.signed_on)
    rows = (
        within(institution_id, Publication, year)
        .select_from(Publication)
        .join(Act, Act.id == Publication.act_id)
        .where(Publication.withdrawn_at.is_(None))
        .distinct()
    )
    return sorted((int(one) for one in db.session.scalars(rows)), reverse=True)


def counts() -> dict[int, int]:
    """How many acts each institution publishes now."""
    rows = (
        select(Publication.institution_id, func.count(Publication.id))
        .where(Publication.withdrawn_at.is_(None))
        .group_by(Publication.institution_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows.execution_options(across=True))}


def _public(institution_id: int) -> Select[Any]:
    """Publications with their acts; whatever is not biasa is not there, whatever else may have happened to it."""
    columns = (Publication, Act, Unit.name, Promulgation, PublicationDetail, signer())
    return (
        within(institution_id, Publication, *columns)
        .join(Act, Act.id == Publication.act_id)
        .join(Document, Document.act_id == Act.id)
        .join(Unit, Unit.id == Document.initiating_unit_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .outerjoin(PublicationDetail, and_(PublicationDetail.act_id == Act.id, _newest_detail()))
        .where(Document.state == State.ENACTED, Document.secrecy == Secrecy.BIASA, Act.token.is_not(None))
    )


def _newest_detail() -> ColumnElement[bool]:
    other = aliased(PublicationDetail)
    same = (other.institution_id == Act.institution_id) & (other.act_id == Act.id)
    return PublicationDetail.version == select(func.max(other.version)).where(same).correlate(Act).scalar_subquery()


def _newest() -> ColumnElement[bool]:
    other = aliased(Publication)
    same = (other.institution_id == Publication.institution_id) & (other.act_id == Publication.act_id)
    newest = select(func.max(other.id)).where(same).correlate(Publication)
    return Publication.id == newest.scalar_subquery()


def signer() -> ColumnElement[str | None]:
    """Who signed, by office and name; the first signature is the establishing post's."""
    words = Signature.signer_title + ", " + Signature.signer_name
    first = select(words).where(Signature.act_id == Act.id).order_by(Signature.id).limit(1)
    return first.correlate(Act).scalar_subquery()


def _holds(effect: Effect, on: date) -> ColumnElement[bool]:
    """The rule of effect.py, said in SQL; a test holds the two against each other."""
    since = case((Act.binds_from == Binding.PROMULGATION, Promulgation.in_force_from), else_=Act.in_force_from)
    revoked = and_(Act.revoked_on.is_not(None), Act.revoked_on <= on)
    over = and_(Act.in_force_to.is_not(None), Act.in_force_to < on)
    stands = not_(revoked)
    return {
        Effect.REVOKED: revoked,
        Effect.AWAITS_PROMULGATION: and_(stands, since.is_(None)),
        Effect.NOT_YET: and_(stands, since > on),
        Effect.EXPIRED: and_(stands, since <= on, over),
        Effect.IN_FORCE: and_(stands, since <= on, not_(over)),
    }[effect]


def _published(row: Any) -> Published:
    publication, act, unit, promulgation, detail, signer = row
    waits = act.binds_from == Binding.PROMULGATION and promulgation is None
    since = None if waits else (promulgation or act).in_force_from
    return Published(
        id=publication.id,
        act_id=act.id,
        token=act.token,
        kind=act.kind,
        title=act.title,
        number=act.number,
        signed_on=act.signed_on,
        period=Period(since, act.in_force_to, act.revoked_on),
        unit=unit,
        promulgated_on=promulgation.promulgated_on if promulgation else None,
        gazette=promulgation.gazette_number if promulgation else "",
        signer=(signer or "").strip(", "),
        sha256=publication.sha256,
        size=publication.size,
        published_on=publication.published_on,
        published_at=publication.published_at,
        withdrawn_on=publication.withdrawn_on,
        withdrawn_at=publication.withdrawn_at,
        reason=publication.reason,
        details=details_from(detail) if detail else Details(),
        detailed_at=detail.at if detail else None,
    )


def details_from(row: PublicationDetail) -> Details:
    return Details(row.subject, row.legal_field, row.reasons, row.basis, row.content, row.notes, row.version)
