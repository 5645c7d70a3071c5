"""The authenticated copy: parts are added to the sealed file, and not one byte of it is changed."""

import re
from pathlib import Path

import pytest

from governance.documents.copying import BY_HAND, copied
from governance.documents.reading import read_document
from governance.documents.sealing import seal
from governance.kernel.errors import BadFile
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT, NUMBER, SIGNED_ON

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What is added names its namespace itself, which nothing in a Word file's body does.
ADDED = re.compile(rf'<w:(p|r) xmlns:w="{NAMESPACE}">.*?</w:\1>', re.DOTALL)
TEXT = re.compile(r"<w:t xml:space=\"preserve\">(.*?)</w:t>")
OFFICE, NAME = "KEPALA BAGIAN HUKUM", "Dra. CONTOH & Putra, S.H."


def sealed(draft: bytes | None = None) -> bytes:
    return seal(draft or samples.draft(), number=NUMBER, signed_on=SIGNED_ON)


def copy_of(file: bytes) -> bytes:
    return copied(file, office=OFFICE, name=NAME)


def added(copy: bytes) -> list[str]:
    """The texts that the copy has more than its source, in their order."""
    content = samples.members_of(copy)[DOCUMENT].decode()
    return [TEXT.findall(found[0])[0] for found in ADDED.finditer(content)]


def require_only_added(source: bytes, copy: bytes) -> None:
    old, new = samples.members_of(source), samples.members_of(copy)
    assert list(old) == list(new)
    assert ADDED.sub("", new[DOCUMENT].decode()).encode() == old[DOCUMENT]
    assert {name for name in old if old[name] != new[name]} == {DOCUMENT}


def test_the_form_is_added_and_no_byte_is_changed() -> None:
    act = sealed()
    copy = copy_of(act)
    require_only_added(act, copy)
    closing = ["Salinan sesuai dengan aslinya", f"{OFFICE},", "Dra. CONTOH &amp; Putra, S.H.", *BY_HAND]
    assert added(copy) == ["SALINAN", "ttd", "ttd", "ttd", *closing]


def test_the_text_of_the_act_is_read_as_before() -> None:
    before, after = read_document(sealed()), read_document(copy_of(sealed()))
    same = set(before.__dict__) - {"signer_office", "remainder"}
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert copy_of(sealed()) == copy_of(sealed())
    assert copy_of(sealed()) != copied(sealed(), office=f"Plh. {OFFICE}", name=NAME)


def test_each_signature_gets_its_ttd_between_office_and_name() -> None:
    content = samples.members_of(copy_of(sealed()))[DOCUMENT].decode()
    blocks = re.findall(r'"FPenandaTangan"/>(?:(?!FNamaPenandaTangan).)*"FNamaPenandaTangan"', content, re.DOTALL)
    assert len(blocks) == 3
    assert all(TEXT.findall(block) == ["BUPATI SERANG,", "ttd"] for block in blocks)


def test_blank_lines_left_for_the_signature_are_used() -> None:
    name = '<w:p><w:pPr><w:pStyle w:val="FNamaPenandaTangan"/>'
    blanks = "<w:p/><w:p><w:pPr/></w:p><w:p><w:pPr/></w:p><w:p><w:pPr/></w:p>"
    act = sealed(samples.changed(samples.draft(), DOCUMENT, name, blanks + name))
    copy = copy_of(act)
    require_only_added(act, copy)
    run = f'<w:r xmlns:w="{NAMESPACE}"><w:t xml:space="preserve">ttd</w:t></w:r>'
    line = f"<w:p><w:pPr/></w:p><w:p><w:pPr/>{run}</w:p><w:p><w:pPr/></w:p>"
    assert samples.members_of(copy)[DOCUMENT].decode().count(line) == 3


@pytest.mark.parametrize(
    ("office", "name"), [("FPejabatPengundangan", "FNamaPengundangan"), ("FPendamping", "FNamaPendamping")]
)
def test_who_promulgates_and_who_signs_with_him_get_theirs(office: str, name: str) -> None:
    other = samples.changed(sealed(), DOCUMENT, '"FPenandaTangan"', f'"{office}"', 1)
    other = samples.changed(other, DOCUMENT, '"FNamaPenandaTangan"', f'"{name}"', 1)
    copy = copy_of(other)
    require_only_added(other, copy)
    assert added(copy).count("ttd") == 3


def test_without_the_place_of_the_mark_the_word_stands_before_everything() -> None:
    act = samples.changed(sealed(), DOCUMENT, '<w:pStyle w:val="FMarka"/>', "")
    copy = copy_of(act)
    require_only_added(act, copy)
    first = re.search(r"<w:body>\s*(.*?</w:p>)", samples.members_of(copy)[DOCUMENT].decode(), re.DOTALL)
    assert first is not None
    assert TEXT.findall(first[1]) == ["SALINAN"]


def test_a_draft_is_not_copied() -> None:
    with pytest.raises(BadFile) as refusal:
        copy_of(samples.draft())
    assert refusal.value.key == "copy.not_sealed"


def test_a_file_without_the_place_of_a_signature_is_refused() -> None:
    act = samples.changed(sealed(), DOCUMENT, '<w:pStyle w:val="FNamaPenandaTangan"/>', "")
    with pytest.raises(BadFile) as refusal:
        copy_of(act)
    assert refusal.value.key == "copy.no_signature"


@pytest.mark.parametrize(
    "content",
    [b"", b"<w:document", b'<?xml version="1.0"?><a/>', b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
)
def test_a_broken_document_is_refused(content: bytes) -> None:
    members = {**samples.members_of(sealed()), DOCUMENT: content}
    with pytest.raises(BadFile):
        copy_of(samples.zipped(members))


@pytest.mark.parametrize("name", ["<w:p/>", "A\u202eB", "A\x00B", '" onload="x'])
def test_a_strange_name_is_printed_as_text(name: str) -> None:
    copy = copied(sealed(), office=OFFICE, name=name)
    require_only_added(sealed(), copy)
    assert not re.search("[\u202e\x00]", samples.members_of(copy)[DOCUMENT].decode())


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_is_copied_the_same(tmp_path: Path) -> None:
    act = sealed(samples.converted(samples.draft(), "docx:MS Word 2007 XML", tmp_path))
    copy = copy_of(act)
    require_only_added(act, copy)
    assert added(copy)[:4] == ["SALINAN", "ttd", "ttd", "ttd"]
