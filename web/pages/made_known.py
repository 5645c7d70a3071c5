"""How far an act is made known: published to everyone, delivered to those it names; for its page and for the home."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.documents.becoming import Became, Reach
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.outstanding import Outstanding, outstanding
from governance.documents.publication_models import Publication
from governance.documents.seen import Seen
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library


def made_known(actor: Actor, document: Seen, known: Became) -> dict[str, Any]:
    """Whether an act is published and how far it has reached those it names; nothing of what is no act."""
    if document.state is not State.ENACTED or document.act is None:
        return {}
    public = document.kind in library().citing_kinds and document.secrecy is Secrecy.BIASA
    return {
        "publication": standing_shape(actor, document, known.publication),
        "delivered": delivered_shape(document, known.reach),
        "can_publish": public and not document.act.recorded and permissions.may(actor, Act.PUBLISH),
    }


def standing_shape(actor: Actor, document: Seen, last: Publication | None) -> dict[str, Any]:
    """Whether an act is published, for its page: since when, where, or withdrawn when and why."""
    if last is None or document.act is None:
        return {"state": "none", "url": None, "since": None, "withdrawn_on": None, "reason": ""}
    key = institution_of(actor).key
    return {
        "state": "withdrawn" if last.withdrawn_on else "published",
        "url": url_for("pages.jdih_act", key=key, token=document.act.token),
        "since": last.published_on,
        "withdrawn_on": last.withdrawn_on,
        "reason": last.reason,
    }


def delivered_shape(document: Seen, reach: Reach) -> dict[str, Any]:
    """How far the delivery of a document is, for its page, and the row that its reader may acknowledge."""
    return {
        "received": reach.received,
        "all": reach.all,
        "due_on": reach.due_on,
        "mine": reach.mine,
        "url": url_for("pages.document_deliveries", document_id=document.id),
    }


def still_to_make_known(actor: Actor) -> list[dict[str, Any]]:
    """For Bagian Hukum: decrees that have not reached everyone, then acts that were never published."""
    if not permissions.may(actor, Act.PUBLISH):
        return []
    found = outstanding(actor, library().citing_kinds)
    return [_to_deliver(one) if one.open else _to_publish(one) for one in found]


def _to_deliver(one: Outstanding) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": url_for("pages.document_deliveries", document_id=one.document_id),
        "asked": ngettext("%(num)s penerima belum menerima.", "%(num)s penerima belum menerima.", one.open),
        "due_on": one.day,
        "facts": [_("Nomor %(number)s", number=one.number)],
        "act": _("Catat tanda terima"),
    }


def _to_publish(one: Outstanding) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": url_for("pages.publishing", document_id=one.document_id),
        "asked": _("Belum diumumkan di JDIH."),
        "due_on": None,
        "facts": [_("Nomor %(number)s", number=one.number)],
        "act": _("Umumkan"),
    }
