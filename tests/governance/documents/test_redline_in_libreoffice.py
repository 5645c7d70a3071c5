"""Tracked changes in LibreOffice itself: it lists them, and accepting or rejecting all of them leaves nothing over."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from governance.documents.comparison import Fate, compare
from governance.documents.redline import redline
from tests.governance.documents import samples
from tests.governance.documents.test_comparison import sides
from tests.governance.documents.test_redline import AT, file_of, paragraph, row, run, table
from tests.governance.documents.tracked import Tracked, texts
from tests.office import Desk, edited_decree

pytestmark = pytest.mark.libreoffice
FIELDS = samples.fields()
MEMBERS = FIELDS["members"]
NEW_MEMBER = {"role": "anggota", "office": "Kepala Dinas Baru"}


def line(text: str) -> str:
    return paragraph(run(text))


def rows(*names: str) -> str:
    return table(*(row(line(name), line(f"jabatan {name}")) for name in names))


SHORT = [line("satu dua"), line("tiga empat")]
LONGER = [line("pembuka"), line("isi"), *SHORT]
ANNEX = [line("LAMPIRAN"), rows("ketua", "anggota"), line("Bupati"), line("NAMA")]
PAIRS = {
    "a title, members and a budget": (
        samples.draft(),
        samples.draft(title="Pembentukan Tim Lain", members=[*MEMBERS[:5], NEW_MEMBER], budget="APBD"),
    ),
    "the law of another year": (samples.draft(), samples.draft("serang", date(2026, 11, 22))),
    "another region": (samples.draft("jombang"), samples.draft()),
    "a paragraph more at the end": (file_of(*SHORT), file_of(*SHORT, line("lima"), line("enam"))),
    "a paragraph more before a table": (
        file_of(line("satu"), rows("a"), line("akhir")),
        file_of(line("satu"), line("dua lagi"), rows("a"), line("akhir")),
    ),
    "a paragraph more in a cell": (
        file_of(table(row(line("a b c"), line("x"))), line("akhir")),
        file_of(table(row(line("a b c") + line("baru"), line("x"))), line("akhir")),
    ),
    "another text in a cell": (
        file_of(table(row(line("a b c"), line("x"))), line("akhir")),
        file_of(table(row(line("q w"), line("x"))), line("akhir")),
    ),
    "an annex more": (file_of(*SHORT), file_of(*SHORT, *ANNEX)),
    "two annexes more": (file_of(*LONGER), file_of(*LONGER, *ANNEX, line("LAMPIRAN II"), rows("a"), *SHORT)),
    "another number of columns": (
        file_of(line("s"), table(row(line("a"), line("b"))), line("akhir")),
        file_of(line("s"), table(row(line("a"), line("b"), line("c"))), line("akhir")),
    ),
    "empty paragraphs": (
        file_of(line("s"), paragraph(), paragraph(), line("t"), line("z")),
        file_of(line("s"), paragraph(), line("t"), paragraph(), paragraph(), line("z")),
    ),
    "another text between tables": (
        file_of(rows("a"), line("tengah"), rows("b"), line("z")),
        file_of(rows("a"), line("lain sekali"), rows("b"), line("z")),
    ),
}
BOTH_WAYS = {
    f"{name}, {way}": pair[::step] for name, pair in PAIRS.items() for way, step in (("come", 1), ("gone", -1))
}


@dataclass(frozen=True)
class Settled:
    """What LibreOffice made of a pair: how many changes it listed, how many were left, and the texts."""

    listed: int
    left: tuple[int, int]
    accepted: Any
    rejected: Any
    old: Any
    new: Any


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settled]:
    """All pairs in one start of LibreOffice. The plain files are saved by it too: it is their text that counts."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    for old, new in BOTH_WAYS.values():
        made = redline(old, new, author="Uji", at=AT)
        desk.open(made).count().accept_all().count().save().open(made).reject_all().count().save()
        desk.open(old).save().open(new).save()
    files, told = desk.carried_out()
    saved = [texts(Tracked(file).plain()) for file in files]
    return {
        name: Settled(told[3 * at], (told[3 * at + 1], told[3 * at + 2]), *saved[4 * at : 4 * at + 4])
        for at, name in enumerate(BOTH_WAYS)
    }


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_libreoffice_lists_the_changes_and_leaves_none_over(settled: dict[str, Settled], name: str) -> None:
    found = settled[name]
    assert found.listed > 0
    assert found.left == (0, 0)
    assert found.accepted == found.new
    assert found.rejected == found.old


def test_changes_settled_one_by_one_leave_the_same_texts(settled: dict[str, Settled], tmp_path: Path) -> None:
    """A reader goes from change to change and decides on each; nothing is left that he cannot reach."""
    desk, names = Desk(tmp_path), [name for name in BOTH_WAYS if name.endswith("come")]
    for old, new in (BOTH_WAYS[name] for name in names):
        made = redline(old, new, author="Uji", at=AT)
        desk.open(made).accept_each().count().save().open(made).reject_each().count().save()
    files, told = desk.carried_out()
    saved = [texts(Tracked(file).plain()) for file in files]
    for at, name in enumerate(names):
        accepting, left, rejecting, left_again = told[4 * at : 4 * at + 4]
        assert accepting > 0, name
        assert rejecting > 0, name
        assert (left, left_again) == (0, 0), name
        assert saved[2 * at : 2 * at + 2] == [settled[name].new, settled[name].old], name


def test_a_decree_edited_in_libreoffice_is_compared_and_tracked(tmp_path: Path) -> None:
    """Issue 4: drafted, edited (title, a dictum, a table row added), and all of it found again."""
    old = samples.draft()
    new = edited_decree(old, tmp_path)
    found = compare(old, new)
    changed = {block.fate: [sides(one)[1] for one in found.blocks if one.fate is block.fate] for block in found.blocks}
    assert changed.get(Fate.REMOVED, []) == []
    assert changed[Fate.ADDED] == [("", "Anggota", "Kepala Dinas Ketahanan Pangan")]
    assert len(changed[Fate.CHANGED]) == 2
    assert "PENATAAN TIM KOORDINASI" in changed[Fate.CHANGED][0][0]
    assert "sumber dana lain yang sah" in changed[Fate.CHANGED][1][0]

    made = redline(old, new, author="Uji", at=AT)
    assert texts(Tracked(made).accepted()) == texts(Tracked(new).plain())
    again = tmp_path / "again"
    again.mkdir()
    desk = Desk(again).open(made).count().accept_all().count().save().open(made).reject_all().count().save()
    (accepted, rejected, *_), (listed, *left) = desk.open(old).save().carried_out()
    assert listed >= 3
    assert left == [0, 0]
    assert compare(new, accepted).counts == {"changed": 0, "added": 0, "removed": 0}
    assert compare(old, rejected).counts == {"changed": 0, "added": 0, "removed": 0}
