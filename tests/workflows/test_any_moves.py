"""Any sequence of moves through the real verbs ends in a lawful state, held to the plain model of a route."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from governance.documents.lifecycle import State
from governance.kernel.errors import Refusal
from tests.governance.documents.route_model import Model, Slot
from tests.workflows.turned import HEAD, SEKDA, initials, keep, post_of
from tests.world import NOW, Maker, Paper, World
from workflows import approval, turning
from workflows.turning import Handing

OFFICES = {"hukum": "hukum", "organisasi": "organisasi", "bappeda": "bappeda", "bpkad": "bpkad", "dinkes": "dinkes"}
LATER = NOW + timedelta(minutes=5)

shapes = st.lists(st.tuples(st.integers(1, 2), st.booleans()), min_size=1, max_size=2)
moves = st.lists(
    st.tuples(
        st.sampled_from(["sign", "sign", "sign", "sign", "sign", "back", "decline", "hand", "skip"]),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    max_size=12,
)


class Walk:
    """A document of Serang and the plain model of it, moved together."""

    def __init__(self, world: World, make: Maker, shape: list[tuple[int, bool]]) -> None:
        self.world, self.declined = world, set[int]()
        free, steps = iter(OFFICES), []
        for count, optional in shape:
            offices = [next(free) for _ in range(count)]
            steps.append((offices, optional))
        keep(world, HEAD, *(initials(*offices, optional=optional) for offices, optional in steps), SEKDA)
        self.paper: Paper = make.document()
        make.submit(self.paper)
        laid = [(["diskominfo"], False), *steps, (["sekda"], False)]
        last = len(laid) - 1
        slots = [
            Slot(place, post_of(world, office), "approve" if place == last else "initial")
            for place, (offices, _) in enumerate(laid)
            for office in offices
        ]
        self.model = Model(slots, {place for place, (_, optional) in enumerate(laid) if optional})
        self.people = {post_of(world, office): person for office, person in world.serang.people.items()}

    def make(self, what: str, first: int, second: int) -> None:
        """One move, told to both: what could be made is made; what could not is refused, or repeats what was made."""
        posts = sorted({slot.post for slot in self.model.slots})
        post, other = posts[first % len(posts)], sorted(self.people)[second % len(self.people)]
        could, verb = getattr(self, what)(post, other, second)
        made = True
        try:
            verb()
        except Refusal:
            made = False
        assert made or not could, (what, post, other)

    def sign(self, post: int, _other: int, _step: int) -> tuple[bool, Callable[[], None]]:
        asked, by = self.paper.asked(), self.people[post].actor
        approves = self.model.asked().get(post) == "approve"
        could = post not in self.declined and self.model.sign(post)
        verb = approval.approve if approves else approval.initial
        return could, lambda: verb(asked, by=by, now=LATER)

    def back(self, post: int, _other: int, step: int) -> tuple[bool, Callable[[], None]]:
        asked, by = self.paper.asked("Kembali"), self.people[post].actor
        turn = post in self.model.asked() and post not in self.declined
        could = (turn if self.model.state == "in_review" else by is self.world.hukum.actor) and self.model.back(step)
        return could, lambda: turning.return_to_step(asked, step, by=by, now=LATER)

    def decline(self, post: int, _other: int, _step: int) -> tuple[bool, Callable[[], None]]:
        asked, by = self.paper.asked("Benturan"), self.people[post].actor
        could = post not in self.declined and self.model.decline(post)
        if could:
            self.declined.add(post)
        return could, lambda: turning.decline(asked, by=by, now=LATER)

    def hand(self, post: int, other: int, _step: int) -> tuple[bool, Callable[[], None]]:
        own = self.model.asked().get(post) == "initial" and post not in self.declined
        legal = self.world.hukum.actor
        by = self.people[post].actor if own else legal
        handing = Handing(self.paper.asked("Ganti"), other, post)
        never = {post_of(self.world, office) for office in ("sekda", "kepala", "wabup")}
        may = own or (post in self.model.empty_places() and legal.post_id not in self.declined)
        could = may and other not in never | self.declined and self.model.hand_on(post, other)
        return could, lambda: turning.forward(handing, by=by, now=LATER)

    def skip(self, _post: int, _other: int, _step: int) -> tuple[bool, Callable[[], None]]:
        asked, legal = self.paper.asked("Tidak perlu"), self.world.hukum.actor
        could = legal.post_id not in self.declined and self.model.leave_out()
        return could, lambda: turning.skip(asked, by=legal, now=LATER)

    def agree(self) -> None:
        """The database says what the model says."""
        document = self.paper.as_seen()
        assert document.state.value == self.model.state
        rows = self.world.rows("SELECT post_id, asked FROM waiting WHERE document_id = :id", id=document.id)
        asked = {post: what for post, what in rows if what in ("initial", "approve")}
        assert asked == self.model.asked()
        if document.state is State.IN_REVIEW:
            assert rows, "somebody is asked, or must find who is"
            wanted = bool(self.model.empty_places()) and self.world.hukum.actor.post_id not in asked
            filling = any(what == "forward" for _post, what in rows)
            assert filling or not wanted
        approved = "SELECT count(*) FROM decision WHERE document_id = :id AND move = 'approve' AND counts"
        assert bool(self.world.value(approved, id=document.id)) is (document.state is State.APPROVED)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
@given(shapes, moves)
def test_any_moves_through_the_verbs_do_what_the_plain_model_does(
    world: World, make: Maker, shape: list[tuple[int, bool]], made: Any
) -> None:
    walk = Walk(world, make, shape)
    for move in made:
        walk.make(*move)
        walk.agree()
