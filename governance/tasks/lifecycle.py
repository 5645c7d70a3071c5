"""A task's states and moves, as one table: what the asked office may do, and what the office that asks may do."""

from enum import StrEnum

from governance.kernel.errors import OutOfOrder


class State(StrEnum):
    """Where one office's copy of what is asked stands."""

    RECEIVED = "received"  # it lies in the office's inbox
    READ = "read"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HANDED_IN = "handed_in"
    RETURNED = "returned"  # what was handed in is not what was asked
    VERIFIED = "verified"
    CANCELLED = "cancelled"  # it is asked no longer


class Side(StrEnum):
    """Whose move it is."""

    ASKED = "asked"
    ASKER = "asker"


class Move(StrEnum):
    """What can be done with a task."""

    READ = "read"
    ACCEPT = "accept"
    DECLINE = "decline"
    HAND_IN = "hand_in"
    ASK_EXTENSION = "ask_extension"
    COMMENT = "comment"
    RETURN = "return"
    VERIFY = "verify"
    INSIST = "insist"  # a decline is not taken, or a cancelled one is wanted after all: it is asked again
    REASSIGN = "reassign"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    CANCEL = "cancel"
    REMIND = "remind"


OPEN = (State.RECEIVED, State.READ, State.ACCEPTED, State.RETURNED)  # the asked office still has to do something
ENDED = frozenset({State.VERIFIED, State.CANCELLED})
SIDE: dict[Move, Side] = {
    Move.READ: Side.ASKED,
    Move.ACCEPT: Side.ASKED,
    Move.DECLINE: Side.ASKED,
    Move.HAND_IN: Side.ASKED,
    Move.ASK_EXTENSION: Side.ASKED,
    Move.RETURN: Side.ASKER,
    Move.VERIFY: Side.ASKER,
    Move.INSIST: Side.ASKER,
    Move.REASSIGN: Side.ASKER,
    Move.GRANT_EXTENSION: Side.ASKER,
    Move.REFUSE_EXTENSION: Side.ASKER,
    Move.CANCEL: Side.ASKER,
    Move.REMIND: Side.ASKER,
}  # A comment is both sides'.

MOVES: dict[tuple[State, Move], State] = {
    (State.RECEIVED, Move.READ): State.READ,
    **{(state, Move.ACCEPT): State.ACCEPTED for state in (State.RECEIVED, State.READ)},
    **{(state, Move.DECLINE): State.DECLINED for state in (State.RECEIVED, State.READ, State.ACCEPTED)},
    **{(state, Move.HAND_IN): State.HANDED_IN for state in (*OPEN, State.HANDED_IN)},
    **{(state, Move.ASK_EXTENSION): state for state in OPEN},
    **{(state, Move.GRANT_EXTENSION): state for state in OPEN},
    **{(state, Move.REFUSE_EXTENSION): state for state in OPEN},
    (State.HANDED_IN, Move.RETURN): State.RETURNED,
    (State.HANDED_IN, Move.VERIFY): State.VERIFIED,
    (State.DECLINED, Move.INSIST): State.RECEIVED,
    (State.CANCELLED, Move.INSIST): State.RECEIVED,  # what was asked no longer is asked again
    **{(state, Move.REASSIGN): State.RECEIVED for state in (*OPEN, State.DECLINED)},
    **{(state, Move.CANCEL): State.CANCELLED for state in State if state not in ENDED},
    **{(state, Move.COMMENT): state for state in State},
    **{(state, Move.REMIND): state for state in OPEN},
}

NEEDS_REASON = frozenset(
    {Move.DECLINE, Move.ASK_EXTENSION, Move.COMMENT, Move.RETURN, Move.INSIST, Move.REFUSE_EXTENSION, Move.CANCEL}
)
NEEDS_DAY = frozenset({Move.ASK_EXTENSION, Move.GRANT_EXTENSION})


def after(state: State, move: Move) -> State:
    """The state `move` leads to, or OutOfOrder."""
    if (state, move) not in MOVES:
        raise OutOfOrder(state, move)
    return MOVES[state, move]


def moves_from(state: State, side: Side, *, extension_asked: bool = False) -> tuple[Move, ...]:
    """What that side may do now; an extension is granted or refused only while one is asked for."""
    answers = {Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION}
    return tuple(
        move
        for (origin, move) in MOVES
        if origin is state and SIDE.get(move, side) is side and (extension_asked or move not in answers)
    )
