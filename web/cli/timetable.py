"""Commands about the timetable: a year as the law has it, and the nightly scan by hand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from governance.calendar.calendars import Calendar
from governance.kernel import clock
from governance.kernel.db import db
from governance.mandates.law import Law
from governance.mandates.register import law_of
from governance.obligations import queries
from governance.obligations.expected import Expected, Facts
from governance.obligations.facts import facts_of
from governance.obligations.models import Fulfilment, Obligation
from governance.obligations.timetable import expected_in
from governance.people.actors import system
from governance.people.models import Institution
from governance.people.queries import institution_named
from web.cli.people import facts_named
from web.wording import duty_told, told
from workflows import notices, scanning

FIRST_YEAR, LAST_YEAR = 2000, 2100
NO_DATE = "-"
NOT_ASKED = Fulfilment.DROPPED.value


@dataclass(frozen=True)
class Line:
    """One obligation as it is printed."""

    obligation: str
    title: str
    due_on: date | None
    basis: str
    computed: tuple[str, ...]
    state: str
    met_by: str
    how_sure: str

    @property
    def data(self) -> dict[str, Any]:
        """It as JSON has it."""
        return {
            "obligation": self.obligation,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "basis": self.basis,
            "computed": list(self.computed),
            "state": self.state,
            "met_by": self.met_by or None,
        }


@click.command("timetable")
@click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--institution", required=True, help="Kunci pemerintah daerah, misalnya serang.")
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
@with_appcontext
def timetable(year: int, institution: str, as_json: bool) -> None:
    """Cetak kewajiban YEAR sebuah pemerintah daerah: tenggat, dasar, dan cara menghitungnya.

    Yang sudah disusun dibaca dari basis data; yang belum dihitung dari data peraturan.
    """
    with force_locale("id"):
        lines = sorted(
            _lines(year, institution), key=lambda one: (one.due_on is None, one.due_on or date.max, one.obligation)
        )
    if as_json:
        click.echo(json.dumps([line.data for line in lines], ensure_ascii=False, indent=2))
    else:
        _print(lines)


def _lines(year: int, key: str) -> Iterator[Line]:
    """What is laid out, and beside it what the rules expect and no row holds yet."""
    national: Law = current_app.extensions["mandat"].law
    found = _taken_in(key)
    if found is None:
        facts_named(key)
        yield from _computed(national, year, Facts(Calendar(decreed=national.holidays)), set(), clock.now().date())
        return
    today = clock.day_in(found.timezone, clock.now())
    stored = queries.timetable(system(found.id, found.timezone), year, today)
    for due in stored:
        if due.state != NOT_ASKED:
            title = duty_told(due.mandate, due.stage)
            yield Line(due.key, title, due.due_on, due.basis, _told(due.computed), due.state, due.met_by, due.how_sure)
    law = law_of(found.id, national)
    yield from _computed(law, year, facts_of(found.id, law), {due.key for due in stored}, today)


def _taken_in(key: str) -> Institution | None:
    """The institution with that key; None where the database does not know it, or has no tables yet."""
    return institution_named(key) if sa.inspect(db.engine).has_table(Institution.__tablename__) else None


def _computed(law: Law, year: int, facts: Facts, laid_out: set[str], today: date) -> Iterator[Line]:
    for one in expected_in(law, year, facts):
        if one.key not in laid_out:
            met_by = one.met.by if one.met else ""
            title, state = duty_told(one.mandate, one.stage), _state(one, today)
            yield Line(one.key, title, one.due_on, one.basis, _told(one.computed), state, met_by, one.how_sure)


def _state(one: Expected, today: date) -> str:
    """The state that its row would have."""
    fulfilment = Fulfilment.MET if one.met else Fulfilment.OPEN
    row = Obligation(fulfilment=fulfilment, due_on=one.due_on, begins_on=one.begins_on, estimated=one.estimated)
    return queries.state_on(row, today)


def _told(steps: Any) -> tuple[str, ...]:
    return tuple(told(step["key"], step["params"]) for step in steps)


def _print(lines: list[Line]) -> None:
    """A table: the date, the state and the obligation, and beneath it why."""
    width = max((len(line.state) for line in lines), default=0)
    for line in lines:
        due = line.due_on.isoformat() if line.due_on else NO_DATE
        click.echo(f"{due:<10}  {line.state:<{width}}  {line.obligation}")
        click.echo(f"{'':12}{line.title}")
        click.echo(f"{'':12}{line.basis} ({line.how_sure})")
        for sentence in line.computed:
            click.echo(f"{'':12}- {sentence}")
        if line.met_by:
            click.echo(f"{'':12}= {line.met_by}")


@click.command("scan-obligations")
@click.option("--now", "moment", help="Saat yang dianggap sekarang (ISO), bawaan: sekarang.")
@with_appcontext
def scan_obligations(moment: str | None) -> None:
    """Susun kewajiban dan kirim pengingat yang jatuh tempo, tanpa Celery; mencetak jumlah pemerintah daerah."""
    try:
        now = datetime.fromisoformat(moment) if moment else clock.now()
    except ValueError:
        raise click.ClickException(f"--now harus saat dalam bentuk ISO, bukan {moment!r}.") from None
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    scanned = scanning.scan(now=now, library=current_app.extensions["mandat"])
    click.echo(scanned.institutions)
    if moment is None:
        notices.pulse("scan", now=now, failed=scanned.failed)
    if scanned.failed:
        raise click.ClickException(
            f"{scanned.failed} pengingat tidak dapat dikirim; sebabnya di log. Jam berikutnya mencoba lagi."
        )


COMMANDS = (timetable, scan_obligations)
