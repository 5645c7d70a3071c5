"""The PDFs of a document: leaving a row for one to be printed, and reading how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from governance.documents.lifecycle import State
from governance.documents.models import Form, Rendition
from governance.documents.seen import Seen
from governance.kernel.db import db, insert_new, within
from governance.notices.models import Doing
from governance.people.actors import Actor

OPEN = (Doing.WAITING, Doing.RUNNING)


@dataclass(frozen=True)
class Shown:
    """A rendition as a page shows it; `before` is how many are printed before it, 0 when it is its turn."""

    form: Form
    state: Doing
    source_sha256: str
    word_sha256: str
    pdf_sha256: str | None
    answer: str
    before: int = 0


def leave_rendition(document_id: int, form: Form, files: tuple[str, str], *, by: Actor, at: datetime) -> bool:
    """Leave a file to be printed, as (the revision's sha256, that of the file printed); False where that was left."""
    db.session.flush()
    values = {
        "institution_id": by.institution_id,
        "document_id": document_id,
        "form": form,
        "source_sha256": files[0],
        "word_sha256": files[1],
        "state": Doing.WAITING,
        "asked_at": at,
        "due_at": at,
        "attempts": 0,
        "answer": "",
    }
    left = db.session.execute(insert_new(Rendition).values(**values).on_conflict_do_nothing().returning(Rendition.id))
    return left.first() is not None


def printable(document: Seen) -> str | None:
    """The file whose PDF can be asked for: the current revision's, once there is one that no longer changes."""
    return document.sha256 if document.state is not State.DRAFT else None


def renditions(actor: Actor, document: Seen) -> dict[Form, Shown]:
    """The newest rendition of each form of a document that the actor was shown; of the naskah, its present file's."""
    rows = within(actor.institution_id, Rendition).where(Rendition.document_id == document.id).order_by(Rendition.id)
    found = [row for row in db.session.scalars(rows) if _is_current(row, document)]
    newest = {row.form: row for row in found}
    waiting = [row for row in newest.values() if row.state in OPEN]
    before = _before(waiting) if waiting else {}
    return {form: _shown(row, before.get(row.id, 0)) for form, row in newest.items()}


def _is_current(row: Rendition, document: Seen) -> bool:
    return row.source_sha256 == printable(document)


def _before(waiting: Iterable[Rendition]) -> dict[int, int]:
    """How many stand in the one queue of all institutions before each; only counted, never shown."""
    counts = {}
    for row in waiting:
        earlier = (Rendition.due_at < row.due_at) | ((Rendition.due_at == row.due_at) & (Rendition.id < row.id))
        counted = select(func.count(Rendition.id)).where(Rendition.state.in_(OPEN), earlier)
        counts[row.id] = db.session.scalar(counted.execution_options(across=True)) or 0
    return counts


def _shown(row: Rendition, before: int) -> Shown:
    return Shown(row.form, row.state, row.source_sha256, row.word_sha256, row.pdf_sha256, row.answer, before)
