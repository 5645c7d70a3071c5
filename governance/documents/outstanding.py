"""What Bagian Hukum has still to make known: decrees that have not reached everyone, acts that were never published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal, select, union_all

from governance.documents.deliveries import undelivered
from governance.documents.publishable import unpublished
from governance.kernel.db import db
from governance.people.actors import Actor

MOST = 20  # of each


@dataclass(frozen=True)
class Outstanding:
    """An act that is not known to all: `open` of those it names miss it by `day`; or, with 0, it was never published.

    Of the latter `day` is the day on which it was signed.
    """

    document_id: int
    title: str
    number: str
    day: date
    open: int


def outstanding(actor: Actor, kinds: Collection[str]) -> list[Outstanding]:
    """In one statement: what is to be delivered, then what is to be published, each with the earliest day first.

    `kinds` are those that are published.
    """
    missed = undelivered(actor, MOST).subquery()
    never = unpublished(actor, kinds, MOST).subquery()
    rows = db.session.execute(union_all(select(*missed.c), select(*never.c, literal(0))))
    found = [Outstanding(*row) for row in rows]
    return sorted(found, key=lambda one: (one.open == 0, one.day, one.document_id))
