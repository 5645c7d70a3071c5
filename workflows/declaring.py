"""Declaring: that an act is implemented, was reviewed or followed up, with its day and proof; and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.assessment.declarations import OfAct, document_of, problems_of, rests_on, said_of
from governance.assessment.evidence import kept_with_uses
from governance.assessment.evidence_models import Declaration, Declared
from governance.assessment.eyes import eyes_of
from governance.assessment.offers import Said
from governance.documents import under_way
from governance.documents.models import Act, Document
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Matter
from governance.tasks.handing_in import FilePart
from governance.trail.record import record
from workflows.evidence_keeping import Facts, Piece, keep, require_piece
from workflows.library import Library

POINTER_LIMIT, REASON_LIMIT = 500, 1000


@dataclass(frozen=True)
class NewDeclaration:
    """What is declared of the act of a document, since when, shown by which evidence: kept already, or this file."""

    document_id: int
    state: Declared
    on: date
    pointer: str
    evidence_id: int | None = None
    file: FilePart | None = None


def declare(new: NewDeclaration, *, by: Actor, now: datetime, library: Library) -> int:
    """Declare it, with its proof; returns the declaration's id. proofs.yaml: such states follow from no document."""
    piece = Piece(new.file, new.evidence_id)
    if new.file is not None and new.evidence_id is None:
        require_piece(piece, library)
    with transaction():
        document, act = _enacted(new.document_id, by)
        permissions.require(by, permissions.Act.DECLARE, Matter(initiating_unit_id=document.initiating_unit_id))
        told = OfAct(act.kind, act.signed_on, said_of(by.institution_id, act.id))
        problems = problems_of(Said(new.state, new.on), told, library.law, day_in(by.timezone, now))
        problems += [*needed_text("pointer", new.pointer, POINTER_LIMIT), *_proof_problems(new, act, by)]
        if problems:
            raise Invalid(*problems)
        facts = Facts(dated_on=new.on if new.file else None, secrecy=document.secrecy)
        shown, _is_new = keep(piece, facts, by=by, now=now, library=library)
        row = Declaration(institution_id=by.institution_id, act_id=act.id, state=new.state, on=new.on)
        row.evidence_id, row.pointer, row.by_title, row.at = shown.id, new.pointer.strip(), by.title, now
        db.session.add(row)
        db.session.flush()
        said = {"declared": new.state.value, "since_on": new.on.isoformat()} | {
            "evidence": shown.id,
            "pointer": row.pointer,
        }
        record("act.declared", by=by, about=("document", document.id), at=now, declaration=row.id, **said)
        return row.id


def withdraw(declaration_id: int, reason: str, *, by: Actor, now: datetime) -> int:
    """Take a declaration back, with a reason; it stays to be read. Returns the document of its act."""
    with transaction():
        document, act = _enacted(document_of(by, declaration_id), by)
        permissions.require(by, permissions.Act.DECLARE, Matter(initiating_unit_id=document.initiating_unit_id))
        row = db.session.scalars(
            within(by.institution_id, Declaration).where(Declaration.id == declaration_id).with_for_update()
        ).one()
        if row.withdrawn_at is not None:
            raise Refusal("proof.withdrawn_already")
        if problems := needed_text("reason", reason, REASON_LIMIT):
            raise Invalid(*problems)
        if rests_on(row.state, row.on, said_of(by.institution_id, act.id)):
            raise Refusal("proof.followed_up")
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now, by.title, reason.strip()
        said = {"declared": row.state.value, "since_on": row.on.isoformat(), "reason": row.withdrawn_reason}
        record("act.declaration_withdrawn", by=by, about=("document", document.id), at=now, declaration=row.id, **said)
        return document.id


def _enacted(document_id: int, by: Actor) -> tuple[Document, Act]:
    """A document that the actor may see, locked, and its act; refused where it became none."""
    document = under_way.for_change(document_id, by)
    if document.act_id is None:
        raise Refusal("proof.not_enacted")
    return document, one_within(by.institution_id, Act, document.act_id)


def needed_text(place: str, text: str, limit: int) -> list[Problem]:
    """What is wrong with words that have to be there."""
    problems = unprintable(place, text)
    if not text.strip():
        problems.append(Problem(place, "field.missing"))
    if len(text) > limit:
        problems.append(Problem(place, "draft.too_long", {"limit": limit}))
    return problems


def _proof_problems(new: NewDeclaration, act: Act, by: Actor) -> list[Problem]:
    """Exactly one proof; what is kept already is there for the actor, and is not the act itself."""
    if (new.file is None) == (new.evidence_id is None):
        return [Problem("file", "proof.no_proof" if new.file is None else "proof.two_proofs")]
    if new.evidence_id is None:
        return []
    try:
        kept, _uses = kept_with_uses(eyes_of(by), new.evidence_id)
    except NotFound:
        return [Problem("evidence", "proof.unknown_evidence")]
    if kept.withdrawn_at is not None:
        return [Problem("evidence", "proof.unknown_evidence")]
    return [Problem("evidence", "proof.itself")] if kept.act_id == act.id else []
