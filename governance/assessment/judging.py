"""The states of offered evidence, as one table, and the reasons for which assessors give it back; pure."""

from collections.abc import Collection
from enum import StrEnum

from governance.kernel.errors import OutOfOrder


class EvidenceState(StrEnum):
    """Where offered evidence stands. Where nothing is offered, it is "not yet": that needs no row."""

    DRAFT = "draft"
    IN_PROCESS = "in_process"  # it lies with the assessors
    REVISE = "revise"
    ACCEPTED = "accepted"


class EvidenceMove(StrEnum):
    """What is done with it."""

    OFFER = "offer"
    SUBMIT = "submit"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    REOPEN = "reopen"  # what was accepted is looked at again
    WITHDRAW = "withdraw"


class Reason(StrEnum):
    """Why assessors give evidence back; `rejections` in proofs.yaml says where each was seen."""

    WRONG_OBJECT = "wrong_object"
    NOT_UPLOADED = "not_uploaded"
    LOWER_LEVEL_OPEN = "lower_level_open"


MOVES: dict[tuple[EvidenceState, EvidenceMove], EvidenceState] = {
    (EvidenceState.DRAFT, EvidenceMove.SUBMIT): EvidenceState.IN_PROCESS,
    (EvidenceState.REVISE, EvidenceMove.SUBMIT): EvidenceState.IN_PROCESS,
    (EvidenceState.IN_PROCESS, EvidenceMove.ACCEPT): EvidenceState.ACCEPTED,
    (EvidenceState.IN_PROCESS, EvidenceMove.SEND_BACK): EvidenceState.REVISE,
    (EvidenceState.ACCEPTED, EvidenceMove.REOPEN): EvidenceState.IN_PROCESS,
}
WITHDRAWABLE = frozenset({EvidenceState.DRAFT, EvidenceState.IN_PROCESS, EvidenceState.REVISE})


def after(state: EvidenceState, move: EvidenceMove) -> EvidenceState:
    """The state that `move` leads to, or OutOfOrder."""
    if (state, move) not in MOVES:
        raise OutOfOrder(state, move)
    return MOVES[state, move]


def open_below(accepted: Collection[int], level: int, lowest: int) -> tuple[int, ...]:
    """The levels below `level`, from the lowest that asks for evidence, on which none is accepted yet.

    While there is one, what is accepted on `level` does not count: levels are cumulative.
    """
    return tuple(below for below in range(lowest, level) if below not in accepted)
