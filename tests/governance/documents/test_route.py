"""Who signs in what order: laid on an institution's posts, and whose turn it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.documents.route import Asked, Decided, NoPost, Step, laid, open_step, read, waiting_posts

KIND = [
    {"who": "initiator_head", "move": "initial"},
    {"who": "legal", "move": "initial"},
    {"who": "assistant", "move": "initial"},
    {"who": "secretary", "move": "approve"},
]
POSTS = {"initiator_head": 1, "legal": 2, "assistant": 3, "secretary": 4}

posts = st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True).map(tuple)
routes = st.lists(st.builds(Step, st.sampled_from(Asked), posts), max_size=6)


def test_the_route_goes_from_the_initiator_over_the_legal_section_and_the_assistant_to_the_secretary() -> None:
    route = laid(KIND, POSTS.get)
    assert [step.post_ids for step in route] == [(1,), (2,), (3,), (4,)]
    assert route[-1].asked is Asked.APPROVE


def test_a_legal_section_that_drafts_itself_initials_once() -> None:
    route = laid(KIND, ({**POSTS, "initiator_head": 2}).get)
    assert [step.post_ids for step in route] == [(2,), (3,), (4,)]


def test_a_secretary_who_initialled_is_still_asked_to_approve() -> None:
    route = laid(KIND, ({**POSTS, "assistant": 4}).get)
    assert route[-1] == Step(Asked.APPROVE, (4,))
    assert route[-2] == Step(Asked.INITIAL, (4,))


def test_a_route_with_a_missing_office_is_refused_and_names_it() -> None:
    with pytest.raises(NoPost) as refusal:
        laid(KIND, ({**POSTS, "assistant": None}).get)
    assert refusal.value.params == {"who": "assistant"}


def test_several_signers_of_one_step_may_sign_in_any_order() -> None:
    route = [Step(Asked.INITIAL, (5, 6)), Step(Asked.APPROVE, (7,))]
    assert waiting_posts(route, []) == (5, 6)
    assert waiting_posts(route, [Decided(6, Asked.INITIAL)]) == (5,)
    assert waiting_posts(route, [Decided(6, Asked.INITIAL), Decided(5, Asked.INITIAL)]) == (7,)


def test_an_initial_does_not_count_as_an_approval() -> None:
    route = [Step(Asked.INITIAL, (4,)), Step(Asked.APPROVE, (4,))]
    assert open_step(route, [Decided(4, Asked.INITIAL)]) == 1


@given(routes)
def test_a_route_is_kept_and_read_back_unchanged(route: list[Step]) -> None:
    assert list(read([step.as_data() for step in route])) == route


@given(routes)
def test_whoever_is_asked_and_signs_brings_the_route_to_its_end(route: list[Step]) -> None:
    decided: list[Decided] = []
    passed = -1
    while (index := open_step(route, decided)) is not None:
        assert index >= passed, "a route never goes back by itself"
        passed = index
        waiting = waiting_posts(route, decided)
        assert waiting
        assert set(waiting) <= set(route[index].post_ids)
        decided.append(Decided(waiting[0], route[index].asked))
    assert waiting_posts(route, decided) == ()
    assert len(decided) <= sum(len(step.post_ids) for step in route)
