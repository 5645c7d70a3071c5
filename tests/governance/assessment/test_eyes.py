"""Who may read evidence, as a table of classes and seats; and which levels are open below one."""

import pytest

from governance.assessment.course import CycleRole
from governance.assessment.eyes import Eyes, Seat, stricter
from governance.assessment.judging import open_below
from governance.documents.models import Secrecy
from governance.people.actors import Actor
from governance.people.roles import Role

OFFICE, OTHER, CYCLE = 7, 8, 3
PLACES = [(CYCLE, "1")]


def eyes(*seats: Seat, unit_id: int = OTHER, role: Role = Role.SERVICE) -> Eyes:
    return Eyes(Actor(1, "Asia/Jakarta", person_id=1, post_id=2, unit_id=unit_id, role=role), seats)


@pytest.mark.parametrize(
    ("who", "readable"),
    [
        (eyes(), {Secrecy.BIASA}),
        (eyes(unit_id=OFFICE), set(Secrecy)),
        (eyes(role=Role.SECRETARY), set(Secrecy)),
        (eyes(role=Role.DIGITAL), {Secrecy.BIASA, Secrecy.TERBATAS}),
        (eyes(role=Role.LEGAL), {Secrecy.BIASA}),
        (eyes(Seat(CYCLE, CycleRole.DATA_ENTRY)), {Secrecy.BIASA, Secrecy.TERBATAS}),
        (eyes(Seat(CYCLE, CycleRole.ASSESSOR)), set(Secrecy)),
        (eyes(Seat(CYCLE, CycleRole.ASSESSOR, frozenset({"1", "2"}))), set(Secrecy)),
        (eyes(Seat(CYCLE, CycleRole.ASSESSOR, frozenset({"2"}))), {Secrecy.BIASA, Secrecy.TERBATAS}),
        (eyes(Seat(CYCLE, CycleRole.ANSWERABLE)), set(Secrecy)),
        (eyes(Seat(CYCLE + 1, CycleRole.ANSWERABLE)), {Secrecy.BIASA}),
        (eyes(Seat(CYCLE + 1, CycleRole.ASSESSOR)), {Secrecy.BIASA}),
    ],
)
def test_who_reads_which_class(who: Eyes, readable: set[Secrecy]) -> None:
    assert {one for one in Secrecy if who.may_read(one, {OFFICE}, PLACES)} == readable


@pytest.mark.parametrize("one", Secrecy)
@pytest.mark.parametrize("other", Secrecy)
def test_of_two_classes_the_stricter_holds(one: Secrecy, other: Secrecy) -> None:
    order = [Secrecy.BIASA, Secrecy.TERBATAS, Secrecy.RAHASIA]
    assert order.index(stricter(one, other)) == max(order.index(one), order.index(other))


@pytest.mark.parametrize(
    ("accepted", "level", "lowest", "still_open"),
    [
        (set(), 1, 1, ()),
        (set(), 3, 1, (1, 2)),
        ({1}, 3, 1, (2,)),
        ({1, 2}, 3, 1, ()),
        ({3}, 3, 1, (1, 2)),
        ({2, 3}, 5, 2, (4,)),
    ],
)
def test_levels_below_are_open_until_something_is_accepted_on_each(
    accepted: set[int], level: int, lowest: int, still_open: tuple[int, ...]
) -> None:
    assert open_below(accepted, level, lowest) == still_open
