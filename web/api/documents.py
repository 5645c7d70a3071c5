"""Documents over the API: open one, list them, read one, its file, and make a move."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from governance.documents import queries
from governance.documents.effect import effect
from governance.documents.lifecycle import Move, State
from governance.documents.models import Form, Secrecy
from governance.documents.renditions import OPEN, renditions
from governance.documents.seen import Seen, Wish
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.people.actors import Actor
from governance.people.queries import post_named
from web.api.blueprint import api
from web.api.bodies import Body
from web.api.schemas import (
    ASKED_ANSWERS,
    PDF_ANSWERS,
    DocumentIn,
    DocumentList,
    DocumentOut,
    DocumentQuery,
    FindingList,
    MoveIn,
    PdfQuery,
)
from web.at_hand import library
from web.errors import problem
from web.findings import as_data, findings_of
from web.guard import current_actor
from web.moving import TURNS, Turned, enact_document, move_document, promulgate_act, record_step, turn_document
from web.printing import pdf_of, printer, state_told
from web.sheets import file_of, handed
from workflows import drafting, printing
from workflows.drafting import NewDocument
from workflows.recording import StepTaken

MOVE_FIELDS = (
    *("move", "seen", "reason", "signed_on", "number", "letter_number", "letter_date", "promulgated_on", "step"),
    *("to_step", "to_post", "for_post"),
)


@api.post("/documents")
@api.input(DocumentIn, validation=False)
@api.output(DocumentOut, status_code=201)
@api.doc(summary="Buka dokumen baru", responses=[401, 403, 422])
def open_document(json_data: Any) -> tuple[dict[str, Any], int, dict[str, str]]:
    body = Body(("kind", "year", "title", "fields", "secrecy"))
    secrecy = body.word("secrecy", Secrecy, "field.unknown") if body.content.get("secrecy") is not None else None
    new = NewDocument(
        kind=body.text("kind", required=True, limit=60),
        year=body.number("year"),
        fields=body.mapping("fields"),
        title=body.text("title", limit=1000),
        secrecy=secrecy,
    )
    body.done()
    actor = current_actor()
    document_id = drafting.open_document(new, by=actor, now=clock.now(), library=library())
    return _document(actor, document_id), 201, {"Location": url_for(".read_document", document_id=document_id)}


@api.get("/documents")
@api.input(DocumentQuery, location="query", validation=False)
@api.output(DocumentList)
@api.doc(summary="Daftar dokumen, yang terbaru dahulu", responses=[401, 422])
def list_documents(query_data: Any) -> dict[str, Any]:
    actor = current_actor()
    found, after = queries.documents(actor, _wish(), _today(actor))
    return {"items": [shown(document, _today(actor)) for document in found], "next": after and str(after)}


@api.get("/documents/<int:document_id>")
@api.output(DocumentOut)
@api.doc(summary="Satu dokumen", responses=[401, 404])
def read_document(document_id: int) -> dict[str, Any]:
    return _document(current_actor(), document_id)


@api.get("/documents/<int:document_id>/file")
@api.doc(summary="Berkas Word (atau pindaian akta yang hanya dicatat)", responses=[200, 401, 404])
def read_file(document_id: int) -> Response:
    actor = current_actor()
    return handed(file_of(actor, queries.document(actor, document_id, _today(actor))))


@api.get("/documents/<int:document_id>/findings")
@api.output(FindingList)
@api.doc(summary="Pemeriksaan bentuk naskah, yang paling berat dahulu", responses=[401, 404])
def read_findings(document_id: int) -> dict[str, Any]:
    actor = current_actor()
    seen = queries.document(actor, document_id, _today(actor))
    return {"items": [as_data(one) for one in findings_of(actor, seen)], "next": None}


@api.get("/documents/<int:document_id>/pdf")
@api.input(PdfQuery, location="query", validation=False)
@api.doc(
    summary="PDF naskah (form=naskah) atau salinan (form=salinan); 202 selama masih dikerjakan", responses=PDF_ANSWERS
)
def read_pdf(document_id: int, query_data: Any) -> Response | tuple[Response, int]:
    actor = current_actor()
    document = queries.document(actor, document_id, _today(actor))
    form = _form()
    shown = renditions(actor, document).get(form)
    if shown is None or shown.pdf_sha256 is not None:
        return handed(pdf_of(actor, document, form))
    status = HTTPStatus.ACCEPTED if shown.state in OPEN else HTTPStatus.CONFLICT
    return problem(status, state_told(shown), state=shown.state.value, before=shown.before), status


@api.post("/documents/<int:document_id>/pdf")
@api.input(PdfQuery, location="query", validation=False)
@api.doc(summary="Minta PDF dibuat; yang sudah diminta tidak diminta dua kali", responses=ASKED_ANSWERS)
def ask_pdf(document_id: int, query_data: Any) -> tuple[Response, int, dict[str, str]]:
    actor, form = current_actor(), _form()
    printing.ask_pdf(document_id, form, by=actor, now=clock.now(), printer=printer())
    shown = renditions(actor, queries.document(actor, document_id, _today(actor)))[form]
    where = {"Location": url_for(".read_pdf", document_id=document_id, form=form.value)}
    told_so = problem(HTTPStatus.ACCEPTED, state_told(shown), state=shown.state.value, before=shown.before)
    return told_so, HTTPStatus.ACCEPTED, where


@api.post("/documents/<int:document_id>/moves")
@api.input(MoveIn, validation=False)
@api.output(DocumentOut)
@api.doc(
    summary="Ajukan, paraf, setujui, kembalikan, teruskan, tarik, catat langkah luar, catat penetapan, atau undangkan",
    responses=[401, 403, 404, 409, 422],
)
def make_move(document_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    queries.document(actor, document_id, _today(actor))
    body = Body(MOVE_FIELDS)
    move = body.word("move", Move, "decision.unknown_move")
    asked = Decided(document_id, body.text("seen", required=True, limit=64), body.text("reason"))
    days = {name: body.day(name) for name in ("signed_on", "promulgated_on", "letter_date")}
    number, letter, step = (body.text(name, limit=200) for name in ("number", "letter_number", "step"))
    turned = _turned(body, move, asked, actor)
    body.done()
    match move:
        case Move.ENACT:
            enact_document(asked, days["signed_on"], actor, scan=None, number=number or None)
        case Move.PROMULGATE:
            promulgate_act(asked, days["promulgated_on"], actor, number=number or None)
        case Move.RECORD:
            record_step(StepTaken(asked, letter, days["letter_date"], step=step), actor)
        case _ if turned is not None:
            turn_document(turned, actor)
        case _:
            assert move is not None  # `done` has refused a body without one
            move_document(asked, move, actor)
    return _document(actor, document_id)


def _turned(body: Body, move: Move | None, asked: Decided, actor: Actor) -> Turned | None:
    """The turn of the route that is asked for; None for every other move."""
    step = body.whole("to_step")
    posts = {name: _post(body, name, actor) for name in ("to_post", "for_post")}
    if move is None or move not in TURNS:
        return None
    if move is Move.RETURN_STEP and step is None:
        body.problems.append(Problem("to_step", "field.missing"))
    if move is Move.FORWARD and posts["to_post"] is None and "to_post" not in {one.place for one in body.problems}:
        body.problems.append(Problem("to_post", "field.missing"))
    return Turned(move, asked, step - 1 if step is not None else None, posts["to_post"], posts["for_post"])


def _post(body: Body, name: str, actor: Actor) -> int | None:
    """A post of the caller's institution by its key; None where none is named."""
    key = body.text(name, limit=40)
    if not key:
        return None
    found = post_named(actor.institution_id, key)
    if found is None:
        body.problems.append(Problem(name, "decision.no_such_post"))
    return found


def shown(document: Seen, today: date) -> dict[str, Any]:
    """A document as the API gives it."""
    return {
        "id": document.id,
        "kind": document.kind,
        "year": document.year,
        "title": document.title,
        "state": document.state.value,
        "secrecy": document.secrecy.value,
        "initiating_unit": document.unit_name,
        "seen": document.seen,
        "sha256": document.sha256,
        "number": document.number,
        "signed_on": document.act.signed_on.isoformat() if document.act else None,
        "scan": _scan(document),
        "way": document.act.way.value if document.act and document.act.way else None,
        "signed": document.act.signed_sha256 if document.act else None,
        "gazette": document.act.gazette if document.act else None,
        "promulgated_on": _iso(document.act.promulgated_on if document.act else None),
        "effect": effect(document.act.period, today).value if document.act else None,
        "revoked_on": _iso(document.act.revoked_on if document.act else None),
        "waiting_for": list(document.waiting_for),
        "due_on": _iso(document.due_on),
        "moves": [move.value for move in document.moves],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _form() -> Form:
    form = request.args.get("form") or Form.NASKAH
    if form not in set(Form):
        raise Invalid(Problem("form", "field.unknown_word", {"known": ", ".join(Form)}))
    return Form(form)


def _scan(document: Seen) -> str | None:
    if document.act is None:
        return None
    if document.act.signed_sha256 is not None:
        return None  # signed electronically: `signed` names the PDF
    return document.act.scan_sha256 or "scan menyusul"


def _document(actor: Actor, document_id: int) -> dict[str, Any]:
    today = _today(actor)
    return shown(queries.document(actor, document_id, today), today)


def _today(actor: Actor) -> Any:
    return clock.day_in(actor.timezone, clock.now())


def _wish() -> Wish:
    problems = []
    state, kind, after = (request.args.get(name) or None for name in ("state", "kind", "after"))
    if state is not None and state not in set(State):
        problems.append(Problem("state", "document.unknown_state"))
    if after is not None and not (after.isascii() and after.isdigit() and len(after) < 16):
        problems.append(Problem("after", "field.not_number"))
    if problems:
        raise Invalid(*problems)
    return Wish(state=State(state) if state else None, kind=kind and kind[:60], after=int(after) if after else None)
