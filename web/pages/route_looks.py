"""How a kind's route looks: its steps on a day or for a document, who would be asked by name, and by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.brief import establishing
from governance.documents.kinds import Kind
from governance.documents.laying import offices_of, route_for, steps_of
from governance.documents.lifecycle import Move, State
from governance.documents.route import Asked, Decided, Initials, NoPost, Step
from governance.documents.seen import Made, Seen, Wish
from governance.documents.simulating import Expected, UnderWay, simulated
from governance.documents.step_models import RouteSetting
from governance.people.actors import Actor
from governance.people.permissions import PERMISSIONS, Act
from web.at_hand import calendar_of, institution_of, law_of, titles_of
from web.wording import told

OPEN = (State.DRAFT, State.IN_REVIEW)


@dataclass(frozen=True)
class Look:
    """What is looked at: a kind's route on a day for a unit, or a document's; `own` where the institution keeps one."""

    actor: Actor
    kind: Kind
    on: date
    own: RouteSetting | None = None
    unit: str = ""
    document: str = ""


def looked_at(look: Look) -> dict[str, Any]:
    """What the template needs: the choices, and the steps as they would go."""
    found, _more = queries.documents(look.actor, Wish(kind=look.kind.key), look.on)
    open_ones = [one for one in found if one.state in OPEN]
    chosen = next((one for one in open_ones if str(one.id) == look.document), None)
    units = _units(look.actor)
    unit = look.unit if look.unit in units else next(iter(units), "")
    steps, refused = _expected(look, chosen, unit)
    establisher = establishing(look.kind, institution_of(look.actor), law_of(look.actor), look.on)
    return {
        "on": look.on,
        "units": list(units.items()),
        "unit": unit,
        "documents": [(str(one.id), one.title) for one in open_ones],
        "chosen": {"id": chosen.id, "title": chosen.title, "running": chosen.state is State.IN_REVIEW}
        if chosen
        else None,
        "steps": [_shape(look.actor, one, place) for place, one in enumerate(steps, 1)],
        "refused": refused,
        "establisher": establisher.office,
    }


def _units(actor: Actor) -> dict[str, str]:
    """The units whose head may initiate, by key."""
    facts = institution_of(actor)
    may = [post for post in facts.posts if post.role in PERMISSIONS[Act.DRAFT]]
    return {post.unit: facts.unit(post.unit).name for post in may}


def _expected(look: Look, chosen: Seen | None, unit: str) -> tuple[list[Expected], str]:
    """The steps as they would go; or why the route cannot be laid."""
    institution_id, calendar = look.actor.institution_id, calendar_of(look.actor)
    if chosen is not None and chosen.state is State.IN_REVIEW:
        made = _decided(queries.decisions(look.actor, chosen))
        return simulated(institution_id, chosen.route, look.on, calendar, UnderWay(made, chosen.due_on)), ""
    keys = {post.key: post.unit for post in institution_of(look.actor).posts}
    offices = offices_of(institution_id)
    unit_id = next((post.unit_id for post in offices.posts if keys[post.key] == unit), 0)
    try:
        steps = steps_of(look.kind, look.own, look.on)
        route = route_for(steps, chosen.unit_id if chosen else unit_id, offices)
    except NoPost as refusal:
        return [], told(refusal.key, refusal.params)
    return simulated(institution_id, route, look.on, calendar), ""


def _decided(made: list[Made]) -> list[Decided]:
    """The decisions and records that count."""
    asked = {Move.INITIAL: Asked.INITIAL, Move.APPROVE: Asked.APPROVE, Move.RECORD: Asked.RECORD}
    return [Decided(one.post_id, asked[one.move], one.external) for one in made if one.counts and one.move in asked]


def _shape(actor: Actor, one: Expected, place: int) -> dict[str, Any]:
    titles = titles_of(actor)
    return {
        "number": place,
        "asked": asked_words(one.step),
        "title": one.step.title,
        "who": [
            {
                "title": titles[post],
                "declined": post in one.step.declined,
                "holders": [f"{holder.prefix}{holder.name}" for holder in one.holders[post]],
            }
            for post in one.step.post_ids
        ],
        "optional": one.step.optional,
        "days": one.step.days,
        "due_on": one.due_on,
        "done": one.done,
        "left_out": one.step.left_out,
    }


def asked_words(step: Step) -> str:
    """What a step asks, by the name of its initials."""
    if step.asked is Asked.INITIAL:
        return {
            Initials.PLAIN: _("Paraf"),
            Initials.HIERARCHY: _("Paraf hierarki"),
            Initials.COORDINATION: _("Paraf koordinasi"),
        }[step.initials]
    return _("Persetujuan konsep") if step.asked is Asked.APPROVE else _("Dicatat dengan suratnya")
