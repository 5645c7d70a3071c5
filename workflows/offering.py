"""Offering: an enacted act becomes evidence for the levels that its state allows, and who should know is told once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_

from governance.assessment import cycles
from governance.assessment.acts_offered import act_of, act_seen
from governance.assessment.course import Part, Stage
from governance.assessment.cycle_models import Cycle, Share
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.instruments import Item
from governance.assessment.judging import EvidenceMove, EvidenceState
from governance.assessment.offers import ActTold, Offer, Offering, Term, Under, offering
from governance.documents import under_way
from governance.documents.models import Document, Secrecy
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.roles import Role
from governance.trail.record import record
from workflows.asking import heads_of
from workflows.bells import ring
from workflows.declaring import POINTER_LIMIT, needed_text
from workflows.evidence_keeping import Facts, Piece, keep
from workflows.library import Library
from workflows.offered import Said, require_open, step

WORDS_LIMIT = 4000
OPEN_STAGES = frozenset(Stage) - {Stage.PREPARATION, Stage.CLOSED}


@dataclass(frozen=True)
class Taking:
    """An act taken as evidence for a level of an item: where in it to look, and which piece it is ("": not said)."""

    cycle_id: int
    document_id: int
    item: str
    level: int
    pointer: str
    code: str = ""
    explanation: str = ""


def take_offer(taking: Taking, *, by: Actor, now: datetime, library: Library) -> int:
    """Make evidence of an act for a level that its state allows, as a draft; returns the use's id. Twice is once."""
    with transaction():
        cycle = cycles.for_change(taking.cycle_id, by)
        permissions.require(by, permissions.Act.OFFER_EVIDENCE, cycles.matter_of(cycle, by, taking.item))
        require_open(cycle)
        document = under_way.for_change(taking.document_id, by)
        act = act_seen(by, document.id, cycle.id)
        if act is None:
            raise NotFound
        under = Under(library.instruments.instrument(cycle.instrument), library.law)
        offer = _held(act, taking, under, Term.of(day_in(by.timezone, now), cycle.year, cycle.ready_by))
        code = _code(taking, under.instrument.items[taking.item])
        evidence, _is_new = keep(Piece(act_id=act.act_id), Facts(), by=by, now=now, library=library)
        use = _use(taking, cycle, evidence, code, by)
        if use.version and use.withdrawn_at is None:
            return use.id
        _offer(use, taking, by, now)
        step(use, EvidenceMove.OFFER, by=by, now=now, said=Said(taking.explanation))
        told = {"cycle": cycle.id, "year": cycle.year, "item": taking.item, "level": taking.level, "code": code}
        told |= {"use": use.id, "basis": offer.proof.basis, "pointer": use.pointer}
        record("act.offered", by=by, about=("document", document.id), at=now, **told)
        return use.id


def tell_offered(document_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Tell Diskominfo and the responsible offices that an act offers itself in a cycle under way; each person once.

    Returns for how many cycles it does. Of an act that not everyone may see only Diskominfo is told.
    """
    with transaction() as after_commit:
        document, _act = under_way.enacted_for_change(document_id, by)
        under_way_now = within(by.institution_id, Cycle).where(Cycle.stage.in_(OPEN_STAGES)).order_by(Cycle.id)
        told = 0
        for cycle in db.session.scalars(under_way_now).all():
            act = act_of(by.institution_id, document.id, cycle.id)
            under = Under(library.instruments.instrument(cycle.instrument), library.law)
            term = Term.of(day_in(by.timezone, now), cycle.year, cycle.ready_by)
            found = offering(act, under, term) if act else None
            if found is not None and found.open:
                told += 1
                _tell(found, cycle, document, by, now)
        if told:
            record("act.offers_told", by=by, about=("document", document.id), at=now, cycles=told)
            after_commit(ring("notices.deliver"))
        return told


def _tell(found: Offering, cycle: Cycle, document: Document, by: Actor, now: datetime) -> None:
    items = tuple(dict.fromkeys(one.item for one in found.open))
    shares = within(by.institution_id, Share, Share.unit_id).where(
        Share.cycle_id == cycle.id, Share.part == Part.RESPONSIBLE, Share.item.in_(items)
    )
    units = db.session.scalars(shares.distinct()).all() if document.secrecy is Secrecy.BIASA else ()
    whom = or_(Post.role == Role.DIGITAL, Post.id.in_(heads_of(by, units)))
    leave(
        db.session.scalars(within(by.institution_id, Post, Post.id).where(whom)).all(),
        "proof.offers",
        by=by,
        at=now,
        cause=f"proof.offers:{cycle.id}:{found.act.act_id}",
        document_id=document.id,
        params={"title": document.title[:300], "items": ", ".join(items), "year": cycle.year},
    )


def _held(act: ActTold, taking: Taking, under: Under, term: Term) -> Offer:
    """The offer that is taken; refused where the act does not offer itself, Invalid where not for that level."""
    found = offering(act, under, term, taking.item)
    if found.bar is not None:
        raise Refusal(f"proof.bar.{found.bar.value}")
    problems = needed_text("pointer", taking.pointer, POINTER_LIMIT) + unprintable("explanation", taking.explanation)
    if len(taking.explanation) > WORDS_LIMIT:
        problems.append(Problem("explanation", "draft.too_long", {"limit": WORDS_LIMIT}))
    offer = next((one for one in found.offers if one.holds and one.level == taking.level), None)
    if offer is None:
        problems.append(Problem("level", "proof.not_at_level", {"item": taking.item, "level": taking.level}))
    if problems or offer is None:
        raise Invalid(*problems)
    return offer


def _code(taking: Taking, item: Item) -> str:
    """The piece of evidence that it is; where the level asks for one alone, that one."""
    known = tuple(item.levels[taking.level].evidence)
    if taking.code and taking.code not in known:
        raise Invalid(Problem("code", "proof.unknown_code", {"code": taking.code[:20], "known": ", ".join(known)}))
    return taking.code or (known[0] if len(known) == 1 else "")


def _use(taking: Taking, cycle: Cycle, evidence: Evidence, code: str, by: Actor) -> EvidenceUse:
    """The use of this evidence by this office: the one there is, or a new one that is not written yet."""
    place: dict[str, Any] = {"item": taking.item, "level": taking.level, "code": code}
    place |= {"evidence_id": evidence.id, "unit_id": by.unit_id or evidence.unit_id}
    rows = within(by.institution_id, EvidenceUse).where(EvidenceUse.cycle_id == cycle.id).filter_by(**place)
    use: EvidenceUse | None = db.session.scalar(rows)
    return use or EvidenceUse(institution_id=by.institution_id, cycle_id=cycle.id, version=0, **place)


def _offer(use: EvidenceUse, taking: Taking, by: Actor, now: datetime) -> None:
    """Offer it, or offer again what was withdrawn."""
    use.state, use.reason, use.words, use.withdrawn_at = EvidenceState.DRAFT, None, "", None
    use.pointer, use.explanation = taking.pointer.strip(), taking.explanation.strip()
    use.by_title, use.at, use.version = by.title, now, use.version + 1
    db.session.add(use)
    db.session.flush()
