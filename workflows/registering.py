"""Registering: Bagian Hukum enters, corrects and closes regulations of the institution's own register."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.mandates.entries import Entry
from governance.mandates.entry_rules import closing_problems, completable, entry_problems, key_for, named
from governance.mandates.models import RegulationEntry
from governance.mandates.register import Register, entry_row, register_of
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import facts_changed
from governance.trail.record import record
from workflows.library import Library


@dataclass(frozen=True)
class Closing:
    """From which day a row of the register is not used any more, and why; on the version that was seen."""

    version: int
    on: date | None
    reason: str


def enter(entry: Entry, *, by: Actor, now: datetime, library: Library) -> str:
    """Enter a regulation; returns its key. An entry with a key completes one that the register waits for."""
    with transaction():
        permissions.require(by, Act.KEEP_REGISTER)
        register = register_of(by.institution_id, library.law)
        if entry.key:
            _require_waiting(entry.key, register)
        entry = named(entry, register.institution)
        if problems := entry_problems(entry, register.law, day_in(by.timezone, now)):
            raise Invalid(*problems)
        if not entry.key:
            taken = {*register.law.regulations, *(one.key for one in register.entries)}
            entry = replace(entry, key=key_for(register.institution.key, entry, taken))
        row = RegulationEntry(institution_id=by.institution_id, entered_at=now, **_columns(entry))
        db.session.add(row)
        db.session.flush()
        facts_changed(by.institution_id)
        record("regulation.entered", by=by, about=("regulation", row.id), at=now, **_told(entry))
        return entry.key


def correct(entry: Entry, *, by: Actor, now: datetime, library: Library) -> None:
    """Correct an entry on the version that was seen; the trail keeps what each field said before."""
    with transaction():
        permissions.require(by, Act.KEEP_REGISTER)
        row = entry_row(by.institution_id, entry.key)
        _require_open(row, entry.version)
        register = register_of(by.institution_id, library.law)
        entry = named(entry, register.institution)
        if problems := entry_problems(entry, register.law, day_in(by.timezone, now)):
            raise Invalid(*problems)
        changed = {name: value for name, value in _columns(entry).items() if getattr(row, name) != value}
        if not changed:
            return
        before = {name: _plain(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        row.version += 1
        after = {name: _plain(value) for name, value in changed.items()}
        facts_changed(by.institution_id)
        record(
            "regulation.corrected", by=by, about=("regulation", row.id), at=now, key=row.key, before=before, after=after
        )


def close(key: str, closing: Closing, *, by: Actor, now: datetime, library: Library) -> None:
    """Close an entry from a day on, with a reason: it stays in the register and is used no more."""
    with transaction():
        permissions.require(by, Act.KEEP_REGISTER)
        row = entry_row(by.institution_id, key)
        _require_open(row, closing.version)
        if problems := closing_problems(closing.on, closing.reason, day_in(by.timezone, now)):
            raise Invalid(*problems)
        _require_unnamed(key, register_of(by.institution_id, library.law))
        row.closed_on, row.closed_reason, row.version = closing.on, closing.reason.strip(), row.version + 1
        said = {"key": key, "closed_on": _plain(closing.on), "reason": row.closed_reason}
        facts_changed(by.institution_id)
        record("regulation.closed", by=by, about=("regulation", row.id), at=now, **said)


def _require_waiting(key: str, register: Register) -> None:
    """Only what the register itself waits for can be completed, and once at a time."""
    regulation = register.law.regulations.get(key)
    if regulation is None:
        raise NotFound
    if not completable(regulation):
        raise Refusal("regulation.not_waiting", regulation=regulation.name)


def _require_open(row: RegulationEntry, version: int) -> None:
    if row.closed_on is not None:
        raise Refusal("regulation.closed")
    if row.version != version:
        raise Stale((f"register:{row.version}",))


def _require_unnamed(key: str, register: Register) -> None:
    """An entry that a standing fact names as the revoking or amending one cannot be closed before that."""
    named = [fact for fact in register.facts if fact.by == key and fact.closed_on is None]
    if named:
        target = register.law.regulations.get(named[0].key)
        raise Invalid(Problem("closed_on", "regulation.still_named", {"regulation": target.name if target else ""}))


def _columns(entry: Entry) -> dict[str, Any]:
    kept = asdict(entry)
    for name in ("gazette", "closed_on", "closed_reason", "id", "version"):
        del kept[name]
    gazette = entry.gazette
    return kept | {
        "kinds": list(entry.kinds),
        "gazette_kind": gazette.kind if gazette else None,
        "gazette_year": gazette.year if gazette else None,
        "gazette_number": gazette.number if gazette else None,
        "gazette_supplement": gazette.supplement if gazette else None,
    }


def _told(entry: Entry) -> dict[str, Any]:
    return {name: _plain(value) for name, value in _columns(entry).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
