"""`flask cycle verify`: whether a closed year still says what its file says, to the last letter."""

import json
import sys

import click
from flask import current_app
from flask.cli import AppGroup

from governance.assessment import freezing
from governance.assessment.course import Stage
from governance.assessment.cycle_models import Cycle
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.queries import institutions
from web.cli.people import told_or_stop
from web.wording import told
from workflows.library import Library

cycle = AppGroup("cycle", help="Penilaian tahunan.")


@cycle.command("verify")
@click.argument("year", type=int)
@click.option("--institution", required=True, help="Kunci pemerintah daerah, misalnya serang.")
def verify(year: int, institution: str) -> None:
    """Hitung ulang penilaian tahun YEAR yang sudah ditutup dan bandingkan dengan berkas bekunya; keluar 1 bila beda."""
    row = told_or_stop(lambda: _closed(year, institution))
    shelf: Library = current_app.extensions["mandat"]
    sha256 = row.frozen_sha256 or ""
    if not shelf.files.is_whole(sha256):
        click.echo(f"{year}\t{sha256}\t{told('cycle.file_damaged')}")
        sys.exit(1)
    kept = json.loads(shelf.files.read(sha256))
    instrument = shelf.instruments.instrument(row.instrument)
    found = freezing.frozen(row.institution_id, row.id, instrument, shelf.law.release)
    verdict = freezing.compared(kept, found)
    if verdict.is_whole and verdict.computed_differs:
        click.echo(told("cycle.computed_differs", {"instrument": row.instrument}), err=True)
    said = told("cycle.whole") if verdict.is_whole else told("cycle.differs", {"tables": ", ".join(verdict.differing)})
    click.echo(f"{year}\t{sha256}\t{said}")
    sys.exit(0 if verdict.is_whole else 1)


def _closed(year: int, key: str) -> Cycle:
    """The closed cycle of that year, or NotFound with what there is."""
    place = next((one for one in institutions() if one.key == key), None)
    if place is None:
        raise NotFound("cycle.no_institution", institution=key)
    row: Cycle | None = db.session.scalar(within(place.id, Cycle).where(Cycle.year == year))
    if row is None or row.stage is not Stage.CLOSED:
        raise NotFound("cycle.not_closed", year=year)
    return row


COMMANDS = (cycle,)
