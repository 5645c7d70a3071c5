"""`flask kinds`: what can be drafted here."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext

from workflows.library import Library


@click.command("kinds")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@with_appcontext
def print_kinds(as_json: bool) -> None:
    """Cetak jenis dokumen yang dapat disusun: kunci, kelompok, judul."""
    shelf: Library = current_app.extensions["mandat"]
    order = [group.key for group in shelf.law.groups]
    kinds = sorted(shelf.kinds.values(), key=lambda kind: (order.index(kind.group), kind.key))
    if as_json:
        rows = [{"key": kind.key, "title": kind.title, "group": kind.group} for kind in kinds]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    widest = max(len(kind.key) for kind in kinds)
    for kind in kinds:
        click.echo(f"{kind.key:{widest}}  {kind.group:{max(map(len, order))}}  {kind.title}")


COMMANDS = (print_kinds,)
