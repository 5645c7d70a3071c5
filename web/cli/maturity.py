"""`flask index` and `flask path`: what values give, and the cheapest way to a target. No database is needed."""

import ctypes
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from governance.assessment import values as written
from governance.assessment.costs import read_costs
from governance.assessment.instruments import Instrument
from governance.assessment.path import Plan, Question, Unreachable, alternatives, cheapest, question, reasons
from governance.assessment.scoring import as_fraction, four_decimals, score, two_decimals
from governance.assessment.steps import Costs, Step, one_each, steps_from
from governance.kernel.data_files import BrokenData
from governance.kernel.errors import Invalid, Refusal
from web.index_told import index_answer
from web.wording import problem_told, told
from workflows.library import Library

LARGEST = 1_000_000  # bytes of a VALUES.json
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Refused(click.ClickException):
    """What was handed in cannot be used: the message on stderr, nothing on stdout."""

    exit_code = 2


@click.command("index")
@click.argument("instrument")
@click.argument("values", type=FILE)
@click.option("--external", type=FILE, help="JSON dari butir ke nilai indeks lain yang diubah, misalnya SDI.")
@with_appcontext
def print_index(instrument: str, values: Path, external: Path | None) -> None:
    """Cetak indeks INSTRUMENT menurut VALUES.json: {"1": 3, "2": "2.35", "A3": "8/3"}."""
    used, found = _read(instrument, values, external)
    index = score(used, found)
    answer = index_answer(used, index)
    _tell("index.not_official")
    if index.missing:
        _tell("index.gaps", missing=", ".join(index.missing))
    if "note" in answer:
        click.echo(answer["note"], err=True)
    _print(answer)


@click.command("path")
@click.argument("instrument")
@click.argument("values", type=FILE)
@click.option("--target", required=True, help="Indeks yang dituju, misalnya 2.6.")
@click.option("--costs", type=FILE, help="COSTS.yaml: usaha langkah dan dokumen; tanpa itu tiap tingkat bernilai 1.")
@click.option(
    "--by", type=click.DateTime(["%Y-%m-%d"]), help="Batas tanggal; langkah yang baru mungkin sesudahnya gugur."
)
@click.option("--external", type=FILE, help="JSON dari butir ke nilai indeks lain yang diubah, misalnya SDI.")
@click.option("--explain", is_flag=True, help="Sertakan alasan tiap langkah dan rencana lain.")
@with_appcontext
def print_path(
    instrument: str,
    values: Path,
    target: str,
    costs: Path | None,
    by: datetime | None,
    external: Path | None,
    explain: bool,
) -> None:
    """Cetak langkah termurah dari VALUES.json sampai indeks --target; keluar 1 bila tidak ada."""
    used, found = _read(instrument, values, external)
    aim = _target(used, target)
    asked_costs = _costs(costs, used)
    try:
        steps = steps_from(used, found, asked_costs, by.date() if by else None)
        asked = question(used, found, aim, steps, asked_costs)
    except Unreachable as refusal:
        lines = [told(refusal.key, refusal.params), *(problem_told(problem) for problem in refusal.problems)]
        raise click.ClickException("\n".join(lines)) from None
    with data_alone():
        plan = cheapest(asked)
        answer = _plan_answer(plan) | (_explained(asked, plan) if explain else {})
    _tell("path.simulated")
    _print(answer)


@contextmanager
def data_alone() -> Iterator[None]:
    """What a library writes to the process's stdout meanwhile goes to stderr: HiGHS does so now and then, unasked."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # The library's own buffer, or its line would come out later.
        os.dup2(kept, 1)
        os.close(kept)


def _read(name: str, values: Path, external: Path | None) -> tuple[Instrument, dict[str, Fraction]]:
    """The instrument and the exact values, those from other bodies' indices converted; or Refused."""
    shelf: Library = current_app.extensions["mandat"]
    try:
        instrument = shelf.instruments.instrument(name)
        found = written.values_of(instrument, written.read_json(_text(values)))
        if external:
            found |= written.converted(instrument, written.read_json(_text(external)))
    except Invalid as refusal:
        raise Refused("\n".join(problem_told(problem) for problem in refusal.problems)) from None
    except Refusal as refusal:
        raise Refused(told(refusal.key, refusal.params)) from None
    if between := written.unusual(instrument, found):
        _tell("values.between", items=", ".join(between))
    return instrument, found


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST:
        raise Refused(f"{file} terlalu besar (paling banyak {LARGEST // 1000} kB).")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{file} bukan teks UTF-8.") from None


def _target(instrument: Instrument, target: str) -> Fraction:
    aim = written.number_in(target)
    if aim is None or not instrument.min_value <= aim <= instrument.max_value:
        bounds = {"least": instrument.min_value, "most": instrument.max_value}
        raise Refused(told("path.target", {"target": target[:40], **bounds}))
    return aim


def _costs(file: Path | None, instrument: Instrument) -> Costs:
    if file is None:
        return one_each(instrument)
    try:
        costs = read_costs(file, instrument)
    except BrokenData as broken:
        raise Refused(str(broken)) from None
    external = dict.fromkeys(key for key, _ in costs.steps if instrument.items[key].external)
    if external:
        _tell("path.ignored", items=", ".join(external))
    return costs


def _plan_answer(plan: Plan) -> dict[str, Any]:
    return {
        "steps": [_step_answer(step) for step in plan.steps],
        "documents": list(plan.documents),
        "effort": _number(plan.effort),
        "index_after": two_decimals(plan.index_after),
        "optimal": plan.optimal,
    }


def _step_answer(step: Step) -> dict[str, Any]:
    owner = {"owner": step.cost.owner} if step.cost.owner else {}
    return {
        "indicator": step.indicator,
        "from": int(step.start) if step.start.denominator == 1 else _between(step.start),
        "to": step.end,
        "effort": _number(step.cost.effort),
        "gain": as_fraction(step.gain),
        **owner,
    }


def _explained(asked: Question, plan: Plan) -> dict[str, Any]:
    """Why each step is in, and the cheapest plans without one of the documents or OPDs."""
    why = {}
    for (key, level), reason in reasons(asked, plan).items():
        rests = ", ".join(f"{other}:{upto}" for other, upto in reason.rests)
        params = {"index": four_decimals(reason.index_without), "target": four_decimals(asked.target), "rests": rests}
        why[f"{key}:{level}"] = told("path.why.rests" if rests else "path.why", params)
    others = [_plan_answer(other) for other in alternatives(asked, plan)]
    return {"index_after_exact": as_fraction(plan.index_after), "why": why, "alternatives": others}


def _between(value: Fraction) -> str:
    """A value between two levels: as a decimal where it has an end, else as a fraction."""
    decimal = f"{float(value):.12g}"
    return decimal if Fraction(decimal) == value else as_fraction(value)


def _number(effort: Fraction) -> int | float:
    return int(effort) if effort.denominator == 1 else float(effort)


def _tell(key: str, **params: Any) -> None:
    click.echo(told(key, params), err=True)


def _print(answer: Mapping[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


COMMANDS = (print_index, print_path)
