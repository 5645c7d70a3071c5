"""The revisions of a document, and what differs between two of them: stored once, computed anew where nothing is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from governance.documents.comparison import Comparison, compare
from governance.documents.models import Origin, Revision, StoredComparison
from governance.kernel.db import db, within
from governance.notices.leaving import leave_job
from governance.people.actors import Actor

JOB = "comparing.store"


@dataclass(frozen=True)
class Cut:
    """A revision as a page names it."""

    id: int
    number: int
    origin: Origin
    sha256: str
    created_at: datetime


def revisions_of(actor: Actor, document_id: int) -> list[Cut]:
    """The revisions of a document that the actor may see, oldest first."""
    rows = within(actor.institution_id, Revision).where(Revision.document_id == document_id).order_by(Revision.number)
    return [Cut(row.id, row.number, Origin(row.origin), row.sha256, row.created_at) for row in db.session.scalars(rows)]


def last_seen(revisions: Sequence[Cut], sha256s: Sequence[str | None]) -> Cut | None:
    """The revision that someone saw last: of the files he decided on, oldest first, the last that is not current."""
    older = {cut.sha256: cut for cut in revisions[:-1]}
    return next((older[sha256] for sha256 in reversed(sha256s) if sha256 in older), None)


def difference(actor: Actor, before: Cut, after: Cut, read: Callable[[str], bytes]) -> Comparison:
    """What differs between two revisions, as stored or else computed from their files (`read` gives them)."""
    rows = within(actor.institution_id, StoredComparison, StoredComparison.content)
    content = db.session.scalar(
        rows.where(StoredComparison.before_id == before.id, StoredComparison.revision_id == after.id)
    )
    stored = Comparison.from_data(content) if content is not None else None
    return stored or compare(read(before.sha256), read(after.sha256))


def leave_comparison(revision: Revision, *, by: Actor, at: datetime) -> None:
    """Let the revision just cut be compared with the one before it, soon and outside this verb; a first has none."""
    if revision.number > 1:
        leave_job(
            JOB,
            key=f"revision:{revision.id}",
            by=by,
            at=at,
            document_id=revision.document_id,
            number=revision.number,
        )
