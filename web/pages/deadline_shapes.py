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
from governance.people.permissions import Act, Matter
from governance.trail.queries import Happening
from web.at_hand import library
from web.days import days_left
from web.pages.home import obligation_title
from web.pages.kind_shapes import sure
from web.wording import duty_told, told

OTHER_GROUP = "related"
AWAITS = "why.await."
AWAITS_A_LETTER = frozenset({"why.no_letter", "why.undated", "why.await.letter"})


def row_shape(due: Due, today: date) -> dict[str, Any]:
    """An obligation as a line of the year."""
    law = library().law
    mandate = law.mandates.get(due.mandate)
    group = mandate.group if mandate else OTHER_GROUP
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
        "reminders": [{"rung": told(f"rung.{rung.value}"), "at": at, "to": ""} for rung, at in due.reminders],
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
    mine = Matter(addressed_unit_id=due.unit_id)
    answers = permissions.may(actor, Act.ANSWER_DUTY, mine)
    waives = permissions.may(actor, Act.WAIVE)
    takes_back = waives if due.state == "waived" else answers
    return row_shape(due, today) | {
        "year": due.year,
        "version": due.version,
        "document_url": url_for("pages.document", document_id=due.document_id) if due.document_id else "",
        "report_url": url_for("pages.deadline_report", obligation_id=due.id) if due.has_report else "",
        "may_report": due.open and answers,
        "may_waive": due.open and waives,
        "may_acknowledge": due.open and answers and due.due_on is not None and due.acknowledged_at is None,
        "may_take_back": due.answered and due.stage != delivery.STAGE and takes_back,
        "may_ask": due.open and permissions.may(actor, Act.ASK),
    }


def awaits(due: Due) -> list[dict[str, str]]:
    """What an undated or estimated obligation waits for, each with where it is entered."""
    if due.state in ("met", "waived", "dropped"):
        return []
    found = []
    for step in due.computed:
        key = step["key"].removeprefix(AWAITS)
        if step["key"].startswith(AWAITS) and key in FACT_KINDS:
            url = url_for("pages.deadline_facts", key=key, _anchor="baru")
            found.append({"text": told(f"milestone.{key}"), "url": url})
        elif step["key"] in AWAITS_A_LETTER:
            found.append(
                {"text": _("Surat evaluasi %(year)s", year=due.year), "url": url_for("pages.letter", year=due.year)}
            )
    return [one for at, one in enumerate(found) if one not in found[:at]]


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
