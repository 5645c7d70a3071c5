"""Sealing changes the number, the date and the draft mark of the approved file, and nothing else."""

import re
from datetime import date
from pathlib import Path

import pytest

from governance.documents.reading import read_document
from governance.documents.sealing import seal
from governance.kernel.errors import BadFile, Invalid
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT, NUMBER, SIGNED_ON

PLACES = re.compile(
    rb"(<w:r(?: [^>]*)?><w:rPr>(?:(?!</w:rPr>).)*<w:rStyle w:val=\"F(?:Nomor|Tanggal|Rancangan)\"/>(?:(?!</w:rPr>).)*"
    rb"</w:rPr>)((?:(?!</w:r>).)*)(</w:r>)",
    re.DOTALL,
)
STYLED = ("F Nomor", "F Tanggal", "F Rancangan")


def outside_places(content: bytes) -> bytes:
    """The part with the inside of every place cut out."""
    return PLACES.sub(rb"\1\3", content)


def require_only_places_differ(before: bytes, after: bytes) -> None:
    old, new = samples.members_of(before), samples.members_of(after)
    assert list(old) == list(new)
    for name in old:
        if name == DOCUMENT or name.startswith("word/header"):
            assert outside_places(old[name]) == outside_places(new[name])
        else:
            assert old[name] == new[name]


def test_only_the_three_places_differ() -> None:
    approved = samples.draft()
    sealed = seal(approved, number=NUMBER, signed_on=SIGNED_ON)
    require_only_places_differ(approved, sealed)
    before, after = read_document(approved), read_document(sealed)
    assert (after.number, after.date, after.draft_mark) == (NUMBER, "16 Maret 2020", False)
    assert (before.number, before.date, before.draft_mark) == (None, None, True)
    same = {"number", "date", "draft_mark"}
    assert {key for key in before.__dict__ if before.__dict__[key] != after.__dict__[key]} == same


def test_every_heading_gets_the_number_and_no_mark_is_left() -> None:
    members = samples.members_of(seal(samples.draft(), number=NUMBER, signed_on=SIGNED_ON))
    assert members[DOCUMENT].decode().count(NUMBER) == 3
    assert all(b"RANCANGAN" not in content for content in members.values())
    assert b"tempat lambang" not in members[DOCUMENT]


def test_the_same_input_gives_the_same_bytes() -> None:
    approved = samples.draft()
    assert seal(approved, number=NUMBER, signed_on=SIGNED_ON) == seal(approved, number=NUMBER, signed_on=SIGNED_ON)


def test_a_hand_edited_text_lives_on() -> None:
    edited = samples.changed(samples.draft(), DOCUMENT, "Membentuk Tim", "Membentuk dan menugaskan Tim")
    sealed = seal(edited, number=NUMBER, signed_on=SIGNED_ON)
    require_only_places_differ(edited, sealed)
    assert read_document(sealed).dictums[0].text.startswith("Membentuk dan menugaskan Tim")


def test_a_place_split_in_runs_is_filled_once() -> None:
    run = '<w:r><w:rPr><w:rStyle w:val="FNomor"/></w:rPr><w:t xml:space="preserve">'
    split = samples.changed(samples.draft(), DOCUMENT, f"{run}....", f"{run}..</w:t></w:r>{run}..")
    sealed = seal(split, number=NUMBER, signed_on=SIGNED_ON)
    assert read_document(sealed).number == NUMBER


@pytest.mark.parametrize("number", ["A&B <1>", "050/ 30 /HK/437.12/2026", "é-ñ/2026", "1 > 0"])
def test_a_number_with_signs_is_printed_as_it_is(number: str) -> None:
    assert read_document(seal(samples.draft(), number=number, signed_on=SIGNED_ON)).number == number


@pytest.mark.parametrize("number", ["", "   ", "1\n2", "x" * 121, "1\x00", "\u202e1"])
def test_a_number_that_cannot_be_printed_is_refused(number: str) -> None:
    with pytest.raises(Invalid):
        seal(samples.draft(), number=number, signed_on=SIGNED_ON)


@pytest.mark.parametrize("style", STYLED)
def test_a_missing_place_is_refused(style: str) -> None:
    gone = samples.changed(samples.draft(), DOCUMENT, f'<w:rStyle w:val="{style.replace(" ", "")}"/>', "")
    with pytest.raises(BadFile) as refusal:
        seal(gone, number=NUMBER, signed_on=SIGNED_ON)
    assert refusal.value.key == "seal.place_missing"


def test_one_annex_without_its_place_is_refused() -> None:
    approved = samples.draft()
    place = '<w:rPr><w:rStyle w:val="FNomor"/></w:rPr>'
    head, tail = samples.members_of(approved)[DOCUMENT].decode().rsplit(place, 1)
    damaged = samples.zipped({**samples.members_of(approved), DOCUMENT: head + tail})
    with pytest.raises(BadFile) as refusal:
        seal(damaged, number=NUMBER, signed_on=SIGNED_ON)
    assert refusal.value.key == "seal.blank_left"


def test_a_sealed_file_is_not_sealed_again() -> None:
    sealed = seal(samples.draft(), number=NUMBER, signed_on=SIGNED_ON)
    with pytest.raises(BadFile) as refusal:
        seal(sealed, number="2", signed_on=date(2020, 4, 1))
    assert refusal.value.key == "seal.sealed_already"


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_is_sealed_the_same(tmp_path: Path) -> None:
    edited = samples.changed(samples.draft(), DOCUMENT, "Membentuk Tim", "Membentuk dan menugaskan Tim")
    saved = samples.converted(edited, "docx:MS Word 2007 XML", tmp_path)
    sealed = seal(saved, number=NUMBER, signed_on=SIGNED_ON)
    require_only_places_differ(saved, sealed)
    before, after = read_document(saved), read_document(sealed)
    assert (after.number, after.date, after.draft_mark) == (NUMBER, "16 Maret 2020", False)
    assert {key for key in before.__dict__ if before.__dict__[key] != after.__dict__[key]} == {
        "number", "date", "draft_mark",
    }  # fmt: skip
    assert after.dictums[0].text.startswith("Membentuk dan menugaskan Tim")
    assert samples.members_of(sealed)[DOCUMENT].decode().count(NUMBER) == 3
