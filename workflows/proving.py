"""Proving: an office offers files and acts for the levels of an indicator, submits, mends and withdraws them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from governance.assessment import cycles
from governance.assessment.cycle_models import Cycle
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.eyes import STRICTER
from governance.assessment.judging import WITHDRAWABLE, EvidenceMove, EvidenceState
from governance.assessment.proven import lowest_asked
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, OutOfOrder, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows import offered
from workflows.bells import ring
from workflows.evidence_keeping import Facts, Piece, facts_problems, keep, require_piece
from workflows.library import Library
from workflows.offered import Held, Said, for_change, require_open, step, tell_assessors, words_problems

POINTER_LIMIT = 500
MENDABLE = (EvidenceState.DRAFT, EvidenceState.REVISE)


@dataclass(frozen=True)
class Offer:
    """Evidence for a level of an item; `code` names the evidence item it answers, `pointer` the page or the article."""

    cycle_id: int
    item: str
    level: int
    piece: Piece
    code: str = ""
    pointer: str = ""
    explanation: str = ""
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True)
class Offered:
    """What became of it: `is_new` says whether the institution had this content before."""

    use_id: int
    evidence_id: int
    is_new: bool


class Laid(NamedTuple):
    """The rows of an offer; `is_laid` says whether it was not there already."""

    evidence: Evidence
    use: EvidenceUse
    is_laid: bool
    is_new: bool


@dataclass(frozen=True)
class Mended:
    """What is to be said of an offer now, on the version that was seen; facts only from the office it came from."""

    use_id: int
    version: int
    pointer: str
    explanation: str
    facts: Facts | None = None


def offer(wish: Offer, *, by: Actor, now: datetime, library: Library) -> Offered:
    """Offer evidence as a draft. The same at the same place by the same office is the same offer."""
    require_piece(wish.piece, library)
    _require_said(wish.pointer, wish.explanation)
    with transaction():
        cycle = cycles.for_change(wish.cycle_id, by)
        made = lay(cycle, wish, by=by, now=now, library=library)
        if made.is_laid:
            about = {"item": wish.item, "level": wish.level, "use": made.use.id, "evidence": made.evidence.id}
            record("evidence.offered", by=by, about=("cycle", cycle.id), at=now, **about)
        return Offered(made.use.id, made.evidence.id, made.is_new)


def lay(cycle: Cycle, wish: Offer, *, by: Actor, now: datetime, library: Library) -> Laid:
    """The offer in a verb's transaction, the cycle being locked; the verb writes the trail."""
    permissions.require(by, Act.OFFER_EVIDENCE, cycles.matter_of(cycle, by, wish.item))
    require_open(cycle)
    _require_place(wish, cycle, library)
    evidence, is_new = keep(wish.piece, wish.facts, by=by, now=now, library=library)
    use = _there(wish, evidence, by)
    if use is not None and use.withdrawn_at is None:
        return Laid(evidence, use, is_laid=False, is_new=False)
    use = _laid(wish, evidence, use, by, now)
    step(use, EvidenceMove.OFFER, by=by, now=now)
    return Laid(evidence, use, is_laid=True, is_new=is_new)


def submit_all(cycle_id: int, *, by: Actor, now: datetime) -> int:
    """Lay every draft of the actor's office before the assessors; how many there were."""
    with transaction() as after_commit:
        cycle = cycles.for_change(cycle_id, by)
        require_open(cycle)
        rows = within(by.institution_id, EvidenceUse).where(
            EvidenceUse.cycle_id == cycle_id,
            EvidenceUse.unit_id == by.unit_id,
            EvidenceUse.state == EvidenceState.DRAFT,
            EvidenceUse.withdrawn_at.is_(None),
        )
        seen = cycles.seen(cycle_id, by)
        drafts = [
            use
            for use in db.session.scalars(rows.order_by(EvidenceUse.id))
            if permissions.may(by, Act.OFFER_EVIDENCE, seen.matter(by, use.item))
        ]
        if not drafts:
            raise Invalid(Problem("", "evidence.nothing_to_submit"))
        _submitted(cycle, drafts, by, now)
        after_commit(ring("notices.deliver"))
        return len(drafts)


def submit(use_id: int, version: int, *, by: Actor, now: datetime) -> None:
    """Lay one draft, or what was given back, before the assessors."""
    with transaction() as after_commit:
        held = for_change(use_id, version, by)
        _require_offerer(held, by)
        _submitted(held.cycle, [held.use], by, now)
        after_commit(ring("notices.deliver"))


def withdraw(use_id: int, version: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Take an offer back, with the reason; what was accepted is first looked at again by an assessor."""
    if problems := words_problems("reason", reason, needed="evidence.withdraw_reason"):
        raise Invalid(*problems)
    with transaction():
        held = for_change(use_id, version, by)
        _require_offerer(held, by)
        if held.use.state not in WITHDRAWABLE:
            raise OutOfOrder(held.use.state, EvidenceMove.WITHDRAW)
        held.use.withdrawn_at, held.use.version = now, held.use.version + 1
        step(held.use, EvidenceMove.WITHDRAW, by=by, now=now, said=Said(reason))
        about = {"item": held.use.item, "level": held.use.level, "use": use_id}
        record("evidence.withdrawn", by=by, about=("cycle", held.cycle.id), at=now, **about)


def mend(mended: Mended, *, by: Actor, now: datetime) -> None:
    """Say something else of an offer, while it is a draft or was given back."""
    _require_said(mended.pointer, mended.explanation)
    with transaction():
        held = for_change(mended.use_id, mended.version, by)
        _require_offerer(held, by)
        if held.use.state not in MENDABLE:
            raise NotAllowed("evidence.lies_with_assessors")
        held.use.pointer, held.use.explanation = mended.pointer.strip(), mended.explanation.strip()
        held.use.version += 1
        if mended.facts is not None:
            _require_right_facts(held, mended.facts, by, now)
            _say(held.evidence, mended.facts)
        about = {"item": held.use.item, "level": held.use.level, "use": held.use.id}
        record("evidence.mended", by=by, about=("cycle", held.cycle.id), at=now, **about)


def _submitted(cycle: Cycle, uses: list[EvidenceUse], by: Actor, now: datetime) -> None:
    steps = []
    for use in uses:
        offered.move(use, EvidenceMove.SUBMIT)
        steps.append(step(use, EvidenceMove.SUBMIT, by=by, now=now))
    tell_assessors(cycle, uses, steps[0], by=by)
    record("evidence.submitted", by=by, about=("cycle", cycle.id), at=now, uses=[use.id for use in uses])


def _require_said(pointer: str, explanation: str) -> None:
    problems = [*words_problems("pointer", pointer), *words_problems("explanation", explanation)]
    if len(pointer) > POINTER_LIMIT:
        problems.append(Problem("pointer", "decision.reason_long", {"limit": POINTER_LIMIT}))
    if problems:
        raise Invalid(*problems)


def _require_place(wish: Offer, cycle: Cycle, library: Library) -> None:
    """Invalid where the instrument has no such item, level or evidence item."""
    instrument = library.instruments.instrument(cycle.instrument)
    item = instrument.items.get(wish.item)
    if item is None:
        raise Invalid(Problem("item", "evidence.item_unknown", {"item": wish.item[:20]}))
    level = item.levels.get(wish.level)
    if level is None or wish.level < lowest_asked(instrument):
        known = ", ".join(str(one) for one in sorted(item.levels) if one >= lowest_asked(instrument))
        raise Invalid(Problem("level", "evidence.level_unknown", {"level": wish.level, "known": known}))
    if wish.code and wish.code not in level.evidence:
        known = ", ".join(level.evidence)
        raise Invalid(Problem("code", "evidence.code_unknown", {"code": wish.code[:20], "known": known}))


def _there(wish: Offer, evidence: Evidence, by: Actor) -> EvidenceUse | None:
    """The actor's own office's offer of it at that place, also one that was withdrawn."""
    found: EvidenceUse | None = db.session.scalar(
        within(by.institution_id, EvidenceUse).where(
            EvidenceUse.cycle_id == wish.cycle_id,
            EvidenceUse.item == wish.item,
            EvidenceUse.level == wish.level,
            EvidenceUse.code == wish.code,
            EvidenceUse.evidence_id == evidence.id,
            EvidenceUse.unit_id == by.unit_id,
        )
    )
    return found


def _laid(wish: Offer, evidence: Evidence, use: EvidenceUse | None, by: Actor, now: datetime) -> EvidenceUse:
    """The offer as a draft: a new one, or one that was withdrawn and is offered again."""
    if use is None:
        use = EvidenceUse(institution_id=by.institution_id, cycle_id=wish.cycle_id, evidence_id=evidence.id, version=0)
        use.item, use.level, use.code, use.unit_id = wish.item, wish.level, wish.code, by.unit_id or 0
        db.session.add(use)
    use.state, use.reason, use.words, use.withdrawn_at = EvidenceState.DRAFT, None, "", None
    use.pointer, use.explanation = wish.pointer.strip(), wish.explanation.strip()
    use.by_title, use.at, use.version = by.title, now, use.version + 1
    db.session.flush()
    return use


def _require_offerer(held: Held, by: Actor) -> None:
    """The office that offered it, as long as it may offer for the item; and the digital office."""
    permissions.require(by, Act.OFFER_EVIDENCE, cycles.matter_of(held.cycle, by, held.use.item))
    if held.use.unit_id != by.unit_id and by.role is not Role.DIGITAL:
        raise NotAllowed("refused.not_allowed", act=Act.OFFER_EVIDENCE.value)


def _require_right_facts(held: Held, facts: Facts, by: Actor, now: datetime) -> None:
    """Only the office it came from, and the digital one, say what evidence is: others rest on it too.

    A class is never made less strict for what several offices use.
    """
    if held.evidence.unit_id != by.unit_id and by.role is not Role.DIGITAL:
        raise NotAllowed("evidence.not_yours")
    problems = facts_problems(facts, day_in(by.timezone, now))
    lower = STRICTER.index(facts.secrecy) < STRICTER.index(held.evidence.secrecy)
    others = within(by.institution_id, EvidenceUse, EvidenceUse.id).where(
        EvidenceUse.evidence_id == held.evidence.id, EvidenceUse.unit_id != by.unit_id
    )
    if lower and db.session.scalar(others.where(EvidenceUse.withdrawn_at.is_(None)).limit(1)) is not None:
        problems.append(Problem("secrecy", "evidence.secrecy_shared"))
    if problems:
        raise Invalid(*problems)


def _say(evidence: Evidence, facts: Facts) -> None:
    evidence.dated_on, evidence.expires_on = facts.dated_on, facts.expires_on
    evidence.signed, evidence.secrecy = facts.signed, facts.secrecy
