"""What templates may use besides their own context: the actor, unread count, days and moments written out."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context, request
from flask_babel import format_date, get_locale, gettext
from markupsafe import Markup

from governance.documents.models import Secrecy
from governance.notices.queries import head_and_foot
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.tasks import restricted
from web.guard import current_held

ABBREVIATIONS = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

# What a page is about, by the place in its address: how its class is asked for.
CLASSES = {
    "document_id": restricted.class_of_document,
    "task_id": restricted.class_behind_task,
    "assignment_id": restricted.class_behind_assignment,
}


def teach(app: Flask) -> None:
    """Teach Jinja the house's filters and what every page shows."""
    app.jinja_env.filters.update(
        day=day, moment=moment, hash=short_hash, iso_day=iso_day, iso_moment=iso_moment, weekday=weekday
    )
    app.context_processor(lambda: _everywhere(app))


def day(value: date | None) -> Markup:
    """A day written out: "22 November 2026"; a dash where there is none."""
    if value is None:
        return Markup("–")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), format_date(value, "d MMMM y"))


def weekday(value: date) -> str:
    """The name of its day: "Senin"."""
    return str(format_date(value, "EEEE"))


def moment(value: datetime | None, zone: str | None = None) -> Markup:
    """A moment in the reader's institution's zone, or in the one that is named: "22 November 2026 09.42"."""
    if value is None:
        return Markup("–")
    known = g.get("known")
    own = known.held[0].actor.timezone if known and known.held else "Asia/Jakarta"
    local = value.astimezone(ZoneInfo(zone or own))
    words = f"{format_date(local.date(), 'd MMMM y')} {local:%H.%M}"
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="minutes"), words)


def iso_day(value: str | None) -> Markup:
    """A day from its ISO form, as data kept outside the database carries it."""
    return day(date.fromisoformat(value) if value else None)


def iso_moment(value: str | None) -> Markup:
    """A moment from its ISO form."""
    return moment(datetime.fromisoformat(value) if value else None)


def hour(value: datetime, actor: Actor) -> str:
    """The time of day where the actor is: "09.42"."""
    return f"{value.astimezone(ZoneInfo(actor.timezone)):%H.%M}"


def short_hash(sha256: str | None) -> str:
    """The first twelve hex digits in groups of four."""
    return " ".join((sha256 or "")[start : start + 4] for start in range(0, 12, 4))


def _everywhere(app: Flask) -> dict[str, Any]:
    known = g.get("known")
    about: dict[str, Any] = {
        "actor": None,
        "unread": 0,
        "demo": app.config["DEMO"],
        "locale": str(get_locale()),
        "last_scan": None,
        "here": _here(app),
    }
    if known is None or not known.held or g.get("failed"):
        return about
    held = current_held()
    about["actor"] = {
        "institution_name": known.institution_name,
        "post_title": held.post_title,
        "title": held.actor.title,
        "manner": held.manner.value,
        "holding_note": _holding_note(held.letter, held.from_on, held.to_on),
        "stood_in": held.stood_in,
        "watches": permissions.may(held.actor, Act.WATCH),
        "unit_name": held.unit_name,
        "timezone_name": ABBREVIATIONS.get(held.actor.timezone, held.actor.timezone),
    }
    about["other_posts"] = [
        {"id": one.actor.holding_id, "title": one.actor.title} for one in known.held if one is not held
    ]
    found = head_and_foot(known.institution_id, known.person_id, _class_asked(known.institution_id))
    about["unread"], about["last_scan"], secrecy = found
    if secrecy not in (None, Secrecy.BIASA):
        about["here"] = None
    return about


def _here(app: Flask) -> str | None:
    """The address of this view as others can open it; None where it cannot be asked for again."""
    if not has_request_context() or request.method != "GET" or g.get("failed"):
        return None
    return f"{app.config['BASE_URL']}{request.full_path.rstrip('?')}"


def _class_asked(institution_id: int) -> Any:
    place = next((name for name in CLASSES if name in (request.view_args or {})), None)
    return CLASSES[place](institution_id, (request.view_args or {})[place]) if place else None


def _holding_note(letter: str, from_on: date, to_on: date | None) -> str:
    since = format_date(from_on, "d MMMM y")
    if to_on is None:
        note = gettext("Sejak %(since)s.", since=since)
    else:
        note = gettext("Berlaku %(since)s sampai %(until)s.", since=since, until=format_date(to_on, "d MMMM y"))
    return f"{letter} {note}".strip()
