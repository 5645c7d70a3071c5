"""A form that came too late: what happened meanwhile, and what its reader had typed, which is not lost."""

from flask import render_template
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.kernel.db import db
from governance.kernel.errors import NotAllowed, OutOfOrder, Refusal, Stale
from governance.people.actors import Actor
from web.errors import change_told, status_of
from web.forms.reading import sent
from web.pages.shapes import document_shape
from web.wording import told

LATE = (Stale, NotAllowed, OutOfOrder)


def overtaken(actor: Actor, document_id: int, refusal: Refusal) -> tuple[Seen, dict[str, object], int]:
    """The document as it is now, what to say above it, and the status of the answer."""
    db.session.rollback()
    seen = queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))
    changed = [change_told(one) for one in getattr(refusal, "changed", ()) or _last_decision(actor, seen)]
    said = {"message": told(refusal.key, refusal.params), "changed": changed, "note": sent("reason")}
    return seen, said, int(status_of(refusal))


def _last_decision(actor: Actor, seen: Seen) -> list[str]:
    """What was decided last, where the refusal itself does not say what happened."""
    made = queries.decisions(actor, seen)[-1:]
    return [f"decision:{one.move.value}:{one.title}:{one.at.isoformat()}" for one in made]


def overtaken_page(seen: Seen, said: dict[str, object]) -> str:
    """Where nothing is left to decide: what happened, and the typed notes to keep."""
    return render_template(
        "overtaken.html", document=document_shape(seen), overtaken=said, title=_("Tidak ada yang dicatat")
    )
