"""Documents: the list, one document, a new one, an old act recorded, its files and its trail."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.becoming import became
from governance.documents.lifecycle import Move, State
from governance.documents.models import Secrecy
from governance.documents.seen import Seen, Wish
from governance.kernel import clock
from governance.kernel.errors import Invalid
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import unit_of
from governance.tasks import queries as tasks
from governance.trail.queries import trail_of
from web.at_hand import library, titles_of
from web.forms.reading import Form, shown
from web.guard import current_actor, current_held, current_known
from web.pages.blueprint import pages
from web.pages.home import task_state
from web.pages.made_known import made_known
from web.pages.relation_shapes import LABELS as RELATION_LABELS
from web.pages.relation_shapes import choices_shape, relation_words, standing_shape, wish_sent
from web.pages.shapes import document_shape, kinds_to_draft, kinds_to_record, route_shape, row_shape
from web.pages.turn_shapes import turning_shape
from web.printing import printing_shape
from web.sheets import file_of, handed, scan_of, text_of
from web.signatures import signature_of
from web.wording import marked, told
from workflows import drafting, enactment
from workflows.drafting import NewDocument
from workflows.enactment import OldAct

LABELS = {
    "kind": marked("Jenis dokumen"),
    "year": marked("Tahun"),
    "title": marked("Judul"),
    "number": marked("Nomor"),
    "signed_on": marked("Tanggal ditandatangani"),
    "in_force_from": marked("Mulai berlaku"),
    "in_force_to": marked("Berakhir"),
    "scan": marked("Pindaian"),
    "issuer": marked("Penerbit"),
    "objects": marked("Objek"),
}


@pages.get("/documents")
def documents() -> ResponseReturnValue:
    actor = current_actor()
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("state", "kind", "year", "q", "after")}
    found, after = queries.documents(actor, _wish(asked), today_of(actor))
    filters = {name: value for name, value in asked.items() if name != "after"}
    more = url_for("pages.documents", after=after, **_kept(filters)) if after else None
    this_year = today_of(actor).year
    return render_template(
        "documents.html",
        documents=[row_shape(document, today_of(actor)) for document in found],
        next=more,
        filters=filters,
        kinds=kinds_to_record(),
        years=[(year, year) for year in range(this_year + 1, 2017, -1)],
        can_create=permissions.may(actor, Act.DRAFT),
        can_record=permissions.may(actor, Act.RECORD_ACT),
        can_keep_templates=permissions.may(actor, Act.KEEP_TEMPLATES),
    )


@pages.get("/documents/<int:document_id>")
def document(document_id: int) -> ResponseReturnValue:
    return document_page(document_id)


def document_page(document_id: int, **more: Any) -> str:
    """One document, whole."""
    actor = current_actor()
    today = today_of(actor)
    seen = queries.document(actor, document_id, today)
    made = queries.decisions(actor, seen) if seen.revision else []
    steps = queries.route_lines(seen, titles_of(actor)) if seen.state is State.IN_REVIEW else []
    asks = seen.state is State.ENACTED and not library().is_promulgated(seen.kind)  # A Peraturan has no dictums.
    known = became(actor, seen)
    handed_out = tasks.tasks_of_document(actor, document_id) if asks else []
    return render_template(
        "document.html",
        document=document_shape(seen),
        standing=standing_shape(actor, seen, today),
        moves=[move.value for move in seen.moves],
        asked_as=_asked_as(seen),
        can_edit=seen.state is State.DRAFT and Move.SUBMIT in seen.moves,
        can_add_scan=_scan_missing(seen) and permissions.may(actor, Act.ENACT),
        route=route_shape(actor, seen, steps, made),
        turning=turning_shape(actor, seen, steps, made),
        decree=text_of(actor, seen),
        changed=(),
        files=files_shape(seen),
        printing=printing_shape(actor, seen, known.renditions),
        signature=signature_of(actor, seen),
        **made_known(actor, seen, known),
        revision={"number": seen.revision, "cut_at": None} if seen.revision else None,
        tasks=[
            {
                "unit": one.unit_name,
                "what": one.what,
                "url": url_for("pages.task", task_id=one.id),
                "dictum": one.place,
                "due_on": one.due_on,
                "state": task_state(one, today),
                "moved_at": one.moved_at,
            }
            for one in handed_out
        ],
        **{"problems": [], "reason": "", **more},
    )


def _asked_as(seen: Seen) -> dict[str, Any] | None:
    """The reader's other post that the document waits for, where he acts in one that it does not wait for."""
    acting = current_held()
    if acting.post_title in seen.waiting_titles:
        return None
    others = (one for one in current_known().held if one.post_title in seen.waiting_titles and not one.stood_in)
    return next(({"id": one.actor.holding_id, "title": one.actor.title} for one in others), None)


@pages.route("/documents/new", methods=["GET", "POST"])
def new_document() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.DRAFT)
    form = Form()
    if request.method == "GET":
        return _new_page(actor, {"kind": request.args.get("kind", ""), "year": today_of(actor).year}, [])
    year = form.number("year")
    new = NewDocument(
        kind=form.text("kind", required=True),
        year=year or 0,
        secrecy=form.word("secrecy", Secrecy, Secrecy.BIASA),
    )
    if form.problems:
        return _new_page(actor, form.again(), form.problems), 422
    try:
        document_id = drafting.open_document(new, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _new_page(actor, form.again(), refusal.problems), 422
    return redirect(url_for("pages.draft", document_id=document_id), 303)


@pages.route("/documents/record", methods=["GET", "POST"])
def record_act() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.RECORD_ACT)
    if request.method == "GET":
        return _record_page(actor, {"kind": request.args.get("kind", "")}, [])
    form = Form()
    signed_on = form.day("signed_on", required=True)
    starts = form.day("in_force_from") or signed_on
    ends, scan = form.day("in_force_to"), form.scan("scan")
    kind, title, number = (form.text(name, required=True) for name in ("kind", "title", "number"))
    if form.problems or signed_on is None or starts is None:
        return _record_page(actor, form.again(), form.problems), 422
    secrecy = form.word("secrecy", Secrecy, Secrecy.BIASA)
    issuer, objects = form.text("issuer"), form.text("objects")
    try:
        wishes = (wish_sent(actor, form),) if form.text("relation") else ()
        old = OldAct(kind, title, number, signed_on, starts, ends, scan, secrecy, issuer, objects, wishes)
        document_id = enactment.record_act(old, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _record_page(actor, form.again(), refusal.problems), 422
    flash(_("Dokumen dicatat dan dihitung dalam lima kelompok dokumen."), "good")
    return redirect(url_for("pages.document", document_id=document_id), 303)


@pages.get("/documents/<int:document_id>/file")
def document_file(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return handed(file_of(actor, queries.document(actor, document_id, today_of(actor))))


@pages.get("/documents/<int:document_id>/scan")
def document_scan(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return handed(scan_of(queries.document(actor, document_id, today_of(actor))))


@pages.get("/documents/<int:document_id>/trail")
def trail(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    lines = [
        {
            "at": line.at,
            "who": line.by_title,
            "what": told(f"trail.{line.what}", line.params),
            "note": "",
            "number": line.number,
            "hash": line.hash,
        }
        for line in reversed(trail_of(actor.institution_id, ("document", document_id)))
    ]
    return render_template("trail.html", document=document_shape(seen), lines=lines, next=None)


def files_shape(seen: Seen) -> list[dict[str, Any]]:
    """The files of a document, each with its hash."""
    files = []
    if seen.act is not None and seen.act.signed_sha256:
        url, note = url_for("pages.signed_file", document_id=seen.id), _("yang berlaku sebagai aslinya")
        name = _("PDF bertanda tangan elektronik")
        files.append({"url": url, "name": name, "note": note, "sha256": seen.act.signed_sha256})
    if seen.version is not None or seen.file_sha256 is not None:
        draft = seen.state is State.DRAFT
        name = (
            _("Naskah (Word), rancangan saat ini")
            if draft
            else _("Naskah revisi %(number)s (Word)", number=seen.revision)
        )
        url = url_for("pages.document_file", document_id=seen.id)
        files.append({"url": url, "name": name, "note": "", "sha256": None if draft else seen.file_sha256})
    if seen.act is not None and seen.act.scan_sha256:
        url = url_for("pages.document_scan", document_id=seen.id)
        note = _("naskah bertanda tangan")
        files.append({"url": url, "name": _("Pindaian"), "note": note, "sha256": seen.act.scan_sha256})
    return files


def today_of(actor: Actor) -> Any:
    """The institution's calendar day."""
    return clock.day_in(actor.timezone, clock.now())


def _kept(filters: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value}


def _scan_missing(seen: Seen) -> bool:
    return seen.act is not None and seen.act.scan_sha256 is None and seen.act.signed_sha256 is None


def _wish(asked: dict[str, str]) -> Wish:
    """Filters from the address; one that makes no sense is passed over, for an address may be old."""
    year, after = (
        int(asked[name]) if asked[name].isdecimal() and len(asked[name]) < 16 else None for name in ("year", "after")
    )
    return Wish(
        state=State(asked["state"]) if asked["state"] in set(State) else None,
        kind=asked["kind"] or None,
        year=year if year is not None and year < 10_000 else None,
        words=asked["q"],
        after=after,
    )


def _new_page(actor: Actor, form: Any, problems: Any) -> str:
    unit = unit_of(actor)
    form = {"kind": "", "year": "", "unit": unit[0], "secrecy": "biasa", **form}
    return render_template(
        "document_new.html", form=form, kinds=kinds_to_draft(), units=[unit], problems=shown(problems, LABELS)
    )


def _record_page(actor: Actor, form: Any, problems: Any) -> str:
    relation = ("relation", "other", "other_title")
    names = ("kind", "title", "number", "signed_on", "in_force_from", "in_force_to", "issuer", "objects", *relation)
    form = {**dict.fromkeys(names, ""), "secrecy": "biasa", **form}
    relates = permissions.may(actor, Act.RELATE)
    asked = library().law.mandates.get(form["kind"])
    return render_template(
        "record_act.html",
        form=form,
        kinds=kinds_to_record(),
        units=None,
        today=today_of(actor),
        number_example="",
        external=asked is not None and asked.external,
        words=relation_words() if relates else [],
        others=choices_shape(actor, today_of(actor)) if relates else [],
        reports=[mandate.title for mandate in library().law.mandates.values() if mandate.external],
        problems=shown(problems, {**RELATION_LABELS, **LABELS}),
    )
