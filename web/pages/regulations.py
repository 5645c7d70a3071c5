"""The register of regulations: the list, one regulation with what cites it, and its trail."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import citing
from governance.documents.reviewing import last_change
from governance.documents.values import ISO_DATE
from governance.mandates.register import Wish, register_of
from governance.mandates.regulations import Regulation
from governance.mandates.validity import Force
from governance.people import permissions
from governance.people.permissions import Act
from governance.trail.queries import trail_of
from web.at_hand import library
from web.forms.regulation import ENTRY_LABELS, FACT_LABELS
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.regulation_shapes import (
    citation_shape,
    citing_shape,
    fact_shape,
    is_closed,
    kinds_words,
    page_shape,
    row_shape,
)
from web.wording import told

PAGE = 50


@pages.get("/regulations")
def regulations() -> ResponseReturnValue:
    actor = current_actor()
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("q", "type", "state", "on", "after")}
    today = today_of(actor)
    on = day_asked(asked["on"], today)
    register = register_of(actor.institution_id, library().law)
    wish = Wish(asked["q"], asked["type"], Force(asked["state"]) if asked["state"] in set(Force) else None)
    found = register.matching(wish, on)
    shown = _from(found, asked["after"])
    filters: dict[str, Any] = {name: value for name, value in asked.items() if name != "after" and value}
    more = url_for("pages.regulations", after=shown[-1].key, **filters) if shown[-1:] != found[-1:] else None
    return render_template(
        "regulations.html",
        regulations=[row_shape(register, one, on) for one in shown],
        count=len(found),
        next=more,
        filters={name: value for name, value in asked.items() if name != "after"},
        filtered=bool(filters),
        on=on,
        types=[(type_, type_) for type_ in dict.fromkeys(one.type for one in register.in_order())],
        can_keep=permissions.may(actor, Act.KEEP_REGISTER),
    )


@pages.get("/regulations/<key>")
def regulation(key: str) -> ResponseReturnValue:
    return regulation_page(key)


def regulation_page(key: str, **more: Any) -> str:
    """One regulation, whole: on the day in the address, or today."""
    actor = current_actor()
    today = today_of(actor)
    register = register_of(actor.institution_id, library().law)
    one = register.law.regulation(key)
    on = day_asked(request.args.get("on", ""), today)
    after = request.args.get("after", "")
    documents, next_ = citing.documents_citing(actor, key, after=int(after) if _is_row(after) else None)
    drafts = citing.drafts_citing(register.before(key), library().citing_kinds, key, today, actor)
    changed = last_change(one, register.facts_of(key))
    entry = register.entry(key)
    return render_template(
        "regulation.html",
        regulation=page_shape(register, one, on),
        citation=citation_shape(register, one, on),
        on=on,
        entry=entry,
        closed=is_closed(register, one),
        facts=[fact_shape(register, fact) for fact in register.facts_of(key)],
        kinds=kinds_words(register.law.kinds_citing(key, register.institution, on), len(register.law.mandates)),
        documents=[citing_shape(row, changed, today) for row in documents],
        drafts=[citing_shape(row, changed, today) for row in drafts],
        next=url_for("pages.regulation", key=key, on=request.args.get("on"), after=next_) if next_ else None,
        can_keep=permissions.may(actor, Act.KEEP_REGISTER),
        today=today,
        **{"problems": [], "form": {}, **more},
    )


@pages.get("/regulations/<key>/trail")
def regulation_trail(key: str) -> ResponseReturnValue:
    actor = current_actor()
    register = register_of(actor.institution_id, library().law)
    one = register.law.regulation(key)
    about = [("regulation", entry.id) for entry in register.entries if entry.key == key]
    about += [("regulation_fact", fact.id) for fact in register.facts_of(key)]
    shapes = [
        {
            "what": told(f"trail.{line.what}", line.params),
            "at": line.at,
            "who": line.by_title,
            "changes": _changes(line.params),
            "number": line.number,
            "hash": line.hash,
        }
        for line in reversed(trail_of(actor.institution_id, *about))
    ]
    return render_template("regulation_trail.html", name=one.name, key=key, lines=shapes)


def day_asked(value: str, today: date) -> date:
    """The day in an address; today where there is none or none that makes sense."""
    try:
        return date.fromisoformat(value) if ISO_DATE.fullmatch(value) else today
    except ValueError:
        return today


def _from(found: list[Regulation], after: str) -> list[Regulation]:
    keys = [one.key for one in found]
    start = keys.index(after) + 1 if after in keys else 0
    return found[start : start + PAGE]


def _is_row(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 16


def _changes(params: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(field, before, after) of a correction; a first entry tells nothing more."""
    before, after = params.get("before"), params.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    labels = {**ENTRY_LABELS, **FACT_LABELS}
    return [(_(labels.get(name, name)), _said(before.get(name)), _said(value)) for name, value in after.items()]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    return "–" if value in (None, "") else str(value)
