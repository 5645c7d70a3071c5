"""What may be done to a document's route on its way: sent back to a step, declined, handed on, left out. Pure.

The Sekda's approval is never handed on and never left out; a post stands once on a route.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from governance.documents.route import Asked, Decided, Step, open_step
from governance.kernel.errors import NotAllowed, Refusal

Route = tuple[Step, ...]


class NotOnRoute(Refusal):
    """What was asked cannot be done to this route; nothing is changed."""


def targets(route: Sequence[Step], before: int | None) -> tuple[int, ...]:
    """The steps that it can be sent back to: a signer's, not left out, before the open one (None: any of them)."""
    last = len(route) if before is None else before
    return tuple(
        index for index, step in enumerate(route[:last]) if step.asked is not Asked.RECORD and not step.left_out
    )


def void_from(route: Sequence[Step], step: int) -> frozenset[Decided]:
    """The decisions that end when the route is sent back to `step`: those of that step and of all after it."""
    return frozenset(
        Decided(post, one.asked, one.external)
        for one in route[step:]
        for post in (*one.post_ids, *one.earlier)  # of an external step whoever records it: told apart by its key
    )


def ends(decided: Decided, void: Collection[Decided]) -> bool:
    """Whether a decision is among those that end; a record ends with its step, whoever made it."""
    if decided.external:
        return any(one.external == decided.external for one in void)
    return decided in void


def declined(route: Sequence[Step], step: int, post: int) -> Route:
    """A signer's initial is open for another post. A declined approval waits for another holder: the route stays."""
    one = _signer(route, step, post)
    if one.asked is Asked.APPROVE:
        return tuple(route)
    return _with(route, step, replace(one, declined=(*one.declined, post)))


def handed_on(route: Sequence[Step], step: int, posts: tuple[int, int]) -> Route:
    """The second post takes the place of the first, which has not decided; its conflict of interest went with it."""
    post, to = posts
    one = route[step]
    if one.asked is not Asked.INITIAL or post not in one.post_ids:
        raise NotAllowed("refused.not_your_turn", move="forward")
    if to in on_route(route):
        raise NotOnRoute("refused.on_route_already")
    taken = tuple(to if here == post else here for here in one.post_ids)
    left = tuple(here for here in one.declined if here != post)
    return _with(route, step, replace(one, post_ids=taken, declined=left, earlier=(*one.earlier, post)))


def left_out(route: Sequence[Step], step: int) -> Route:
    """An optional step of initials is passed over; a step of others is left out in its record, with a reason."""
    one = route[step]
    if not one.optional or one.asked is not Asked.INITIAL:
        raise NotOnRoute("refused.not_optional")
    return _with(route, step, replace(one, left_out=True))


def on_route(route: Iterable[Step]) -> frozenset[int]:
    """Every post that signs on the route or stood on it: none is asked a second time."""
    signing = [step for step in route if step.asked is not Asked.RECORD]
    return frozenset(post for step in signing for post in (*step.post_ids, *step.earlier))


def is_open(route: Sequence[Step], decided: Sequence[Decided], step: int, post: int) -> bool:
    """Whether that post's decision is what the route waits for."""
    return open_step(route, decided) == step and post in route[step].open_posts(frozenset(decided))


def _signer(route: Sequence[Step], step: int, post: int) -> Step:
    one = route[step]
    if one.asked is Asked.RECORD or post not in one.post_ids or post in one.declined:
        raise NotAllowed("refused.not_your_turn", move="decline")
    return one


def _with(route: Sequence[Step], step: int, changed: Step) -> Route:
    return (*route[:step], changed, *route[step + 1 :])
