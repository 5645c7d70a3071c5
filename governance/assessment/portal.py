"""What goes to the national portal: each file under its item and evidence code, and what is left out and why; pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from governance.assessment.judging import EvidenceState
from governance.documents.models import Secrecy
from governance.kernel.errors import Refusal

MOST_BYTES = 1024**3
MOST_FILES = 5000
LONGEST_NAME = 80
KINDS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "text/plain": "txt",
}


class Why(StrEnum):
    """Why a piece of evidence stays here."""

    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"
    EXPIRED = "expired"
    RAHASIA = "rahasia"  # never goes
    TERBATAS = "terbatas"  # terbatas: not asked for, or not his to take along
    NO_FILE = "no_file"  # an act without a signed file, a copy or a scan
    GONE = "gone"  # its file is not in the store


@dataclass(frozen=True)
class Piece:
    """Evidence as it is offered at one place. No `sha256`: there is no file; `his`: who asks may read it."""

    item: str
    level: int
    code: str
    name: str
    pointer: str
    explanation: str
    unit: str
    state: EvidenceState
    secrecy: Secrecy
    withdrawn: bool = False
    expires_on: date | None = None
    sha256: str | None = None
    media: str = ""
    size: int | None = None  # of the file as it lies in the store; None: it is not there
    his: bool = True


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: all items or some, and whether what is terbatas comes along."""

    items: Collection[str]
    restricted: bool = False


@dataclass(frozen=True)
class Packed:
    """A piece with its place in the zip."""

    path: str
    piece: Piece


@dataclass(frozen=True)
class Plan:
    """What goes and what stays."""

    packed: tuple[Packed, ...] = ()
    left_out: tuple[tuple[Piece, Why], ...] = ()
    size: int = field(default=0)


def planned(pieces: Iterable[Piece], wish: Wish, today: date) -> Plan:
    """The plan for the wished items, in their order; the same content offered twice lies in each of its places."""
    packed: list[Packed] = []
    left_out: list[tuple[Piece, Why]] = []
    counts: dict[tuple[str, int], int] = defaultdict(int)
    taken: set[str] = set()
    order = {item: place for place, item in enumerate(wish.items)}
    mine = sorted((one for one in pieces if one.item in order), key=lambda one: (order[one.item], one.level, one.code))
    for piece in mine:
        why = reason(piece, wish, today)
        if why is not None:
            left_out.append((piece, why))
            continue
        path = _path(piece, counts, taken)
        packed.append(Packed(path, piece))
    return Plan(tuple(packed), tuple(left_out), sum(one.piece.size or 0 for one in packed))


def reason(piece: Piece, wish: Wish, today: date) -> Why | None:
    """Why a piece stays here, None where it goes. Secrecy comes first: of what is secret nothing else is told."""
    restricted = piece.secrecy is Secrecy.TERBATAS and not (wish.restricted and piece.his)
    asked = (
        (Why.RAHASIA, piece.secrecy is Secrecy.RAHASIA),
        (Why.TERBATAS, restricted),
        (Why.WITHDRAWN, piece.withdrawn),
        (Why.NOT_ACCEPTED, piece.state is not EvidenceState.ACCEPTED),
        (Why.EXPIRED, piece.expires_on is not None and piece.expires_on < today),
        (Why.NO_FILE, piece.sha256 is None),
        (Why.GONE, piece.size is None),
    )
    return next((why for why, holds in asked if holds), None)


def require_bounds(plan: Plan) -> None:
    """A zip that no browser and no portal takes is refused before it is begun."""
    if plan.size > MOST_BYTES or len(plan.packed) > MOST_FILES:
        told = {"size_mb": plan.size // 1024**2, "limit_mb": MOST_BYTES // 1024**2}
        raise Refusal("portal.too_large", **told, files=len(plan.packed), most=MOST_FILES)


def folder_of(item: str) -> str:
    """An item's folder."""
    return f"I{item}"


def _path(piece: Piece, counts: dict[tuple[str, int], int], taken: set[str]) -> str:
    """I19/I19-L3-01_name.pdf; evidence that answers no listed item is counted on its own: I19-L3-T01."""
    code = piece.code
    if not code:
        counts[piece.item, piece.level] += 1
        code = f"{folder_of(piece.item)}-L{piece.level}-T{counts[piece.item, piece.level]:02d}"
    stem, ending = safe_name(piece.name), ending_of(piece)
    number, path = 1, f"{folder_of(piece.item)}/{code}_{stem}.{ending}"
    while path.casefold() in taken:
        number += 1
        path = f"{folder_of(piece.item)}/{code}_{stem}-{number}.{ending}"
    taken.add(path.casefold())
    return path


def safe_name(name: str) -> str:
    """A name that every file system takes: plain letters, digits and dashes."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.strip())
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or "bukti"


def ending_of(piece: Piece) -> str:
    """The ending that the file's kind has, whatever its name says."""
    written = re.search(r"\.([A-Za-z0-9]{1,5})$", piece.name.strip())
    return KINDS.get(piece.media) or (written[1].lower() if written and piece.media else "bin")


def counts_by_item(plan: Plan, items: Sequence[str]) -> list[tuple[str, int, int]]:
    """(item, files that go, pieces that stay), for each item that has any."""
    going = Counter(one.piece.item for one in plan.packed)
    staying = Counter(piece.item for piece, _why in plan.left_out)
    return [(item, going[item], staying[item]) for item in items if going[item] or staying[item]]
