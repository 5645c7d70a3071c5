"""`flask load-peers`: the averages of comparable governments, for one institution."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.assessment.peers_file import read_peers
from governance.kernel import clock
from governance.kernel.data_files import BrokenData
from governance.kernel.errors import Invalid
from governance.people.actors import system
from governance.people.queries import institution_named
from web.wording import problem_told
from workflows import recording_results
from workflows.recording_results import NewPeers


class Refused(click.ClickException):
    """What was handed in cannot be used: the message on stderr, nothing on stdout, nothing loaded."""

    exit_code = 2


@click.command("load-peers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--institution", "key", required=True, help="Kunci pemerintah daerah.")
@with_appcontext
def load_peers(file: Path, key: str) -> None:
    """Muat rata-rata pemerintah daerah sejawat dari FILE.yaml; yang sama tahun dan sejawatnya ditulis ulang."""
    found = institution_named(key)
    if found is None:
        raise click.ClickException(f"Tidak ada pemerintah daerah {key[:60]}.")
    try:
        read = read_peers(file)
        peers = [NewPeers(one.year, one.instrument, one.peers, one.values, one.source) for one in read]
        by, library = system(found.id, found.timezone), current_app.extensions["mandat"]
        recording_results.load_peers(peers, by=by, now=clock.now(), library=library)
    except BrokenData as broken:
        raise Refused(str(broken)) from None
    except RecursionError:
        raise Refused(f"{file} bersarang terlalu dalam.") from None
    except Invalid as refusal:
        lines = [f"{problem.place}: {problem_told(problem)}" for problem in refusal.problems]
        raise Refused("\n".join(lines)) from None
    click.echo(json.dumps({"loaded": len(peers), "years": sorted({one.year for one in peers})}))


COMMANDS = (load_peers,)
