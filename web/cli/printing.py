"""`flask pdf`: Word files to PDF by LibreOffice, many with one start, without a database."""

import tempfile
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from web.wording import told
from workflows.outside.soffice import NotThere, Printed, Printer, printed, wrong_font
from workflows.printing import ANSWERS, NOT_INSTALLED, WRONG_FONT


@click.command("pdf")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder untuk PDF-nya.")
@with_appcontext
def pdf(files: tuple[Path, ...], out: Path) -> None:
    """Cetak FILES (.docx) menjadi PDF di folder OUT; satu baris untuk tiap PDF, galat bila ada yang gagal."""
    printer: Printer = current_app.extensions["printer"]
    if printer.program is None:
        raise click.ClickException(told(NOT_INSTALLED))
    places = _places(files, out)
    if wrong_font():
        click.echo(told(WRONG_FONT), err=True)
    with tempfile.TemporaryDirectory(prefix="mandat-pdf-") as folder:
        try:
            outcomes = printed(files, replace(printer, folder=Path(folder)))
            failed = [not _written(files[one.number], places[one.number], one) for one in outcomes]
        except NotThere as error:
            raise click.ClickException(f"{printer.program}: {error}") from None
        except OSError as error:
            raise click.ClickException(f"{error.filename or out}: {error.strerror}.") from None
    if any(failed):
        raise click.exceptions.Exit(1)


def _places(files: tuple[Path, ...], out: Path) -> list[Path]:
    """Where each PDF goes; two files of one name from two folders must not overwrite each other."""
    places = [out / f"{file.stem}.pdf" for file in files]
    if len({str(place).lower() for place in places}) < len(places):
        raise click.ClickException("Ada dua berkas dengan nama yang sama. Beri nama yang berbeda.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{out} tidak dapat dibuat: {error.strerror}.") from None
    return places


def _written(file: Path, place: Path, one: Printed) -> bool:
    if one.pdf is None:
        assert one.fault is not None  # a file has a PDF or a fault
        click.echo(f"{file}: {told(ANSWERS[one.fault])}", err=True)
        return False
    place.write_bytes(one.pdf)
    click.echo(str(place))
    return True


COMMANDS = (pdf,)
