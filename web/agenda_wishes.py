"""What an address asks of the register of acts, by page and API; what makes no sense is passed over or refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.documents.agenda import STATUSES, Place, Wish
from governance.documents.values import ISO_DATE
from governance.kernel.errors import Invalid, Problem

LONGEST = 200


def register_wish(args: Mapping[str, str], *, strict: bool = False) -> tuple[Wish, dict[str, Any]]:
    """The wish and the filters that were understood; `strict` raises Invalid for what was not, as the API does."""
    asked = {name: args.get(name, "").strip()[:LONGEST] for name in ("q", "kind", "year", "status", "since", "until")}
    year, since, until = _year(asked["year"]), _day(asked["since"]), _day(asked["until"])
    status, after = asked["status"] if asked["status"] in STATUSES else None, _place(args.get("after", ""))
    read = {"year": year, "since": since, "until": until, "status": status, "after": after}
    if strict:
        _require_read({**asked, "after": args.get("after", "")}, read)
    wish = Wish(asked["q"], asked["kind"] or None, year, status, since, until, after)
    known = {name: value for name, value in asked.items() if value and read.get(name, value) is not None}
    return wish, known


def place_written(place: Place | None) -> str | None:
    """A place in the register as an address holds it: "2026-11-20.1.42"."""
    return f"{place[0].isoformat()}.{place[1]}.{place[2]}" if place else None


def _place(text: str) -> Place | None:
    parts = text[:60].split(".")
    day = _day(parts[0])
    if len(parts) != 3 or day is None or parts[1] not in ("0", "1") or not _is_whole(parts[2]):
        return None
    return day, int(parts[1]), int(parts[2])


def _year(text: str) -> int | None:
    return int(text) if _is_whole(text) and 1 <= int(text) <= 9999 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _require_read(asked: Mapping[str, str], read: Mapping[str, Any]) -> None:
    keys = {"year": "field.not_number", "status": "register.unknown_status", "after": "field.not_number"}
    problems = [
        Problem(name, keys.get(name, "field.date"), {"known": ", ".join(STATUSES)})
        for name, value in read.items()
        if asked.get(name) and value is None
    ]
    if problems:
        raise Invalid(*problems)
