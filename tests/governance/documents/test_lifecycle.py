"""A document's states and moves: the whole table, and nothing beside it."""

from itertools import product

import pytest

from governance.documents.lifecycle import MOVES, NEEDS_REASON, Move, State, after, moves_from
from governance.documents.possible import ACT_OF
from governance.kernel.errors import OutOfOrder

DRAFT, IN_REVIEW, APPROVED, ENACTED, WITHDRAWN = State

# The table of the design, written out a second time: whoever changes one must mean it.
TABLE: dict[tuple[State, Move], State] = {
    (DRAFT, Move.SUBMIT): IN_REVIEW,
    (DRAFT, Move.WITHDRAW): WITHDRAWN,
    (IN_REVIEW, Move.INITIAL): IN_REVIEW,
    (IN_REVIEW, Move.APPROVE): APPROVED,
    (IN_REVIEW, Move.RETURN): DRAFT,
    (IN_REVIEW, Move.WITHDRAW): WITHDRAWN,
    (APPROVED, Move.RETURN): DRAFT,
    (APPROVED, Move.WITHDRAW): WITHDRAWN,
    (APPROVED, Move.ENACT): ENACTED,
    (IN_REVIEW, Move.RECORD): IN_REVIEW,
    (ENACTED, Move.PROMULGATE): ENACTED,
    (IN_REVIEW, Move.RETURN_STEP): IN_REVIEW,
    (APPROVED, Move.RETURN_STEP): IN_REVIEW,
    (IN_REVIEW, Move.DECLINE): IN_REVIEW,
    (IN_REVIEW, Move.FORWARD): IN_REVIEW,
    (IN_REVIEW, Move.SKIP): IN_REVIEW,
}


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_move_from_every_state_is_as_the_table_says(state: State, move: Move) -> None:
    if (state, move) in TABLE:
        assert after(state, move) is TABLE[state, move]
        assert move in moves_from(state)
        return
    assert move not in moves_from(state)
    with pytest.raises(OutOfOrder):
        after(state, move)


def test_each_move_of_the_table_has_its_permission() -> None:
    assert set(ACT_OF) == set(MOVES)


def test_nothing_leads_out_of_an_enacted_or_withdrawn_document() -> None:
    assert moves_from(WITHDRAWN) == ()
    assert [after(ENACTED, move) for move in moves_from(ENACTED)] == [ENACTED]


def test_whatever_is_not_going_on_needs_a_reason() -> None:
    going_on = {Move.SUBMIT, Move.INITIAL, Move.APPROVE, Move.ENACT, Move.RECORD, Move.PROMULGATE}
    assert set(Move) - going_on == NEEDS_REASON
