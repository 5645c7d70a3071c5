"""The PDFs of a document: leaving a row for one to be printed, and reading how far each is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

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
    """The file whose PDF can be asked for: the one that holds, once there is one that no longer changes."""
    return document.file_sha256 if document.state is not State.DRAFT else None


def copyable(document: Seen) -> str | None:
    """The file of which a copy can be made: an act's, with all its signatures; so a Peraturan's once promulgated."""
    act = document.act
    signed = act is not None and act.sha256 is not None and act.in_force_from is not None
    return document.file_sha256 if signed else None


def renditions(actor: Actor, document: Seen) -> dict[Form, Shown]:
    """The newest rendition of each form of a document that the actor was shown; of the naskah, its present file's."""
    current = (Rendition.document_id == document.id) & (Rendition.source_sha256 == printable(document))
    rows = within(actor.institution_id, Rendition, Rendition, before_it()).where(current).order_by(Rendition.id)
    # Only the count looks across institutions: the queue is one for all, and nothing of another's row is shown.
    found = db.session.execute(rows.execution_options(across=True)).all()
    return {row.form: shown_from(row, before) for row, before in found}


def before_it() -> ColumnElement[int]:
    """How many stand in the queue of all institutions before a row; nothing is counted for one that is done."""
    other = aliased(Rendition)
    earlier = or_(other.due_at < Rendition.due_at, (other.due_at == Rendition.due_at) & (other.id < Rendition.id))
    counted = select(func.count(other.id)).where(other.state.in_(OPEN), earlier).correlate(Rendition)
    return case((Rendition.state.in_(OPEN), counted.scalar_subquery()), else_=0)


def standing() -> dict[str, int]:
    """How many renditions of all institutions stand in each state; a state without any is 0."""
    rows = select(Rendition.state, func.count()).group_by(Rendition.state).execution_options(across=True)
    return {state.value: 0 for state in Doing} | {row[0].value: row[1] for row in db.session.execute(rows)}


def shown_from(row: Rendition, before: int) -> Shown:
    """A row as pages show it."""
    return Shown(row.form, row.state, row.source_sha256, row.word_sha256, row.pdf_sha256, row.answer, before)
