"""Tasks over the API: the caller's own, one with its story, every move, and handing in."""

import base64
import binascii
from datetime import date
from typing import Any

from flask import Response, request

from governance.kernel import clock
from governance.kernel.errors import Problem
from governance.people.actors import Actor
from governance.people.queries import unit_named
from governance.tasks import queries, sheets
from governance.tasks.handing_in import FilePart
from governance.tasks.lifecycle import Move
from governance.tasks.queries import Asked, Taken
from governance.tasks.wants import Kind
from web.api.blueprint import api
from web.api.bodies import Body
from web.api.task_schemas import TaskHandIn, TaskList, TaskMoveIn, TaskOut, TaskWhole
from web.at_hand import library
from web.guard import current_actor
from web.pages.tasks import SHEET, last_tables, table_wanted
from web.sheets import Download, handed
from workflows import answering
from workflows.answering import TaskMove
from workflows.handing import Handed

MOST_TEXT = 30 * 1024 * 1024  # a file of twenty megabytes in base64


@api.get("/tasks")
@api.output(TaskList)
@api.doc(summary="Tugas kantor sendiri", responses=[401])
def list_tasks() -> dict[str, Any]:
    return {"items": [shown(one) for one in queries.tasks_of_unit(current_actor())], "next": None}


@api.get("/tasks/<int:task_id>")
@api.output(TaskWhole)
@api.doc(summary="Satu tugas dengan riwayatnya", responses=[401, 404])
def read_task(task_id: int) -> dict[str, Any]:
    return _whole(current_actor(), task_id)


@api.get("/tasks/<int:task_id>/sheet")
@api.doc(summary="Templat Excel satu tabel (?table=kunci), dengan isi terakhir", responses=[200, 401, 404])
def read_task_sheet(task_id: int) -> Response:
    actor = current_actor()
    want = table_wanted(queries.task(actor, task_id).wants, request.args.get("table", ""))
    rows = last_tables(queries.steps(actor, task_id)).get(want.key, [])
    return handed(Download(sheets.template(want, rows), f"tugas-{task_id}-{want.key}.xlsx", SHEET))


@api.get("/tasks/files/<int:file_id>")
@api.doc(summary="Berkas yang diserahkan", responses=[200, 401, 404])
def read_handed_file(file_id: int) -> Response:
    file = queries.handed_file(current_actor(), file_id)
    return handed(Download(library().files.read(file.sha256), file.name, file.media))


@api.post("/tasks/<int:task_id>/acknowledge")
@api.output(TaskOut)
@api.doc(summary="Nyatakan tugas diterima", responses=[401, 403, 404])
def acknowledge_task(task_id: int) -> dict[str, Any]:
    actor = current_actor()
    one = queries.task(actor, task_id)
    if one.acknowledged_at is None:
        answering.move(TaskMove(task_id, Move.ACCEPT, one.version), by=actor, now=clock.now())
    return shown(queries.task(actor, task_id))


@api.post("/tasks/<int:task_id>/moves")
@api.input(TaskMoveIn, validation=False)
@api.output(TaskWhole)
@api.doc(
    summary="Terima, tolak, minta atau beri perpanjangan, tanggapi, kembalikan, nyatakan lengkap, alihkan, batalkan",
    responses=[401, 403, 404, 409, 422],
)
def move_task(task_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    queries.task(actor, task_id)
    body = Body(("move", "version", "words", "until", "unit"))
    move = body.word("move", Move, "field.unknown_word")
    version, words, until = body.number("version"), body.text("words"), body.day("until")
    unit_id = _unit(body, actor)
    body.done()
    assert move is not None  # `done` has refused a body without one
    answering.move(TaskMove(task_id, move, version, words, until, unit_id), by=actor, now=clock.now())
    return _whole(actor, task_id)


@api.post("/tasks/<int:task_id>/hand-ins")
@api.input(TaskHandIn, validation=False)
@api.output(TaskWhole, status_code=201)
@api.doc(summary="Serahkan yang diminta; kesalahan tabel disebut selnya", responses=[401, 403, 404, 409, 422])
def hand_in_task(task_id: int, json_data: Any) -> tuple[dict[str, Any], int]:
    actor = current_actor()
    one = queries.task(actor, task_id)
    body = Body(("version", "note", "tables", "sheets", "files"))
    version, note = body.number("version"), body.text("note")
    files = _files(body)
    tables, wrong = _tables(body, one)
    body.done()
    given = Handed(task_id, version, note, tables, files, tuple(wrong))
    answering.hand_in(given, by=actor, now=clock.now(), library=library())
    return _whole(actor, task_id), 201


def shown(one: Asked) -> dict[str, Any]:
    """A task as the API gives it."""
    return {
        "id": one.id,
        "document_id": one.document_id,
        "obligation_id": one.obligation_id,
        "source": one.source.value,
        "unit": one.unit_name,
        "asked_by": one.asked_by,
        "place": one.place,
        "what": one.what,
        "why": one.why,
        "due_on": _iso(one.due_on),
        "wished_until": _iso(one.wished_until),
        "state": one.state.value,
        "version": one.version,
        "moves": [move.value for move in one.moves],
        "acknowledged_at": one.acknowledged_at,
    }


def _whole(actor: Actor, task_id: int) -> dict[str, Any]:
    one = queries.task(actor, task_id)
    wants = [want.as_data() for want in one.wants]
    return shown(one) | {"wants": wants, "story": [_step(step) for step in queries.steps(actor, task_id)]}


def _step(step: Taken) -> dict[str, Any]:
    return {
        "move": step.move.value,
        "by": step.by_title,
        "words": step.words,
        "until": _iso(step.until),
        "at": step.at,
        "tables": step.tables,
        "files": [
            {"id": file.id, "name": file.name, "want": file.want, "size": file.size, "sha256": file.sha256}
            for file in step.files
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _unit(body: Body, actor: Actor) -> int | None:
    """A unit of the caller's institution by its key; None where none is named."""
    key = body.text("unit", limit=40)
    if not key:
        return None
    found = unit_named(actor.institution_id, key)
    if found is None:
        body.problems.append(Problem("unit", "task.unit_unknown"))
    return found


def _tables(body: Body, one: Asked) -> tuple[dict[str, list[dict[str, str]]], list[Problem]]:
    """The rows of each table that is asked for: given as rows, or read from a sheet."""
    given, came = body.content.get("tables") or {}, body.content.get("sheets") or {}
    if not (_is_rows(given) and isinstance(came, dict)):
        body.problems.append(Problem("tables", "field.not_object"))
        return {}, []
    asked = {want.key: want for want in one.wants if want.kind is Kind.TABLE}
    body.problems += [Problem(str(key)[:60], "field.unknown") for key in (*given, *came) if key not in asked]
    tables, wrong = {key: rows for key, rows in given.items() if key in asked}, list[Problem]()
    for key in came:
        if key in asked and (data := _bytes(body, f"sheets.{key}", came[key])) is not None:
            read = sheets.read(asked[key], data)
            tables[key], wrong = read.rows, [*wrong, *read.problems]
    return tables, wrong


def _is_rows(given: Any) -> bool:
    """Whether it is an object of lists of objects of texts."""
    return isinstance(given, dict) and all(
        isinstance(rows, list)
        and all(isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in rows)
        for rows in given.values()
    )


def _files(body: Body) -> tuple[FilePart, ...]:
    given = body.content.get("files") or []
    if not (isinstance(given, list) and all(isinstance(one, dict) for one in given)):
        body.problems.append(Problem("files", "field.not_object"))
        return ()
    files = []
    for number, one in enumerate(given):
        name, want = one.get("name"), one.get("want") or ""
        data = _bytes(body, f"files.{number}", one.get("data"))
        if not (isinstance(name, str) and isinstance(want, str)):
            body.problems.append(Problem(f"files.{number}", "field.not_text"))
        elif data is not None:
            files.append(FilePart(name, data, want[:40]))
    return tuple(files)


def _bytes(body: Body, place: str, text: Any) -> bytes | None:
    """What was sent in base64; None after a fault was noted."""
    try:
        if isinstance(text, str) and len(text) <= MOST_TEXT:
            return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        pass
    body.problems.append(Problem(place, "field.not_base64"))
    return None
