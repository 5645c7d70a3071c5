"""A document on one printed page: what it is, on what law, who signed, what changed, what it asks, what comes next."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.lifecycle import Move, State
from governance.documents.seen import Made, RouteLine, Seen
from governance.documents.text import DocumentText
from governance.documents.values import as_text
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import institution_of, library, titles_of
from web.findings import findings_of, findings_shape
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import document_shape, open_lines
from web.pages.since import changed_since
from web.sheets import text_from, text_of
from web.wording import told

# How much of each part one page holds; what is left out is counted, and stands in the document itself.
BASES, CHANGES, FINDINGS, TASKS, ROLES, SIGNED = 8, 6, 5, 5, 6, 10


@pages.get("/documents/<int:document_id>/brief")
def brief(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    made = queries.decisions(actor, seen) if seen.revision else []
    lines = queries.route_lines(seen, titles_of(actor)) if seen.state is State.IN_REVIEW else []
    text = text_of(actor, seen)
    since = changed_since(actor, seen, text, made)
    return render_template(
        "brief.html",
        document=document_shape(seen),
        bases=_some([_short(one.text) for one in text.citations] if text else [], BASES),
        signed=_some([one for one in made if one.counts and one.move is not Move.SUBMIT], SIGNED),
        word_of=lambda one: told(f"move.{one.move.value}.done"),
        missing=[line.title for line in open_lines(lines, made)],
        since=since,
        changes=_some(since.changes, CHANGES),
        findings=_some(findings_shape(findings_of(actor, seen)), FINDINGS),
        asks=_asks(actor, seen),
        afterwards=_afterwards(actor, seen, lines, made),
        revision=seen.revision,
        printed_at=clock.now(),
    )


def _short(base: str) -> str:
    """A basis by its name alone; its gazette stands in the document."""
    return base.partition(" (Lembaran")[0].partition(" (Berita")[0].rstrip(";.")


def _some(found: list[Any], most: int) -> dict[str, Any]:
    """The first of them, and how many more there are."""
    return {"shown": found[:most], "more": max(0, len(found) - most)}


def _asks(actor: Actor, seen: Seen) -> dict[str, Any]:
    """What it costs and asks: the budget it names, its members by role, what each member office must do by when."""
    if seen.version is None or seen.revision is None:
        return {}
    fields = seen.fields
    text = text_from(actor, seen.kind, fields, institution_of(actor))
    return {
        "budget": as_text(fields.get("budget")),
        "roles": _some(_roles(text), ROLES),
        "members": len(text.member_posts),
        "tasks": _some(list(text.unit_tasks), TASKS),
    }


def _roles(text: DocumentText) -> list[tuple[str, int]]:
    """The roles of a team in their order, each with how many hold it."""
    counted: dict[str, int] = {}
    for member in text.member_posts:
        counted[member.role_title] = counted.get(member.role_title, 0) + 1
    return list(counted.items())


def _afterwards(actor: Actor, seen: Seen, lines: list[RouteLine], made: list[Made]) -> list[str]:
    """What happens next, in the order in which it does."""
    if seen.state is State.ENACTED:
        waits = seen.act is not None and seen.act.in_force_from is None
        return [_("Sekda mengundangkannya dalam Berita Daerah; sejak itu berlaku.")] if waits else []
    if seen.state in (State.DRAFT, State.WITHDRAWN):
        return []
    office = institution_of(actor).establishing_office
    steps = [
        _("%(title)s: %(asked)s.", title=line.title, asked=told(f"move.{line.asked}"))
        for line in open_lines(lines, made)
    ]
    steps.append(
        _("Bagian Hukum membawanya kepada %(office)s untuk ditandatangani, lalu mencatat nomornya.", office=office)
    )
    if library().is_promulgated(seen.kind):
        steps.append(_("Sekda mengundangkannya dalam Berita Daerah; sejak itu berlaku."))
    else:
        steps.append(_("Sejak ditetapkan, setiap kantor yang disebut menerima tugasnya."))
    return steps
