"""A document's states and moves, as one table."""

from enum import StrEnum

from governance.kernel.errors import OutOfOrder


class State(StrEnum):
    """Where a document stands. Superseded, revoked and expired follow from its act's dates, not from here."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ENACTED = "enacted"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done to a document."""

    SUBMIT = "submit"
    INITIAL = "initial"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ENACT = "enact"
    RECORD = "record"  # a step that others take: its letter is recorded
    PROMULGATE = "promulgate"  # a Peraturan in Berita Daerah, by the Sekda
    RETURN_STEP = "return_step"  # back to a signer who was asked before, on the same revision
    DECLINE = "decline"  # a signer has a conflict of interest: UU 30/2014 Pasal 42-43
    FORWARD = "forward"  # a signer's initial goes to another post
    SKIP = "skip"  # an optional step is left out


MOVES: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.SUBMIT): State.IN_REVIEW,
    (State.IN_REVIEW, Move.INITIAL): State.IN_REVIEW,
    (State.IN_REVIEW, Move.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Move.RETURN): State.DRAFT,
    (State.APPROVED, Move.RETURN): State.DRAFT,
    (State.DRAFT, Move.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Move.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Move.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Move.ENACT): State.ENACTED,
    (State.IN_REVIEW, Move.RECORD): State.IN_REVIEW,
    (State.ENACTED, Move.PROMULGATE): State.ENACTED,
    (State.IN_REVIEW, Move.RETURN_STEP): State.IN_REVIEW,
    (State.APPROVED, Move.RETURN_STEP): State.IN_REVIEW,
    (State.IN_REVIEW, Move.DECLINE): State.IN_REVIEW,
    (State.IN_REVIEW, Move.FORWARD): State.IN_REVIEW,
    (State.IN_REVIEW, Move.SKIP): State.IN_REVIEW,
}

NEEDS_REASON = frozenset({Move.RETURN, Move.WITHDRAW, Move.RETURN_STEP, Move.DECLINE, Move.FORWARD, Move.SKIP})


def after(state: State, move: Move) -> State:
    """The state `move` leads to, or OutOfOrder."""
    if (state, move) not in MOVES:
        raise OutOfOrder(state, move)
    return MOVES[state, move]


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that exist from `state`, whoever may make them."""
    return tuple(move for (origin, move) in MOVES if origin is state)
