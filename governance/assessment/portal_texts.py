"""The texts that go to the national portal with the files: explanations, lists, and what stayed here and why; pure."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.assessment.course import ScoreStage
from governance.assessment.instruments import Instrument
from governance.assessment.paper_facts import Facts
from governance.assessment.portal import Packed, Plan, Why, folder_of
from governance.assessment.sheets import number

README, MANIFEST = "BACA-DULU.txt", "manifest.json"
SCORES, PROOFS, LEFT_OUT = "daftar-penjelasan.csv", "daftar-bukti.csv", "daftar-tidak-ikut.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNVERIFIED = (
    "Bentuk impor portal nasional belum dapat diperiksa. Susunan ini mengikuti kode bukti pada instrumen;"
    " cocokkan dengan petunjuk portal sebelum mengunggah."
)
WHY = {
    Why.RAHASIA: "rahasia: tidak pernah ikut",
    Why.TERBATAS: "terbatas: tidak diminta ikut, atau bukan untuk jabatan yang meminta",
    Why.WITHDRAWN: "sudah ditarik",
    Why.NOT_ACCEPTED: "belum diterima asesor internal",
    Why.EXPIRED: "masa berlakunya habis",
    Why.NO_FILE: "belum ada berkas bertanda tangan, salinan, atau pindaian",
    Why.GONE: "berkasnya tidak ada di penyimpanan",
}
UNNAMED = (Why.RAHASIA, Why.TERBATAS)


@dataclass(frozen=True)
class Made:
    """Who made it, when, of what."""

    institution: str
    year: int
    instrument: Instrument
    by_title: str
    at: datetime
    restricted: bool
    items: Sequence[str]


def explanations(made: Made, facts: Facts, plan: Plan) -> Iterable[tuple[str, str]]:
    """A text for each item: its name, the scores with their explanations, and what each piece of evidence says."""
    scores = _by_item(facts)
    pieces: dict[str, list[Packed]] = defaultdict(list)
    for one in plan.packed:
        pieces[one.piece.item].append(one)
    for item in made.items:
        if item not in scores and item not in pieces:
            continue
        lines = [f"{item}. {made.instrument.items[item].name}", ""]
        for stage, label in ((ScoreStage.SELF, "Penilaian mandiri"), (ScoreStage.PROPOSAL, "Usulan responden")):
            if found := scores.get(item, {}).get(stage):
                lines += [f"{label}: {_number(found['value'])}", found["explanation"], ""]
        for one in pieces[item]:
            about = [f"Tingkat {one.piece.level}: {one.path.partition('/')[2]}", f"  {one.piece.name}"]
            about += [f"  {text}" for text in (one.piece.pointer, one.piece.explanation) if text]
            lines += [*about, ""]
        yield f"{folder_of(item)}/{folder_of(item)}_penjelasan.txt", "\r\n".join(lines)


def lists(made: Made, facts: Facts, plan: Plan) -> Iterable[tuple[str, str]]:
    """The same as tables that a spreadsheet opens."""
    scores = _by_item(facts)
    own = [(item, scores.get(item, {}).get(ScoreStage.SELF)) for item in made.items]
    rows = [
        (
            item,
            made.instrument.items[item].name,
            _number(one["value"]) if one else "",
            one["explanation"] if one else "",
        )
        for item, one in own
    ]
    yield SCORES, _table(("Butir", "Nama", "Penilaian mandiri", "Penjelasan"), rows)
    proofs = [
        (one.piece.item, one.piece.level, one.piece.code, one.path, one.piece.name, one.piece.pointer,
         one.piece.explanation, one.piece.unit, one.piece.sha256)
        for one in plan.packed
    ]  # fmt: skip
    heads = ("Butir", "Tingkat", "Kode", "Berkas", "Nama", "Penunjuk", "Penjelasan", "Perangkat daerah", "sha256")
    yield PROOFS, _table(heads, proofs)
    stays = [
        (piece.item, piece.level, piece.code, "" if why in UNNAMED else piece.name, piece.unit, WHY[why])
        for piece, why in plan.left_out
    ]
    yield LEFT_OUT, _table(("Butir", "Tingkat", "Kode", "Nama", "Perangkat daerah", "Sebab"), stays)


def readme(made: Made, plan: Plan) -> str:
    """What this is, for whoever opens it."""
    lines = [
        f"Bukti penilaian tahun {made.year}, {made.institution}",
        made.instrument.title,
        "",
        f"Dibuat {made.at:%d/%m/%Y %H.%M} oleh {made.by_title}.",
        f"{len(plan.packed)} berkas ikut, {len(plan.left_out)} tidak ikut (lihat {LEFT_OUT}).",
        "Bukti terbatas ikut." if made.restricted else "Bukti terbatas tidak ikut.",
        "Bukti rahasia tidak pernah ikut.",
        "",
        UNVERIFIED,
        "",
        f"Setiap berkas dapat diperiksa dengan sha256 di {MANIFEST}.",
    ]
    return "\r\n".join(lines)


def manifest(made: Made, plan: Plan, sums: Mapping[str, str]) -> str:
    """Everything once more for programs: each file with the sha256 of what was really sent."""
    told: dict[str, Any] = {
        "format": 1,
        "institution": made.institution,
        "year": made.year,
        "instrument": made.instrument.key,
        "made_at": made.at.isoformat(),
        "made_by": made.by_title,
        "restricted_included": made.restricted,
        "portal_format": UNVERIFIED,
        "files": [_file(one, sums[one.path]) for one in plan.packed],
        "texts": [{"path": path, "sha256": found} for path, found in sums.items() if path not in _paths(plan)],
        "left_out": [
            {"item": piece.item, "level": piece.level, "code": piece.code, "why": why.value}
            | ({} if why in UNNAMED else {"name": piece.name})
            for piece, why in plan.left_out
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _file(one: Packed, found: str) -> dict[str, Any]:
    piece = one.piece
    told = {"path": one.path, "sha256": found, "size": piece.size, "item": piece.item, "level": piece.level}
    whole = {} if found == piece.sha256 else {"damaged": True, "expected_sha256": piece.sha256}
    return told | {"code": piece.code, "name": piece.name} | whole


def _paths(plan: Plan) -> frozenset[str]:
    return frozenset(one.path for one in plan.packed)


def _by_item(facts: Facts) -> dict[str, dict[str, Mapping[str, Any]]]:
    found: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for one in facts.scores:
        found[one["item"]][one["stage"]] = one
    return found


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV that a spreadsheet opens with its letters; nothing in it is read as a formula."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow(heads)
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return "\ufeff" + kept.getvalue()


def _plain(cell: Any) -> str:
    text = str(cell if cell is not None else "")
    return f"'{text}" if text.startswith(FORMULA) else text


def _number(text: str) -> str:
    return str(number(text)).replace(".", ",")
