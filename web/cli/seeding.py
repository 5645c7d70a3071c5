"""`flask seed`: made-up institutions with years of papers, for measuring and for trying things out under load."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel import clock
from web.cli.people import told_or_stop
from workflows import seeding
from workflows.seeding import Wish


@click.command("seed")
@click.option("--scale", type=click.IntRange(1, 5000), required=True, help="Jumlah pemerintah daerah contoh.")
@click.option("--obligations", type=click.IntRange(0, 10_000), default=0, help="Kewajiban tiap pemerintah daerah.")
@click.option("--random-seed", type=int, default=1, help="Benih acak: benih yang sama, isi yang sama.")
@click.option("--add", is_flag=True, help="Tambahkan walau basis data memuat pemerintah daerah yang sebenarnya.")
@click.option("--email", is_flag=True, help="Beri setiap pejabat alamat surel (di bawah .example).")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas kata sandi bersama; tanpanya tidak seorang pun dapat masuk.",
)
@with_appcontext
def seed(scale: int, obligations: int, random_seed: int, add: bool, email: bool, password_file: Path | None) -> None:
    """Buat pemerintah daerah contoh beserta dokumen bertahun-tahun; mencetak jumlahnya."""
    password = password_file.read_text(encoding="utf-8").strip() if password_file else None
    wish = Wish(scale, random_seed, obligations, add, password or None, email)
    models, library = current_app.extensions["institutions"], current_app.extensions["mandat"]
    made = told_or_stop(
        lambda: seeding.seed(
            wish, models=models, now=clock.now(), library=library, told=lambda so_far: _say(so_far, scale)
        )
    )
    click.echo(made)


def _say(so_far: int, scale: int) -> None:
    click.echo(f"{so_far} dari {scale} pemerintah daerah", err=True)


COMMANDS = (seed,)
