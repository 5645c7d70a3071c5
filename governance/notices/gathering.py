"""Letters of several notices: a person's reminders of one day, and digests (decision 0054). Set-based, however many."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, FromClause, Select, case, exists, false, func, literal, select, update
from sqlalchemy.orm import aliased

from governance.kernel.clock import day_in
from governance.kernel.db import Moment, db, insert_new
from governance.notices.models import Enclosure, Message, Notice, NoticeSetting, Sending
from governance.notices.timing import Sort
from governance.notices.topics import Topic
from governance.people.models import Institution, Person
from governance.people.queries import ZONES

# What several bells find in the same quarter of an hour stands in one letter.
PAUSE = timedelta(minutes=15)
PLAIN = {"synchronize_session": False}


def gather(told: FromClause, at: datetime, sort: Sort, topic: Topic | None = None) -> None:
    """Enclose the notices of `told` in each person's letter of that sort; digests for those alone who have one.

    The letter is the one that still collects, whatever its day: after an outage of days there is one. Else a new one
    of the day, or of the next where the day's has gone, so that there is never a second on one day.
    """
    new = _not_enclosed(told, at, sort, topic)
    _hold(new, sort)
    _open(new, at, sort)
    rows = select(new.c.institution_id, _collecting(new, sort), new.c.notice_id)
    columns = ["institution_id", "message_id", "notice_id"]
    rows = rows.where(_collecting(new, sort).is_not(None))
    db.session.execute(insert_new(Enclosure).from_select(columns, rows).on_conflict_do_nothing())


def _not_enclosed(told: FromClause, at: datetime, sort: Sort, topic: Topic | None) -> Any:
    """The notices of `told` that stand in no letter yet: institution_id, person_id, notice_id, first, next."""
    same = (Notice.person_id == told.c.person_id) & (Notice.cause == told.c.cause)
    rows = (
        select(
            Notice.institution_id,
            Notice.person_id,
            Notice.id.label("notice_id"),
            _day_of(at, sort, 0).label("first"),
            _day_of(at, sort, 1).label("next"),
        )
        .select_from(told)
        .join(Notice, (Notice.institution_id == told.c.institution_id) & same)
        .join(Person, Person.id == Notice.person_id)
        .join(Institution, Institution.id == Notice.institution_id)
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
    return rows.subquery()


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


def _collecting(new: Any, sort: Sort) -> Any:
    """The key of that person's letter that still collects; the oldest, where there are two."""
    letter = aliased(Message)
    his = (letter.institution_id == new.c.institution_id) & (letter.person_id == new.c.person_id)
    return select(func.min(letter.id)).where(his, _collects(letter, sort)).scalar_subquery()


def _hold(new: Any, sort: Sort) -> None:
    """Lock the letters that will take more, so that none leaves meanwhile, and give what they take its full patience.

    Locked in the order of their keys, as everywhere.
    """
    mine = Message.institution_id.in_(select(new.c.institution_id)) & Message.person_id.in_(select(new.c.person_id))
    held = select(Message.id).where(mine, _collects(Message, sort)).order_by(Message.id).with_for_update().cte("held")
    fewer = case((Message.attempts > 1, 1), else_=Message.attempts)
    which = Message.institution_id.in_(select(new.c.institution_id)) & Message.id.in_(select(held.c.id))
    db.session.execute(update(Message).where(which).values(attempts=fewer), execution_options=PLAIN)


def _open(new: Any, at: datetime, sort: Sort) -> None:
    """A letter for each person who has none that collects."""
    gone = aliased(Message)
    his = (gone.institution_id == new.c.institution_id) & (gone.person_id == new.c.person_id)
    went = exists().where(his, gone.sort == sort, gone.day == new.c.first)
    values: dict[str, Any] = {
        "institution_id": new.c.institution_id,
        "person_id": new.c.person_id,
        "sort": literal(sort.value),
        "day": case((went, new.c.next), else_=new.c.first),
        "state": literal(Sending.CREATED.value),
        "due_at": literal(at + PAUSE, Moment),
        "attempts": literal(0),
        "answer": literal(""),
        "firm": false(),
    }
    rows: Select[Any] = select(*values.values()).where(_collecting(new, sort).is_(None)).distinct()
    db.session.execute(insert_new(Message).from_select(list(values), rows).on_conflict_do_nothing())
