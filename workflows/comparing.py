"""Comparing: what differs between a revision and the one before it is computed once and kept."""

from datetime import datetime

from governance.documents.comparison import compare
from governance.documents.models import StoredComparison
from governance.documents.revisions import revisions_of
from governance.kernel.db import db, insert_new, transaction, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.trail.record import record
from workflows.library import Library


def store(document_id: int, number: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Keep what differs between a revision and the one before it; doing it twice adds nothing.

    The files are read and compared before the transaction begins, so that no one waits for it.
    """
    cuts = {cut.number: cut for cut in revisions_of(by, document_id)}
    if number not in cuts or number - 1 not in cuts:
        raise NotFound
    before, after = cuts[number - 1], cuts[number]
    found = compare(library.files.read(before.sha256), library.files.read(after.sha256))
    with transaction():
        rows = within(by.institution_id, StoredComparison, StoredComparison.id)
        if db.session.scalar(rows.where(StoredComparison.revision_id == after.id).limit(1)) is not None:
            return
        values = {
            "institution_id": by.institution_id,
            "document_id": document_id,
            "before_id": before.id,
            "revision_id": after.id,
            "content": found.as_data(),
            "changed": sum(found.counts.values()),
            "created_at": now,
        }
        db.session.execute(insert_new(StoredComparison).values(**values).on_conflict_do_nothing())
        about = ("document", document_id)
        record("document.compared", by=by, about=about, at=now, before=before.number, after=after.number)
