"""From an edited Word file back to fields: what can be understood is read, what cannot stays in the file and is shown.

Nothing is guessed. Each field has places where it may be read; what is read there counts only when composing the
document anew with it comes nearer to what the file says. So a field is never emptied because its place was not found,
and an edit that no field can say stays what it is: an edit by hand, in the file that stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.documents.candidates import Known, candidates
from governance.documents.changes import Change, changes
from governance.documents.kinds import Kind
from governance.documents.text import DocumentText

Composer = Callable[[Mapping[str, Any]], DocumentText]
MOST_ROUNDS = 3
MOST_TRIES = 1500  # compositions; a decree takes about a hundred
MOST_COMPARED = 50_000_000  # signs, over all of them: a thousand pages are composed and compared some thirty times
OWN_PLACE = {"title": 10}  # a title changed on its own line is the title, though sentences still say the old one
COMPOSED_ALONE = frozenset({"citations", "signer"})  # from the register and the posts, never from fields


@dataclass(frozen=True)
class ReadBack:
    """The fields as the file says them, the keys of those that changed, and what was edited by hand."""

    fields: Mapping[str, Any]
    changed: tuple[str, ...]
    by_hand: tuple[Change, ...]
    unread: tuple[str, ...]


def read_back(
    kind: Kind, base: Mapping[str, Any], read: DocumentText, composer: Composer, posts: Mapping[str, str]
) -> ReadBack:
    """The fields of a file that began as `base`; `composer` composes fields under the law of the document's day.

    `posts` gives the key of each of the region's posts by its title.
    """
    fields, changed = dict(base), list[str]()
    composed = composer(fields)
    tries = min(MOST_TRIES, MOST_COMPARED // (1 + sum(len(one.after) for one in changes(composed, read))))
    far, roles = _distance(composed, read), {member.role_title: member.role for member in composed.member_posts}
    for _ in range(MOST_ROUNDS):  # one field may hide another: a dictum more moves all that follow
        before = far
        for spec in kind.fields:
            known = Known(posts, roles, base.get(spec.key))
            for value in candidates(kind, spec, read, known) if far else ():
                if value == fields.get(spec.key) or tries <= 0:
                    continue
                tried, tries = {**fields, spec.key: value}, tries - 1
                nearer = _distance(composer(tried), read)
                if nearer < far:
                    fields, far = tried, nearer
                    changed.append(spec.key)
        if far == before:
            break
    changed = [key for key in dict.fromkeys(changed) if fields.get(key) != base.get(key)]
    return ReadBack(fields, tuple(changed), _by_hand(composer(fields), read), read.unread)


def _by_hand(text: DocumentText, read: DocumentText) -> tuple[Change, ...]:
    return tuple(one for one in changes(text, read) if one.part not in COMPOSED_ALONE)


def _distance(text: DocumentText, read: DocumentText) -> int:
    """How many characters stand in parts that differ."""
    return sum(_far(one) * OWN_PLACE.get(one.part, 1) for one in changes(text, read))


def _far(one: Change) -> int:
    return 1 + abs(len(one.before) - len(one.after)) + _unlike(one.before, one.after)


def _unlike(before: str, after: str) -> int:
    """How many words of one are not in the other: a plain measure, enough to tell nearer from farther."""
    mine, others = before.split(), after.split()
    return len(set(mine) ^ set(others))
