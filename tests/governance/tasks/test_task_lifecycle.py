"""A task's states and moves, every pair of them."""

import itertools

import pytest

from governance.kernel.errors import OutOfOrder
from governance.tasks.lifecycle import ENDED, MOVES, OPEN, SIDE, Move, Side, State, after, moves_from

# Written again by hand, from the procedure's words: received -> read -> accepted or declined -> handed in -> returned
# or verified; asked again, passed on, given time, called off.
ANSWERS = {
    Move.READ: "received",
    Move.ACCEPT: "received read",
    Move.DECLINE: "received read accepted",
    Move.HAND_IN: "received read accepted returned handed_in",
    Move.ASK_EXTENSION: "received read accepted returned",
    Move.GRANT_EXTENSION: "received read accepted returned",
    Move.REFUSE_EXTENSION: "received read accepted returned",
    Move.RETURN: "handed_in",
    Move.VERIFY: "handed_in",
    Move.INSIST: "declined cancelled",
    Move.REASSIGN: "received read accepted returned declined",
    Move.CANCEL: "received read accepted returned declined handed_in",
    Move.COMMENT: "received read accepted declined handed_in returned verified cancelled",
    Move.REMIND: "received read accepted returned",
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)))
def test_a_move_exists_where_the_procedure_has_it_and_nowhere_else(state: State, move: Move) -> None:
    if state.value in ANSWERS[move].split():
        assert after(state, move) is MOVES[state, move]
    else:
        with pytest.raises(OutOfOrder):
            after(state, move)


@pytest.mark.parametrize("state", State)
def test_each_side_is_offered_its_own_moves_alone(state: State) -> None:
    for side in Side:
        offered = moves_from(state, side, extension_asked=True)
        assert all(SIDE.get(move, side) is side for move in offered)
    both = {*moves_from(state, Side.ASKED), *moves_from(state, Side.ASKER)}
    assert not both & {Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION}, "an extension is answered only when asked"


def test_what_has_ended_can_only_be_commented_and_what_was_called_off_be_asked_again() -> None:
    left = {state: {move for origin, move in MOVES if origin is state} for state in ENDED}
    assert left == {State.VERIFIED: {Move.COMMENT}, State.CANCELLED: {Move.COMMENT, Move.INSIST}}
    assert not ENDED & set(OPEN)
