"""`flask cite`: how a regulation is cited on a day, or why it may not be."""

from datetime import date, datetime

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel.db import db
from governance.mandates.law import Law
from governance.mandates.merging import merged
from governance.mandates.register import law_of
from governance.mandates.validity import problem_with
from governance.people.models import Institution
from governance.people.queries import institution_named
from web.cli.people import facts_named
from web.wording import problem_told


@click.command("cite")
@click.argument("key")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Tanggal dokumen, misalnya 2020-03-02.")
@click.option("--institution", help="Kunci pemerintah daerah: ikutkan peraturan dan catatannya sendiri.")
@with_appcontext
def cite(key: str, on: datetime, institution: str | None) -> None:
    """Cetak kutipan peraturan KEY pada suatu tanggal; bila tidak boleh dikutip, sebutkan sebabnya (keluar 1)."""
    law = _law(institution)
    click.echo(_cited(law, key, on.date()))


def _cited(law: Law, key: str, on: date) -> str:
    problem = problem_with(law.regulations, key, on)
    if problem is not None:
        raise click.ClickException(problem_told(problem))
    regulation = law.regulations[key]
    if not regulation.citable_on(on):
        question = regulation.question_on(on)
        raise click.ClickException(f"{regulation.name}: {question.note or question.text}")
    return regulation.cited_on(on).text


def _law(institution: str | None) -> Law:
    """The national law, or as an institution sees it; one that was not taken in is read from its file alone."""
    national: Law = current_app.extensions["mandat"].law
    if institution is None:
        return national
    there = sa.inspect(db.engine).has_table(Institution.__tablename__)
    found = institution_named(institution) if there else None
    return law_of(found.id, national) if found else merged(national, facts_named(institution), (), ())


COMMANDS = (cite,)
