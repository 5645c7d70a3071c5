"""How what acts prove looks to pages: by item what holds now, what a declaration would add, and how to offer it."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.assessment.course import Stage
from governance.assessment.cycles import Seen
from governance.assessment.declarations import DeclarationTold
from governance.assessment.instruments import Level
from governance.assessment.offers import Offer, Offering, Under, uncovered
from governance.assessment.proven import lowest_asked
from governance.mandates.law import Law
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.pages.kind_shapes import sure
from web.wording import told

Shape = dict[str, Any]
OPEN_STAGES = frozenset(Stage) - {Stage.PREPARATION, Stage.CLOSED}


def under(key: str) -> Under:
    """The instrument with that key and the law."""
    return Under(library().instruments.instrument(key), library().law)


def proofs_shape(found: Offering, read_under: Under, actor: Actor, cycle: Seen | None, today: date) -> Shape:
    """What one act proves under one instrument; with a cycle, what of it can be offered there."""
    instrument, law = read_under.instrument, read_under.law
    regulation = law.regulations.get(instrument.regulation)
    rows = [
        _row(found, key, of_item, read_under) | _taking(found, key, actor, cycle) for key, of_item in _by_item(found)
    ]
    return {
        "key": instrument.key,
        "title": instrument.title,
        "caution": law.cautions.get(instrument.key, ""),
        "past": regulation is not None and regulation.in_force_on(today) is False,
        "cycle": {"id": cycle.id, "year": cycle.year} if cycle else None,
        "rows": rows,
    }


def item_offers_shape(actor: Actor, cycle: Seen, item: str, offerings: Iterable[Offering]) -> Shape:
    """The acts that prove anything of an item, for the item's page: what each reaches, and the form that offers it."""
    read_under = under(cycle.instrument)
    return {
        "cycle": {"id": cycle.id, "year": cycle.year},
        "item": item,
        "uncovered": item in uncovered(read_under),
        "acts": [
            act_shape(one) | _row(one, item, list(one.offers), read_under) | _taking(one, item, actor, cycle)
            for one in offerings
        ],
    }


def offering_shape(found: Offering, read_under: Under, actor: Actor, cycle: Seen) -> Shape:
    """An act of a cycle's list, with the items for which something is left to offer."""
    left = {one.item for one in found.open}
    rows = [
        _row(found, key, of_item, read_under) | _taking(found, key, actor, cycle) for key, of_item in _by_item(found)
    ]
    return act_shape(found) | {"rows": [row for row in rows if row["item"] in left]}


def act_shape(found: Offering) -> Shape:
    """The act itself, and why it does not offer itself."""
    act = found.act
    return {
        "document_id": act.document_id,
        "title": act.title,
        "number": act.number,
        "signed_on": act.signed_on,
        "url": url_for("pages.document_proofs", document_id=act.document_id),
        "bar": told(f"bar.{found.bar.value}") if found.bar else "",
        "outdated": found.outdated,
    }


def uncovered_shape(read_under: Under) -> list[Shape]:
    """The items that no document can raise."""
    items = read_under.instrument.items
    return [{"item": key, "name": items[key].name} for key in uncovered(read_under)]


def declaration_shape(one: DeclarationTold, law: Law) -> Shape:
    """What was declared of an act."""
    return {**vars(one), "state": law.proof_states[one.state.value].title}


def not_proven_shape(kind: str, law: Law) -> Shape:
    """What documents of a kind do not prove, and why assessors refused such."""
    known = law.proofs_of(kind)
    return {"not_proven": known.does_not_prove, "note": known.note, "refused": law.rejections if known.proofs else ()}


def _by_item(found: Offering) -> list[tuple[str, list[Offer]]]:
    return [(key, list(of_item)) for key, of_item in groupby(found.offers, key=lambda one: one.item)]


def _row(found: Offering, item: str, offers: list[Offer], read_under: Under) -> Shape:
    held = found.held(item)
    states = read_under.law.proof_states
    return {
        "item": item,
        "name": read_under.instrument.items[item].name,
        "held": held,
        "open": found.open_below(item, lowest_asked(read_under.instrument)),
        "supports": any(one.holds for one in offers) and not held,
        "sure": ", ".join(dict.fromkeys(sure(one.proof.how_sure) for one in offers)),
        "steps": [_step(one, states[one.proof.state].title) for one in offers],
        "later": [
            {"level": one.level, "state": states[one.proof.state].title, "late": one.late}
            for one in offers
            if not one.holds and one.level and one.level not in held
        ],
    }


def _step(one: Offer, state: str) -> Shape:
    return {
        "level": one.level,
        "state": state,
        "alone": one.proof.role == "main",
        "basis": one.proof.basis.partition(": ")[2] or one.proof.basis,
        "needs": one.proof.needs,
        "note": one.proof.note,
        "holds": one.holds,
        "late": one.late,
        "taken": one.taken,
    }


def _taking(found: Offering, item: str, actor: Actor, cycle: Seen | None) -> Shape:
    """For what this reader can offer it now, the lowest level first; nothing where he may not, or nothing is left."""
    may = (
        cycle is not None
        and cycle.stage in OPEN_STAGES
        and permissions.may(actor, Act.OFFER_EVIDENCE, cycle.matter(actor, item))
    )
    if not may or cycle is None:
        return {"places": []}
    asked = library().instruments.instrument(cycle.instrument).items[item].levels
    levels = sorted({one.level for one in found.open if one.item == item and one.level})
    return {"places": [place for level in levels for place in _places(level, asked[level])]}


def _places(level: int, asked: Level) -> list[tuple[str, str]]:
    """The pieces of evidence that a level asks for, each as an option; the level alone where it names none."""
    if not asked.evidence:
        return [(f"{level}:", _("Tingkat %(level)s", level=level))]
    return [
        (f"{level}:{code}", _("Tingkat %(level)s, %(code)s: %(what)s", level=level, code=code, what=what))
        for code, what in asked.evidence.items()
    ]
