"""Keeping evidence: a file by its content once in an institution, an act once; what is known is only added to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.assessment.evidence import kept_with_uses
from governance.assessment.evidence_models import Evidence
from governance.assessment.eyes import eyes_of, stricter
from governance.documents.models import Act as Enacted
from governance.documents.models import Document, Secrecy
from governance.documents.queries import readable
from governance.kernel.clock import day_in
from governance.kernel.db import db, insert_new, within
from governance.kernel.errors import Invalid, NotFound, Problem
from governance.people.actors import Actor
from governance.people.roles import Role
from governance.tasks.handing_in import FilePart, file_problems, media_of
from governance.tasks.models import Assignment, HandIn, HandInFile, Task
from workflows.library import Library
from workflows.screening import require_clean


@dataclass(frozen=True)
class Facts:
    """What is said of a piece of evidence wherever it is offered."""

    dated_on: date | None = None
    expires_on: date | None = None
    signed: bool = False
    secrecy: Secrecy = Secrecy.BIASA


@dataclass(frozen=True)
class Piece:
    """What is offered: a file that comes now, or what is here already, by its key. Exactly one of them."""

    file: FilePart | None = None
    evidence_id: int | None = None
    act_id: int | None = None
    handed_id: int | None = None  # a file that the office handed in for a task


def require_piece(piece: Piece, library: Library) -> None:
    """Invalid unless there is exactly one thing, and a file is of a kind, a size and a content that is taken.

    Called before the transaction: clamd may take its time.
    """
    given = [one for one in (piece.file, piece.evidence_id, piece.act_id, piece.handed_id) if one is not None]
    if len(given) != 1:
        raise Invalid(Problem("file", "evidence.nothing" if not given else "evidence.one_thing"))
    if piece.file is None:
        return
    if not piece.file.data:
        raise Invalid(Problem("file", "evidence.empty_file", {"name": piece.file.name[:80]}))
    if problems := file_problems([piece.file]):
        raise Invalid(*(Problem("file", one.key, one.params) for one in problems))
    require_clean([piece.file], library, place="file")


def facts_problems(facts: Facts, today: date) -> list[Problem]:
    """What cannot be true of a piece of evidence."""
    problems = []
    if facts.dated_on is not None and facts.dated_on > today:
        problems.append(Problem("dated_on", "evidence.dated_later", {"today": today.isoformat()}))
    if facts.dated_on is not None and facts.expires_on is not None and facts.expires_on < facts.dated_on:
        problems.append(Problem("expires_on", "evidence.expires_early", {"dated_on": facts.dated_on.isoformat()}))
    return problems


def keep(piece: Piece, facts: Facts, *, by: Actor, now: datetime, library: Library) -> tuple[Evidence, bool]:
    """The row of a piece, in a verb's transaction, and whether it is new; NotFound for what the actor may not see."""
    if problems := facts_problems(facts, day_in(by.timezone, now)):
        raise Invalid(*problems)
    if piece.evidence_id is not None:
        kept_with_uses(eyes_of(by), piece.evidence_id)
        return _added_to(_locked(Evidence.id == piece.evidence_id, by), facts), False
    if piece.act_id is not None:
        return _act(piece.act_id, facts, by, now)
    if piece.handed_id is not None:
        file, secrecy = _handed(piece.handed_id, by, library)
        wider = Facts(facts.dated_on, facts.expires_on, facts.signed, stricter(facts.secrecy, secrecy))
        return _file(file, wider, by, now, library)
    assert piece.file is not None, "require_piece was not asked"
    return _file(piece.file, facts, by, now, library)


def _file(file: FilePart, facts: Facts, by: Actor, now: datetime, library: Library) -> tuple[Evidence, bool]:
    """The row of that content. Of two that come at once the second waits, and finds the first's."""
    sha256 = library.files.keep(file.data)
    values = {"name": file.name, "sha256": sha256, "media": media_of(file), "size": len(file.data)}
    return _row(values, Evidence.sha256 == sha256, facts, by, now)


def _act(act_id: int, facts: Facts, by: Actor, now: datetime) -> tuple[Evidence, bool]:
    rows = (
        within(by.institution_id, Document, Enacted, Document.secrecy)
        .join(Enacted, Enacted.id == Document.act_id)
        .where(Document.act_id == act_id, readable(by))
    )
    found = db.session.execute(rows).first()
    if found is None:
        raise NotFound
    act, secrecy = found
    own = Facts(act.signed_on, act.last_day, signed=True, secrecy=stricter(facts.secrecy, secrecy))
    name = f"{act.title} (Nomor {act.number})"[:300]
    return _row({"name": name, "act_id": act_id}, Evidence.act_id == act_id, own, by, now)


def _handed(file_id: int, by: Actor, library: Library) -> tuple[FilePart, Secrecy]:
    """A file that the actor's office handed in (any office's, for the digital one), with its document's class."""
    rows = (
        within(by.institution_id, HandInFile, HandInFile, Task.unit_id, Document.secrecy)
        .join(HandIn, HandIn.id == HandInFile.hand_in_id)
        .join(Task, Task.id == HandIn.task_id)
        .join(Assignment, Assignment.id == Task.assignment_id)
        .outerjoin(Document, Document.id == Assignment.document_id)
        .where(HandInFile.id == file_id)
    )
    found = db.session.execute(rows).first()
    if found is None or not (found[1] == by.unit_id or by.role is Role.DIGITAL):
        raise NotFound
    row, _unit_id, secrecy = found
    return FilePart(row.name, library.files.read(row.sha256)), secrecy or Secrecy.BIASA


def _row(values: dict[str, Any], same: Any, facts: Facts, by: Actor, now: datetime) -> tuple[Evidence, bool]:
    told = {
        "institution_id": by.institution_id,
        "media": "",
        "size": 0,
        "dated_on": facts.dated_on,
        "expires_on": facts.expires_on,
        "signed": facts.signed,
        "secrecy": facts.secrecy,
        "unit_id": by.unit_id,
        "by_title": by.title,
        "at": now,
        "withdrawn_by": "",
        "withdrawn_reason": "",
        **values,
    }
    added = db.session.scalar(insert_new(Evidence).values(told).on_conflict_do_nothing().returning(Evidence.id))
    row = _locked(same, by)
    return (row, True) if added is not None else (_added_to(row, facts), False)


def _locked(same: Any, by: Actor) -> Evidence:
    """The row that is in force, locked so that it is not discarded meanwhile; NotFound."""
    rows = within(by.institution_id, Evidence).where(same, Evidence.withdrawn_at.is_(None))
    row: Evidence | None = db.session.scalar(rows.with_for_update())
    if row is None:
        raise NotFound
    return row


def _added_to(row: Evidence, facts: Facts) -> Evidence:
    """What was not said of it before is said now, the stricter class wins, and nothing is taken back."""
    row.secrecy = stricter(Secrecy(row.secrecy), facts.secrecy)
    row.signed = row.signed or facts.signed
    row.dated_on = row.dated_on or facts.dated_on
    row.expires_on = row.expires_on or facts.expires_on
    return row
