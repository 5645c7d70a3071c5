"""How relations between acts look to their pages, and what the pages' forms say of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request, url_for

from governance.documents import relations, revoking
from governance.documents.act_models import Relation
from governance.documents.effect import Effect, effect
from governance.documents.relating import Wish
from governance.documents.relations import Choice, Related
from governance.documents.seen import Seen
from governance.kernel.errors import Invalid, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of, library
from web.forms.reading import Form
from web.pages.shapes import kind_title
from web.wording import marked, told

LABELS = {
    "relation": marked("Hubungan"),
    "other": marked("Penetapan lain"),
    "other_title": marked("Nomor dan judul"),
    "reason": marked("Alasan"),
}
FIELDS = "relation_to."  # a choice for one act on the page of an enactment


def wish_sent(actor: Actor, form: Form) -> Wish:
    """What was chosen on a form: an act of the list, or its number as typed, or one that is only named."""
    word, other, title = form.text("relation"), form.whole("other"), form.text("other_title")
    if word not in set(Relation):
        form.problems.append(Problem("relation", "relation.unknown"))
    if form.problems:
        raise Invalid(*form.problems)
    if other is None and title:
        found = relations.acts_numbered(actor, title[:200])
        other = found[0].document_id if len(found) == 1 else None
    return Wish(Relation(word), other, "" if other else title)


def wishes_sent(form: Form) -> tuple[Wish, ...]:
    """What the page of an enactment says of each act that it lists."""
    wishes = []
    for name, word in request.form.items():
        key = name.removeprefix(FIELDS)
        if name.startswith(FIELDS) and word:
            if word not in set(Relation) or not (key.isascii() and key.isdigit() and len(key) < 16):
                form.problems.append(Problem("relation", "relation.unknown"))
            else:
                wishes.append(Wish(Relation(word), int(key)))
    return tuple(wishes)


def enactment_shape(actor: Actor, seen: Seen, today: date) -> dict[str, Any]:
    """What an enactment does to others: what its decree revokes, and which acts of its kind would hold beside it."""
    kind = library().kinds.get(seen.kind)
    text = revoking.said_to_revoke(kind, seen.fields) if kind else ""
    named, beside = revoking.before_enactment(institution_of(actor), text, seen.kind, actor, today)
    return {
        "revokes": text,
        "revoked": [{"url": url_for("pages.document", document_id=one.document_id), "id": one.document_id,
                     "number": one.number, "title": one.title} for one in named],
        "beside": [choice_shape(one) for one in beside if library().stands_alone(seen.kind)],
        "sent": {name.removeprefix(FIELDS): word for name, word in request.form.items() if name.startswith(FIELDS)},
        "words": relation_words(),
    }  # fmt: skip


def standing_shape(actor: Actor, seen: Seen, today: date) -> dict[str, Any]:
    """What an act is today, what it does to others and others to it, and which of its kind hold beside it."""
    if seen.act is None:
        return {}
    status = effect(seen.act.period, today)
    alone = status is Effect.IN_FORCE and library().stands_alone(seen.kind)
    rows, beside = relations.around(actor, seen.act.id, seen.kind if alone else None, today)
    amends = any(row.outward and row.relation is Relation.AMENDS and row.withdrawn_at is None for row in rows)
    amending = {row.document_id for row in rows if not row.outward and row.relation is Relation.AMENDS}
    others = [choice_shape(one) for one in beside if one.document_id not in {seen.id, *amending} and not amends]
    return {
        "effect": status.value,
        "revoked_on": seen.act.revoked_on,
        "today": today,
        "relations": [_related_shape(one) for one in rows],
        "beside": others,
        "newest": bool(others) and beside[-1].document_id == seen.id,
        "can_relate": permissions.may(actor, Act.RELATE),
    }


def relation_words() -> list[tuple[str, str]]:
    """The relations that can be chosen, in words."""
    return [(word.value, told(f"relation.{word}")) for word in Relation]


def choices_shape(actor: Actor, upto: date, but: int | None = None) -> list[tuple[int, str]]:
    """The acts that can be chosen from, as a list of options."""
    return options([one for one in relations.newest_acts(actor, upto) if one.document_id != but])


def options(found: Sequence[Choice]) -> list[tuple[int, str]]:
    """Acts as options of a list."""
    return [(one.document_id, f"{one.number}: {one.title}"[:140]) for one in found]


def choice_shape(one: Choice) -> dict[str, Any]:
    """An act as a line with a link."""
    return {
        "id": one.document_id,
        "url": url_for("pages.document", document_id=one.document_id),
        "number": one.number,
        "title": one.title,
        "kind": kind_title(one.kind),
        "signed_on": one.signed_on,
    }


def _related_shape(one: Related) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": told(f"relation.{one.relation}" if one.outward else f"relation.{one.relation}.by"),
        "outward": one.outward,
        "url": url_for("pages.document", document_id=one.document_id) if one.document_id else "",
        "number": one.number,
        "title": one.title,
        "since": one.since,
        "by": one.by_title,
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_by": one.withdrawn_by,
        "reason": one.withdrawn_reason,
    }
