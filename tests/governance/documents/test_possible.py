"""Which moves a post may make now: moves, permissions and turns held together, over the whole finite world."""

from itertools import product

import pytest

from governance.documents.lifecycle import Move, State
from governance.documents.marks import mark
from governance.documents.possible import Turn, closed_to, moves_open_to
from governance.people.actors import Actor, system
from governance.people.permissions import Matter
from governance.people.roles import Role

INITIATOR, OTHER_UNIT, POST, OTHER_POST = 1, 2, 11, 12


def actor(role: Role, unit: int = OTHER_UNIT) -> Actor:
    return Actor(1, "Asia/Jakarta", person_id=1, holding_id=1, post_id=POST, unit_id=unit, role=role)


def expected(  # noqa: C901 - the whole table, one line for each move
    state: State, move: Move, *, initiator: bool, asked: str | None, legal: bool
) -> bool:
    """The table of the design in words."""
    match state, move:
        case (State.DRAFT, Move.SUBMIT) | (State.DRAFT | State.IN_REVIEW | State.APPROVED, Move.WITHDRAW):
            return initiator
        case (State.IN_REVIEW, Move.INITIAL):
            return asked == "initial"
        case (State.IN_REVIEW, Move.APPROVE):
            return asked == "approve"
        case (State.IN_REVIEW, Move.RECORD):
            return asked == "record"
        case (State.ENACTED, Move.PROMULGATE):
            return asked == "promulgate"
        case (State.IN_REVIEW, Move.RETURN | Move.RETURN_STEP):
            return asked is not None
        case (State.APPROVED, Move.RETURN | Move.RETURN_STEP | Move.ENACT):
            return legal
        case (State.IN_REVIEW, Move.DECLINE):
            return asked in ("initial", "approve")
        case (State.IN_REVIEW, Move.FORWARD):
            return asked in ("initial", "forward")
        case (State.IN_REVIEW, Move.SKIP):
            return legal
    return False


@pytest.mark.parametrize(("state", "role"), list(product(State, Role)))
def test_every_post_may_do_in_every_state_what_the_table_says(state: State, role: Role) -> None:
    for initiator, asked in product((True, False), (None, "initial", "approve", "record", "promulgate", "forward")):
        matter = Matter(INITIATOR, {POST} if asked else {OTHER_POST})
        turns = {POST: asked} if asked else {OTHER_POST: "initial"}
        someone = actor(role, INITIATOR if initiator else OTHER_UNIT)
        wanted = {
            move for move in Move if expected(state, move, initiator=initiator, asked=asked, legal=role is Role.LEGAL)
        }
        assert set(moves_open_to(someone, state, matter, turns)) == wanted


@pytest.mark.parametrize(("own", "declined", "optional"), list(product((True, False), repeat=3)))
@pytest.mark.parametrize(("before", "approval"), list(product((True, False), repeat=2)))
def test_a_turn_closes_what_the_person_or_the_step_does_not_allow(
    own: bool, declined: bool, optional: bool, before: bool, approval: bool
) -> None:
    closed = closed_to(Turn(own, declined, optional, before, approval))
    for move in Move:
        shut = declined or {
            Move.APPROVE: own,
            Move.SKIP: not optional,
            Move.RETURN_STEP: not before,
            Move.FORWARD: approval,
        }.get(move, False)
        assert (move in closed) is shut


@pytest.mark.parametrize("state", State)
def test_the_program_itself_decides_nothing(state: State) -> None:
    matter = Matter(INITIATOR, {POST})
    assert moves_open_to(system(1, "Asia/Jakarta"), state, matter, {POST: "initial"}) == ()


def test_the_head_of_region_does_nothing_in_the_workflow_himself() -> None:
    someone = actor(Role.HEAD_OF_REGION)
    for state in State:
        assert moves_open_to(someone, state, Matter(INITIATOR, ()), {}) == ()


def test_the_mark_changes_with_the_state_the_revision_and_the_text_of_a_draft() -> None:
    marks = [
        mark(1, State.DRAFT, (None, None), 1),
        mark(1, State.DRAFT, (None, None), 2),
        mark(2, State.DRAFT, (None, None), 1),
        mark(1, State.IN_REVIEW, (1, "a"), 1),
        mark(1, State.IN_REVIEW, (1, "b"), 1),
        mark(1, State.IN_REVIEW, (2, "a"), 1),
        mark(1, State.APPROVED, (1, "a"), 1),
        mark(1, State.IN_REVIEW, (1, "a"), 1, 1),
        mark(1, State.IN_REVIEW, (1, "a"), 1, 2),
        mark(1, State.APPROVED, (1, "a"), 1, 1),
    ]
    assert len(set(marks)) == len(marks)


def test_the_mark_of_what_is_under_review_does_not_hang_on_the_working_copy() -> None:
    assert mark(1, State.IN_REVIEW, (1, "a"), 1) == mark(1, State.IN_REVIEW, (1, "a"), 9)
