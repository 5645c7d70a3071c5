"""The security class of the document that a page is about, as a part of a larger statement."""

from typing import Any

from sqlalchemy import Select, select

from governance.documents.models import Document
from governance.kernel.db import within
from governance.tasks.models import Assignment, Task


def class_of_document(institution_id: int, document_id: int) -> Any:
    """Of a document, as a scalar subquery; NULL where there is none."""
    return within(institution_id, Document, Document.secrecy).where(Document.id == document_id).scalar_subquery()


def class_behind_task(institution_id: int, task_id: int) -> Any:
    """Of the document that a unit's task comes from; NULL where it comes from none."""
    rows = _behind(institution_id).join(Task, Task.assignment_id == Assignment.id)
    return rows.where(Task.institution_id == institution_id, Task.id == task_id).scalar_subquery()


def class_behind_assignment(institution_id: int, assignment_id: int) -> Any:
    """Of the document that something asked comes from; NULL where it comes from none."""
    return _behind(institution_id).where(Assignment.id == assignment_id).scalar_subquery()


def _behind(institution_id: int) -> Select[Any]:
    rows = select(Document.secrecy).join(Assignment, Assignment.document_id == Document.id)
    return rows.where(Document.institution_id == institution_id)
