"""Seeding: institutions made up for trying the house under load, each with years of papers; nothing in them is real."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, func, literal, select, true, values

from governance.documents.number_models import Series
from governance.documents.numbering import Way
from governance.kernel.clock import day_in
from governance.kernel.db import db, insert_new, transaction
from governance.kernel.errors import Refusal
from governance.obligations.models import Fulfilment, Obligation
from governance.obligations.rules import evaluation
from governance.people.actors import system
from governance.people.facts import InstitutionFacts
from governance.people.manners import Manner
from governance.people.models import Holding, Institution, Person, Post, Unit
from governance.trail.record import record
from workflows.library import Library
from workflows.seeding_files import Papers
from workflows.seeding_papers import YEARS, Desk, Office, lay_papers
from workflows.seeding_places import PREFIX, place
from workflows.seeding_rows import Rows, hold_still
from workflows.signing_in import hashed

AT_ONCE = 25  # institutions in one transaction
CLOSED = "!"  # in place of a hash: nobody can sign in with it
MADE_UP = 500  # further obligations written by one statement


@dataclass(frozen=True)
class Wish:
    """How much is asked for; `obligations` is how many each institution has at least. The same wish, the same rows."""

    scale: int
    random_seed: int = 1
    obligations: int = 0
    add: bool = False
    password: str | None = None
    email: bool = False


@dataclass(frozen=True)
class Seedbed:
    """What every institution of one seeding shares."""

    wish: Wish
    models: Mapping[str, InstitutionFacts]
    library: Library
    papers: Papers
    password: str
    now: datetime


def seed(
    wish: Wish, *, models: Mapping[str, InstitutionFacts], now: datetime, library: Library, told: Callable[[int], None]
) -> int:
    """Make institutions, some to a transaction; `told` hears how many there are so far. Returns how many were made."""
    real = select(func.count(Institution.id)).where(Institution.key.not_like(f"{PREFIX}%"))
    if not wish.add and db.session.scalar(real):
        raise Refusal("refused.seed_among_real")
    password = hashed(wish.password) if wish.password else CLOSED
    bed = Seedbed(wish, models, library, Papers(library, now.date()), password, now)
    first = 1 + (db.session.scalar(select(func.count(Institution.id)).where(Institution.key.like(f"{PREFIX}%"))) or 0)
    for start in range(first, first + wish.scale, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, first + wish.scale))
        _sow(numbers, bed)
        told(numbers[-1] - first + 1)
    return wish.scale


def _sow(numbers: range, bed: Seedbed) -> None:
    """One transaction: these institutions with all that is theirs, and a line in the trail of each."""
    with transaction():
        hold_still()
        rows = Rows()
        made = {}
        for number in numbers:
            facts = place(number, bed.models)
            made[_laid_out(rows, facts, number, bed)] = facts
        rows.write()
        _fill_up(list(made), bed)
        for institution_id, facts in made.items():
            by, about = system(institution_id, facts.timezone), ("institution", institution_id)
            record("institution.taken_in", by=by, about=about, at=bed.now, key=facts.key, seed=bed.wish.random_seed)


def _laid_out(rows: Rows, facts: InstitutionFacts, number: int, bed: Seedbed) -> int:
    institution_id = rows.add(
        Institution,
        key=facts.key,
        name=facts.name,
        region=facts.region,
        region_kind=facts.region_kind,
        province=facts.province,
        head_office=facts.head_office,
        seat=facts.seat,
        timezone=facts.timezone,
        route=dict(facts.route),
        bases=[],
    )
    desk = Desk(
        rows=rows,
        institution_id=institution_id,
        facts=facts,
        offices=_offices(rows, institution_id, facts, bed),
        series_id=_series(rows, institution_id, facts),
        today=day_in(facts.timezone, bed.now),
        chance=random.Random(f"{bed.wish.random_seed}:{number}"),  # noqa: S311 - made-up papers, no secret
        law=bed.library.law,
        papers=bed.papers,
    )
    lay_papers(desk)
    _timetable(desk)
    return institution_id


def _offices(rows: Rows, institution_id: int, facts: InstitutionFacts, bed: Seedbed) -> dict[str, Office]:
    """Units, upper ones first, and a person in every post."""
    units: dict[str, int] = {}
    for unit in sorted(facts.units, key=lambda one: one.part_of is not None):
        units[unit.key] = rows.add(
            Unit,
            institution_id=institution_id,
            key=unit.key,
            name=unit.name,
            short=unit.short,
            number_short=unit.number_short,
            part_of_id=units[unit.part_of] if unit.part_of else None,
        )
    offices = {}
    for post in facts.posts:
        unit_id = units[post.unit]
        post_id = rows.add(
            Post, institution_id=institution_id, key=post.key, title=post.title, unit_id=unit_id, role=post.role
        )
        seat = _seated(rows, institution_id, post_id, f"{post.key}.{facts.key}", bed)
        title = post.title.replace(facts.unit(post.unit).name, facts.unit(post.unit).short)
        offices[post.key] = Office(post_id, unit_id, *seat, title)
    return offices


def _seated(rows: Rows, institution_id: int, post_id: int, username: str, bed: Seedbed) -> tuple[int, int]:
    person_id = rows.add(
        Person,
        institution_id=institution_id,
        username=username,
        name=f"Pejabat Contoh {post_id}",
        email=f"{username}@mandat.example" if bed.wish.email else None,
        language="id",
        password_hash=bed.password,
        demonstration=True,
    )
    holding_id = rows.add(
        Holding,
        institution_id=institution_id,
        person_id=person_id,
        post_id=post_id,
        manner=Manner.DEFINITIVE,
        from_on=date(bed.now.year - YEARS, 1, 1),
        letter="",
    )
    return person_id, holding_id


def _series(rows: Rows, institution_id: int, facts: InstitutionFacts) -> int:
    keys = [
        rows.add(
            Series,
            institution_id=institution_id,
            key=series.key,
            way=Way(series.way),
            pattern=series.pattern,
            classification=series.classification,
            start=1,
            kinds=list(series.kinds),
        )
        for series in facts.series
    ]
    return keys[0]


def _timetable(desk: Desk) -> None:
    """The stages of the national round that were seen: of past years met, of this one still to come."""
    this = desk.today.year
    for year in range(this - YEARS + 1, this + 2):
        for stage in evaluation.seen(desk.law, year):
            met = year < this
            desk.rows.add(
                Obligation,
                institution_id=desk.institution_id,
                key=stage.key,
                mandate=stage.mandate,
                stage=stage.stage,
                family=stage.family,
                year=year,
                begins_on=stage.begins_on,
                due_on=stage.due_on,
                estimated=stage.estimated,
                how_sure=stage.how_sure,
                basis=stage.basis[:1000],
                computed=[dict(step) for step in stage.computed],
                fulfilment=Fulfilment.MET if met else Fulfilment.OPEN,
                met_on=stage.due_on if met else None,
                met_by="Surat" if met else "",
            )


def _fill_up(ids: list[int], bed: Seedbed) -> None:
    """Further obligations until each institution has as many as asked: a table of values crossed with institutions."""
    there = select(func.count(Obligation.id)).where(Obligation.institution_id == ids[0])
    missing = bed.wish.obligations - (db.session.scalar(there) or 0)
    for start in range(0, missing, MADE_UP):
        numbers = range(start, min(start + MADE_UP, missing))
        made = [_made_up(number, bed) for number in numbers]
        table = Obligation.__table__
        names = list(made[0])
        given = (
            values(*[Column(name, table.c[name].type) for name in names], name="given")
            .data([tuple(one.values()) for one in made])
            .cte("given")
        )
        rest = {"estimated": False, "how_sure": "practice", "basis": "", "computed": [], "stage": "hasil"}
        columns = [literal(value, type_=table.c[name].type) for name, value in rest.items()]
        crossed = select(Institution.id, *[given.c[name] for name in names], *columns).join(given, true())
        db.session.execute(
            insert_new(Obligation).from_select(
                ["institution_id", *names, *rest], crossed.where(Institution.id.in_(ids))
            )
        )


def _made_up(number: int, bed: Seedbed) -> dict[str, Any]:
    """An obligation of one of many years: of those whose day has passed, one in twenty was never met."""
    mandates = sorted(bed.library.law.mandates)
    mandate = mandates[number % len(mandates)]
    today = bed.now.date()
    due_on = today + timedelta(days=(number * 37) % 4000 - 3000)
    met = due_on < today and number % 20 != 0
    return {
        "key": f"{mandate}:{due_on.year}:contoh:{number}",
        "mandate": mandate,
        "ladder": ("standard", "long", "short")[number % 3],
        "year": due_on.year,
        "begins_on": due_on - timedelta(days=60),
        "due_on": due_on,
        "fulfilment": Fulfilment.MET if met else Fulfilment.OPEN,
        "met_on": due_on if met else None,
        "met_by": "Surat" if met else "",
    }
