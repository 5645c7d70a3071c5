"""Reading the trail: the lines about one thing, and the whole chain for its check."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from governance.kernel.db import db, within
from governance.trail.anchors import anchors
from governance.trail.chain import Break, Line, first_break
from governance.trail.models import TrailHead, TrailLine


@dataclass(frozen=True)
class Happening:
    """A line as a page shows it."""

    number: int
    at: datetime
    what: str
    by_title: str
    params: dict[str, Any]
    hash: str


def trail_of(institution_id: int, *about: tuple[str, int]) -> list[Happening]:
    """What happened to these things, oldest first."""
    things = [f"{kind}:{number}" for kind, number in about]
    lines = db.session.scalars(
        within(institution_id, TrailLine).where(TrailLine.about.in_(things)).order_by(TrailLine.number)
    )
    return [_happening(line) for line in lines]


def trail_naming(institution_id: int, about: tuple[str, int], also: tuple[str, int], word: str) -> list[Happening]:
    """What happened to `about`, and the lines about `also` that name `word`; oldest first."""
    mine, other = (f"{kind}:{number}" for kind, number in (about, also))
    named = (TrailLine.about == other) & TrailLine.text.contains(f'"{word}"', autoescape=True)
    rows = within(institution_id, TrailLine).where((TrailLine.about == mine) | named)
    return [_happening(line) for line in db.session.scalars(rows.order_by(TrailLine.number))]


def first_break_of(institution_id: int) -> Break | None:
    """Where an institution's trail does not hold; None when it holds to its last line."""
    head = db.session.scalar(select(TrailHead).where(TrailHead.institution_id == institution_id))
    seen = Line(head.number, "", head.hash) if head else None
    return first_break(_chain(institution_id), seen, anchors.newest(institution_id))


def _chain(institution_id: int) -> Iterator[Line]:
    rows = db.session.execute(
        within(institution_id, TrailLine, TrailLine.number, TrailLine.text, TrailLine.hash, TrailLine.about)
        .order_by(TrailLine.number)
        .execution_options(yield_per=1000)
    )
    return (Line(*row) for row in rows)


def _happening(line: TrailLine) -> Happening:
    content = json.loads(line.text)
    return Happening(
        number=line.number,
        at=datetime.fromisoformat(content["at"]),
        what=content["what"],
        by_title=content["by"]["as"],
        params=content["params"],
        hash=line.hash,
    )
