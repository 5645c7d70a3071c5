"""The documents of a path's steps: how far each has come, what is left to do with it, and the door to it."""

from itertools import groupby
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from governance.assessment.planning import Planned
from governance.assessment.steps import Rung, Step
from governance.assessment.usual_costs import HOLDS, NOTHING, OWN, Hand, kind_of
from governance.documents.standing import Standing
from governance.people import permissions
from governance.people.permissions import Act
from web.at_hand import library
from web.pages.kind_shapes import sure
from web.pages.path_asked import PathAsked
from web.pages.path_figures import amount
from web.pages.path_ground import AtHand

UNDER_WAY = frozenset({Standing.DRAFT, Standing.IN_REVIEW, Standing.APPROVED, Standing.ENACTED})


def document_shapes(found: AtHand, asked: PathAsked, planned: Planned) -> dict[Rung, list[dict[str, Any]]]:
    """By the last of an item's steps that follow one another: the documents they need; each work is told once."""
    shapes: dict[Rung, list[dict[str, Any]]] = {}
    told: set[str] = set()
    for _item, climb in groupby(planned.plan.steps, key=lambda step: step.indicator):
        steps, kinds = list(climb), dict[str, dict[str, None]]()
        for step in steps:
            for key in planned.plan.documents_of(step):
                kinds.setdefault(kind_of(key), {})[key] = None
        shapes[steps[-1].rung] = [
            _shape(found, asked, planned, Used(steps, list(keys), [key for key in keys if key not in told]))
            for keys in kinds.values()
        ]
        told |= {key for keys in kinds.values() for key in keys}
    return shapes


class Used(NamedTuple):
    """The works that an item's steps need of one document, and those of them that no step before needs."""

    steps: list[Step]
    works: list[str]
    here: list[str]


def _shape(found: AtHand, asked: PathAsked, planned: Planned, used: Used) -> dict[str, Any]:
    kind = kind_of(used.works[0])
    hand = found.ground.usual.hands.get(kind, NOTHING)
    efforts = planned.asked.costs.documents
    left = [key for key in used.here if efforts[key]]
    return {
        "name": found.document_name(used.works[0]),
        "standing": "" if kind.startswith(OWN) else hand.standing.value,
        "left": [{"what": found.state_name(key), "effort": amount(efforts[key])} for key in left],
        "told_before": any(efforts[key] for key in used.works if key not in used.here),
        "needs": list(dict.fromkeys(need for step in used.steps for need in _needs(found, step, kind))),
        "without": asked.url(asked.without | {kind}) if left else "",
        **(_door(found, kind, hand) if left and not kind.startswith(OWN) else {"url": "", "button": ""}),
    }


def _needs(found: AtHand, step: Step, kind: str) -> list[str]:
    """What the law data asks beside the document for this level, each marked where it is only inferred."""
    proofs = [proof for other, proof in found.ground.usual.proofs.get(step.rung, ()) if other == kind]
    return [
        f"{need} ({sure(proof.how_sure)})" if proof.how_sure == "inferred" else need
        for proof in proofs
        for need in proof.needs
    ]


def _door(found: AtHand, kind: str, hand: Hand) -> dict[str, str]:
    """The button: a draft is begun, the document under way is opened, the act in force is opened to be declared of."""
    actor = found.actor
    if hand.standing in UNDER_WAY | HOLDS and hand.document_id is not None:
        readable = hand.standing in HOLDS or hand.document_id in found.facts.readable
        page = "pages.document_proofs" if hand.standing in HOLDS else "pages.document"
        return _shown(page, hand.document_id, hand.standing) if readable else {"url": "", "button": ""}
    if kind in library().kinds and permissions.may(actor, Act.DRAFT):
        return {"url": url_for("pages.new_document", kind=kind), "button": _("Mulai rancangan")}
    if kind not in library().kinds and permissions.may(actor, Act.RECORD_ACT):
        return {"url": url_for("pages.record_act", kind=kind), "button": _("Catat dokumennya")}
    return {"url": "", "button": ""}


def _shown(page: str, document_id: int, standing: Standing) -> dict[str, str]:
    words = {Standing.DRAFT: _("Lanjutkan draf"), **dict.fromkeys(HOLDS, _("Nyatakan dan buktikan"))}
    return {"url": url_for(page, document_id=document_id), "button": words.get(standing, _("Buka dokumen"))}
