"""Commands about reminders: what the coming nights would send, without sending it."""

import json
from datetime import date, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel import clock
from governance.obligations.foretelling import reminders_until
from governance.people.queries import institution_named, institutions

NEXT_MONTH = timedelta(days=31)


@click.command("what-if")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Sampai tanggal ini, bawaan: sebulan.")
@click.option("--institution", "key", help="Kunci pemerintah daerah, bawaan: semuanya.")
@with_appcontext
def what_if(until: date | None, key: str | None) -> None:
    """Pengingat yang akan dikirim sampai suatu hari bila tidak ada yang berubah; satu baris JSON tiap pengingat."""
    found = [institution_named(key)] if key else list(institutions())
    if None in found:
        raise click.ClickException(f"Tidak ada pemerintah daerah dengan kunci {key!r}.")
    for place in [(one.id, one.key, one.timezone) for one in found if one is not None]:
        institution_id, name, zone = place
        today = clock.day_in(zone, clock.now())
        last = date.fromisoformat(f"{until:%Y-%m-%d}") if until else today + NEXT_MONTH
        ladders = current_app.extensions["mandat"].law.ladders
        for one in reminders_until(institution_id, today + timedelta(days=1), last, ladders):
            line: dict[str, Any] = {
                "institution": name,
                "day": str(one.day),
                "mandate": one.mandate,
                "stage": one.stage,
            }
            line |= {"year": one.year, "due_on": str(one.due_on), "rung": one.rung.value, "posts": list(one.posts)}
            click.echo(json.dumps(line, ensure_ascii=False))


COMMANDS = (what_if,)
