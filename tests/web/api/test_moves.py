"""Every move from every state over HTTP, by every post: allowed or refused as the tables say, and nothing else."""

from collections.abc import Callable
from itertools import product

import pytest

from governance.documents.lifecycle import MOVES, NEEDS_REASON, Move, State
from governance.documents.possible import may_move
from governance.people.permissions import Matter
from tests import peraturan
from tests.web.api.asking import ApiOf, assert_refused, one_per_role
from tests.workflows.turned import SEKDA, initials, keep
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import approval

NEEDED = {
    Move.RETURN: {"reason": "Perbaiki"},
    Move.WITHDRAW: {"reason": "Batal"},
    Move.ENACT: {"signed_on": "2026-11-19"},
    Move.RECORD: {"letter_number": "7/TIM-SPBE/2026", "letter_date": "2026-11-19"},
    Move.PROMULGATE: {"promulgated_on": "2026-11-20"},
    Move.RETURN_STEP: {"reason": "Perbaiki", "to_step": 1},
    Move.DECLINE: {"reason": "Benturan kepentingan"},
    Move.FORWARD: {"reason": "Bidangnya", "to_post": "dinkes"},
    Move.SKIP: {"reason": "Tidak perlu"},
}
# A document in a state in which that move of a Peraturan is asked; every other move is a decree's as well.
OF_A_PERATURAN: dict[Move, Callable[[Maker], Paper]] = {
    Move.RECORD: lambda make: peraturan.waiting_at(make, peraturan.REVIEW),
    Move.PROMULGATE: peraturan.enacted,
}


def may(someone: Someone, paper: Paper, move: Move, world: World) -> bool:
    """What the tables say of this person and this document."""
    rows = world.rows("SELECT post_id, asked FROM waiting WHERE document_id = :id", id=paper.id)
    asked = dict(tuple(row) for row in rows)
    unit = world.value("SELECT initiating_unit_id FROM document WHERE id = :id", id=paper.id)
    return may_move(someone.actor, paper.state, move, Matter(unit, asked), asked) and not closed(paper, move)


def closed(paper: Paper, move: Move) -> bool:
    """What the open step does not allow, whoever asks: back from the first, leaving out what is not optional."""
    document = paper.as_seen()
    if document.state is not State.IN_REVIEW or document.step is None:
        return False
    first, optional = document.step == 0, document.route[document.step].optional
    return (move is Move.RETURN_STEP and first) or (move is Move.SKIP and not optional)


def sees(someone: Someone, paper: Paper, api: ApiOf) -> bool:
    return api(someone)("GET", f"/documents/{paper.id}").status_code == 200


@pytest.mark.parametrize("state", State)
def test_each_post_is_refused_each_move_that_is_not_its_own(
    world: World, make: Maker, api: ApiOf, state: State
) -> None:
    paper = make.document(state)
    seen, before = paper.seen, world.everything()
    for someone, move in product(one_per_role(world), Move):
        if may(someone, paper, move, world):
            continue
        answer = api(someone)(
            "POST", f"/documents/{paper.id}/moves", json={"move": move.value, "seen": seen} | NEEDED.get(move, {})
        )
        if not sees(someone, paper, api):
            assert_refused(answer, [404])
        elif (state, move) not in MOVES:
            assert_refused(answer, [409])
        else:
            assert_refused(answer, [403])
    assert world.everything() == before


@pytest.mark.parametrize("move", OF_A_PERATURAN)
def test_a_move_that_only_a_peraturan_asks_for_is_refused_to_everyone_else(
    world: World, make: Maker, api: ApiOf, move: Move
) -> None:
    paper = OF_A_PERATURAN[move](make)
    body, before = {"move": move.value, "seen": paper.seen} | NEEDED[move], world.everything()
    refused = [one for one in one_per_role(world) if not may(one, paper, move, world)]
    assert len(refused) >= len(one_per_role(world)) - 1
    for someone in refused:
        answer = api(someone)("POST", f"/documents/{paper.id}/moves", json=body)
        assert_refused(answer, [403] if sees(someone, paper, api) else [404])
    assert world.everything() == before


@pytest.mark.parametrize(("state", "move"), sorted(MOVES))
def test_each_move_of_the_table_is_made_by_whom_it_belongs_to(
    world: World, make: Maker, api: ApiOf, state: State, move: Move
) -> None:
    if move is Move.SKIP:
        keep(world, initials("bpkad", optional=True), SEKDA)
    paper = OF_A_PERATURAN[move](make) if move in OF_A_PERATURAN else make.document(state)
    if move in (Move.APPROVE, Move.RETURN_STEP) and state is State.IN_REVIEW:
        make.initial(paper, "asisten")
    maker = next(one for one in world.serang.people.values() if may(one, paper, move, world))
    assert move.value in (api(maker)("GET", f"/documents/{paper.id}").json or {})["moves"]
    answer = api(maker).move(paper, move.value, **NEEDED.get(move, {}))
    assert answer.status_code == 200, answer.text
    assert (answer.json or {})["state"] == MOVES[state, move].value


@pytest.mark.parametrize("state", State)
def test_the_moves_a_document_names_are_those_that_are_accepted(
    world: World, make: Maker, api: ApiOf, state: State
) -> None:
    paper = make.document(state)
    for someone in one_per_role(world):
        if sees(someone, paper, api):
            told = (api(someone)("GET", f"/documents/{paper.id}").json or {})["moves"]
            assert told == [move.value for move in Move if may(someone, paper, move, world)]


@pytest.mark.parametrize("move", sorted(NEEDS_REASON))
def test_a_move_that_needs_a_reason_is_refused_without_one(world: World, make: Maker, api: ApiOf, move: Move) -> None:
    if move is Move.SKIP:
        keep(world, initials("bpkad"), initials("hukum", optional=True), SEKDA)
    paper = make.document(State.IN_REVIEW)
    maker = world.diskominfo
    if move in (Move.RETURN_STEP, Move.SKIP):
        maker = world.hukum
        first = world.bpkad if move is Move.SKIP else world.diskominfo
        approval.initial(paper.asked(), by=first.actor, now=NOW)
    before = world.everything()
    for reason in ({}, {"reason": ""}, {"reason": "   "}, {"reason": None}):
        assert_refused(api(maker).move(paper, move.value, **NEEDED.get(move, {}) | {"reason": None} | reason), [422])
    assert world.everything() == before


def test_a_repeated_identical_decision_answers_200(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    body = {"move": "initial", "seen": paper.seen}
    answers = [api(world.diskominfo)("POST", f"/documents/{paper.id}/moves", json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert world.value("SELECT count(*) FROM decision WHERE move = 'initial'") == 1


def test_a_stale_mark_answers_409_and_says_what_changed(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    old = paper.seen
    api(world.hukum).move(paper, "return", reason="Judul keliru")
    make.submit(paper)
    make.initial(paper, "diskominfo")
    before = world.everything()
    answer = api(world.hukum)("POST", f"/documents/{paper.id}/moves", json={"move": "initial", "seen": old})
    assert_refused(answer, [409])
    assert (answer.json or {})["changed"]
    assert world.everything() == before


def test_an_initial_that_was_voided_is_no_repetition(world: World, make: Maker, api: ApiOf) -> None:
    """Who initialled the first revision and presses again on the old page must learn that there is a new one."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    old = {"move": "initial", "seen": paper.seen}
    assert api(world.hukum)("POST", f"/documents/{paper.id}/moves", json=old).status_code == 200
    api(world.asisten).move(paper, "return", reason="Judul keliru")
    make.submit(paper)
    make.initial(paper, "diskominfo")
    assert_refused(api(world.hukum)("POST", f"/documents/{paper.id}/moves", json=old), [409])


@pytest.mark.parametrize(
    "body",
    [
        {"move": "enact", "signed_on": "2999-01-01"},
        {"move": "enact", "signed_on": "1900-01-01"},
        {"move": "enact", "signed_on": "2026-02-30"},
        {"move": "enact", "signed_on": "19-11-2026"},
        {"move": "enact", "signed_on": 20261119},
        {"move": "enact", "signed_on": ["2026-11-19"]},
        {"move": "enact", "signed_on": "２０２６-11-19"},
        {"move": "enact", "number": 7},
        {"move": "enact", "number": "9" * 201},
        {"move": "return_step", "reason": "Lagi"},
        {"move": "return_step", "reason": "Lagi", "to_step": 9},
        {"move": "return_step", "reason": "Lagi", "to_step": 0},
        {"move": "return_step", "reason": "Lagi", "to_step": "satu"},
        {"move": "forward", "reason": "Ganti"},
        {"move": "forward", "reason": "Ganti", "to_post": "tidak_ada"},
        {"move": "forward", "reason": "Ganti", "to_post": 7},
        {"move": "establish"},
        {"move": None},
        {"move": ["enact"]},
        {"move": {"enact": 1}},
        {},
        {"move": "enact", "sign_on": "2026-11-19"},
    ],
)
def test_a_wrong_move_is_refused_and_changes_nothing(
    world: World, make: Maker, api: ApiOf, body: dict[str, object]
) -> None:
    paper = make.document(State.APPROVED)
    before = world.everything()
    answer = api(world.hukum)("POST", f"/documents/{paper.id}/moves", json={"seen": paper.seen} | body)
    assert_refused(answer, [422])
    assert world.everything() == before


@pytest.mark.parametrize("seen", [None, "", 5, ["x"], "x" * 65, "\x00", "tidak-dikenal", "🤷", "\u202e"])
def test_a_move_without_the_right_mark_is_refused(world: World, make: Maker, api: ApiOf, seen: object) -> None:
    paper = make.document(State.APPROVED)
    before = world.everything()
    answer = api(world.hukum)("POST", f"/documents/{paper.id}/moves", json={"move": "enact", "seen": seen})
    assert_refused(answer, [409, 422])
    assert world.everything() == before
