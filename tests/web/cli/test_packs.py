"""`flask verify-pack` as an operator types it: what it says, how it ends, and what it finds beside the file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.packs import pack_of, sealed, written
from governance.kernel.db import db
from tests.world import Maker, Paper, World

Run = Callable[..., Any]


def packed(paper: Paper, folder: Path) -> Path:
    db.session.rollback()
    file = folder / "pak.json"
    file.write_bytes(written(pack_of(paper.author.actor, paper.id, paper.world.serang.facts)))
    return file


def test_a_pack_holds_with_its_files_beside_it(world: World, make: Maker, run: Run, tmp_path: Path) -> None:
    paper = make.document(State.ENACTED)
    file = packed(paper, tmp_path)
    name = json.loads(file.read_text())["revisions"][-1]["file"]
    (tmp_path / name).write_bytes(paper.file)
    (tmp_path / "catatan.txt").write_text("lain")
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 0, answer.output
    assert "Pak ini benar." in answer.output
    assert f"benar\tBerkas {name} adalah naskah yang diputus itu." in answer.output
    assert "sama, bita demi bita, dengan yang dibuat pemasangan ini" in answer.output
    assert "jangkar pemasangan ini, 0 tidak ada di sana" in answer.output
    (tmp_path / name).write_bytes(paper.file + b"x")
    changed = run("verify-pack", str(file))
    assert changed.exit_code == 1
    assert f"SALAH\tBerkas {name}" in changed.output


def test_an_older_pack_still_holds(world: World, make: Maker, run: Run, tmp_path: Path) -> None:
    paper = make.document(State.IN_REVIEW)
    file = packed(paper, tmp_path)
    make.approve(paper)
    make.enact(paper)
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 0, answer.output
    assert "lebih tua" in answer.output


def test_a_forged_name_is_found_where_it_was_made(world: World, make: Maker, run: Run, tmp_path: Path) -> None:
    file = packed(make.document(State.ENACTED), tmp_path)
    pack = json.loads(file.read_text())
    pack["decisions"][-1]["name"] = "Orang lain"
    file.write_bytes(written(sealed(pack)))
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 1
    assert "SALAH\tdecisions" in answer.output


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_line SET text = replace(text, 'approved', 'returned') WHERE number = :number",
        "UPDATE decision SET reason = 'lain' WHERE move = 'approve'",
        "UPDATE act SET number = '99'",
    ],
)
def test_a_hand_in_the_database_is_found(world: World, make: Maker, run: Run, tmp_path: Path, statement: str) -> None:
    paper = make.document(State.ENACTED)
    file = packed(paper, tmp_path)
    number = json.loads(file.read_text())["trail"]["lines"][-2]["number"]
    world.change(statement, **({"number": number} if ":number" in statement else {}))
    if ":number" in statement:
        world.change("UPDATE trail_line SET hash = 'x' WHERE number = :number", number=number)
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 1, answer.output
    assert "SALAH" in answer.output


def test_a_copy_of_the_anchors_proves_the_lines_elsewhere(world: World, make: Maker, run: Run, tmp_path: Path) -> None:
    file = packed(make.document(State.ENACTED), tmp_path)
    copy = tmp_path / "jangkar"
    copy.write_bytes((world.folder / "anchors" / str(world.serang.id)).read_bytes())
    assert "cocok dengan salinan jangkar" in run("verify-pack", str(file), "--anchors", str(copy)).output
    last = json.loads(file.read_text())["trail"]["head"]["hash"]
    copy.write_text(copy.read_text().replace(last, "0" * 64))
    answer = run("verify-pack", str(file), "--anchors", str(copy))
    assert answer.exit_code == 1
    assert "cocok dengan salinan jangkar" in answer.output


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "berkas ini PDF"),
        (b"bukan json", "bukan JSON"),
        (b"{}", "bukan pak persetujuan"),
        (b'{"format":"mandat.approval-pack","version":2}', "versi 2"),
        (b"\x00\xff", "bukan JSON"),
    ],
)
def test_what_is_no_pack_is_refused_in_words(run: Run, tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "pak.json"
    file.write_bytes(data)
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 1
    assert said in answer.output


def test_a_pack_of_another_installation_is_checked_by_itself(
    world: World, make: Maker, run: Run, tmp_path: Path
) -> None:
    file = packed(make.document(State.ENACTED), tmp_path)
    pack = json.loads(file.read_text())
    pack["institution"] = {"key": "lain", "name": "Pemerintah Kabupaten Lain"}
    file.write_bytes(written(sealed(pack)))
    answer = run("verify-pack", str(file))
    assert answer.exit_code == 0, answer.output
    assert "tidak memuat lembaga itu" in answer.output
