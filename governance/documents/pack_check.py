"""Whether an approval pack holds: its form, its seal, the trail's hashes, and that every part agrees with a line. Pure.

What is checked here needs nothing but the pack. What only the installation knows is checked in web/cli/packs.py.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.documents.packs import FORMAT, PROVES, PROVES_NOT, VERSION, gaps_between, sealed, written
from governance.trail.chain import canonical, chained

LONGEST = 20_000_000  # bytes; a pack of a long way is some hundred thousand
DOCUMENT = {"id": int, "kind": str, "year": int, "title": str, "unit": str, "secrecy": str, "state": str}
LINE = {"number": int, "previous": str, "hash": str, "text": str}
REVISION = {"number": int, "origin": str, "sha256": str, "file": str, "at": str}
MADE = {
    "move": str,
    "as": str,
    "name": str,
    "post": int,
    "holding": int,
    "at": str,
    "note": str,
    "step": str,
    "counts": bool,
}

LINES = {  # What the trail calls a move; one that is not named here may stand in any line of its moment.
    "submit": ("document.submitted",),
    "initial": ("document.initialled",),
    "approve": ("document.approved",),
    "return": ("document.returned",),
    "withdraw": ("document.withdrawn",),
    "record": ("document.step_recorded",),
    "enact": ("document.enacted", "document.signed"),  # with ink, electronically
}


@dataclass(frozen=True)
class Point:
    """One thing that was looked at: whether it holds, and in Indonesian what it is."""

    holds: bool
    said: str


class NoPack(ValueError):
    """Not a pack at all, or one that no part of can be read."""


def read_pack(data: bytes) -> dict[str, Any]:
    """The pack in a file, or NoPack, saying why it is none."""
    if data.startswith(b"%PDF"):
        raise NoPack("berkas ini PDF. Periksa berkas JSON-nya, lalu cocokkan sha256 yang tercetak.")
    if len(data) > LONGEST:
        raise NoPack("berkas terlalu besar untuk sebuah pak persetujuan.")
    try:
        pack = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NoPack("berkas ini bukan JSON yang utuh.") from error
    if not isinstance(pack, dict) or pack.get("format") != FORMAT:
        raise NoPack("berkas ini bukan pak persetujuan Mandat.")
    if pack.get("version") != VERSION or isinstance(pack.get("version"), bool):
        raise NoPack(f"pak ini bentuk versi {pack.get('version')}; program ini membaca versi {VERSION}.")
    if not _is_shaped(pack):
        raise NoPack("bagian-bagian pak tidak lengkap atau salah bentuk.")
    return pack


def points(data: bytes, pack: Mapping[str, Any]) -> Iterator[Point]:
    """Everything that the pack can be asked by itself."""
    yield Point(data == written(dict(pack)), "Berkas ditulis sebagaimana pak ditulis, bita demi bita.")
    yield Point(sealed(dict(pack))["seal"] == pack.get("seal"), "Segel pak sama dengan sidik isinya.")
    told = pack["proves"] == list(PROVES) and pack["proves_not"] == list(PROVES_NOT)
    yield Point(told, "Keterangan tentang apa yang dibuktikan tidak diubah.")
    yield from _chain(pack)
    yield from _agreement(pack)


def _is_shaped(pack: Mapping[str, Any]) -> bool:
    trail = pack.get("trail")
    if not isinstance(trail, dict) or not isinstance(trail.get("lines"), list):
        return False
    parts = [(pack.get("document"), DOCUMENT)]
    for name, shape in (("revisions", REVISION), ("decisions", MADE)):
        if not isinstance(pack.get(name), list):
            return False
        parts += [(one, shape) for one in pack[name]]
    parts += [(line, LINE) for line in trail["lines"]]
    if not isinstance(pack.get("signatures"), list) or not all(isinstance(one, dict) for one in pack["signatures"]):
        return False
    named = all(isinstance(pack.get(name, ""), dict | None) for name in ("act", "promulgation"))
    lists = all(isinstance(pack.get(name), list) for name in ("proves", "proves_not"))
    return named and lists and _is_placed(pack) and all(_has(one, shape) for one, shape in parts)


def _is_placed(pack: Mapping[str, Any]) -> bool:
    """Whether it names an institution and a row as a database can be asked for them."""
    institution, document = pack.get("institution"), pack.get("document")
    key = institution.get("key") if isinstance(institution, dict) else None
    return (
        isinstance(key, str) and key.isidentifier() and _has(document, DOCUMENT) and 0 < pack["document"]["id"] < 2**62
    )


def _has(one: Any, shape: Mapping[str, type]) -> bool:
    return isinstance(one, dict) and all(type(one.get(name)) is kind for name, kind in shape.items())


def _chain(pack: Mapping[str, Any]) -> Iterator[Point]:
    """Each line's hash, the joints of neighbours, the gaps and the head."""
    lines, last = pack["trail"]["lines"], None
    about = ["document", pack["document"]["id"]]
    for line in lines:
        number = line["number"]
        whole = chained(line["previous"], line["text"]) == line["hash"]
        yield Point(whole, f"Baris {number}: sidiknya cocok dengan isinya.")
        content = _content(line)
        named = content.get("number") == number and content.get("about") == about
        yield Point(named, f"Baris {number}: isinya menyebut nomor itu dan dokumen ini.")
        if last is not None:
            ordered = number > last["number"]
            joined = number != last["number"] + 1 or line["previous"] == last["hash"]
            yield Point(ordered and joined, f"Baris {number}: tersambung sesudah baris {last['number']}.")
        last = line
    numbers = [line["number"] for line in lines]
    yield Point(pack["trail"].get("gaps") == gaps_between(numbers), "Celah antarbaris disebut sebagaimana adanya.")
    head = {"number": last["number"], "hash": last["hash"]} if last else None
    yield Point(pack["trail"].get("head") == head, "Ujung rantai adalah baris terakhir dokumen ini.")


def _agreement(pack: Mapping[str, Any]) -> Iterator[Point]:
    """Every decision, revision, enactment and promulgation stands in a line of its own moment."""
    lines = [content for line in pack["trail"]["lines"] if (content := _content(line))]
    for made in pack["decisions"]:
        holds = any(_is_of(content, made) and _names(content, made.get("sha256"), made) for content in lines)
        yield Point(holds, f"Keputusan {made['move']} oleh {made['as']}, {made['at']}: sama dengan baris jejaknya.")
    for revision in pack["revisions"]:
        values = [content["params"] for content in lines if content["at"] == revision["at"]]
        holds = any(revision["sha256"] in params.values() for params in values)
        yield Point(holds, f"Revisi {revision['number']}: sha256-nya tercatat dalam jejak.")
    yield from _effects(pack, lines)


def _effects(pack: Mapping[str, Any], lines: list[dict[str, Any]]) -> Iterator[Point]:
    act, gazette = pack["act"], pack["promulgation"]
    if act is not None:
        told = [one["params"] for one in lines if one["what"] in (*LINES["enact"], "act.recorded")]
        holds = any(params.get("number") == act.get("number") for params in told)
        if not act.get("recorded"):
            want = {"number": act.get("number"), "signed_on": act.get("signed_on"), "sealed": act.get("sha256")}
            holds = any(want.items() <= params.items() for params in told)
        yield Point(holds, "Penetapan: nomor, tanggal, dan sha256-nya sama dengan baris jejaknya.")
    if gazette is not None:
        want = {"gazette": gazette.get("gazette"), "promulgated_on": gazette.get("on"), "sha256": gazette.get("sha256")}
        told = [one for one in lines if one["what"] == "act.promulgated" and _is_of(one, gazette)]
        holds = any(want.items() <= one["params"].items() for one in told)
        yield Point(holds, "Pengundangan: nomor, tanggal, dan sha256-nya sama dengan baris jejaknya.")


def _is_of(content: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    """Whether a line was written by that holding, in that post and under that title, at that moment."""
    by = content["by"]
    told = (by.get("holding"), by.get("post"), by.get("as"), content["at"])
    return told == (made.get("holding"), made.get("post"), made.get("as"), made.get("at"))


def _names(content: Mapping[str, Any], sha256: Any, made: Mapping[str, Any]) -> bool:
    """Whether it is a line of that move that says the same sha256, note and step, where it says any."""
    params = content["params"]
    if content["what"] not in LINES.get(made["move"], (content["what"],)):
        return False
    told = [params[name] for name in ("sha256", "approved", "sealed") if name in params]
    same = all(params.get(name, made[key]) == made[key] for name, key in (("reason", "note"), ("step", "step")))
    return same and (not told or sha256 in told)


def _content(line: Mapping[str, Any]) -> dict[str, Any]:
    """What a line says; {} for a text that is no line of the trail."""
    try:
        content = json.loads(line["text"])
    except (ValueError, RecursionError):
        return {}
    shaped = isinstance(content, dict) and all(isinstance(content.get(name), dict) for name in ("by", "params"))
    known = shaped and {"at", "what", "number", "about"} <= content.keys() and canonical(content) == line["text"]
    return content if known else {}


def sha256_of(data: bytes) -> str:
    """The sha256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
