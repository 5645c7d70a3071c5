"""What Bagian Hukum reads before it publishes: the file that can be, what was completed, what was never published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import not_, or_, select

from governance.documents.act_models import Signature, SigningWay
from governance.documents.lifecycle import State
from governance.documents.models import Act, Binding, Document, Form, Promulgation, Rendition, Secrecy
from governance.documents.publication_models import Publication, PublicationDetail
from governance.documents.published import Published, details_from, signer
from governance.documents.publishing import Details, PublicFile
from governance.documents.seen import Seen
from governance.kernel.db import db, within
from governance.people.actors import Actor


def last_of(actor: Actor, act_id: int) -> Publication | None:
    """The newest publication of an act, withdrawn or not."""
    rows = within(actor.institution_id, Publication).where(Publication.act_id == act_id)
    found: Publication | None = db.session.scalar(rows.order_by(Publication.id.desc()).limit(1))
    return found


def details_of(actor: Actor, act_id: int) -> Details:
    """What was last completed for an act; empty where nothing was."""
    rows = within(actor.institution_id, PublicationDetail).where(PublicationDetail.act_id == act_id)
    row = db.session.scalar(rows.order_by(PublicationDetail.version.desc()).limit(1))
    return details_from(row) if row else Details()


def detail_versions(actor: Actor, act_id: int, limit: int = 20) -> Sequence[PublicationDetail]:
    """The versions that were saved, newest first."""
    rows = within(actor.institution_id, PublicationDetail).where(PublicationDetail.act_id == act_id)
    return db.session.scalars(rows.order_by(PublicationDetail.version.desc()).limit(limit)).all()


def public_file(actor: Actor, document: Seen) -> PublicFile | None:
    """The PDF that can be published of an enacted document, None while there is none.

    A Keputusan that was signed electronically is published as it was signed. Everything else is the printed copy
    (salinan) of the sealed file; a Peraturan's always, for only that one bears its gazette.
    """
    if document.act is None or document.act.sha256 is None:
        return None
    if document.act.gazetted_sha256 is None and (signed := _signed(actor, document.act.id)):
        return PublicFile(signed, document.act.sha256, signed=True)
    printed = (Rendition.document_id == document.id) & (Rendition.form == Form.SALINAN)
    rows = within(actor.institution_id, Rendition, Rendition.pdf_sha256).where(
        printed, Rendition.source_sha256 == document.file_sha256, Rendition.pdf_sha256.is_not(None)
    )
    pdf = db.session.scalar(rows.order_by(Rendition.id.desc()).limit(1))
    return PublicFile(pdf, document.file_sha256 or "") if pdf else None


def told_of(actor: Actor, document: Seen, last: Publication | None, details: Details, today: date) -> Published:
    """What strangers would read of an enacted document today, whether or not it is published."""
    act = document.act
    if act is None:
        raise ValueError("only an act can be told of")
    signed_by = db.session.scalar(within(actor.institution_id, Act, signer()).where(Act.id == act.id))
    now = datetime.combine(today, datetime.min.time(), UTC)
    return Published(
        id=last.id if last else 0,
        act_id=act.id,
        token=act.token or "",
        kind=document.kind,
        title=document.title,
        number=act.number,
        signed_on=act.signed_on,
        period=act.period,
        unit=document.unit_name,
        promulgated_on=act.promulgated_on,
        gazette=act.gazette or "",
        signer=(signed_by or "").strip(", "),
        sha256=last.sha256 if last else "",
        size=last.size if last else 0,
        published_on=last.published_on if last else today,
        published_at=last.published_at if last else now,
        withdrawn_on=last.withdrawn_on if last else None,
        withdrawn_at=last.withdrawn_at if last else None,
        reason=last.reason if last else "",
        details=details,
        detailed_at=None,
    )


@dataclass(frozen=True)
class Unpublished:
    """An act that could be published and never was."""

    document_id: int
    title: str
    number: str
    signed_on: date


def unpublished(actor: Actor, kinds: Collection[str], limit: int = 20) -> list[Unpublished]:
    """What was enacted here, is biasa and binds, and was never published; the oldest first."""
    known = select(Publication.id).where(Publication.act_id == Act.id).exists()
    rows = (
        within(actor.institution_id, Document, Document.id, Document.title, Act.number, Act.signed_on)
        .join(Act, Act.id == Document.act_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(Document.state == State.ENACTED, Document.secrecy == Secrecy.BIASA, Document.kind.in_(kinds))
        .where(Act.recorded.is_(False), Act.sha256.is_not(None), not_(known))
        .where(or_(Act.binds_from == Binding.SIGNING, Promulgation.id.is_not(None)))
        .order_by(Act.signed_on, Document.id)
        .limit(limit)
    )
    return [Unpublished(*row) for row in db.session.execute(rows)]


def _signed(actor: Actor, act_id: int) -> str | None:
    """The newest electronically signed file of an act."""
    rows = within(actor.institution_id, Signature, Signature.sha256).where(
        Signature.act_id == act_id, Signature.way != SigningWay.WET, Signature.sha256.is_not(None)
    )
    found: str | None = db.session.scalar(rows.order_by(Signature.id.desc()).limit(1))
    return found
