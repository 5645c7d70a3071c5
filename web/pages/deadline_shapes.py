"""What the pages of deadlines show: an obligation as a row and whole, its steps, and what is still awaited."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.obligations import delivery
from governance.obligations.changes import Change
from governance.obligations.milestones import FACT_KINDS
from governance.obligations.queries import Due
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.queries import Happening
from web.at_hand import library
from web.days import days_left
from web.duties import A_LETTER, awaited_of, group_of, moves_of
from web.pages.home import obligation_title
from web.pages.kind_shapes import sure
from web.wording import duty_told, told


def row_shape(due: Due, today: date) -> dict[str, Any]:
    """An obligation as a line of the year."""
    law = library().law
    mandate, group = law.mandates.get(due.mandate), group_of(due)
    title, delivered = obligation_title(due), due.stage == delivery.STAGE
    return {
        "id": due.id,
        "key": due.key,
        "url": url_for("pages.deadline", obligation_id=due.id),
        "title": title,
        "short": title,
        "group": group,
        "group_title": law.group(group).title,
        "state": due.state,
        "starts_on": due.begins_on,
        "due_on": due.due_on,
        "days_left": days_left(due.due_on, today) if due.state in ("late", "due", "open") else None,
        "estimate": due.estimated,
        "why": [told(step["key"], step["params"]) for step in due.computed],
        "awaits": awaits(due),
        "article": due.basis,
        "how_sure": sure(due.how_sure),
        "reminders": [{"rung": told(f"rung.{rung}"), "at": at, "to": ""} for rung, at in due.reminders],
        "unit": due.unit,
        "responsible": due.unit or ("Bagian Hukum" if delivered else (mandate.prepared_by if mandate else "")),
        "met_on": due.met_on,
        "met_by": due.met_by,
        "reason": due.reason,
        "by": due.by_title,
        "acknowledged_at": due.acknowledged_at,
        "acknowledged_by": due.acknowledged_by,
    }


def whole_shape(due: Due, actor: Actor, today: date) -> dict[str, Any]:
    """An obligation with what the reader may do about it."""
    return row_shape(due, today) | {
        "year": due.year,
        "version": due.version,
        "document_url": url_for("pages.document", document_id=due.document_id) if due.document_id else "",
        "report_url": url_for("pages.deadline_report", obligation_id=due.id) if due.has_report else "",
        "moves": moves_of(due, actor),
        "may_ask": due.open and permissions.may(actor, Act.ASK),
    }


def awaits(due: Due) -> list[dict[str, str]]:
    """What an undated or estimated obligation waits for, each with where it is entered."""
    found = [_awaited(what, due) for what in awaited_of(due)]
    return [one for one in found if one is not None]


def _awaited(what: str, due: Due) -> dict[str, str] | None:
    if what in FACT_KINDS:
        return {"text": told(f"milestone.{what}"), "url": url_for("pages.deadline_facts", key=what, _anchor="baru")}
    if what == A_LETTER:
        return {"text": _("Surat evaluasi %(year)s", year=due.year), "url": url_for("pages.letter", year=due.year)}
    if what == "act":
        return {"text": _("dokumennya ditetapkan atau dicatat"), "url": url_for("pages.agenda", kind=due.mandate)}
    return None


def happening_shape(line: Happening, due: Due) -> dict[str, Any]:
    """A line of an obligation's history; of a new computation, what it did to this one."""
    if line.what != "timetable.recomputed":
        return {"what": told(f"trail.{line.what}", line.params), "at": line.at, "who": line.by_title}
    moves = [move for move in line.params.get("moves", []) if move and move[0] == due.key]
    params = {"mandate": due.mandate, "stage": due.stage, "year": due.year}
    said = [_said_of(move, params) for move in moves]
    because = line.params.get("because") or {}
    note = told("timetable.because", {"because": because}) if because else ""
    return {"what": "; ".join(said), "at": line.at, "who": line.by_title, "note": note}


def change_shape(one: Change) -> dict[str, Any]:
    """A change that is about to come, as a preview shows it."""
    days = {"from_on": one.before and one.before.isoformat(), "to_on": one.after and one.after.isoformat()}
    return {
        "title": f"{duty_told(one.mandate, one.stage)} {one.year}",
        "before": one.before,
        "after": one.after,
        "kind": one.kind.value,
        "estimate": one.estimated,
        "said": _said_of([one.key, one.kind.value, days["from_on"], days["to_on"]], {}),
    }


def _said_of(move: list[Any], params: dict[str, Any]) -> str:
    """What became of one obligation's date, without its name."""
    _key, kind, before, after = move
    days = {name: day for name, day in (("from_on", before), ("to_on", after)) if day}
    undated = ".undated" if kind == "added" and not after else ""
    return told(f"timetable.became.{kind}{undated}", params | days)
