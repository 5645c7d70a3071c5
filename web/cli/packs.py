"""`flask verify-pack`: whether an approval pack holds, by itself, with files beside it, and in this installation."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from governance.documents import packs
from governance.documents.pack_check import NoPack, Point, points, read_pack, sha256_of
from governance.people.queries import facts_of, institution_named
from governance.trail.anchors import anchors, read_anchors
from governance.trail.queries import first_break_of

MOST_BESIDE = 200  # files looked at beside a pack
LISTS = ("revisions", "decisions", "signatures")


@click.command("verify-pack")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--anchors",
    "copy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Salinan jangkar jejak lembaga itu, yang disimpan di luar sistem.",
)
@with_appcontext
def verify_pack(file: Path, copy: Path | None) -> None:
    """Periksa pak persetujuan FILE: katakan apa yang benar dan apa yang tidak; keluar dengan 1 bila ada yang salah."""
    data = file.read_bytes()
    try:
        pack = read_pack(data)
    except NoPack as error:
        click.echo(f"SALAH\t{error}")
        sys.exit(1)
    found = [*points(data, pack), *_beside(file, pack), *_here(data, pack)]
    if copy is not None:
        text = copy.read_text(encoding="utf-8", errors="replace")
        found += _anchored(pack, {line.number: line.hash for line in read_anchors(text)}, "salinan jangkar")
    for point in found:
        click.echo(f"{'benar' if point.holds else 'SALAH'}\t{point.said}")
    click.echo(f"sha256\t{sha256_of(data)}")
    wrong = sum(not point.holds for point in found)
    click.echo(f"PAK TIDAK BENAR: {wrong} dari {len(found)} pemeriksaan gagal." if wrong else "Pak ini benar.")
    sys.exit(1 if wrong else 0)


def _beside(file: Path, pack: dict[str, Any]) -> Iterator[Point]:
    """The files of revisions and scans that lie in the pack's folder: found by their name or by their sha256."""
    named = {one["file"]: one["sha256"] for one in pack["revisions"]}
    known = set(_hashes(pack))
    for other in sorted(one for one in file.parent.iterdir() if one.is_file() and one != file)[:MOST_BESIDE]:
        if other.stat().st_size > 100_000_000:
            continue
        sha256 = sha256_of(other.read_bytes())
        if other.name in named:
            yield Point(sha256 == named[other.name], f"Berkas {other.name} adalah naskah yang diputus itu.")
        elif sha256 in known:
            yield Point(True, f"Berkas {other.name} tercantum dalam pak, bita demi bita.")


def _hashes(pack: Any) -> Iterator[str]:
    """Every sha256 that the pack names for a file."""
    for one in (*pack["revisions"], *pack["decisions"], *pack["signatures"], pack["act"], pack["promulgation"]):
        yield from (
            value for name, value in (one or {}).items() if name in ("sha256", "scan") and isinstance(value, str)
        )


def _here(data: bytes, pack: dict[str, Any]) -> Iterator[Point]:
    """Against the database and the anchors, where the pack was made in this installation."""
    key = pack["institution"].get("key")
    institution = institution_named(key) if isinstance(key, str) else None
    if institution is None:
        click.echo("catatan\tPemasangan ini tidak memuat lembaga itu: basis data dan jangkarnya tidak dibandingkan.")
        return
    made = packs.pack_in(institution.id, pack["document"]["id"], facts_of(institution.id))
    yield Point(made is not None, "Dokumen itu ada di pemasangan ini.")
    if made is not None:
        yield from compared(data, pack, made)
    yield from _anchored(pack, anchors.hashes(institution.id), "jangkar pemasangan ini")
    yield Point(first_break_of(institution.id) is None, "Jejak lembaga itu di pemasangan ini utuh sampai ujungnya.")


def compared(data: bytes, pack: dict[str, Any], made: dict[str, Any]) -> Iterator[Point]:
    """The same bytes; or an older pack, all of which still stands in the database."""
    if data == packs.written(made):
        yield Point(True, "Pak ini sama, bita demi bita, dengan yang dibuat pemasangan ini sekarang.")
        return
    lines, now = pack["trail"]["lines"], made["trail"]["lines"]
    older = lines == now[: len(lines)] and len(lines) < len(now)
    yield Point(older, "Pak ini lebih tua: semua barisnya ada di basis data, dan sesudahnya ada langkah baru.")
    for name in LISTS:
        there = [_lasting(one) for one in made[name]]
        yield Point(all(_lasting(one) in there for one in pack[name]), f"{name}: semuanya ada di basis data.")
    same = all(pack["document"].get(name) == made["document"][name] for name in ("id", "kind", "year", "unit"))
    yield Point(same and pack["institution"] == made["institution"], "Dokumen dan lembaganya sama dengan basis data.")
    for name in ("act", "promulgation"):
        lasting = pack[name] is None or _lasting(pack[name]) == _lasting(made[name] or {})
        yield Point(lasting, f"{name}: sama dengan basis data.")


def _lasting(one: dict[str, Any]) -> dict[str, Any]:
    """What never changes of a row: a decision may stop to count, and a scan may follow."""
    return {name: value for name, value in one.items() if name not in ("counts", "scan")}


def _anchored(pack: dict[str, Any], known: dict[int, str], where: str) -> Iterator[Point]:
    """The lines whose number stands among the anchors bear the same hash there."""
    lines = [line for line in pack["trail"]["lines"] if line["number"] in known]
    missing = len(pack["trail"]["lines"]) - len(lines)
    holds = all(known[line["number"]] == line["hash"] for line in lines)
    yield Point(holds and bool(lines), f"{len(lines)} baris cocok dengan {where}, {missing} tidak ada di sana.")


COMMANDS = (verify_pack,)
