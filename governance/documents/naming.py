"""Which acts of this institution a sentence names: "Keputusan Bupati Serang Nomor 1 Tahun 2025 tentang ..."; pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEFORE = 160  # so far before "Nomor" stands whose act it is, at most
AFTER = r"(?=$|[\s,;)]|\.(?:\s|$))"


@dataclass(frozen=True)
class Named:
    """An act as a sentence may name it."""

    document_id: int
    kind: str
    number: str
    title: str


def named_in(text: str, acts: Iterable[Named], *, offices: Sequence[str], kind: str) -> list[Named]:
    """The acts that `text` names: the number follows "Nomor", and one of the `offices` stands before it.

    One number may be borne by acts of several kinds: the title decides, then the `kind` of the act that speaks. Where
    neither does, none is meant: nothing is ended by a guess.
    """
    said = _plain(text)
    own = [_plain(office) for office in offices]
    found: dict[int, list[Named]] = {}
    for act in acts:
        at = _place(said, _plain(act.number), own)
        if at is not None:
            found.setdefault(at, []).append(act)
    return [one for at in sorted(found) if (one := _chosen(said[at:], found[at], kind)) is not None]


def _place(said: str, number: str, offices: Sequence[str]) -> int | None:
    for match in re.finditer(rf"\bnomor\s*:?\s*{re.escape(number)}{AFTER}", said):
        before = said[max(0, match.start() - BEFORE) : match.start()].rsplit(" tentang ", 1)[-1]
        if any(office in before for office in offices):
            return match.start()
    return None


def _chosen(said: str, acts: list[Named], kind: str) -> Named | None:
    if len(acts) == 1:
        return acts[0]
    for same in ([one for one in acts if _plain(one.title) in said], [one for one in acts if one.kind == kind]):
        if len(same) == 1:
            return same[0]
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
