"""Obligations: the ministry's letter entered; the timetable follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_

from governance.documents.scans import require_scan
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, Problem, Stale
from governance.kernel.texts import unprintable
from governance.mandates.evaluation import Round
from governance.notices.leaving import leave
from governance.obligations.models import EvaluationLetter
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library


@dataclass(frozen=True)
class Letter:
    """The ministry's letter as typed; `windows` are {stage, start, end} with ISO days or None; `version` 0 is new."""

    year: int
    round: Round
    number: str
    dated_on: date
    windows: Sequence[dict[str, Any]] = field(default_factory=tuple)
    scan: bytes | None = None
    version: int = 0


def enter_letter(letter: Letter, *, by: Actor, now: datetime, library: Library) -> None:
    """Enter or replace the ministry's letter of a year; a job lets the year's dates and their ladders follow it."""
    with transaction() as after_commit:
        permissions.require(by, Act.ENTER_LETTER)
        _require_letter(letter, library, day_in(by.timezone, now))
        row = _letter_row(letter, by)
        row.round, row.number, row.dated_on = letter.round, letter.number.strip(), letter.dated_on
        row.windows, row.entered_at = [dict(window) for window in letter.windows], now
        if letter.scan:
            require_scan(letter.scan)
            row.scan_sha256 = library.files.keep(letter.scan)
        _tell_windows(letter, by, now)
        told = {"key": "because.letter", "params": {"number": row.number, "year": letter.year}}
        timetable_changed(f"letter:{letter.year}:{row.version}", by=by, at=now, because=told)
        record(
            "obligation.letter_entered",
            by=by,
            about=("evaluation", letter.year),
            at=now,
            number=row.number,
            round=letter.round.value,
            windows=row.windows,
            scan=row.scan_sha256,
        )
        after_commit(ring("jobs.run", "notices.deliver"))


def _letter_row(letter: Letter, by: Actor) -> EvaluationLetter:
    rows = within(by.institution_id, EvaluationLetter).where(EvaluationLetter.year == letter.year)
    row: EvaluationLetter | None = db.session.scalar(rows.with_for_update())
    if (row.version if row else 0) != letter.version:
        raise Stale((f"letter:{row.number}",) if row else (), year=letter.year)
    if row is None:
        row = EvaluationLetter(institution_id=by.institution_id, year=letter.year, version=0)
        db.session.add(row)
    row.version += 1
    return row


def _require_letter(letter: Letter, library: Library, today: date) -> None:
    problems = unprintable("number", letter.number)
    if letter.year not in range(2018, today.year + 3):
        problems.append(Problem("year", "document.year", {"first": 2018, "last": today.year + 2}))
    if not letter.number.strip():
        problems.append(Problem("number", "draft.missing"))
    if letter.dated_on > today:
        problems.append(Problem("dated_on", "enact.future", {"today": today.isoformat()}))
    problems += _window_problems(letter.windows, library)
    if letter.round is not Round.NONE and not any(window.get("end") for window in letter.windows):
        problems.append(Problem("windows", "letter.no_window"))
    if problems:
        raise Invalid(*problems)


def _window_problems(windows: Sequence[dict[str, Any]], library: Library) -> list[Problem]:
    """Known stages, no end before its start; a second window of a stage extends the first or opens it again later."""
    problems, ends = [], dict[str, str]()
    for index, window in enumerate(windows):
        stage, start, end = window.get("stage"), window.get("start"), window.get("end")
        if stage not in library.law.stages:
            problems.append(Problem(f"windows.{index}.stage", "letter.unknown_stage"))
        if start and end and start > end:
            problems.append(Problem(f"windows.{index}.end", "draft.end_before_start", {"start": start}))
        before = ends.get(str(stage))
        if before is not None and (not end or end <= before):
            problems.append(Problem(f"windows.{index}.end", "letter.not_later", {"day": before}))
        ends[str(stage)] = end or before or ""
    return problems


def _tell_windows(letter: Letter, by: Actor, now: datetime) -> None:
    posts = within(by.institution_id, Post, Post.id).where(or_(Post.role == Role.DIGITAL, Post.role == Role.SECRETARY))
    leave(
        posts,
        "obligation.letter_entered",
        by=by,
        at=now,
        cause=f"letter:{letter.year}:{letter.version + 1}",
        params={"year": letter.year, "number": letter.number.strip()[:200], "round": letter.round.value},
    )
