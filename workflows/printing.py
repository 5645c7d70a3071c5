"""Printing: a PDF is asked for, an act's copy is made, and LibreOffice prints what waits, many files with one start."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import or_, select, update

from governance.documents import queries
from governance.documents.copying import copied
from governance.documents.models import Form, Rendition
from governance.documents.renditions import copyable, leave_rendition, printable
from governance.documents.seen import Seen
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Refusal
from governance.notices.models import Doing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.queries import signature_of
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library
from workflows.outside.soffice import Fault, NotThere, Printed, Printer, alone, printed, wrong_font

LEASE = timedelta(minutes=5)  # Renewed while the part is printed; a bell never takes as long.
LONGEST_BELL = timedelta(seconds=100)  # Then what is left goes back, so that a worker that must stop can.
MOST_ATTEMPTS = 3
AT_A_BELL = 200  # files that are claimed together and printed with one start
RENEW_EVERY = timedelta(minutes=1)

NOT_INSTALLED, WRONG_FONT = "pdf.not_installed", "pdf.wrong_font"
ANSWERS = {Fault.MISSING: "pdf.file_gone", Fault.UNREADABLE: "pdf.unreadable", Fault.STUCK: "pdf.stuck"}

log = structlog.get_logger()


@dataclass(frozen=True)
class Claimed:
    """A rendition that this process prints."""

    id: int
    word_sha256: str
    attempts: int


@dataclass
class _Part:
    """What was claimed together; what is left of it when the bell ends goes back."""

    now: datetime
    left: dict[int, Claimed]
    began: float = field(default_factory=time.monotonic)
    renewed: timedelta = timedelta()

    @property
    def passed(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self.began)


def ask_pdf(document_id: int, form: Form, *, by: Actor, now: datetime, printer: Printer) -> None:
    """Ask for the PDF of a document's present file or of its copy; asking for what is on its way adds nothing."""
    with transaction() as after_commit:
        document = queries.document(by, document_id, day_in(by.timezone, now))
        sha256 = printable(document)
        if sha256 is None:
            raise Refusal("pdf.no_revision")
        if printer.program is None:
            raise Refusal(NOT_INSTALLED)
        row = _newest(document, form, by, sha256)
        if row is None and form is Form.SALINAN:
            raise Refusal("copy.none")
        if not (_again(row, now) if row else leave_rendition(document.id, form, (sha256, sha256), by=by, at=now)):
            return
        printed_file = row.word_sha256 if row else sha256
        record("document.pdf_asked", by=by, about=("document", document.id), at=now, form=form, sha256=printed_file)
        after_commit(ring("renditions.print"))


def make_copy(document_id: int, *, by: Actor, now: datetime, library: Library) -> None:
    """Make the authenticated copy (salinan) of an act from its sealed file, in the name of who holds the post today.

    The same act authenticated by the same holder is the same copy; it is made once.
    """
    with transaction() as after_commit:
        permissions.require(by, permissions.Act.COPY)
        document = queries.document(by, document_id, day_in(by.timezone, now))
        sealed = copyable(document)
        if sealed is None:
            raise Refusal("copy.no_sealed_file")
        copy = library.files.keep(_copy(library.files.read(sealed), by))
        if not leave_rendition(document.id, Form.SALINAN, (sealed, copy), by=by, at=now):
            return
        record("document.copied", by=by, about=("document", document.id), at=now, sealed=sealed, copy=copy)
        after_commit(ring("renditions.print"))


def _copy(sealed: bytes, by: Actor) -> bytes:
    office, name = signature_of(by)
    return copied(sealed, office=office, name=name)


def _newest(document: Seen, form: Form, by: Actor, sha256: str) -> Rendition | None:
    mine = (Rendition.document_id == document.id) & (Rendition.form == form) & (Rendition.source_sha256 == sha256)
    rows = within(by.institution_id, Rendition).where(mine).order_by(Rendition.id.desc()).limit(1)
    found: Rendition | None = db.session.scalar(rows.with_for_update())
    return found


def _again(row: Rendition, now: datetime) -> bool:
    """Let it be printed once more if it failed, or if it was printed in a wrong font; else False."""
    if row.state is not Doing.FAILED and not row.answer:
        return False
    row.state, row.due_at, row.lease_until, row.attempts, row.answer = Doing.WAITING, now, None, 0, ""
    return True


def print_due(
    *, now: datetime, library: Library, printer: Printer, most: int = AT_A_BELL, longest: timedelta = LONGEST_BELL
) -> int:
    """Print what waits: claimed in one transaction, printed outside any, marked one by one as it is finished.

    Returns how many PDFs were made. Where LibreOffice is not installed, what waits is told so and waits no longer.
    """
    if printer.program is None:
        return _refuse_all(now, most)
    with alone(printer) as free:
        part = _Part(now, {one.id: one for one in _claimed(now, most)}) if free else _Part(now, {})
        try:
            return _print_part(part, library, printer, longest)
        except NotThere as error:
            log.error("LibreOffice cannot be started", program=printer.program, error=str(error))
            _mark(list(part.left), Doing.FAILED, NOT_INSTALLED)
            part.left.clear()
            return 0
        finally:
            _give_back(part)


def _refuse_all(now: datetime, most: int) -> int:
    claimed = _claimed(now, most)
    if claimed:
        _mark([one.id for one in claimed], Doing.FAILED, NOT_INSTALLED)
    return 0


def _claimed(now: datetime, most: int) -> Sequence[Claimed]:
    """Take what is due for this process: a lease that has run out (its process died) makes a row due again."""
    free = or_(Rendition.state == Doing.WAITING, (Rendition.state == Doing.RUNNING) & (Rendition.lease_until < now))
    due = select(Rendition.id).where(free, Rendition.due_at <= now).order_by(Rendition.due_at, Rendition.id).limit(most)
    if not db.session.scalars(due.execution_options(across=True)).first():
        return []
    with transaction():
        ids = db.session.scalars(due.with_for_update(skip_locked=True).execution_options(across=True)).all()
        taken = {"state": Doing.RUNNING, "lease_until": now + LEASE, "attempts": Rendition.attempts + 1}
        db.session.execute(update(Rendition).where(Rendition.id.in_(ids)).values(**taken))
        rows = select(Rendition.id, Rendition.word_sha256, Rendition.attempts).where(Rendition.id.in_(ids))
        found = db.session.execute(rows.order_by(Rendition.id).execution_options(across=True)).all()
    return [Claimed(*row) for row in found]


def _print_part(part: _Part, library: Library, printer: Printer, longest: timedelta) -> int:
    """Print and mark; a file over which LibreOffice stood still is tried again later, a few times."""
    tried_enough = [one.id for one in part.left.values() if one.attempts > MOST_ATTEMPTS]
    if tried_enough:  # Each time the process that printed them died.
        _mark(tried_enough, Doing.FAILED, ANSWERS[Fault.STUCK])
        part.left = {key: one for key, one in part.left.items() if key not in tried_enough}
    order = list(part.left.values())
    done = 0
    with closing(printed([_place(library, one) for one in order], printer)) as outcomes:
        for outcome in outcomes:
            done += _take(order[outcome.number], outcome, part, library)
            if part.passed > longest:
                break
            if part.passed - part.renewed > RENEW_EVERY:
                _renew(part)
    return done


def _place(library: Library, one: Claimed) -> Path:
    return library.files.place(one.word_sha256)


def _take(one: Claimed, outcome: Printed, part: _Part, library: Library) -> bool:
    del part.left[one.id]
    if outcome.pdf is not None:
        _mark([one.id], Doing.DONE, WRONG_FONT if wrong_font() else "", pdf_sha256=library.files.keep(outcome.pdf))
        return True
    assert outcome.fault is not None  # a file has a PDF or a fault
    log.warning("not printed", rendition=one.id, fault=outcome.fault)
    if outcome.fault is Fault.STUCK and one.attempts < MOST_ATTEMPTS:
        later = part.now + part.passed + timedelta(seconds=30 * 2**one.attempts)
        _mark([one.id], Doing.WAITING, "", due_at=later)
    else:
        _mark([one.id], Doing.FAILED, ANSWERS[outcome.fault])
    return False


def _mark(ids: Sequence[int], state: Doing, answer: str, **more: object) -> None:
    """What came of it; only a row still claimed is marked, so that two that print the same mark it once."""
    values = {"state": state, "answer": answer, "lease_until": None, **more}
    with transaction():
        claimed = Rendition.id.in_(list(ids)) & (Rendition.state == Doing.RUNNING)
        db.session.execute(update(Rendition).where(claimed).values(**values))


def _renew(part: _Part) -> None:
    part.renewed = part.passed
    with transaction():
        until = part.now + part.passed + LEASE
        db.session.execute(update(Rendition).where(Rendition.id.in_(list(part.left))).values(lease_until=until))


def _give_back(part: _Part) -> None:
    """What the bell did not come to waits on as if it had not been claimed."""
    if not part.left:
        return
    with transaction():
        mine = Rendition.id.in_(list(part.left)) & (Rendition.state == Doing.RUNNING)
        back = {"state": Doing.WAITING, "lease_until": None, "attempts": Rendition.attempts - 1}
        db.session.execute(update(Rendition).where(mine).values(**back))
