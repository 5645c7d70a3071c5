"""`flask check-form`: the form of any Word file judged, without a database."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.documents import checking, form, upload
from governance.documents.checking import Ground
from governance.documents.form_case import Finding
from governance.documents.package import LARGEST_FILE, Package
from governance.kernel import clock
from governance.kernel.errors import Refusal
from governance.people.facts import InstitutionFacts
from web.cli.people import facts_named
from web.findings import WORDS, as_data
from web.wording import told
from workflows.library import Library

JAKARTA = "Asia/Jakarta"  # whose day it is where no institution is named


class NotJudged(click.ClickException):
    """The file could not be judged at all: exit 2, so that it is not taken for a fault that was found."""

    exit_code = 2


@click.command("check-form")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal naskah; bawaan: yang tertulis, lalu hari ini.")
@click.option("--institution", help="Kunci pemerintah daerah, misalnya serang.")
@click.option("--kind", help="Kunci jenis dokumen; bawaan: dikenali dari judul.")
@click.option("--json", "as_json", is_flag=True, help="Cetak daftar temuan sebagai JSON.")
@with_appcontext
def check_form(file: Path, on: datetime | None, institution: str | None, kind: str | None, as_json: bool) -> None:
    """Periksa bentuk naskah Word FILE. Keluar 1 bila ada kesalahan, 2 bila berkasnya tidak dapat diperiksa."""
    findings = _findings(file, _ground(on.date() if on else None, institution, kind))
    if as_json:
        click.echo(json.dumps([as_data(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for line in _table(findings):
            click.echo(line)
    raise SystemExit(1 if form.errors_in(findings) else 0)


def _ground(on: date | None, institution: str | None, kind: str | None) -> Ground:
    shelf: Library = current_app.extensions["mandat"]
    facts = _facts(institution) if institution else None
    if kind is not None and kind not in shelf.law.mandates:
        raise NotJudged(told("law.unknown_kind", {"kind": kind[:60]}))
    today = clock.day_in(facts.timezone if facts else JAKARTA, clock.now())
    return Ground(shelf.law, facts, kind, on, planned=today)


def _facts(key: str) -> InstitutionFacts:
    try:
        return facts_named(key)
    except click.ClickException as unknown:
        raise NotJudged(unknown.message) from None


def _findings(file: Path, ground: Ground) -> tuple[Finding, ...]:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
        upload.judge_package(Package.read(data))
        return checking.check_file(data, ground)
    except Refusal as refusal:
        raise NotJudged(f"{file}: {told(refusal.key, refusal.params)}") from None
    except OSError as error:
        raise NotJudged(f"{file} tidak dapat dibaca: {error.strerror}.") from None


def _table(findings: tuple[Finding, ...]) -> list[str]:
    """For a person: severity, place, what to do, where it is written."""
    if not findings:
        return ["Tidak ada temuan."]
    rows: list[dict[str, Any]] = [{**as_data(one), "word": WORDS[one.severity]} for one in findings]
    wide, place = (max(len(row[name]) for row in rows) for name in ("word", "place"))
    return [f"{row['word']:<{wide}}  {row['place']:<{place}}  {row['message']} [{row['source']}]" for row in rows]


COMMANDS = (check_form,)
