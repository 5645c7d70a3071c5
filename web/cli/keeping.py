"""`flask backup`, `flask restore` and `flask sweep-files`: everything in one archive and back, and a tidy store."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.kernel import clock
from governance.kernel.files import Files
from governance.people.queries import institutions
from web.cli.people import told_or_stop
from web.cli.trail import WHOLE, state_of
from web.tables import known_migrations, migrate
from web.wording import told
from workflows import keeping, kept_files
from workflows.keeping import Order, Place
from workflows.kept_files import Fault

SECRET_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HELP_FILE = "Berkas yang baris pertamanya kata sandi arsip."
SHOWN = 20


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--passphrase-file", "secret", type=SECRET_FILE, help=f"{HELP_FILE} Arsip lalu disandikan.")
@with_appcontext
def backup(file: Path, secret: Path | None) -> None:
    """Cadangkan basis data, berkas dan jangkar jejak ke satu arsip FILE; Mandat boleh tetap berjalan."""
    try:
        kept = told_or_stop(
            lambda: keeping.backup(file, _place(), passphrase=_passphrase(secret), now=clock.now()),
        )
    except OSError as error:
        raise _unwritten(file, error) from None
    for sha256 in kept.damaged[:SHOWN]:
        click.echo(told("backup.file_damaged", {"sha256": sha256}), err=True)
    click.echo(f"{file}\t{kept.files}\t{kept.size}\t{kept.sha256}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase-file", "secret", type=SECRET_FILE, help=HELP_FILE)
@click.option("--force", "forced", is_flag=True, help="Ganti data yang sudah ada.")
@with_appcontext
def restore(file: Path, secret: Path | None, *, forced: bool) -> None:
    """Pulihkan semuanya dari arsip FILE lalu periksa jejaknya. Hentikan Mandat dahulu."""
    known = known_migrations()
    order = Order(file, _passphrase(secret), known, forced)
    try:
        about = told_or_stop(lambda: keeping.restore(order, _place(), now=clock.now()))
    except OSError as error:
        raise _unwritten(file, error) from None
    if about.migration != known[0]:
        migrate()
    broken = False
    for institution in institutions():
        state = state_of(institution.id)
        broken = broken or state != WHOLE
        click.echo(f"{institution.key}\t{state}")
    faults = kept_files.sweep(_files(), now=clock.now(), dry=True).faults
    _say(faults)
    sys.exit(1 if broken or faults else 0)


@click.command("sweep-files")
@click.option("--dry-run", "dry", is_flag=True, help="Hanya hitung, jangan hapus.")
@with_appcontext
def sweep_files(*, dry: bool) -> None:
    """Hapus berkas yang tidak lagi disebut baris mana pun; mencetak jumlah dan byte. Keluar 1 bila ada yang rusak."""
    try:
        swept = kept_files.sweep(_files(), now=clock.now(), dry=dry)
    except OSError as error:
        raise _unwritten(_files().folder, error) from None
    click.echo(f"{swept.count}\t{swept.size}")
    _say(swept.faults)
    sys.exit(1 if swept.faults else 0)


def _place() -> Place:
    config = current_app.config
    return Place(files=_files(), anchors=Path(config["ANCHORS"]), scratch=Path(config["INSTANCE"]))


def _files() -> Files:
    files: Files = current_app.extensions["mandat"].files
    return files


def _passphrase(file: Path | None) -> str | None:
    """The passphrase in a file: a command line would show it to everyone on the machine."""
    if file is None:
        return None
    try:
        first = (file.read_text(encoding="utf-8").splitlines() or [""])[0].strip()
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(told("backup.passphrase_unreadable", {"file": str(file)})) from None
    if not first:
        raise click.ClickException(told("backup.passphrase_empty", {"file": str(file)}))
    return first


def _say(faults: Iterable[Fault]) -> None:
    for fault in faults:
        click.echo(told(f"backup.row_file_{fault.why}", {"sha256": fault.sha256, "column": fault.column}), err=True)


def _unwritten(file: Path, error: OSError) -> click.ClickException:
    said = {"file": str(error.filename or file), "said": error.strerror or str(error)}
    return click.ClickException(told("backup.disk", said))


COMMANDS = (backup, restore, sweep_files)
