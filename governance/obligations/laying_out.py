"""An institution's timetable as its rules want it, against its rows: read in sets, nothing written here."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import or_

from governance.kernel.db import db, within
from governance.mandates.law import Law
from governance.obligations.changes import Change, Standing, Wanted, changes
from governance.obligations.expected import Expected, Facts
from governance.obligations.models import Obligation, is_answered
from governance.obligations.timetable import FAMILIES, expected_in
from governance.people.models import Post
from governance.people.roles import Role

BASIS_LIMIT = 1000
COLUMNS = (
    "mandate", "stage", "family", "ladder", "unit_id", "year", "begins_on", "due_on", "estimated", "how_sure", "basis",
    "computed",
)  # fmt: skip


def laid_out_years(institution_id: int) -> set[int]:
    """The years that any rule of the timetable has laid out before."""
    rows = within(institution_id, Obligation, Obligation.year).where(Obligation.family.in_(FAMILIES)).distinct()
    return set(db.session.scalars(rows))


def changes_of(institution_id: int, law: Law, facts: Facts, years: Collection[int]) -> list[Change]:
    """What must change so that the rows of these years say what law and facts ask."""
    expected = [one for year in sorted(years) for one in expected_in(law, year, facts)]
    units = _units(institution_id)
    wanted = [_wanted(one, units) for one in expected]
    return changes(_standing(institution_id, years, [one.key for one in expected]), wanted, FAMILIES)


def _units(institution_id: int) -> dict[Role, int]:
    """The unit that answers for each role: of its first post."""
    rows = within(institution_id, Post, Post.role, Post.unit_id).where(Post.role.is_not(None)).order_by(Post.id.desc())
    return {row.role: row.unit_id for row in db.session.execute(rows)}


def _standing(institution_id: int, years: Collection[int], keys: Collection[str]) -> list[Standing]:
    """The rows of these years, and any other row that bears one of these keys."""
    rows = within(institution_id, Obligation).where(or_(Obligation.year.in_(years), Obligation.key.in_(keys)))
    return [_stands(row) for row in db.session.scalars(rows)]


def _stands(row: Obligation) -> Standing:
    answer = {"fulfilment": row.fulfilment.value, "met_on": row.met_on, "met_by": row.met_by, "act_id": row.act_id}
    values = {name: getattr(row, name) for name in COLUMNS} | answer
    return Standing(row.id, row.key, row.family, row.fulfilment.value, is_answered(row), values)


def _wanted(one: Expected, units: dict[Role, int]) -> Wanted:
    values: dict[str, Any] = {
        "mandate": one.mandate,
        "stage": one.stage,
        "family": one.family,
        "ladder": one.ladder,
        "unit_id": units.get(one.responsible),
        "year": one.year,
        "begins_on": one.begins_on,
        "due_on": one.due_on,
        "estimated": one.estimated,
        "how_sure": one.how_sure,
        "basis": one.basis[:BASIS_LIMIT],
        "computed": _plain(one.computed),
    }
    if one.met is None:
        return Wanted(one.key, one.family, values)
    return Wanted(
        one.key, one.family, values, {"met_on": one.met.on, "met_by": one.met.by[:200], "act_id": one.met.act_id}
    )


def _plain(steps: Iterable[Any]) -> list[dict[str, Any]]:
    """The steps as the database gives them back, so that the same steps compare as the same."""
    told: list[dict[str, Any]] = json.loads(json.dumps([dict(step) for step in steps]))
    return told
