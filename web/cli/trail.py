"""`flask verify-trail`: whether every line of the trail is as it was written, to the last one."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from governance.kernel.db import db
from governance.people.queries import institutions
from governance.trail.queries import first_break_of

WHOLE = "utuh"
WHY = {
    "changed": "isinya berubah sejak ditulis",
    "missing": "barisnya hilang atau nomornya meloncat",
    "cut": "ekor jejak terpotong",
}


def state_of(institution_id: int) -> str:
    """How an institution's trail stands, in words."""
    try:
        found = first_break_of(institution_id)
    except (DBAPIError, ValueError, LookupError) as error:  # What was written there is no longer even text.
        db.session.rollback()
        return f"RUSAK: tidak terbaca ({type(error).__name__})"
    return WHOLE if found is None else f"RUSAK pada baris {found.number}: {WHY[found.why]}"


@click.command("verify-trail")
@with_appcontext
def verify_trail() -> None:
    """Periksa jejak semua pemerintah daerah; keluar dengan 1 bila ada yang rusak."""
    broken = False
    for institution in institutions():
        state = state_of(institution.id)
        broken = broken or state != WHOLE
        click.echo(f"{institution.key}\t{state}")
    sys.exit(1 if broken else 0)


COMMANDS = (verify_trail,)
