"""How the turns of a route look to the page of a document: to whom it can go back, who may take over an initial."""

from collections.abc import Sequence
from typing import Any

from governance.documents.lifecycle import Move, State
from governance.documents.route_moves import on_route, targets
from governance.documents.seen import Made, RouteLine, Seen
from governance.people.actors import Actor
from governance.people.roles import Role
from web.at_hand import posts_of, titles_of
from web.pages.shapes import open_lines
from workflows.turning import NEVER_HANDED_TO


def turning_shape(actor: Actor, seen: Seen, lines: Sequence[RouteLine], made: Sequence[Made]) -> dict[str, Any]:
    """What the reader may do to the route without deciding; each list empty where he may not."""
    open_ones = open_lines(lines, made)
    step = open_ones[0].step if open_ones and seen.state is State.IN_REVIEW else None
    here = [line for line in open_ones if line.step == step]
    return {
        "return_to": _return_to(actor, seen, step) if Move.RETURN_STEP in seen.moves else [],
        "decline": Move.DECLINE in seen.moves,
        "approval": any(line.asked == "approve" for line in here),
        "skip": ", ".join(line.title for line in here) if Move.SKIP in seen.moves else "",
        **_forwarding(actor, seen, here),
    }


def _return_to(actor: Actor, seen: Seen, step: int | None) -> list[tuple[str, str]]:
    """Each signer's step that it can be sent back to, by its place in the route and the titles of its posts."""
    titles = titles_of(actor)
    before = step if seen.state is State.IN_REVIEW else None
    return [
        (str(index), f"{index + 1}. " + ", ".join(titles[post] for post in seen.route[index].post_ids))
        for index in targets(seen.route, before)
    ]


def _forwarding(actor: Actor, seen: Seen, here: Sequence[RouteLine]) -> dict[str, Any]:
    """Whose places the reader may give to another post, and which posts may take them."""
    if Move.FORWARD not in seen.moves:
        return {"places": [], "posts": []}
    own = [line for line in here if line.post_id == actor.post_id and not line.declined and line.asked == "initial"]
    empty = [line for line in here if line.declined and actor.role is Role.LEGAL]
    places = [(str(line.post_id), line.title) for line in (*empty, *own)]
    return {"places": places, "posts": _may_receive(actor, seen) if places else [], "own": bool(own) and not empty}


def _may_receive(actor: Actor, seen: Seen) -> list[tuple[str, str]]:
    """The posts that initial and do not stand on the route yet."""
    taken = on_route(seen.route)
    found = ((post, one) for post, one in posts_of(actor).items() if post not in taken)
    return [(str(post), one.title) for post, one in found if one.role not in NEVER_HANDED_TO]
