"""What Bagian Hukum reads before it publishes: the file that can be, what was completed, what was never published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, not_, or_, select

from governance.documents.act_models import Signature, SigningWay
from governance.documents.lifecycle import State
from governance.documents.models import Act, Binding, Document, Form, Promulgation, Rendition, Secrecy
from governance.documents.publication_models import Publication, PublicationDetail
from governance.documents.published import Published, details_from, signer
from governance.documents.publishing import Details, PublicFile
from governance.documents.seen import Seen
from governance.documents.values import as_line
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


@dataclass(frozen=True)
class Ready:
    """What an act brings to its publication: the PDF (None while there is none), who signed, and where it was set."""

    file: PublicFile | None
    signer: str
    place: str


def ready(actor: Actor, document: Seen) -> Ready:
    """What can be published of an enacted document.

    A Keputusan that was signed electronically is published as it was signed. Everything else is the printed copy
    (salinan) of the sealed file; a Peraturan's always, for only that one bears its gazette.
    """
    if document.act is None:
        return Ready(None, "", "")
    rows = within(actor.institution_id, Act, signer(), _signed(), _printed(document))
    by, signed, printed = db.session.execute(rows.where(Act.id == document.act.id)).one()
    return Ready(_file(document, signed, printed), (by or "").strip(", "), as_line(document.fields.get("place")) or "")


def _file(document: Seen, signed: str | None, printed: str | None) -> PublicFile | None:
    if document.act is None or document.act.sha256 is None:
        return None
    if document.act.gazetted_sha256 is None and signed:
        return PublicFile(signed, document.act.sha256, signed=True)
    return PublicFile(printed, document.file_sha256 or "") if printed else None


def told_of(document: Seen, signer: str, last: Publication | None, details: Details, today: date) -> Published:
    """What strangers would read of an enacted document today, whether or not it is published."""
    act = document.act
    if act is None:
        raise ValueError("only an act can be told of")
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
        signer=signer,
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


def unpublished(actor: Actor, kinds: Collection[str], limit: int) -> Select[Any]:
    """What was enacted here, is biasa and binds, and was never published: document, title, number, day of signing."""
    known = select(Publication.id).where(Publication.act_id == Act.id).exists()
    return (
        within(actor.institution_id, Document, Document.id, Document.title, Act.number, Act.signed_on)
        .join(Act, Act.id == Document.act_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(Document.state == State.ENACTED, Document.secrecy == Secrecy.BIASA, Document.kind.in_(kinds))
        .where(Act.recorded.is_(False), Act.sha256.is_not(None), not_(known))
        .where(or_(Act.binds_from == Binding.SIGNING, Promulgation.id.is_not(None)))
        .order_by(Act.signed_on, Document.id)
        .limit(limit)
    )


def _signed() -> ColumnElement[str | None]:
    """The newest electronically signed file of an act."""
    same = (Signature.institution_id == Act.institution_id) & (Signature.act_id == Act.id)
    rows = select(Signature.sha256).where(same, Signature.way != SigningWay.WET, Signature.sha256.is_not(None))
    return rows.order_by(Signature.id.desc()).limit(1).correlate(Act).scalar_subquery()


def _printed(document: Seen) -> ColumnElement[str | None]:
    """The newest PDF of its copy."""
    same = (Rendition.institution_id == Act.institution_id) & (Rendition.document_id == document.id)
    of_file = (Rendition.form == Form.SALINAN) & (Rendition.source_sha256 == document.file_sha256)
    rows = select(Rendition.pdf_sha256).where(same, of_file, Rendition.pdf_sha256.is_not(None))
    return rows.order_by(Rendition.id.desc()).limit(1).correlate(Act).scalar_subquery()
