"""Publication over the API: what of an act can be public, shown to everyone, and taken back with a reason."""

from typing import Any

from flask import url_for

from governance.documents import queries
from governance.documents.becoming import became
from governance.documents.publishable import ready
from governance.documents.publishing import obstacle
from governance.kernel import clock
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.api.act_schemas import PublicationOut, Published, PublishIn, Unpublished, UnpublishIn
from web.api.blueprint import api
from web.api.bodies import Body
from web.at_hand import institution_of, library
from web.guard import current_actor
from web.wording import told
from workflows import publication
from workflows.publication import LONGEST_REASON, Withdrawal


@api.get("/documents/<int:document_id>/publication")
@api.output(PublicationOut)
@api.doc(summary="Pengumuman di JDIH: berkas yang dapat diumumkan, atau sebabnya tidak", responses=[401, 403, 404])
def read_publication(document_id: int) -> dict[str, Any]:
    return _shown(current_actor(), document_id)


@api.post("/documents/<int:document_id>/publication")
@api.input(PublishIn, validation=False)
@api.output(Published)
@api.doc(summary="Umumkan PDF yang dilihat (seen)", responses=[401, 403, 404, 409, 422])
def publish(document_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    body = Body(("seen",))
    seen = body.text("seen", required=True, limit=64)
    body.done()
    publication.publish(document_id, seen=seen, by=actor, now=clock.now(), library=library())
    return _shown(actor, document_id)


@api.post("/documents/<int:document_id>/publication/withdraw")
@api.input(UnpublishIn, validation=False)
@api.output(Unpublished)
@api.doc(summary="Tarik dari JDIH; halamannya menyebut tanggal dan alasannya", responses=[401, 403, 404, 409, 422])
def unpublish(document_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    body = Body(("reason",))
    reason = body.text("reason", required=True, limit=LONGEST_REASON)
    body.done()
    publication.withdraw(Withdrawal(document_id, reason), by=actor, now=clock.now())
    return _shown(actor, document_id)


def _shown(actor: Actor, document_id: int) -> dict[str, Any]:
    document = queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))
    permissions.require(actor, Act.PUBLISH)
    key = obstacle(document, document.kind in library().citing_kinds)
    file = None if key else ready(actor, document).file
    why_not = key or ("" if file else "publish.no_file")
    last, token = became(actor, document).publication, document.act.token if document.act else None
    return {
        "document_id": document.id,
        "state": "none" if last is None else "withdrawn" if last.withdrawn_on else "published",
        "file": file.sha256 if file else None,
        "why_not": told(why_not) if why_not else "",
        "published": last.sha256 if last else None,
        "published_on": last.published_on.isoformat() if last else None,
        "withdrawn_on": last.withdrawn_on.isoformat() if last and last.withdrawn_on else None,
        "reason": last.reason if last else "",
        "address": url_for("pages.jdih_act", key=institution_of(actor).key, token=token) if last else None,
    }


def _readable(actor: Actor, document_id: int) -> None:
    """NotFound where the caller may not see the document; what he may not do is said after that."""
    queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))
