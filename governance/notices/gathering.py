"""Letters of several notices: a person's reminders of one day, and digests (decision 0054). Set-based, however many."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, FromClause, Select, case, exists, false, func, literal, select, update
from sqlalchemy.orm import aliased

from governance.kernel.clock import day_in
from governance.kernel.db import Moment, among, db, insert_new
from governance.notices.models import Enclosure, Message, Notice, NoticeSetting, Sending
from governance.notices.timing import Sort
from governance.notices.topics import Topic
from governance.people.models import Institution, Person
from governance.people.queries import ZONES

# What several bells find in the same quarter of an hour stands in one letter.
PAUSE = timedelta(minutes=15)
AT_ONCE = 10_000  # notices; SQLite takes a limited number of keys in one statement
ACROSS = {"across": True}  # A scan tells the persons of many institutions; each row follows from its own person's key.
PLAIN = ACROSS | {"synchronize_session": False}


def gather(told: FromClause, at: datetime, sort: Sort, topic: Topic | None = None) -> None:
    """Enclose the notices of `told` in each person's letter of that sort; digests for those alone who have one.

    The letter is the one that still collects, whatever its day: after an outage of days there is one. Else a new one
    of the day, or of the next where the day's has gone, so that there is never a second on one day.
    """
    new = db.session.execute(_not_enclosed(told, sort, topic), execution_options=ACROSS).all()
    for start in range(0, len(new), AT_ONCE):
        part = new[start : start + AT_ONCE]
        persons = sorted({person_id for _, person_id in part})
        _hold(persons, sort)
        _open(persons, at, sort)
        _enclose([notice_id for notice_id, _ in part], persons, sort)


def _not_enclosed(told: FromClause, sort: Sort, topic: Topic | None) -> Select[int, int]:
    """The keys of the notices of `told` that stand in no letter yet, each with its person's."""
    same = (Notice.person_id == told.c.person_id) & (Notice.cause == told.c.cause)
    rows = (
        select(Notice.id, Notice.person_id)
        .select_from(told)
        .join(Notice, (Notice.institution_id == told.c.institution_id) & same)
        .join(Person, Person.id == Notice.person_id)
        .where(
            Person.email.is_not(None),
            ~exists().where(Message.notice_id == Notice.id),
            ~exists().where(Enclosure.notice_id == Notice.id),
        )
    )
    if sort is Sort.DIGEST:
        rows = rows.join(NoticeSetting, NoticeSetting.person_id == Notice.person_id)
        rows = rows.where(NoticeSetting.digest_at.is_not(None))
        rows = rows.where(~NoticeSetting.off.contains(f",{topic.value},")) if topic else rows
    return rows.distinct().order_by(Notice.id)


def _day_of(at: datetime, sort: Sort, more: int) -> ColumnElement[date]:
    """The local day of a letter that is opened now; of a digest whose hour is over, the next day."""
    by_zone = []
    for zone in ZONES:
        today = day_in(zone, at) + timedelta(days=more)
        day: ColumnElement[date] = literal(today, Date)
        if sort is Sort.DIGEST:
            hour = at.astimezone(ZoneInfo(zone)).hour
            day = case((NoticeSetting.digest_at > hour, day), else_=literal(today + timedelta(days=1), Date))
        by_zone.append((Institution.timezone == zone, day))
    return case(*by_zone, else_=by_zone[0][1])


def _collects(letter: Any, sort: Sort) -> ColumnElement[bool]:
    """Whether more may be enclosed: nobody has it in hand, and no mail server may have it already."""
    waits = letter.state.in_([Sending.CREATED, Sending.FAILED_TEMPORARY])
    more: ColumnElement[bool] = (letter.sort == sort) & waits & letter.firm.is_(False)
    return more


def _hold(persons: Sequence[int], sort: Sort) -> None:
    """Lock the letters that will take more, so that none leaves meanwhile, and give what they take its full patience.

    Locked in the order of their keys, as everywhere.
    """
    mine = among(Message.person_id, persons) & _collects(Message, sort)
    held = select(Message.id).where(mine).order_by(Message.id).with_for_update().cte("held")
    fewer = case((Message.attempts > 1, 1), else_=Message.attempts)
    which = update(Message).where(Message.id.in_(select(held.c.id)))
    db.session.execute(which.values(attempts=fewer), execution_options=PLAIN)


def _open(persons: Sequence[int], at: datetime, sort: Sort) -> None:
    """A letter for each person who has none that collects."""
    gone, there = aliased(Message), aliased(Message)
    first = _day_of(at, sort, 0)
    went = exists().where(gone.person_id == Person.id, gone.sort == sort, gone.day == first)
    values: dict[str, Any] = {
        "institution_id": Person.institution_id,
        "person_id": Person.id,
        "sort": literal(sort.value),
        "day": case((went, _day_of(at, sort, 1)), else_=first),
        "state": literal(Sending.CREATED.value),
        "due_at": literal(at + PAUSE, Moment),
        "attempts": literal(0),
        "answer": literal(""),
        "firm": false(),
    }
    rows = select(*values.values()).select_from(Person).join(Institution, Institution.id == Person.institution_id)
    if sort is Sort.DIGEST:
        rows = rows.join(NoticeSetting, NoticeSetting.person_id == Person.id)
    rows = rows.where(among(Person.id, persons), ~exists().where(there.person_id == Person.id, _collects(there, sort)))
    written = insert_new(Message).from_select(list(values), rows).on_conflict_do_nothing()
    db.session.execute(written, execution_options=ACROSS)


def _enclose(notices: Sequence[int], persons: Sequence[int], sort: Sort) -> None:
    """Each notice in its person's letter that still collects; the oldest, where there are two."""
    letter = (
        select(Message.person_id, func.min(Message.id).label("id"))
        .where(among(Message.person_id, persons), _collects(Message, sort))
        .group_by(Message.person_id)
        .subquery()
    )
    rows = (
        select(Notice.institution_id, letter.c.id, Notice.id)
        .join(letter, letter.c.person_id == Notice.person_id)
        .where(among(Notice.id, notices))
    )
    written = insert_new(Enclosure).from_select(["institution_id", "message_id", "notice_id"], rows)
    db.session.execute(written.on_conflict_do_nothing(), execution_options=ACROSS)
