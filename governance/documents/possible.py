"""Which moves an actor may make now: the tables of moves and of permissions, and whose turn it is, held together."""

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
}


ASKED_FOR = frozenset({Act.INITIAL, Act.APPROVE, Act.RECORD_STEP, Act.PROMULGATE})


def may_move(actor: Actor, state: State, move: Move, matter: Matter, asked: dict[int, str]) -> bool:
    """Whether `actor` may make `move`; `asked` says what each waiting post is asked, by its id."""
    act = ACT_OF.get((state, move))
    if act is None or not permissions.may(actor, act, matter):
        return False
    if act in ASKED_FOR:
        return actor.post_id is not None and asked.get(actor.post_id) == move.value
    return True


def moves_open_to(actor: Actor, state: State, matter: Matter, asked: dict[int, str]) -> tuple[Move, ...]:
    """The moves `actor` may make now, in the table's order."""
    return tuple(move for move in moves_from(state) if may_move(actor, state, move, matter, asked))
