"""`flask compare`: what differs between two Word files, and the newer one with tracked changes; without a database."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from governance.documents.comparison import Block, Comparison, Fate, compare
from governance.documents.redline import redline
from governance.documents.word_diff import How
from governance.kernel import clock
from governance.kernel.texts import unprintable
from web.cli.people import told_or_stop

MARKS = {How.KEPT: "{}", How.REMOVED: "[-{}-]", How.ADDED: "{{+{}+}}"}
WORD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("compare")
@click.argument("old", type=WORD_FILE)
@click.argument("new", type=WORD_FILE)
@click.option("--json", "as_json", is_flag=True, help="Cetak semua bagian sebagai JSON.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tulis NEW dengan perubahan terlacak.")
@click.option("--author", default="Mandat", show_default=True, help="Nama yang tertulis pada perubahan terlacak.")
@with_appcontext
def compare_files(old: Path, new: Path, *, as_json: bool, out: Path | None, author: str) -> None:
    """Bandingkan dua berkas Word: paragraf dan baris tabel, kata demi kata."""
    if unprintable("author", author):
        raise click.ClickException("Nama penulis memuat karakter yang tidak dapat dicetak.")
    before, after = old.read_bytes(), new.read_bytes()
    found = told_or_stop(lambda: compare(before, after))
    if out is not None:
        tracked = told_or_stop(lambda: redline(before, after, author=author, at=clock.now()))
        try:
            out.write_bytes(tracked)
        except OSError as error:
            raise click.ClickException(f"{out} tidak dapat ditulis: {error.strerror}.") from None
    click.echo(_json(found) if as_json else _written(found), nl=as_json)


def _json(found: Comparison) -> str:
    return json.dumps({"counts": found.counts, **found.as_data()}, ensure_ascii=False)


def _written(found: Comparison) -> str:
    """What differs, one block a line: removed words in [- -], added ones in {+ +}."""
    return "".join(f"{_line(block)}\n" for block in found.blocks if block.fate is not Fate.EQUAL)


def _line(block: Block) -> str:
    return " | ".join(
        "".join(MARKS[piece.how].format(piece.text) for piece in cell if piece.text) for cell in block.cells
    )


COMMANDS = (compare_files,)
