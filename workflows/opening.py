"""Opening: that a post has opened a revision it is asked to decide on, kept once."""

from datetime import datetime

from governance.desk.models import Opened
from governance.documents.seen import Seen
from governance.kernel.db import db, insert_new, transaction
from governance.people.actors import Actor


def note_opened(seen: Seen, *, by: Actor, now: datetime) -> None:
    """Keep that the actor's post has this revision before it; a second time changes nothing.

    It leaves no line in the trail: it decides nothing, and a line for each look would bury what was decided.
    """
    if seen.revision is None or by.post_id is None:
        return
    with transaction():
        values = {
            "institution_id": by.institution_id,
            "document_id": seen.id,
            "post_id": by.post_id,
            "revision_number": seen.revision,
            "opened_at": now,
        }
        db.session.execute(insert_new(Opened).values(**values).on_conflict_do_nothing())
