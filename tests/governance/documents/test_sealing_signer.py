"""Sealing writes who signs on the day of signing into the signer's places, and nothing else."""

import re
from pathlib import Path

import pytest

from governance.documents.package import Package
from governance.documents.places import SIGNER_NAME, SIGNER_OFFICE
from governance.documents.reading import read_document
from governance.documents.sealing import places_of, seal, signed_by
from governance.documents.signer_names import Block, names_person, same_office
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT, NUMBER, SIGNED_ON

PLACES = re.compile(
    rb"(<w:r(?: [^>]*)?><w:rPr>(?:(?!</w:rPr>).)*<w:rStyle w:val=\"F(?:Nomor|Tanggal|Rancangan|JabatanPenandaTangan"
    rb"|PejabatPenandaTangan)\"/>(?:(?!</w:rPr>).)*</w:rPr>)((?:(?!</w:r>).)*)(</w:r>)",
    re.DOTALL,
)
ACTING = Block("Plh. BUPATI SERANG", "ANI LESTARI")
IN_THE_NAME = Block("a.n. BUPATI SERANG\nSEKRETARIS DAERAH", "ANI LESTARI")
TEMPLATES = sorted(samples.FOLDER.glob("*.docx"))


def sealed(approved: bytes, signer: Block | None) -> bytes:
    return seal(approved, number=NUMBER, signed_on=SIGNED_ON, signer=signer)


def require_only_places_differ(before: bytes, after: bytes) -> None:
    old, new = samples.members_of(before), samples.members_of(after)
    assert list(old) == list(new)
    for name in old:
        assert PLACES.sub(rb"\1\3", old[name]) == PLACES.sub(rb"\1\3", new[name]), name


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_every_shipped_template_marks_the_signer_wherever_he_stands(path: Path) -> None:
    data = path.read_bytes()
    found = places_of(Package.read(data))[DOCUMENT]
    document = samples.members_of(data)[DOCUMENT].decode()
    for style, words in ((SIGNER_OFFICE, "{{ signer_office }}"), (SIGNER_NAME, "{{ signer_name }}")):
        marked = ["".join(piece.text for piece in group) for group in found.of(style)]
        assert len(marked) == document.count(words) >= 2
        assert all(words in text for text in marked)


@pytest.mark.parametrize("signer", [ACTING, IN_THE_NAME], ids=["acting", "in the name"])
def test_another_signer_stands_in_every_block_and_nothing_else_differs(signer: Block) -> None:
    approved = samples.draft(signer_name="Budi Santoso")
    done = sealed(approved, signer)
    require_only_places_differ(approved, done)
    before, after = read_document(approved), read_document(done)
    assert (after.signer_office, after.signer_name) == (signer.office, signer.name)
    changed = {key for key in before.__dict__ if before.__dict__[key] != after.__dict__[key]}
    assert changed == {"number", "date", "draft_mark", "signer_office", "signer_name"}
    document = samples.members_of(done)[DOCUMENT].decode()
    assert document.count("ANI LESTARI") == 1 + len(after.annexes) == 3
    assert "BUDI SANTOSO" not in document


def test_the_office_keeps_its_comma_and_a_delegates_stands_on_a_line_of_its_own() -> None:
    document = samples.members_of(sealed(samples.draft(signer_name="Budi"), IN_THE_NAME))[DOCUMENT].decode()
    assert document.count("a.n. BUPATI SERANG</w:t><w:br/><w:t>SEKRETARIS DAERAH,</w:t>") == 3


@pytest.mark.parametrize("signer", [None, Block("BUPATI SERANG", "BUDI SANTOSO")], ids=["nobody", "the same"])
def test_an_unchanged_signer_changes_no_byte_of_his_block(signer: Block | None) -> None:
    approved = samples.draft(signer_name="Dr. H. Budi Santoso, M.Si.")
    assert sealed(approved, signer) == seal(approved, number=NUMBER, signed_on=SIGNED_ON)
    assert read_document(sealed(approved, signer)).signer_name == "DR. H. BUDI SANTOSO, M.SI."


@pytest.mark.parametrize("gone", ["FJabatanPenandaTangan", "FPejabatPenandaTangan"])
def test_a_file_without_the_places_keeps_what_it_says(gone: str) -> None:
    bare = samples.changed(samples.draft(signer_name="Budi"), DOCUMENT, f'<w:rStyle w:val="{gone}"/>', "")
    assert signed_by(places_of(Package.read(bare))[DOCUMENT]) is None
    assert sealed(bare, ACTING) == seal(bare, number=NUMBER, signed_on=SIGNED_ON)


def test_a_block_edited_in_one_annex_alone_is_put_right_everywhere() -> None:
    approved = samples.changed(samples.draft(signer_name="Budi"), DOCUMENT, "BUDI", "ORANG LAIN", 1)
    assert samples.members_of(sealed(approved, Block("BUPATI SERANG", "BUDI")))[DOCUMENT].decode().count("BUDI") == 3


def test_signs_in_a_name_are_printed_as_they_are() -> None:
    done = sealed(samples.draft(), Block("Pj. A&B <KOTA>", "O'NÉILL <X> & Y"))
    assert read_document(done).signer_name == "O'NÉILL <X> & Y"
    assert read_document(done).signer_office == "Pj. A&B <KOTA>"


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_gets_its_signer_the_same(tmp_path: Path) -> None:
    saved = samples.converted(samples.draft(signer_name="Budi"), "docx:MS Word 2007 XML", tmp_path)
    done = sealed(saved, IN_THE_NAME)
    require_only_places_differ(saved, done)
    after = read_document(done)
    assert (after.signer_office, after.signer_name) == (IN_THE_NAME.office, IN_THE_NAME.name)
    again = tmp_path / "again"
    again.mkdir()
    assert read_document(samples.converted(done, "docx:MS Word 2007 XML", again)).signer_office == IN_THE_NAME.office


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("BUDI SANTOSO", True),
        ("Dr. H. BUDI SANTOSO, S.E., M.M.", True),
        ("BUDI  SANTOSO.", True),
        ("BUDI", False),
        ("BUDI SANTOSO PUTRA", False),
        ("", False),
        ("..............................", False),
    ],
)
def test_titles_and_capitals_make_no_other_person(written: str, same: bool) -> None:
    assert names_person(written, "Budi Santoso") is same


def test_a_manner_makes_another_office() -> None:
    assert same_office("BUPATI SERANG,", "Bupati Serang")
    assert not same_office("Plh. BUPATI SERANG", "BUPATI SERANG")
