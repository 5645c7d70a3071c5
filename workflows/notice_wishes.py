"""What a person chooses of e-mail: at once or one digest a day, quiet hours, what he wants none of."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from governance.kernel.db import db, insert_new, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from governance.notices.models import Message, NoticeSetting, Sending
from governance.notices.timing import Quiet
from governance.notices.topics import TERMS, Topic, off_of
from governance.people.actors import Actor, system
from governance.people.models import Institution
from governance.people.queries import institution_named
from governance.trail.record import record
from workflows.bells import ring

HOURS = range(24)


@dataclass(frozen=True)
class Wish:
    """What was chosen. `digest_at`: the hour of the digest, None for at once; `quiet`: None for the institution's."""

    digest_at: int | None = None
    quiet: Quiet | None = None
    off: frozenset[Topic] = field(default_factory=frozenset)


def choose(wish: Wish, *, by: Actor, now: datetime) -> None:
    """Keep what a person chose; what waits to leave is looked at again, so that it holds from now on."""
    if by.person_id is None:
        raise NotAllowed
    with transaction() as after_commit:
        if problems := _problems(wish, by):
            raise Invalid(*problems)
        row = _row(by.institution_id, by.person_id)
        row.digest_at, row.off = wish.digest_at, off_of(wish.off)
        row.quiet_from = wish.quiet.from_hour if wish.quiet else None
        row.quiet_to = wish.quiet.to_hour if wish.quiet else None
        waiting = (Message.institution_id == by.institution_id) & (Message.person_id == by.person_id)
        waiting &= Message.state == Sending.CREATED
        db.session.execute(update(Message).where(waiting).values(due_at=now))
        record("person.notices_chosen", by=by, about=("person", by.person_id), at=now)
        after_commit(ring("notices.deliver"))


def set_quiet_hours(key: str, quiet: Quiet, *, now: datetime) -> None:
    """The hours in which an institution's e-mail waits, where a person has none of his own; equal: none."""
    if quiet.from_hour not in HOURS or quiet.to_hour not in HOURS:
        raise Invalid(Problem("quiet", "letter.hour"))
    with transaction() as after_commit:
        institution = institution_named(key)
        if institution is None:
            raise NotFound("refused.no_institution", key=key)
        institution.quiet_from, institution.quiet_to = quiet.from_hour, quiet.to_hour
        waiting = (Message.institution_id == institution.id) & (Message.state == Sending.CREATED)
        db.session.execute(update(Message).where(waiting).values(due_at=now))
        by, about = system(institution.id, institution.timezone), ("institution", institution.id)
        record("institution.quiet_hours", by=by, about=about, at=now, start=quiet.from_hour, end=quiet.to_hour)
        after_commit(ring("notices.deliver"))


def _problems(wish: Wish, by: Actor) -> list[Problem]:
    quiet = wish.quiet or _quiet_of(by.institution_id)
    hours = {"digest_at": wish.digest_at, "quiet_from": quiet.from_hour, "quiet_to": quiet.to_hour}
    problems = [Problem(name, "letter.hour") for name, hour in hours.items() if hour is not None and hour not in HOURS]
    if wish.digest_at is not None and quiet.covers(wish.digest_at):
        problems.append(Problem("digest_at", "letter.digest_in_quiet"))
    if any(not TERMS[topic].may_be_off for topic in wish.off):
        problems.append(Problem("off", "letter.compulsory"))
    return problems


def _quiet_of(institution_id: int) -> Quiet:
    own = select(Institution.quiet_from, Institution.quiet_to).where(Institution.id == institution_id)
    return Quiet(*db.session.execute(own).one())


def _row(institution_id: int, person_id: int) -> NoticeSetting:
    """The person's row, made where there is none yet; locked, so that two browsers do not make two."""
    fresh = {"institution_id": institution_id, "person_id": person_id, "off": ""}
    db.session.execute(insert_new(NoticeSetting).values(fresh).on_conflict_do_nothing())
    mine = within(institution_id, NoticeSetting).where(NoticeSetting.person_id == person_id)
    row: NoticeSetting = db.session.scalars(mine.with_for_update()).one()
    return row
