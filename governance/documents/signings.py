"""Electronic signings of a document: the one under way, how an act was signed, and how far the prepared file is."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents.act_models import Signature, Signing, SigningState, SigningWay
from governance.documents.giving import void_reserved
from governance.documents.models import Act, Document, Form, Rendition
from governance.kernel.db import db, within
from governance.kernel.errors import Refusal
from governance.notices.models import Doing
from governance.people.actors import Actor

SIGN = "sign"  # what the establishing post is asked while the national service waits for it


@dataclass(frozen=True)
class UnderWay:
    """A signing that waits for its signature, and its PDF: `pdf_sha256` once it is printed."""

    id: int
    way: SigningWay
    number: str
    signed_on: date
    signer_post_id: int
    signer_title: str
    signer_name: str
    by_title: str
    at: datetime
    attempts: int
    answer: str
    busy_until: datetime | None
    sealed_sha256: str
    word_sha256: str
    token: str
    pdf_sha256: str | None
    printing: Doing
    fault: str  # why it was not printed, as a key

    def is_busy(self, now: datetime) -> bool:
        """Whether the service is being asked at this moment."""
        return self.busy_until is not None and self.busy_until > now


def under_way(actor: Actor, document_id: int) -> UnderWay | None:
    """The signing under way of a document that the actor was shown."""
    printed = (Rendition.document_id == Signing.document_id) & (Rendition.form == Form.ELECTRONIC)
    printed &= Rendition.word_sha256 == Signing.word_sha256
    rows = within(actor.institution_id, Signing, Signing, Rendition).join(Rendition, printed)
    found = db.session.execute(rows.where(Signing.document_id == document_id, Signing.ended_at.is_(None))).first()
    return _under_way(*found) if found else None


def _under_way(row: Signing, printed: Rendition) -> UnderWay:
    return UnderWay(
        id=row.id,
        way=row.way,
        number=row.number,
        signed_on=row.signed_on,
        signer_post_id=row.signer_post_id,
        signer_title=row.signer_title,
        signer_name=row.signer_name,
        by_title=row.by_title,
        at=row.at,
        attempts=row.attempts,
        answer=row.answer,
        busy_until=row.lease_until if row.state is SigningState.SENDING else None,
        sealed_sha256=row.sealed_sha256,
        word_sha256=row.word_sha256,
        token=row.token,
        pdf_sha256=printed.pdf_sha256,
        printing=printed.state,
        fault=printed.answer if printed.state is Doing.FAILED else "",
    )


def open_of(document: Document) -> Signing | None:
    """The signing under way, inside a verb that has the document locked."""
    rows = within(document.institution_id, Signing).where(
        Signing.document_id == document.id, Signing.ended_at.is_(None)
    )
    row: Signing | None = db.session.scalar(rows.with_for_update())
    return row


def require_none_of(document_id: int | None, by: Actor) -> None:
    """Refusal while the number of a document stands in a file that is being signed."""
    rows = within(by.institution_id, Signing, Signing.number).where(
        Signing.document_id == document_id, Signing.ended_at.is_(None)
    )
    number = db.session.scalar(rows)
    if number is not None:
        raise Refusal("signing.there", number=number)


def require_none(document: Document) -> None:
    """Refusal while an electronic signing is under way: two ways at once would make two acts of one document."""
    row = open_of(document)
    if row is not None:
        raise Refusal("signing.there", number=row.number)


def drop(document: Document, reason: str, *, by: Actor, now: datetime) -> Signing | None:
    """End the signing under way without a signature, its number void; None where there is none.

    Refused while the service is being asked: it may be signing at this moment.
    """
    row = open_of(document)
    if row is None:
        return None
    if row.state is SigningState.SENDING and row.lease_until is not None and row.lease_until > now:
        raise Refusal("signing.busy")
    row.state, row.reason, row.ended_at, row.lease_until = SigningState.CANCELLED, reason, now, None
    void_reserved(document, reason, by=by, at=now)
    db.session.flush()
    return row


def known_way(way: SigningWay | None, *, recorded: bool) -> SigningWay | None:
    """How an act is said to be signed: before this was kept there was only ink; of what was recorded nobody knows."""
    return way or (None if recorded else SigningWay.WET)


def way_of(act: Act) -> SigningWay:
    """How an act was signed; one that was recorded from paper has a scan and nothing else."""
    rows = within(act.institution_id, Signature, Signature.way).where(Signature.act_id == act.id)
    return db.session.scalar(rows.order_by(Signature.id).limit(1)) or SigningWay.WET
