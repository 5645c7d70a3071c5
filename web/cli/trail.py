"""`flask verify-trail`: whether every line of the trail is as it was written, to the last one."""

import sys

import click
from flask.cli import with_appcontext

from governance.people.queries import institutions
from governance.trail.queries import first_break_of

WHY = {
    "changed": "isinya berubah sejak ditulis",
    "missing": "barisnya hilang atau nomornya meloncat",
    "cut": "ekor jejak terpotong",
}


@click.command("verify-trail")
@with_appcontext
def verify_trail() -> None:
    """Periksa jejak semua pemerintah daerah; keluar dengan 1 bila ada yang rusak."""
    broken = False
    for institution in institutions():
        found = first_break_of(institution.id)
        broken = broken or found is not None
        state = "utuh" if found is None else f"RUSAK pada baris {found.number}: {WHY[found.why]}"
        click.echo(f"{institution.key}\t{state}")
    sys.exit(1 if broken else 0)


COMMANDS = (verify_trail,)
