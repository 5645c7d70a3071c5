"""The register of acts (buku agenda): every act, and every number reserved or void, as someone may read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, true

from governance.documents.effect import Effect, Period, effect
from governance.documents.models import Act, Document, Promulgation, Secrecy
from governance.documents.number_models import Number, Series
from governance.documents.numbering import Use
from governance.documents.queries import binding_day, readable
from governance.kernel.db import db, within
from governance.people.actors import Actor

RESERVED, VOID = Use.RESERVED.value, Use.VOID.value
STATUSES = (*(one.value for one in Effect), RESERVED, VOID)
Place = tuple[date, int, int]  # of an entry in the order: its day, 1 for an act and 0 for a number alone, its row


@dataclass(frozen=True)
class Wish:
    """What the register is asked for; empty means all. `after` is the place of the last entry of the page before."""

    words: str = ""
    kind: str | None = None
    year: int | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    after: Place | None = None
    limit: int = 50


@dataclass(frozen=True)
class Entry:
    """A line of the register: an act with what it is today, or a number that is reserved or void."""

    place: Place
    number: str
    kind: str
    title: str
    dated_on: date
    status: str
    document_id: int | None
    in_force_from: date | None = None
    in_force_to: date | None = None
    revoked_on: date | None = None
    gazette: str | None = None
    recorded: bool = False
    secrecy: Secrecy | None = None
    reason: str = ""


def entries(actor: Actor, wish: Wish, today: date) -> tuple[list[Entry], Place | None]:
    """A page of the register, newest first, and the place from which the next goes on; None at the end."""
    found = [*_acts(actor, wish, today), *_numbers(actor, wish)]
    found.sort(key=lambda one: one.place, reverse=True)
    shown = found[: wish.limit]
    return shown, (shown[-1].place if len(found) > wish.limit else None)


def _acts(actor: Actor, wish: Wish, today: date) -> list[Entry]:
    if wish.status in (RESERVED, VOID):
        return []
    rows = (
        within(actor.institution_id, Act, Act, Document, Promulgation)
        .join(Document, Document.act_id == Act.id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(readable(actor), *_dated(Act.signed_on, wish), _after(Act.signed_on, Act.id, 1, wish.after))
    )
    if wish.kind is not None:
        rows = rows.where(Act.kind == wish.kind)
    if wish.status is not None:
        rows = rows.where(is_on(Effect(wish.status), today))
    rows = _named(rows, wish, Act.number, Act.title)
    rows = rows.order_by(Act.signed_on.desc(), Act.id.desc()).limit(wish.limit + 1)
    return [_act(act, document, gazetted, today) for act, document, gazetted in db.session.execute(rows)]


def _numbers(actor: Actor, wish: Wish) -> list[Entry]:
    if wish.status in set(Effect):
        return []
    own = or_(Number.document_id.is_(None), and_(Document.id.is_not(None), readable(actor)))
    rows = (
        within(actor.institution_id, Number, Number, Document, Series.key)
        .join(Series, Series.id == Number.series_id)
        .outerjoin(Document, Document.id == Number.document_id)
        .where(
            Number.use != Use.ENACTED,
            Number.dated_on.is_not(None),
            own,
            *_dated(Number.dated_on, wish),
            _after(Number.dated_on, Number.id, 0, wish.after),
        )
    )
    if wish.kind is not None:
        rows = rows.where(Document.kind == wish.kind)
    if wish.status is not None:
        rows = rows.where(Number.use == Use(wish.status))
    rows = _named(rows, wish, Number.written, Number.reason, Document.title)
    rows = rows.order_by(Number.dated_on.desc(), Number.id.desc()).limit(wish.limit + 1)
    return [_number(*row) for row in db.session.execute(rows)]


def is_on(status: Effect, on: date) -> ColumnElement[bool]:
    """Whether an act is that on a day: `effect`, asked of the database."""
    since = binding_day()
    revoked = and_(Act.revoked_on.is_not(None), Act.revoked_on <= on)
    over = and_(Act.in_force_to.is_not(None), Act.in_force_to < on)
    conditions = {
        Effect.REVOKED: revoked,
        Effect.AWAITS_PROMULGATION: and_(not_(revoked), since.is_(None)),
        Effect.NOT_YET: and_(not_(revoked), since > on),
        Effect.EXPIRED: and_(not_(revoked), since <= on, over),
        Effect.IN_FORCE: and_(not_(revoked), since <= on, not_(over)),
    }
    return conditions[status]


def _dated(day: Any, wish: Wish) -> list[ColumnElement[bool]]:
    conditions = []
    if wish.year is not None:
        conditions += [day >= date(wish.year, 1, 1), day <= date(wish.year, 12, 31)]
    if wish.since is not None:
        conditions.append(day >= wish.since)
    if wish.until is not None:
        conditions.append(day <= wish.until)
    return conditions


def _after(day: Any, key: Any, order: int, after: Place | None) -> ColumnElement[bool]:
    """What comes after a place: on an earlier day; on the same one numbers alone after acts, and then older rows."""
    if after is None:
        return true()
    on, what, row = after
    same = [day == on, key < row] if order == what else [day == on] if order < what else None
    return or_(day < on, and_(*same)) if same else day < on


def _named(rows: Select[Any], wish: Wish, *columns: Any) -> Select[Any]:
    for token in wish.words.split():
        rows = rows.where(or_(*(column.icontains(token, autoescape=True) for column in columns)))
    return rows


def _act(act: Act, document: Document, gazetted: Promulgation | None, today: date) -> Entry:
    waits = act.binds_from == "promulgation" and gazetted is None
    since = None if waits else gazetted.in_force_from if gazetted else act.in_force_from
    return Entry(
        place=(act.signed_on, 1, act.id),
        number=act.number,
        kind=act.kind,
        title=act.title,
        dated_on=act.signed_on,
        status=effect(Period(since, act.in_force_to, act.revoked_on), today).value,
        document_id=document.id,
        in_force_from=since,
        in_force_to=act.in_force_to,
        revoked_on=act.revoked_on,
        gazette=gazetted.gazette_number if gazetted else None,
        recorded=act.recorded,
        secrecy=document.secrecy,
    )


def _number(row: Number, document: Document | None, series: str) -> Entry:
    assert row.dated_on is not None
    return Entry(
        place=(row.dated_on, 0, row.id),
        number=row.written or f"{row.number} ({series}, {row.year})",
        kind=document.kind if document else "",
        title=document.title if document else "",
        dated_on=row.dated_on,
        status=row.use.value,
        document_id=row.document_id,
        secrecy=document.secrecy if document else None,
        reason=row.reason,
    )
