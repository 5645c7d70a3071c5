"""Any sequence of moves on any route ends in a lawful state: the rules against a second, plain model."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.documents import route, route_moves
from governance.documents.lifecycle import Move, State, after
from governance.documents.route import Asked, Decided, Initials, Step
from governance.kernel.errors import NotAllowed, OutOfOrder, Refusal
from tests.governance.documents.route_model import Model, Slot

SEKDA, POSTS = 99, range(1, 9)


@st.composite
def lawful_routes(draw: st.DrawFn) -> tuple[Step, ...]:
    """Initials of one or several posts, some optional, some steps of others; the Sekda's approval last."""
    free = draw(st.permutations(list(POSTS)))
    steps: list[Step] = []
    for place in range(draw(st.integers(0, 4))):
        if draw(st.booleans()) or not free:
            steps.append(Step(Asked.RECORD, (draw(st.sampled_from(POSTS)),), f"e{place}", "Langkah luar", True))
            continue
        count = draw(st.integers(1, min(3, len(free))))
        posts, free = tuple(free[:count]), free[count:]
        steps.append(Step(Asked.INITIAL, posts, optional=draw(st.booleans()), initials=draw(st.sampled_from(Initials))))
    return (*steps, Step(Asked.APPROVE, (SEKDA,)))


moves = st.lists(
    st.tuples(
        st.sampled_from(["sign", "sign", "sign", "sign", "back", "decline", "hand", "skip", "record", "record",
                         "return", "withdraw", "enact"]),
        st.sampled_from([*POSTS, SEKDA]),
        st.integers(0, 9),
    ),
    max_size=30,
)  # fmt: skip


@dataclass
class Course:
    """The rules put together as the verbs do it: a state, a route, the decisions that count."""

    steps: tuple[Step, ...]
    made: list[Decided] = field(default_factory=list)
    state: State = State.IN_REVIEW

    @property
    def step(self) -> int | None:
        return route.open_step(self.steps, self.made) if self.state is State.IN_REVIEW else None

    @property
    def asked(self) -> dict[int, str]:
        if self.step is None:
            return {}
        return dict.fromkeys(route.waiting_posts(self.steps, self.made), self.steps[self.step].asked.value)

    def go(self, what: str, post: int, number: int) -> None:  # noqa: C901 - one case for each move
        """Make a move, or raise a refusal."""
        match what:
            case "sign":
                self._answer(post)
            case "back":
                self.state = after(self.state, Move.RETURN_STEP)
                before = route.open_step(self.steps, self.made)
                if number not in route_moves.targets(self.steps, before):
                    raise NotAllowed
                void = route_moves.void_from(self.steps, number)
                self.made = [one for one in self.made if not route_moves.ends(one, void)]
            case "decline":
                self.state = after(self.state, Move.DECLINE)
                if post not in self.asked or self.step is None:
                    raise NotAllowed
                self.steps = route_moves.declined(self.steps, self.step, post)
            case "hand":
                self.state = after(self.state, Move.FORWARD)
                if self.step is None or not route_moves.is_open(self.steps, self.made, self.step, post):
                    raise NotAllowed
                self.steps = route_moves.handed_on(self.steps, self.step, (post, number + 1))
            case "skip":
                self.state = after(self.state, Move.SKIP)
                assert self.step is not None
                self.steps = route_moves.left_out(self.steps, self.step)
            case "record":
                self._record(post)
            case _:
                self.state = after(self.state, Move(what))

    def _answer(self, post: int) -> None:
        asked = self.asked.get(post)
        if asked not in ("initial", "approve"):
            raise OutOfOrder(self.state, "sign")
        self.state = after(self.state, Move(asked))
        self.made.append(Decided(post, Asked(asked)))

    def _record(self, post: int) -> None:
        self.state, step = after(self.state, Move.RECORD), self.step
        if step is None or self.asked.get(post) != "record":
            raise NotAllowed
        self.made.append(Decided(post, Asked.RECORD, self.steps[step].external))


def modelled(steps: tuple[Step, ...]) -> Model:
    """The plain model of a route."""
    slots = [Slot(place, post, step.asked.value) for place, step in enumerate(steps) for post in step.post_ids]
    optional = {place for place, step in enumerate(steps) if step.optional and step.asked is Asked.INITIAL}
    return Model(slots, optional)


def told(model: Model, what: str, post: int, number: int) -> bool:
    """The same move told to the plain model; whether it could be made."""
    match what:
        case "sign":
            return model.sign(post)
        case "back":
            return model.back(number)
        case "decline":
            return model.decline(post)
        case "hand":
            return model.hand_on(post, number + 1)
        case "skip":
            return model.leave_out()
        case "record":
            if model.asked().get(post) != "record":
                return False
            next(slot for slot in model.slots if slot.step == model.current()).given = True
            return True
    return model.finish(what)


def made_by_the_rules(course: Course, move: tuple[str, int, int]) -> bool:
    """Whether the rules let a move be made; a refused one changes nothing."""
    before = (course.steps, list(course.made), course.state)
    try:
        course.go(*move)
    except Refusal:
        course.steps, course.made, course.state = before
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(lawful_routes(), moves)
def test_any_sequence_of_moves_on_any_route_ends_in_a_lawful_state(steps: tuple[Step, ...], made: Any) -> None:
    course, model = Course(steps), modelled(steps)
    for move in made:
        could = told(model, *move)
        assert made_by_the_rules(course, move) is could, move
        assert course.state.value == model.state
        assert course.asked == model.asked()
        lawful(course)


def lawful(course: Course) -> None:
    """What must hold of a document wherever it stands."""
    approval = course.steps[-1]
    assert approval.asked is Asked.APPROVE, "the Sekda's approval stays the last step"
    assert approval.post_ids == (SEKDA,)
    assert not approval.left_out
    approved = Decided(SEKDA, Asked.APPROVE) in course.made
    if course.state in (State.APPROVED, State.ENACTED):
        assert approved, "nothing is approved or enacted without the Sekda"
        assert route.open_step(course.steps, course.made) is None, "every step before it was made or left out"
    signing = [post for step in course.steps if step.asked is not Asked.RECORD for post in step.post_ids]
    assert len(signing) == len(set(signing)), "no post stands twice on a route"
    if course.state is State.IN_REVIEW:
        assert not approved
        assert course.asked or course.steps[course.step or 0].declined, "somebody is asked, or a place is to be filled"
    assert list(route.read([step.as_data() for step in course.steps])) == list(course.steps)


PARALLEL = (Step(Asked.INITIAL, (1,)), Step(Asked.INITIAL, (2, 3)), Step(Asked.APPROVE, (SEKDA,)))


def test_a_return_to_a_step_ends_its_decisions_and_later_ones_and_keeps_the_earlier() -> None:
    made = [Decided(1, Asked.INITIAL), Decided(2, Asked.INITIAL), Decided(3, Asked.INITIAL)]
    void = route_moves.void_from(PARALLEL, 1)
    assert [one.post_id for one in made if not route_moves.ends(one, void)] == [1]


def test_the_record_of_a_step_of_others_ends_with_its_step_whoever_made_it() -> None:
    steps = (Step(Asked.INITIAL, (1,)), Step(Asked.RECORD, (2,), "harmonisation"), Step(Asked.APPROVE, (SEKDA,)))
    record = Decided(7, Asked.RECORD, "harmonisation")
    assert route_moves.ends(record, route_moves.void_from(steps, 0))
    assert not route_moves.ends(record, route_moves.void_from(steps, 2))


def test_an_initial_that_is_handed_on_takes_its_place_and_is_asked_of_no_one_twice() -> None:
    handed = route_moves.handed_on(PARALLEL, 1, (2, 5))
    assert handed[1].post_ids == (5, 3)
    for again in (1, 2, 3, 5, SEKDA):
        with pytest.raises(route_moves.NotOnRoute):
            route_moves.handed_on(handed, 1, (3, again))


def test_an_approval_is_never_handed_on_declined_away_or_left_out() -> None:
    with pytest.raises(NotAllowed):
        route_moves.handed_on(PARALLEL, 2, (SEKDA, 5))
    with pytest.raises(route_moves.NotOnRoute):
        route_moves.left_out(PARALLEL, 2)
    assert route_moves.declined(PARALLEL, 2, SEKDA) == PARALLEL, "it waits for another holder of the same post"


def test_a_place_that_was_declined_waits_until_another_post_takes_it() -> None:
    steps, made = route_moves.declined(PARALLEL, 1, 2), [Decided(1, Asked.INITIAL), Decided(3, Asked.INITIAL)]
    assert route.waiting_posts(steps, made) == ()
    assert route.places_to_fill(steps, made) == (2,)
    filled = route_moves.handed_on(steps, 1, (2, 6))
    assert route.waiting_posts(filled, made) == (6,)
    assert route.places_to_fill(filled, made) == ()


def test_only_an_optional_step_is_left_out() -> None:
    with pytest.raises(route_moves.NotOnRoute):
        route_moves.left_out(PARALLEL, 1)
    optional = (Step(Asked.INITIAL, (1,), optional=True), *PARALLEL[1:])
    assert route.open_step(route_moves.left_out(optional, 0), []) == 1
