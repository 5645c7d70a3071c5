"""How far an act is made known: published to everyone, delivered to those it names; for its page and for the home."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.documents import publishable
from governance.documents.deliveries import deliveries_of, undelivered
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.publishable import unpublished
from governance.documents.seen import Seen
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library


def made_known(actor: Actor, document: Seen) -> dict[str, Any]:
    """Whether an act is published and how far it has reached those it names; nothing of what is no act."""
    if document.state is not State.ENACTED or document.act is None:
        return {}
    public = document.kind in library().citing_kinds and document.secrecy is Secrecy.BIASA
    return {
        "publication": standing_shape(actor, document),
        "delivered": delivered_shape(actor, document),
        "can_publish": public and not document.act.recorded and permissions.may(actor, Act.PUBLISH),
    }


def standing_shape(actor: Actor, document: Seen) -> dict[str, Any]:
    """Whether an act is published, for its page: since when, where, or withdrawn when and why."""
    last = publishable.last_of(actor, document.act.id) if document.act else None
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


def delivered_shape(actor: Actor, document: Seen) -> dict[str, Any]:
    """How far the delivery of a document is, for its page, and the row that its reader may acknowledge."""
    rows = deliveries_of(actor, document.id) if document.act else []
    mine = [one.id for one in rows if one.mine and one.received_on is None]
    received = sum(one.received_on is not None for one in rows)
    return {
        "received": received,
        "all": len(rows),
        "due_on": max((one.due_on for one in rows), default=None),
        "mine": mine[0] if mine else None,
        "url": url_for("pages.document_deliveries", document_id=document.id),
    }


def still_to_make_known(actor: Actor) -> list[dict[str, Any]]:
    """For Bagian Hukum: decrees that have not reached everyone, then acts that were never published."""
    if not permissions.may(actor, Act.PUBLISH):
        return []
    waiting = [
        {
            "title": one.title,
            "url": url_for("pages.document_deliveries", document_id=one.document_id),
            "asked": ngettext("%(num)s penerima belum menerima.", "%(num)s penerima belum menerima.", one.open),
            "due_on": one.due_on,
            "facts": [_("Nomor %(number)s", number=one.number)],
            "act": _("Catat tanda terima"),
        }
        for one in undelivered(actor)
    ]
    return waiting + [
        {
            "title": one.title,
            "url": url_for("pages.publishing", document_id=one.document_id),
            "asked": _("Belum diumumkan di JDIH."),
            "due_on": None,
            "facts": [_("Nomor %(number)s", number=one.number)],
            "act": _("Umumkan"),
        }
        for one in unpublished(actor, library().citing_kinds)
    ]
