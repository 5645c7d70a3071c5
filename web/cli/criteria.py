"""`flask load-criteria`: the official wording of an instrument's levels, for one institution."""

import json
from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.assessment.criteria_file import Criteria, read_criteria
from governance.kernel import clock
from governance.kernel.data_files import BrokenData
from governance.kernel.errors import NotFound
from governance.people.actors import system
from governance.people.queries import institution_named
from web.wording import told
from workflows import loading_criteria


class Refused(click.ClickException):
    """What was handed in cannot be used: the message on stderr, nothing on stdout, nothing loaded."""

    exit_code = 2


@click.command("load-criteria")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--institution", "key", required=True, help="Kunci pemerintah daerah.")
@click.option("--whole", is_flag=True, help="FILE memuat semuanya: yang tidak disebut di dalamnya dikeluarkan.")
@click.option("--dry-run", "dry", is_flag=True, help="Hanya katakan apa yang akan berubah.")
@with_appcontext
def load_criteria(file: Path, key: str, *, whole: bool, dry: bool) -> None:
    """Muat bunyi resmi kriteria dari FILE.yaml; cetak apa yang berubah. Memuat lagi mengganti yang lama."""
    found = institution_named(key)
    if found is None:
        unknown = NotFound("refused.no_institution", key=key[:60])
        raise click.ClickException(told(unknown.key, unknown.params))
    criteria = _read(file)
    by = system(found.id, found.timezone)
    loaded = loading_criteria.load(criteria, by=by, now=clock.now(), whole=whole, dry=dry)
    answer = {
        "instrument": criteria.instrument,
        "source": criteria.source,
        "added": _places(loaded.added),
        "changed": _places(loaded.changed),
        "removed": _places(loaded.removed),
        "same": len(loaded.same),
        "kept": len(loaded.kept),
        "loaded": not (dry or loaded.nothing_new),
    }
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if dry:
        click.echo(told("criteria.dry"), err=True)


def _read(file: Path) -> Criteria:
    try:
        return read_criteria(file, current_app.extensions["mandat"].instruments)
    except BrokenData as broken:
        raise Refused(str(broken)) from None


def _places(places: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{item}:{level}" for item, level in places]


COMMANDS = (load_criteria,)
