"""A cycle's evidence as the national portal gets it, read with the file that each act was signed or copied in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.eyes import Eyes, stricter
from governance.assessment.portal import Piece
from governance.documents import scans
from governance.documents.act_models import Signature, SigningWay
from governance.documents.models import Act, Document, Form, Promulgation, Rendition, Secrecy
from governance.kernel.db import db, within
from governance.kernel.files import Files
from governance.people.models import Unit

HEAD = 16  # bytes that say what a scan is


@dataclass(frozen=True)
class Looked:
    """A file as it lies in the store; `media` only of what a signed act can be: a PDF or a picture."""

    size: int
    media: str


Look = Callable[[str], Looked | None]


def looked_into(files: Files) -> Look:
    """How a store is looked into."""

    def look(sha256: str) -> Looked | None:
        place = files.place(sha256)
        try:
            with place.open("rb") as file:
                return Looked(place.stat().st_size, scans.kind_of(file.read(HEAD)) or "")
        except OSError:
            return None

    return look


def pieces_of(eyes: Eyes, cycle_id: int, look: Look) -> list[Piece]:
    """Everything that is or was offered in a cycle. `look` looks into the store. One statement."""
    here = (Document.institution_id == Evidence.institution_id) & (Document.act_id == Evidence.act_id)
    rows = (
        within(
            eyes.actor.institution_id,
            EvidenceUse,
            EvidenceUse,
            Evidence,
            Unit.short,
            Document.secrecy,
            Act.scan_sha256,
            Promulgation.id,
            _signed(),
            _copied(),
        )
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Unit, Unit.id == EvidenceUse.unit_id)
        .outerjoin(Document, here)
        .outerjoin(Act, (Act.institution_id == Evidence.institution_id) & (Act.id == Evidence.act_id))
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(EvidenceUse.cycle_id == cycle_id)
        .order_by(EvidenceUse.id)
    )
    return [_piece(eyes, row, look) for row in db.session.execute(rows)]


def _piece(eyes: Eyes, row: Any, look: Look) -> Piece:
    use, kept, unit, of_document, scan, gazetted, signed, copied = row
    secrecy = stricter(kept.secrecy, of_document or Secrecy.BIASA)
    sha256 = kept.sha256 if kept.act_id is None else _of_act(scan, gazetted, signed, copied)
    looked = look(sha256) if sha256 else None
    return Piece(
        item=use.item,
        level=use.level,
        code=use.code,
        name=kept.name,
        pointer=use.pointer,
        explanation=use.explanation,
        unit=unit,
        state=use.state,
        secrecy=secrecy,
        withdrawn=use.withdrawn_at is not None or kept.withdrawn_at is not None,
        expires_on=kept.expires_on,
        sha256=sha256,
        media=kept.media or (looked.media if looked else ""),
        size=looked.size if looked else None,
        his=eyes.may_read(secrecy, {kept.unit_id, use.unit_id}, [(use.cycle_id, use.item)]),
    )


def _of_act(scan: str | None, gazetted: int | None, signed: str | None, copied: str | None) -> str | None:
    """The file of an act: as it was signed electronically, else its authenticated copy, else the scan of the signed.

    Of a Peraturan that was promulgated the copy goes first: only that one bears its gazette. What was never signed,
    copied or scanned has no file that proves anything.
    """
    if signed and gazetted is None:
        return signed
    return copied or signed or scan


def _signed() -> ColumnElement[str | None]:
    """The newest electronically signed file of the act."""
    same = (Signature.institution_id == Evidence.institution_id) & (Signature.act_id == Evidence.act_id)
    rows = select(Signature.sha256).where(same, Signature.way != SigningWay.WET, Signature.sha256.is_not(None))
    return rows.order_by(Signature.id.desc()).limit(1).correlate(Evidence).scalar_subquery()


def _copied() -> ColumnElement[str | None]:
    """The newest PDF of the act's authenticated copy (salinan)."""
    same = (Rendition.institution_id == Document.institution_id) & (Rendition.document_id == Document.id)
    rows = select(Rendition.pdf_sha256).where(same, Rendition.form == Form.SALINAN, Rendition.pdf_sha256.is_not(None))
    return rows.order_by(Rendition.id.desc()).limit(1).correlate(Document).scalar_subquery()
