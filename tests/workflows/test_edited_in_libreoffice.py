"""Drafted, edited in LibreOffice, handed in: fields, comparison and tracked changes are right, for each form of paper.

One decree, one Peraturan, one report; all are edited, accepted and rejected in two starts of LibreOffice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from governance.documents.comparison import Comparison, Fate, compare
from governance.documents.lifecycle import State
from governance.documents.redline import redline
from governance.documents.revisions import difference, revisions_of
from governance.documents.round_trip import ReadBack
from tests.office import Desk
from tests.peraturan import ROADMAP
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from web.sheets import draft_file
from workflows import comparing, drafting, word_editing
from workflows.drafting import NewDocument
from workflows.word_editing import HandedIn

pytestmark = pytest.mark.libreoffice
REPORT = "ict_audit_internal"
MEMBER = "Kepala Dinas Ketahanan Pangan"
INITIATIVE = ("Penerapan tanda tangan elektronik", "Naskah dinas elektronik", *("terapkan",) * 5, "Dinas", "APBD")
OBJECT = ("Jaringan intra pemerintah", "Audit Infrastruktur", "Dinas Perhubungan")


@pytest.fixture
def database() -> str:
    """One kind is enough for what is read from a file, and LibreOffice is slow."""
    return "sqlite"


def edit_decree(desk: Desk) -> None:
    """A title in each of its places, a sentence of a dictum that no field holds, and a member more."""
    for _ in range(4):
        desk.replace("PEMBENTUKAN TIM KOORDINASI", "PENATAAN TIM KOORDINASI")
    desk.replace("tentang Pembentukan Tim", "tentang Penataan Tim")
    desk.replace("bertanggung jawab kepada Bupati", "bertanggung jawab penuh kepada Bupati")
    desk.add_row(0, 5, "", "Anggota", MEMBER)


def edit_regulation(desk: Desk) -> None:
    """An ayat, and an initiative more in a table of the annex."""
    desk.replace("paruh waktu dan tahun terakhir pelaksanaan", "paruh waktu, tahun keempat, dan tahun terakhir")
    desk.add_row(0, 2, "", *INITIATIVE)


def edit_report(desk: Desk) -> None:
    """An item of a list, and an object of the audit more."""
    desk.replace("wawancara dengan pengelola dan pengguna", "wawancara dengan pengelola, pengguna, dan penyedia")
    desk.add_row(0, 2, "", *OBJECT)


def read_of_decree(back: ReadBack) -> None:
    assert set(back.changed) == {"title", "members"}
    assert back.fields["title"].startswith("Penataan Tim Koordinasi Sistem")
    assert back.fields["members"][4] == {"role": "anggota", "post": None, "office": MEMBER}
    assert [one.part for one in back.by_hand] == ["dictums.KEEMPAT"]
    assert "bertanggung jawab penuh kepada Bupati" in back.by_hand[0].after


def read_of_regulation(back: ReadBack) -> None:
    assert "paruh waktu, tahun keempat, dan tahun terakhir" in str(back.fields)
    assert tuple(back.fields["tata_kelola"][1].values()) == INITIATIVE
    assert back.by_hand == ()


def read_of_report(back: ReadBack) -> None:
    assert "wawancara dengan pengelola, pengguna, dan penyedia" in back.fields["method"]
    assert tuple(back.fields["objects"][1].values()) == OBJECT
    assert back.by_hand == ()


@dataclass(frozen=True)
class Case:
    """A kind, how it is edited, what is read back, and how many lines change and how many rows come."""

    kind: str
    edit: Callable[[Desk], None]
    is_right: Callable[[ReadBack], None]
    changed: int


CASES = (
    Case(KIND, edit_decree, read_of_decree, 6),
    Case(ROADMAP, edit_regulation, read_of_regulation, 1),
    Case(REPORT, edit_report, read_of_report, 1),
)


def drafted(world: World, kind: str) -> tuple[Paper, bytes]:
    """A draft and its Word file as its author downloads it."""
    new, author = NewDocument(kind, TODAY.year), world.diskominfo
    paper = Paper(drafting.open_document(new, by=author.actor, now=NOW, library=world.library), author, world)
    with world.app.test_request_context():
        return paper, draft_file(author.actor, paper.as_seen())


def handed_in(world: World, paper: Paper, data: bytes) -> ReadBack:
    version = world.value("SELECT version FROM working_copy WHERE document_id = :id", id=paper.id)
    handed = HandedIn(paper.id, version, data, anyway=version > 1)
    return word_editing.take_in(handed, by=world.diskominfo.actor, now=NOW, library=world.library)


def edited(drafts: list[bytes], folder: Path) -> list[bytes]:
    desk = Desk(folder)
    for case, data in zip(CASES, drafts, strict=True):
        case.edit(desk.open(data))
        desk.save()
    files, told = desk.carried_out()
    assert 0 not in told, "every text that is replaced stands in the document"
    return files


def test_what_was_edited_in_libreoffice_comes_back_right(world: World, make: Maker, tmp_path: Path) -> None:
    papers, drafts = zip(*(drafted(world, case.kind) for case in CASES), strict=True)
    files = edited(list(drafts), tmp_path)
    for case, paper, draft, file in zip(CASES, papers, drafts, files, strict=True):
        assert handed_in(world, paper, draft).changed == (), "an untouched file changes nothing"
        case.is_right(handed_in(world, paper, file))
        require_compared(world, paper, case)
        make.submit(paper)
        assert paper.state is State.IN_REVIEW
        assert paper.file == file, "what was handed in is what is submitted"
    require_tracked(list(drafts), files, tmp_path)


def require_compared(world: World, paper: Paper, case: Case) -> None:
    """The stored comparison with the revision before shows each edit, and nothing else."""
    actor = world.diskominfo.actor
    comparing.store(paper.id, 2, by=actor, now=NOW, library=world.library)
    before, after = revisions_of(actor, paper.id)
    found = difference(actor, before, after, world.library.files.read)
    assert found.counts == {"changed": case.changed, "added": 1, "removed": 0}
    (row,) = [block for block in found.blocks if block.fate is Fate.ADDED]
    assert row.table is not None


def require_tracked(drafts: list[bytes], files: list[bytes], folder: Path) -> None:
    """All accepted gives the new text, all rejected the old one, in LibreOffice itself; no change is left over."""
    again = folder / "again"
    again.mkdir()
    desk = Desk(again)
    for old, new in zip(drafts, files, strict=True):
        made = redline(old, new, author="Uji", at=NOW)
        desk.open(made).count().accept_all().count().save().open(made).reject_all().count().save()
    settled, told = desk.carried_out()
    for at, (old, new) in enumerate(zip(drafts, files, strict=True)):
        listed, *left = told[3 * at : 3 * at + 3]
        assert listed >= 2
        assert left == [0, 0]
        assert unlike(compare(new, settled[2 * at])) == []
        assert unlike(compare(old, settled[2 * at + 1])) == []


def unlike(found: Comparison) -> list[Any]:
    return [block for block in found.blocks if block.fate is not Fate.EQUAL]
