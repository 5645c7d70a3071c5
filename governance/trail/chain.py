"""How a line of the trail is written down and hashed: pure, so that anyone can check it with a hash tool."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A stored line as the check needs it."""

    number: int
    text: str
    hash: str
    about: str = ""


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and why: "changed", "missing", "cut"."""

    number: int
    why: str


def canonical(content: dict[str, Any]) -> str:
    """The one way to write a line: JSON, keys sorted, no spaces, text as it is."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(previous: str, text: str) -> str:
    """The hash of a line: sha256 over the previous hash and the line's text."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_break(lines: Iterable[Line], head: Line | None, anchor: Line | None) -> Break | None:
    """The first place where lines, head and anchor disagree; None when the whole chain holds."""
    previous, number, at_anchor = "", 0, None
    for line in lines:
        number += 1
        if line.number != number:
            return Break(number, "missing")
        if chained(previous, line.text) != line.hash or not _columns_agree(line):
            return Break(number, "changed")
        previous = line.hash
        if anchor and number == anchor.number:
            at_anchor = line.hash
    return _tail_break(number, previous, head) or _anchor_break(number, at_anchor, anchor)


def _columns_agree(line: Line) -> bool:
    content = json.loads(line.text)
    kind, number = content["about"]
    return content["number"] == line.number and line.about == f"{kind}:{number}"


def _tail_break(number: int, last: str, head: Line | None) -> Break | None:
    if head is None:
        return Break(1, "cut") if number else None
    if head.number != number:
        return Break(min(number, head.number) + 1, "cut")
    return None if head.hash == last else Break(number, "changed")


def _anchor_break(number: int, at_anchor: str | None, anchor: Line | None) -> Break | None:
    if anchor is None:
        return None
    if anchor.number > number:
        return Break(number + 1, "cut")
    return None if at_anchor == anchor.hash else Break(anchor.number, "changed")
