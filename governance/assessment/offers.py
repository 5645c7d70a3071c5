"""What an enacted act may be offered for: the levels of items that its kind proves, as far as its state allows; pure.

Levels are ceilings and never promises: assessors decide. What each proof rests on stands in config/law/proofs.yaml.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from governance.assessment.evidence_models import Declared
from governance.assessment.instruments import Instrument
from governance.documents.effect import Effect, Period, effect
from governance.mandates.law import Law
from governance.mandates.proofs import Proof

DRAFT, ENACTED = "draft", "enacted"  # the states of proofs.yaml that a document's own state shows
STATES = (DRAFT, ENACTED, *(one.value for one in Declared))
# A whole implementation is a part of one too; a review says nothing of either.
INCLUDES: Mapping[Declared, tuple[Declared, ...]] = {Declared.IMPLEMENTED_FULL: (Declared.IMPLEMENTED_PART,)}
# The review and what follows it fall after the enactment and before the cycle's cut-off (proofs.yaml, reading rules).
DATED = frozenset({Declared.REVIEWED, Declared.FOLLOWED_UP})


class Bar(StrEnum):
    """Why an act does not offer itself."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    AWAITS_PROMULGATION = "awaits_promulgation"
    TOO_LATE = "too_late"  # signed after the last day on which the cycle takes evidence


BARRED: Mapping[Effect, Bar] = {
    Effect.REVOKED: Bar.REVOKED,
    Effect.EXPIRED: Bar.EXPIRED,
    Effect.AWAITS_PROMULGATION: Bar.AWAITS_PROMULGATION,
}


@dataclass(frozen=True)
class Under:
    """The instrument that an act is read under, and the law that says what its kind proves."""

    instrument: Instrument
    law: Law


@dataclass(frozen=True)
class Term:
    """For which assessment an act is read: its year (None: for none), and the last day that counts in it."""

    on: date
    year: int | None = None
    cut_off: date | None = None

    @classmethod
    def of(cls, today: date, year: int, ready_by: date | None) -> "Term":
        """The term of a cycle: once its last day is over, acts are read as they stood on it."""
        return cls(min(today, ready_by or today), year, ready_by)


@dataclass(frozen=True)
class Said:
    """What is declared of an act, since when."""

    state: Declared
    on: date


@dataclass(frozen=True)
class ActTold:
    """An act as far as offering asks of it. `taken` are the items and levels that it is offered for already."""

    document_id: int
    act_id: int
    kind: str
    title: str
    number: str
    year: int
    signed_on: date
    period: Period
    said: tuple[Said, ...] = ()
    taken: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class Offer:
    """An act as evidence for a level of an item (None: it supports and raises none by itself).

    `holds`: the act is in the state that the proof asks for. `late`: that was declared, but for a day after the
    cycle's last. Role, basis, how sure, and what else is needed stand in `proof`.
    """

    item: str
    level: int | None
    proof: Proof
    holds: bool
    late: bool = False
    taken: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be made evidence now."""
        return self.holds and self.level is not None and not self.taken


@dataclass(frozen=True)
class Offering:
    """An act with all that it may be offered for. With a `bar` nothing of it holds.

    `outdated`: it is made anew each year and this one is of an earlier year; assessors were seen to refuse such.
    """

    act: ActTold
    offers: tuple[Offer, ...]
    bar: Bar | None = None
    outdated: bool = False

    @property
    def open(self) -> tuple[Offer, ...]:
        """What can be taken now."""
        return tuple(one for one in self.offers if one.can_be_taken)

    def held(self, item: str) -> tuple[int, ...]:
        """The levels of an item that its state allows now."""
        return tuple(sorted({one.level for one in self.offers if one.item == item and one.holds and one.level}))

    def open_below(self, item: str, lowest: int) -> tuple[int, ...]:
        """The levels below the highest held that the act does not prove: while they are open, none above counts."""
        held = self.held(item)
        return tuple(level for level in range(lowest, max(held, default=lowest)) if level not in held)


def bar(act: ActTold, term: Term) -> Bar | None:
    """Why the act does not offer itself in that term, None where it does. One that binds only later is enacted."""
    if act.signed_on > term.on:
        return Bar.TOO_LATE
    return BARRED.get(effect(act.period, term.on))


def holding(said: Iterable[Said], term: Term) -> frozenset[str]:
    """The states that an enacted act is in: its draft once was, and what is declared of it in time."""
    counted = {one.state for one in said if not _late(one, term)}
    included = {other for one in counted for other in INCLUDES.get(one, ())}
    return frozenset({DRAFT, ENACTED, *(one.value for one in counted | included)})


def offering(act: ActTold, under: Under, term: Term, item: str | None = None) -> Offering:
    """What the act may be offered for (for one item, or all), by item and from the lowest level up."""
    barred = bar(act, term)
    states = frozenset[str]() if barred else holding(act.said, term)
    late = {one.state.value for one in act.said if _late(one, term)} - states
    found = [
        Offer(
            item=key,
            level=proof.up_to_level,
            proof=proof,
            holds=proof.state in states,
            late=proof.state in late and not barred,
            taken=(key, proof.up_to_level) in act.taken,
        )
        for key, proof in proofs_for(act.kind, under, item)
    ]
    return Offering(act, tuple(found), barred, _outdated(act, under.law, term))


def proofs_for(kind: str, under: Under, item: str | None = None) -> list[tuple[str, Proof]]:
    """What documents of a kind prove, by the instrument's items: an indicator that is rated in several has each."""
    rated: dict[int, list[str]] = {}
    for one in under.instrument.items.values():
        if item in (None, one.key):
            rated.setdefault(one.number, []).append(one.key)
    proofs = under.law.proofs_of(kind).of(under.instrument.key)
    found = [(key, proof) for proof in proofs for key in rated.get(proof.indicator, ())]
    order = {key: place for place, key in enumerate(under.instrument.items)}
    return sorted(found, key=lambda one: (order[one[0]], one[1].up_to_level or 0, STATES.index(one[1].state)))


def kinds_proving(under: Under, item: str | None = None) -> frozenset[str]:
    """The kinds of documents that prove anything of the item (of any item)."""
    return frozenset(kind for kind in under.law.proofs if proofs_for(kind, under, item))


def declarable(kind: str, law: Law) -> tuple[Declared, ...]:
    """What it means anything to declare of acts of that kind: the states that a proof of it asks for."""
    asked = {proof.state for proof in law.proofs_of(kind).proofs}
    return tuple(
        one for one in Declared if one.value in asked or asked & {wide.value for wide in INCLUDES.get(one, ())}
    )


def uncovered(under: Under) -> tuple[str, ...]:
    """The items that no document of ours can raise: systems, services, activities or outside figures are asked."""
    named = set(under.law.uncovered.get(under.instrument.key, ()))
    return tuple(key for key in under.instrument.items if key in named)


def _late(said: Said, term: Term) -> bool:
    return said.state in DATED and term.cut_off is not None and said.on > term.cut_off


def _outdated(act: ActTold, law: Law, term: Term) -> bool:
    """`outdated` in proofs.yaml: what is made anew each year counts for its own."""
    mandate = law.mandates.get(act.kind)
    yearly = mandate is not None and mandate.recurrence is not None and mandate.recurrence.type == "annual"
    return yearly and term.year is not None and act.year < term.year
