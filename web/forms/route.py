"""The form in which a kind's route is put together: what was sent read as steps, and its buttons beside each step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from governance.documents.kinds import INITIATOR_HEAD
from governance.documents.route import HIERARCHY, Asked, Initials
from governance.documents.route_check import MOST_POSTS, MOST_STEPS
from governance.kernel.errors import Problem
from web.forms.reading import Shown, shown
from web.wording import marked

# What a step asks, as one choice: the move and the kind of initials.
ASKED = {
    "initial": marked("Paraf"),
    "initial.hierarchy": marked("Paraf hierarki: garis unit pemrakarsa, dari bawah ke atas"),
    "initial.coordination": marked("Paraf koordinasi: beberapa jabatan, urutan bebas"),
    "approve": marked("Persetujuan konsep"),
    "record": marked("Langkah pihak lain, dicatat suratnya"),
}
LABELS = {
    "move": marked("Yang diminta"),
    "who": marked("Jabatan"),
    "days": marked("Hari kerja"),
    "title": marked("Nama langkah"),
    "optional": marked("Boleh dilewati"),
    "initials": marked("Yang diminta"),
}
BLANK: dict[str, Any] = {"move": "initial", "who": [], "days": 0, "optional": False}


def as_rows(steps: Sequence[Mapping[str, Any]], named: Callable[[str], str]) -> list[dict[str, Any]]:
    """Steps as the form shows them; `named` turns a role of a shipped route into the post that has it here."""
    rows = []
    for step in steps:
        who = (step["who"],) if isinstance(step["who"], str) else step["who"]
        initials = Initials.HIERARCHY if HIERARCHY in who else Initials(step.get("initials", ""))
        if step["move"] == Asked.INITIAL and len(who) > 1:
            initials = Initials.COORDINATION
        rows.append({**BLANK, **step, "who": [named(one) for one in who], "initials": initials.value})
    return rows


def sent_rows(sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """The steps as they were sent, in their order; what makes no sense stays, to be named as a problem."""
    numbers = sorted({int(name.split(".")[1]) for name in sent if _is_row(name)})[: MOST_STEPS + 1]
    return [_row(sent, f"steps.{number}.") for number in numbers]


def _is_row(name: str) -> bool:
    head, *path = name.split(".")
    return head == "steps" and len(path) > 1 and path[0].isascii() and path[0].isdigit() and len(path[0]) < 4


def _row(sent: Mapping[str, str], place: str) -> dict[str, Any]:
    move, _dot, initials = sent.get(f"{place}asked", "").partition(".")
    days = sent.get(f"{place}days", "").strip()
    chosen = [sent.get(f"{place}who.{number}", "").strip() for number in range(MOST_POSTS + 1)]
    return {
        "move": move,
        "initials": initials,
        "who": [HIERARCHY] if initials == Initials.HIERARCHY else [one[:80] for one in chosen if one],
        "days": int(days) if days.isascii() and days.isdigit() and len(days) < 6 else (days or 0),
        "optional": bool(sent.get(f"{place}optional")),
        "title": sent.get(f"{place}title", "").strip()[:400] if move == Asked.RECORD else "",
        "external": sent.get(f"{place}external", "")[:40] if move == Asked.RECORD else "",
        "basis": sent.get(f"{place}basis", "")[:200],
    }


def rearranged(rows: Sequence[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """The rows after a button: add, up.N, down.N, remove.N; any other leaves them as they are."""
    found = list(rows)
    what, _dot, place = act.partition(".")
    if what == "add" and len(found) < MOST_STEPS:
        found.insert(max(len(found) - 1, 0), dict(BLANK))  # before the approval, which is last
    if not (place.isascii() and place.isdigit() and len(place) < 4 and int(place) < len(found)):
        return found
    index = int(place)
    if what == "remove":
        del found[index]
    elif what in ("up", "down"):
        other = index - 1 if what == "up" else index + 1
        if 0 <= other < len(found):
            found[index], found[other] = found[other], found[index]
    return found


def row_shapes(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows for the template: the one choice of what is asked, and a blank place for one more post."""
    return [
        {
            **row,
            "asked": f"{row['move']}.{row['initials']}" if row.get("initials") else row["move"],
            "line": row.get("initials") == Initials.HIERARCHY,
            "places": [*(one for one in row["who"] if one != HIERARCHY), ""][:MOST_POSTS],
        }
        for row in rows
    ]


def problems_shown(problems: Sequence[Problem]) -> list[Shown]:
    """What is wrong, each with the number of its step and the name of its field."""
    return [replace(one, label=_label(one.place)) for one in shown(problems)]


def _label(place: str) -> str:
    _head, *path = place.split(".")
    if not path:
        return _("Rute")
    return _("Langkah %(number)s, %(field)s", number=int(path[0]) + 1, field=_(LABELS.get(path[-1], path[-1])))


def who_options(posts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Whom a step may ask: the initiating unit's head, or a post of this government."""
    return [(INITIATOR_HEAD, _("Kepala unit pemrakarsa")), *posts]
