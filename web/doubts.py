"""A draft looked through: what its form opens on, and what its review page lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from governance.documents.comments import Comment
from governance.documents.dating import dated
from governance.documents.doubts import Doubt, Draft, doubts
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import copy_of, institution_of, law_of, library
from web.forms.draft import filled_in
from web.sheets import text_from


def looked_through(actor: Actor, seen: Seen, fields: Mapping[str, Any], said: Sequence[Comment]) -> tuple[Doubt, ...]:
    """What is missing or doubtful in the draft with these fields, and which comments wait for an answer."""
    kind, facts, written = library().kind(seen.kind), institution_of(actor), filled_in(fields)
    return doubts(
        Draft(
            kind=kind,
            fields=written,
            began=copy_of(actor, seen).began,
            text=text_from(actor, seen.kind, written, facts),
            institution=facts,
            law=law_of(actor),
            on=dated(written, clock.day_in(actor.timezone, clock.now())),
            comments=tuple(said),
        )
    )
