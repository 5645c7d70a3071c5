"""What a page shows of two files: blocks in order, word by word, and the same again from what was stored."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.documents.aligning import Bounds
from governance.documents.comparison import Block, Comparison, Fate, compare
from governance.documents.lines import Line, beside, blocks
from governance.documents.package import Package
from governance.documents.word_diff import How, stretches
from tests.governance.documents import samples
from tests.governance.documents.test_redline import SENTENCE, decrees, file_of, paragraph, row, run, table

MEMBERS = samples.fields()["members"]


def sides(block: Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells of a block as they were and as they are."""
    return tuple(
        tuple("".join(piece.text for piece in cell if piece.how is not other) for cell in block.cells)
        for other in (How.ADDED, How.REMOVED)
    )  # type: ignore[return-value]


def texts_of(data: bytes) -> list[Any]:
    """All that the file says, as the rest of the program reads it."""
    package, found = Package.read(data), []
    for block in blocks(package):
        if isinstance(block, Line):
            found += [(block.text,)] if block.text.strip() else []
            found += [(text,) for text in block.inset]
        else:
            found += block.rows
    return [*found, *((text,) for text in beside(package) if text.strip("- ") and not text.strip("- ").isdigit())]


def marked(old: str, new: str) -> str:
    signs = {How.KEPT: "{}", How.REMOVED: "[{}]", How.ADDED: "<{}>"}
    found = stretches(old, new, Bounds())
    return "".join(
        signs[one.how].format((old if one.how is How.REMOVED else new)[one.start : one.end]) for one in found
    )


@given(decrees(), decrees())
@settings(max_examples=25, deadline=None)
def test_nothing_of_either_file_is_left_out_or_made_up(old: bytes, new: bytes) -> None:
    found = compare(old, new)
    assert [sides(block)[0] for block in found.blocks if block.fate is not Fate.ADDED] == texts_of(old)
    assert [sides(block)[1] for block in found.blocks if block.fate is not Fate.REMOVED] == texts_of(new)
    assert Comparison.from_data(json.loads(json.dumps(found.as_data()))) == found


@given(SENTENCE, SENTENCE, st.sampled_from([0, 20, 10_000]))
def test_the_pieces_of_a_text_give_both_texts_back(old: str, new: str, left: int) -> None:
    pieces = [
        (one.how, (old if one.how is How.REMOVED else new)[one.start : one.end])
        for one in stretches(old, new, Bounds(left))
    ]
    assert "".join(text for how, text in pieces if how is not How.ADDED) == old
    assert "".join(text for how, text in pieces if how is not How.REMOVED) == new


@pytest.mark.parametrize(
    ("old", "new", "as_marked"),
    [
        ("Pasal 61 ayat (1)", "Pasal 62 ayat (1)", "Pasal [61]<62> ayat (1)"),
        ("", "baru", "<baru>"),
        ("lama", "", "[lama]"),
        ("sama saja", "sama saja", "sama saja"),
        ("satu dua tiga empat lima", "satu lain sekali lima", "satu [dua tiga empat]<lain sekali> lima"),
        ("PEMBENTUKAN TIM", "Judul yang lain", "[PEMBENTUKAN TIM]<Judul yang lain>"),
    ],
)
def test_words_are_marked_as_a_person_would(old: str, new: str, as_marked: str) -> None:
    assert marked(old, new) == as_marked


def test_a_title_a_dictum_and_a_row_are_found_and_nothing_else() -> None:
    old = samples.draft()
    fields = samples.fields()
    members = [*MEMBERS[:6], {"role": "anggota", "office": "Kepala Dinas Baru"}, *MEMBERS[6:]]
    title = fields["title"].replace("Pembentukan", "Perubahan Susunan")
    found = compare(old, samples.draft(title=title, members=members, budget="APBD Kabupaten Serang"))
    assert found.counts["removed"] == 0
    added = [block for block in found.blocks if block.fate is Fate.ADDED]
    assert [sides(block)[1] for block in added] == [("", "Anggota", "Kepala Dinas Baru")]
    assert added[0].table == 1
    changed = [sides(block)[1][0] for block in found.blocks if block.fate is Fate.CHANGED]
    assert all("PERUBAHAN SUSUNAN" in text.upper() or "APBD" in text for text in changed)


def test_a_row_that_goes_does_not_mark_the_numbers_after_it_as_other_rows() -> None:
    old, new = (
        file_of(table(*(row(paragraph(run(f"{at}.")), paragraph(run(name))) for at, name in enumerate(names, 1))))
        for names in (["Ketua", "Sekretaris", "Anggota satu", "Anggota dua"], ["Ketua", "Anggota satu", "Anggota dua"])
    )
    fates = [(block.fate.value, sides(block)[1][-1] or sides(block)[0][-1]) for block in compare(old, new).blocks[:4]]
    assert fates == [
        ("equal", "Ketua"),
        ("removed", "Sekretaris"),
        ("changed", "Anggota satu"),
        ("changed", "Anggota dua"),
    ]


def test_a_header_is_compared_too() -> None:
    old = samples.draft()
    new = samples.changed(old, "word/header1.xml", "</w:p>", f"{run('Rahasia')}</w:p>", 1)
    changed = [block for block in compare(old, new).blocks if block.fate is not Fate.EQUAL]
    assert [block.aside for block in changed] == [True]


def test_two_dates_give_the_law_of_each() -> None:
    found = compare(samples.draft(), samples.draft("serang", date(2026, 3, 2)))
    assert found.counts["changed"] > 0
    assert any(block.fate is Fate.EQUAL for block in found.blocks)


def test_what_an_older_program_stored_is_not_taken_for_this_ones() -> None:
    assert Comparison.from_data({"form": 0, "blocks": []}) is None
