"""What the tests of routes share: an institution's own route, and a document on it."""

from datetime import datetime
from typing import Any

from governance.documents.kept_routes import kept_route
from governance.kernel.db import db, transaction
from governance.people.models import Holding, Manner
from tests.world import KIND, NOW, Maker, Paper, Someone, World
from workflows import approval, routing
from workflows.routing import Route

HEAD = {"who": ["initiator_head"], "move": "initial"}
SEKDA = {"who": ["post:setda"], "move": "approve"}


def initials(*posts: str, **more: Any) -> dict[str, Any]:
    """A step of initials of these posts."""
    return {"who": [f"post:{post}" for post in posts], "move": "initial", **more}


def keep(world: World, *steps: dict[str, Any], by: Someone | None = None, now: datetime = NOW) -> None:
    """Let the kind take these steps in Serang."""
    actor = (by or world.hukum).actor
    db.session.rollback()
    own = kept_route(actor.institution_id, KIND)
    route = Route(KIND, steps, own.id if own else 0)
    routing.keep_route(route, by=actor, now=now, library=world.library)


def on_route(world: World, make: Maker, *steps: dict[str, Any]) -> Paper:
    """A document submitted on a route of these steps, before the Sekda's approval."""
    keep(world, *steps, SEKDA)
    paper = make.document()
    make.submit(paper)
    return paper


def initial(world: World, paper: Paper, *offices: str, now: datetime = NOW) -> None:
    """Initialled by these offices, one after the other."""
    for office in offices:
        approval.initial(paper.asked(), by=world.serang.people[office].actor, now=now)


def waiting(paper: Paper) -> tuple[str, ...]:
    """The persons whose turn it is."""
    return tuple(sorted(paper.as_seen().waiting_for))


def post_of(world: World, office: str) -> int:
    """The id of an office's post."""
    found = world.serang.people[office].actor.post_id
    assert found is not None
    return found


def holding(world: World, person: Someone, office: Someone, manner: Manner = Manner.PLH) -> Someone:
    """A person who also holds another's post from today on, and acts in it."""
    at = office.actor
    with transaction():
        row = Holding(institution_id=at.institution_id, person_id=person.actor.person_id, post_id=at.post_id)
        row.from_on, row.manner, row.letter = NOW.date(), manner, "800/1/BKPSDM"
        db.session.add(row)
        db.session.flush()
        key = row.id
    return Someone(person.username, _acting(person, office, key, manner), person.token, person.institution)


def _acting(person: Someone, office: Someone, holding_id: int, manner: Manner) -> Any:
    at = office.actor
    title = f"{manner.value.capitalize()}. {at.title}"
    return type(at)(
        institution_id=at.institution_id,
        timezone=at.timezone,
        person_id=person.actor.person_id,
        holding_id=holding_id,
        post_id=at.post_id,
        unit_id=at.unit_id,
        role=at.role,
        title=title,
    )


def counting(world: World, paper: Paper) -> list[str]:
    """Whose initials and approvals still count."""
    rows = world.rows(
        "SELECT username FROM decision JOIN holding ON holding.id = decision.holding_id"
        " JOIN person ON person.id = holding.person_id"
        " WHERE document_id = :id AND counts AND move IN ('initial', 'approve') ORDER BY decision.id",
        id=paper.id,
    )
    return [name for (name,) in rows]
