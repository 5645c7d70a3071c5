"""A command that counts working days by an institution's calendar."""

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.calendar.calendars import calendar_of
from governance.kernel.errors import NotFound
from governance.mandates.rules import WORKING
from governance.people.queries import institution_named
from web.forms.counting import Question, answered
from web.wording import problem_told, told

NAMES = {"start": "START", "number": "COUNT"}  # of a question's places, as the command names them


@click.command("working-days")
@click.argument("start")
@click.argument("count")
@click.option("--institution", "key", required=True, help="Kunci pemerintah daerah.")
@with_appcontext
def working_days(start: str, count: str, key: str) -> None:
    """Cetak hari terakhir: COUNT hari kerja sesudah START (tahun-bulan-hari), menurut kalender pemerintah daerah."""
    law, found = current_app.extensions["mandat"].law, institution_named(key)
    if found is None:
        unknown = NotFound("refused.no_institution", key=key[:60])
        raise click.ClickException(told(unknown.key, unknown.params))
    asked = Question(WORKING, start, count, "", "")
    answer, _rule, problems = answered(asked, calendar_of(found.id, law.holidays), law.deadlines)
    if answer is None:
        raise click.ClickException(" ".join(f"{NAMES[one.place]}: {problem_told(one)}" for one in problems))
    click.echo(answer.end.isoformat())


COMMANDS = (working_days,)
