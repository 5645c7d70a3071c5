"""Who may read evidence by its secrecy class, and which items a post rates."""

from collections.abc import Collection
from dataclasses import dataclass

from governance.assessment.course import CycleRole
from governance.assessment.cycle_models import CycleSeat
from governance.assessment.cycles import Seen
from governance.documents.models import Secrecy
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.roles import Role

STRICTER = (Secrecy.BIASA, Secrecy.TERBATAS, Secrecy.RAHASIA)
Places = Collection[tuple[int, str]]  # a cycle and an item


@dataclass(frozen=True)
class Seat:
    """A part that a post takes in a cycle; no items: all of them."""

    cycle_id: int
    role: CycleRole
    items: frozenset[str] = frozenset()

    def holds(self, item: str) -> bool:
        """Whether the item is among those of the seat."""
        return not self.items or item in self.items


@dataclass(frozen=True)
class Eyes:
    """An actor and his seats in the cycles of his institution."""

    actor: Actor
    seats: tuple[Seat, ...] = ()

    def rates(self, cycle_id: int, item: str) -> bool:
        """Whether his post is an assessor of that item."""
        return any(
            seat.role is CycleRole.ASSESSOR and seat.cycle_id == cycle_id and seat.holds(item) for seat in self.seats
        )

    def may_read(self, secrecy: Secrecy, unit_ids: Collection[int], places: Places) -> bool:
        """Whether he may read evidence of that class that came from these offices and is offered at these places.

        Biasa is for everyone of the institution. Terbatas: the offices, the digital office, who has a seat in one of
        the cycles, the Sekda. Rahasia: the offices, the assessors of the item, who answers for the cycle, the Sekda.
        """
        if secrecy is Secrecy.BIASA or self.actor.unit_id in unit_ids or self.actor.role is Role.SECRETARY:
            return True
        if secrecy is Secrecy.TERBATAS:
            cycles = {cycle_id for cycle_id, _item in places}
            return self.actor.role is Role.DIGITAL or any(seat.cycle_id in cycles for seat in self.seats)
        return any(self.rates(cycle_id, item) or self._answers_for(cycle_id) for cycle_id, item in places)

    def _answers_for(self, cycle_id: int) -> bool:
        return any(seat.role is CycleRole.ANSWERABLE and seat.cycle_id == cycle_id for seat in self.seats)


def eyes_of(actor: Actor, seen: Seen | None = None) -> Eyes:
    """The actor with his seats. One statement; none where the cycle that he looks at says that he is no assessor."""
    if seen is not None and CycleRole.ASSESSOR not in seen.seats:
        return Eyes(actor, tuple(Seat(seen.id, role) for role in seen.seats))
    rows = within(actor.institution_id, CycleSeat, CycleSeat.cycle_id, CycleSeat.role, CycleSeat.items)
    found = db.session.execute(rows.where(CycleSeat.post_id == actor.post_id)).all()
    return Eyes(actor, tuple(Seat(cycle_id, role, frozenset(items)) for cycle_id, role, items in found))


def stricter(one: Secrecy, other: Secrecy) -> Secrecy:
    """Of two classes the stricter."""
    return max(one, other, key=STRICTER.index)
