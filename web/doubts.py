"""A draft looked through: what its form opens on, and what its review page lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from governance.documents import queries
from governance.documents.comments import Comment
from governance.documents.dating import dated
from governance.documents.doubts import Doubt, Draft, doubts
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.people.actors import Actor
from governance.people.queries import facts_of
from web.forms.draft import filled_in
from web.sheets import library, text_from


def looked_through(actor: Actor, seen: Seen, fields: Mapping[str, Any], said: Sequence[Comment]) -> tuple[Doubt, ...]:
    """What is missing or doubtful in the draft with these fields, and which comments wait for an answer."""
    kind, facts, written = library().kind(seen.kind), facts_of(actor.institution_id), filled_in(fields)
    return doubts(
        Draft(
            kind=kind,
            fields=written,
            began=queries.working_copy(actor, seen.id).began,
            text=text_from(actor, seen.kind, written, facts),
            institution=facts,
            law=library().law_of(actor.institution_id),
            on=dated(written, clock.day_in(actor.timezone, clock.now())),
            comments=tuple(said),
        )
    )
