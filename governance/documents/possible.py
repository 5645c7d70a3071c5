"""Which moves an actor may make now: the tables of moves and of permissions, and whose turn it is, held together."""

from dataclasses import dataclass

from governance.documents.lifecycle import Move, State, moves_from
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter

ACT_OF: dict[tuple[State, Move], Act] = {
    (State.DRAFT, Move.SUBMIT): Act.SUBMIT,
    (State.IN_REVIEW, Move.INITIAL): Act.INITIAL,
    (State.IN_REVIEW, Move.APPROVE): Act.APPROVE,
    (State.IN_REVIEW, Move.RETURN): Act.RETURN,
    (State.APPROVED, Move.RETURN): Act.SEND_BACK,
    (State.DRAFT, Move.WITHDRAW): Act.WITHDRAW,
    (State.IN_REVIEW, Move.WITHDRAW): Act.WITHDRAW,
    (State.APPROVED, Move.WITHDRAW): Act.WITHDRAW,
    (State.APPROVED, Move.ENACT): Act.ENACT,
    (State.IN_REVIEW, Move.RECORD): Act.RECORD_STEP,
    (State.ENACTED, Move.PROMULGATE): Act.PROMULGATE,
    (State.IN_REVIEW, Move.RETURN_STEP): Act.RETURN,
    (State.APPROVED, Move.RETURN_STEP): Act.SEND_BACK,
    (State.IN_REVIEW, Move.DECLINE): Act.DECLINE,
    (State.IN_REVIEW, Move.FORWARD): Act.FORWARD,
    (State.IN_REVIEW, Move.SKIP): Act.SKIP_STEP,
}

FILL = "forward"  # asked of Bagian Hukum: a post that declined left its place open
# What a post must be asked for the moves that answer it; the other moves hang on no question.
ASKED_FOR: dict[Act, frozenset[str]] = {
    Act.INITIAL: frozenset({"initial"}),
    Act.APPROVE: frozenset({"approve"}),
    Act.RECORD_STEP: frozenset({"record"}),
    Act.PROMULGATE: frozenset({"promulgate"}),
    Act.DECLINE: frozenset({"initial", "approve"}),
    Act.FORWARD: frozenset({"initial", FILL}),
}


@dataclass(frozen=True)
class Turn:
    """What else a move hangs on: what the person is to the document, and what the step that is open allows."""

    own: bool = False  # he drafted it, or heads the unit that did, and would approve it
    declined: bool = False  # he has said that he has a conflict of interest
    optional: bool = False  # the step may be left out
    step_before: bool = False  # there is a signer's step to send it back to
    approval: bool = False  # it is the Sekda's step


def closed_to(turn: Turn) -> dict[Move, str]:
    """The moves that a turn closes, whoever's it is, each with the key of the refusal."""
    if turn.declined:
        return dict.fromkeys(Move, "refused.declined")
    closed = {}
    if turn.own:
        closed[Move.APPROVE] = "refused.own_approval"
    if not turn.optional:
        closed[Move.SKIP] = "refused.not_optional"
    if not turn.step_before:
        closed[Move.RETURN_STEP] = "refused.no_step_before"
    if turn.approval:
        closed[Move.FORWARD] = "refused.approval_stays"
    return closed


def may_move(actor: Actor, state: State, move: Move, matter: Matter, asked: dict[int, str]) -> bool:
    """Whether `actor` may make `move`; `asked` says what each waiting post is asked, by its id."""
    act = ACT_OF.get((state, move))
    if act is None or not permissions.may(actor, act, matter):
        return False
    if act in ASKED_FOR:
        return actor.post_id is not None and asked.get(actor.post_id) in ASKED_FOR[act]
    return True


def moves_open_to(actor: Actor, state: State, matter: Matter, asked: dict[int, str]) -> tuple[Move, ...]:
    """The moves `actor` may make now, in the table's order."""
    return tuple(move for move in moves_from(state) if may_move(actor, state, move, matter, asked))
