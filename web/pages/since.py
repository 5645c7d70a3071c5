"""What changed since the reader's post last had a document before it, and that it has it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request

from governance.desk.queries import openings
from governance.documents import reading
from governance.documents.changes import changes
from governance.documents.lifecycle import Move, State
from governance.documents.seen import Made, Seen
from governance.documents.text import DocumentText
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import library
from workflows import opening

DECIDES = frozenset({Move.INITIAL, Move.APPROVE, Move.RECORD})


@dataclass(frozen=True)
class Since:
    """When the post last saw an older revision (None: never), and what differs from it."""

    at: datetime | None
    changes: list[dict[str, str]]
    is_noted: bool  # whether it is written down that the post has opened the current revision


def changed_since(actor: Actor, seen: Seen, text: DocumentText | None, made: Sequence[Made]) -> Since:
    """What changed since the post last opened or decided on an older revision, whichever came later."""
    opened = [one for one in openings(actor, seen.id) if one.at is not None]
    noted = any(one.number == seen.revision for one in opened)
    older = [(one.at, one.sha256) for one in opened if one.sha256 != seen.sha256]
    older += [
        (one.at, one.sha256)
        for one in made
        if one.post_id == actor.post_id and one.sha256 is not None and one.sha256 != seen.sha256
    ]
    if not older or text is None:
        return Since(None, [], noted)
    at, sha256 = max(older)
    before = reading.read_document(library().files.read(sha256))
    return Since(at, [_shape(one.part, one.label, one.before, one.after) for one in changes(before, text)], noted)


def note_opened(actor: Actor, seen: Seen, *, noted: bool) -> None:
    """Write down that the post has the revision before it: only where it is asked, and only by a reader's own look."""
    looks = request.method == "GET" and not request.headers.get("Sec-Purpose", "").startswith("prefetch")
    if looks and not noted and may_decide(seen):
        opening.note_opened(seen, by=actor, now=clock.now())


def may_decide(seen: Seen) -> bool:
    """Whether the reader is asked to decide on it as it is now."""
    return seen.state is State.IN_REVIEW and bool(DECIDES & set(seen.moves))


def _shape(part: str, label: str, before: str, after: str) -> dict[str, str]:
    return {"part": part, "label": label, "anchor": _anchor(part), "before": before, "after": after}


def _anchor(part: str) -> str:
    kind, _dot, place = part.partition(".")
    if kind == "dictums":
        return f"diktum-{place.lower().replace(' ', '-')}"
    names = {"considerations": "menimbang", "citations": "mengingat"}
    return f"{names[kind]}-{int(place) + 1}" if kind in names else ""
