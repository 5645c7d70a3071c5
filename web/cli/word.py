"""`flask fields` and `flask draft`: from the law to a Word file, without a database."""

from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml
from flask import current_app
from flask.cli import with_appcontext

from governance.documents import drafting, fields
from governance.documents.dating import dated
from governance.documents.kinds import Kind
from governance.kernel import clock
from governance.kernel.errors import Refusal
from governance.people.facts import InstitutionFacts
from web.cli.people import facts_named
from web.wording import problem_told, told
from workflows.library import Library

LARGEST = 1_000_000  # bytes of a FIELDS.yaml


@click.command("fields")
@click.argument("kind")
@click.option("--institution", required=True, help="Kunci pemerintah daerah, misalnya serang.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Tahun dokumen; bawaan: tahun ini.")
@with_appcontext
def print_fields(kind: str, institution: str, year: int | None) -> None:
    """Cetak FIELDS.yaml berisi semua isian KIND beserta penjelasannya."""
    facts, shelf = facts_named(institution), _library()
    today = clock.day_in(facts.timezone, clock.now())
    year = year or today.year
    on = today if year >= today.year else date(year, 1, 2)
    click.echo(fields.fields_yaml(_kind(kind), institution=facts, law=shelf.law, year=year, on=on), nl=False)


@click.command("draft")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def draft(kind: str, file: Path, out: Path) -> None:
    """Susun naskah Word KIND dari FIELDS.yaml; rancangan dengan bagian kosong yang ditandai."""
    shelf, chosen, written = _library(), _kind(kind), _read(file)
    facts = _institution_of(written)
    problems = fields.problems(chosen, written, institution=facts, complete=False)
    if problems:
        told_lines = [f"{problem.place}: {problem_told(problem)}" for problem in problems]
        raise click.ClickException("Isian belum benar, naskah tidak dibuat.\n" + "\n".join(told_lines))
    written = fields.cleaned(written)
    on = dated(written, clock.day_in(facts.timezone, clock.now()))
    text = drafting.compose(chosen, written, institution=facts, law=shelf.law, on=on)
    try:
        out.write_bytes(shelf.templates.render(chosen.key, text))
    except OSError as error:
        raise click.ClickException(f"{out} tidak dapat ditulis: {error.strerror}.") from None
    click.echo(str(out))


def _library() -> Library:
    shelf: Library = current_app.extensions["mandat"]
    return shelf


def _kind(key: str) -> Kind:
    try:
        return _library().kind(key)
    except Refusal as refusal:
        problem = refusal.problems[0] if hasattr(refusal, "problems") else None
        raise click.ClickException(problem_told(problem) if problem else told(refusal.key, refusal.params)) from None


def _read(file: Path) -> dict[str, Any]:
    if file.stat().st_size > LARGEST:
        raise click.ClickException(f"{file} terlalu besar (paling banyak {LARGEST // 1000} kB).")
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise click.ClickException(f"{file} bukan YAML yang benar: {str(error)[:300]}") from None
    if not isinstance(content, dict):
        raise click.ClickException(f"{file} harus berisi pasangan isian dan nilai, seperti keluaran `flask fields`.")
    return content


def _institution_of(written: dict[str, Any]) -> InstitutionFacts:
    key = written.get("institution")
    if not isinstance(key, str):
        raise click.ClickException("Isian `institution` kurang: tulis kunci pemerintah daerah, misalnya serang.")
    return facts_named(key)


COMMANDS = (print_fields, draft)
