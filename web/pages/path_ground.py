"""What the pages of a cycle's path rest on, read once: the cycle, its scores, what steps ask, how documents stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from governance.assessment import cycles
from governance.assessment.cycles import Seen
from governance.assessment.efforts import Facts, facts_of
from governance.assessment.planning import Ground, hands, office
from governance.assessment.rated import ByStage, present, scores_of
from governance.assessment.usual_costs import OWN, Usual, kind_of, state_of
from governance.documents.queries import known_by_kind
from governance.people.actors import Actor
from web.at_hand import library
from web.pages.documents import today_of


@dataclass(frozen=True)
class AtHand:
    """Everything that a path and its efforts are told from."""

    actor: Actor
    cycle: Seen
    ground: Ground
    scores: ByStage

    @property
    def rated(self) -> Mapping[str, Fraction]:
        """The present value of each item that has one."""
        return present(self.scores)

    @property
    def facts(self) -> Facts:
        """What was entered, and who shares in what."""
        return self.ground.facts

    def office_name(self, owner: str) -> str:
        """The name of an office as a path knows it; "" where none is named."""
        return self.facts.units.get(int(owner.removeprefix("unit:")), "") if owner else ""

    def document_name(self, key: str) -> str:
        """The name of a kind of document, or of a work of the institution's own."""
        if key.startswith(OWN):
            entered = self.facts.documents.get(key)
            return entered.title if entered else key
        kind, law = kind_of(key), self.ground.usual.law
        drafted = library().kinds.get(kind)
        return drafted.title if drafted else law.mandates[kind].title if kind in law.mandates else kind

    def state_name(self, key: str) -> str:
        """To which state a work brings its document, as the law data calls it; "" of the institution's own work."""
        known = self.ground.usual.law.proof_states.get(state_of(key))
        return known.title if known else ""


def at_hand(actor: Actor, cycle_id: int) -> AtHand:
    """The cycle with that id as the actor sees it, or NotFound. Four statements."""
    cycle = cycles.seen(cycle_id, actor)
    instrument = library().instruments.instrument(cycle.instrument)
    facts = facts_of(actor, cycle_id)
    held = hands(known_by_kind(actor), facts.declared, today_of(actor))
    owners = {item: office(unit_id) for item, unit_id in facts.responsible.items()}
    usual = Usual(library().law, instrument, held, owners)
    scores = scores_of(actor.institution_id, cycle_id)
    return AtHand(actor, cycle, Ground(instrument, usual, facts), scores)
