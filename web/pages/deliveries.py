"""Deliveries: to whom a decree goes, their receipts, and the list of what has not been received yet."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.documents import deliveries as reading
from governance.documents import queries
from governance.documents.deliveries import ON_A_PAGE, Delivered
from governance.documents.delivery_models import DeliveryWay
from governance.documents.values import ISO_DATE
from governance.kernel import clock
from governance.kernel.errors import BadFile, Invalid, NotFound, Problem, TooLarge
from governance.obligations.queries import delivery_duty
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.days import days_left
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import document_shape
from web.sheets import handed, scan_kept
from web.wording import marked, told
from workflows import receiving
from workflows.receiving import Receipt

WAYS = {
    DeliveryWay.DIRECT: marked("Langsung"),
    DeliveryWay.POST: marked("Pos"),
    DeliveryWay.ELECTRONIC: marked("Elektronik"),
    DeliveryWay.PROGRAM: marked("Dinyatakan sendiri dalam Mandat"),
}
LABELS = {
    "delivery": marked("Penerima"),
    "received_on": marked("Tanggal diterima"),
    "way": marked("Cara"),
    "received_by": marked("Diterima oleh"),
    "scan": marked("Pindaian tanda terima"),
}


@pages.get("/deliveries")
def deliveries() -> ResponseReturnValue:
    actor = current_actor()
    today = today_of(actor)
    found = reading.chased(actor, _after(request.args.get("after", "")))
    page = found[:ON_A_PAGE]
    last = page[-1] if len(found) > ON_A_PAGE else None
    return render_template(
        "deliveries.html",
        rows=[delivery_shape(one, today) for one in page],
        watches=permissions.may(actor, Act.WATCH),
        later=bool(request.args.get("after")),
        next=url_for("pages.deliveries", after=f"{last.due_on.isoformat()}.{last.id}") if last else None,
    )


@pages.get("/documents/<int:document_id>/deliveries")
def document_deliveries(document_id: int) -> ResponseReturnValue:
    return _page(current_actor(), document_id)


@pages.post("/documents/<int:document_id>/deliveries")
def record_receipts(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    form = Form()
    received_on, received_by = form.day("received_on", required=True), form.text("received_by", required=True)
    chosen, scan, way = _chosen(form), form.scan("scan"), form.word("way", DeliveryWay, DeliveryWay.PROGRAM)
    if form.problems or received_on is None:
        return _page(actor, document_id, form=form, problems=form.problems), 422
    receipt = Receipt(document_id, chosen, received_on, way, received_by, scan)
    try:
        count = receiving.record_receipts(receipt, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, document_id, form=form, problems=refusal.problems), 422
    except (BadFile, TooLarge) as refusal:
        problem = Problem("scan", refusal.key, refusal.params)
        return _page(actor, document_id, form=form, problems=[problem]), 422
    flash(
        ngettext("%(num)s tanda terima dicatat.", "%(num)s tanda terima dicatat.", count)
        if count
        else _("Semua yang dipilih sudah diterima sebelumnya; tidak ada yang berubah."),
        "good",
    )
    return redirect(url_for("pages.document_deliveries", document_id=document_id), 303)


@pages.post("/deliveries/<int:delivery_id>/acknowledge")
def acknowledge_delivery(delivery_id: int) -> ResponseReturnValue:
    receiving.acknowledge(delivery_id, by=current_actor(), now=clock.now())
    flash(_("Keputusan dinyatakan diterima."), "good")
    return redirect(url_for("pages.deliveries"), 303)


@pages.get("/deliveries/<int:delivery_id>/scan")
def delivery_scan(delivery_id: int) -> ResponseReturnValue:
    actor = current_actor()
    one = reading.delivery(actor, delivery_id)
    queries.document(actor, one.document_id, today_of(actor))
    permissions.require(actor, Act.WATCH)
    if one.scan_sha256 is None:
        raise NotFound
    return handed(scan_kept(one.scan_sha256, f"tanda-terima-{one.document_id}-{one.id}"))


def delivery_shape(one: Delivered, today: date) -> dict[str, Any]:
    """A delivery in a list."""
    late = one.received_on is None and one.due_on < today
    left = None if one.received_on else days_left(one.due_on, today)
    return {
        "id": one.id,
        "document_url": url_for("pages.document", document_id=one.document_id),
        "url": url_for("pages.document_deliveries", document_id=one.document_id),
        "document_id": one.document_id,
        "title": one.document_title,
        "number": one.number,
        "recipient": one.recipient,
        "due_on": one.due_on,
        "days_left": None if late and left == 0 else left,  # Late since a day off: the state says so.
        "state": "acknowledged" if one.received_on else ("late" if late else "unacknowledged"),
        "received_on": one.received_on,
        "way": _(WAYS[one.way]) if one.way else "",
        "received_by": one.received_by,
        "by_title": one.by_title,
        "scan_url": one.scan_sha256 and url_for("pages.delivery_scan", delivery_id=one.id),
        "mine": one.mine and one.received_on is None,
    }


def _page(actor: Actor, document_id: int, form: Form | None = None, problems: Any = ()) -> str:
    today = today_of(actor)
    document = queries.document(actor, document_id, today)
    rows = [delivery_shape(one, today) for one in reading.deliveries_of(actor, document_id)]
    duty = delivery_duty(actor, document.kind, document.act.id) if document.act else None
    blank = {"received_on": today.isoformat() if form is None else "", "received_by": "", "way": "direct"}
    watches = permissions.may(actor, Act.WATCH)
    return render_template(
        "document_deliveries.html",
        document=document_shape(document),
        rows=rows,
        open=[row for row in rows if row["received_on"] is None],
        received=sum(row["received_on"] is not None for row in rows),
        why=[told(step["key"], step["params"]) for step in duty.computed] if duty else [],
        article=duty.basis if duty else "",
        can_record=permissions.may(actor, Act.DELIVER),
        can_see_scan=watches,
        form={**blank, **(form.again() if form else {})},
        chosen=set(form.many("delivery")) if form else {str(row["id"]) for row in rows if len(rows) == 1},
        ways=[(way.value, _(words)) for way, words in WAYS.items() if way is not DeliveryWay.PROGRAM],
        today=today,
        problems=shown(problems, LABELS),
    )


def _chosen(form: Form) -> list[int]:
    """The rows that were ticked; anything else in their place is no row at all."""
    ticked = form.many("delivery")[: receiving.MOST_AT_ONCE + 1]
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 19 else 0 for one in ticked]


def _after(typed: str) -> tuple[date, int] | None:
    day, _dot, key = typed.partition(".")
    if not ISO_DATE.fullmatch(day) or not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None
