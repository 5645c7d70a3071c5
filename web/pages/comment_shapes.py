"""What was said about a document, and where more can be said, as the pages show it."""

from typing import Any

from governance.documents.brief import Brief
from governance.documents.commented import commentable
from governance.documents.comments import comments_on
from governance.documents.dating import dated
from governance.documents.lifecycle import State
from governance.documents.seen import Seen
from governance.documents.text import DocumentText
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import institution_of, law_of, library
from web.forms.reading import sent


def comments_shape(actor: Actor, seen: Seen, text: DocumentText | None) -> dict[str, Any]:
    """The comments, the newest first, and the parts that may be commented on: first those of the paper."""
    said = {"comments": list(reversed(comments_on(actor, seen.id))), "places": [], "sections": []}
    if seen.state is not State.IN_REVIEW or text is None:
        return said
    fields = seen.fields
    on = dated(fields, clock.day_in(actor.timezone, clock.now()))
    law = law_of(actor)
    brief = Brief.of(library().kind(seen.kind), fields, institution_of(actor), law, on)
    parts = commentable(brief, text)
    return said | {
        "places": [(part.place, part.label) for part in parts if not part.place.startswith("form.")],
        "sections": [(part.place, part.label) for part in parts if part.place.startswith("form.")],
        "comment": {"place": sent("place"), "text": sent("text")},
    }
