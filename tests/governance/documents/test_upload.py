"""Uploaded files: what is hostile, broken or could not be sealed is refused, each for its own reason."""

import contextlib
import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from governance.documents.context import context_of
from governance.documents.handed_in import opened
from governance.documents.package import LARGEST_FILE
from governance.documents.reading import read_document
from governance.documents.rendering import CompiledTemplate
from governance.documents.sealing import seal
from governance.kernel.errors import BadFile, Refusal, TooLarge
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

RELATIONS = "word/_rels/document.xml.rels"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LINK = '<Relationship Id="rId9" Type="http://x/attachedTemplate" Target="http://x/evil.dotm" TargetMode="External"/>'


def refused(data: bytes) -> str:
    with pytest.raises((BadFile, TooLarge)) as refusal:
        opened(data).required()
    return refusal.value.key


def with_member(name: str, content: bytes | str) -> bytes:
    return samples.zipped({**samples.members_of(samples.draft()), name: content})


def without(name: str) -> bytes:
    return samples.zipped({key: value for key, value in samples.members_of(samples.draft()).items() if key != name})


def in_body(xml: str) -> bytes:
    return samples.changed(samples.draft(), DOCUMENT, "<w:body>", f"<w:body>{xml}")


def test_our_own_files_pass() -> None:
    opened(samples.draft()).required()


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_passes(tmp_path: Path) -> None:
    opened(samples.converted(samples.draft(), "docx:MS Word 2007 XML", tmp_path)).required()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "file.not_docx"),
        (b"%PDF-1.7", "file.not_docx"),
        (samples.zipped({"a.txt": "x"}), "file.not_docx"),
        (b"PK\x05\x06" + b"\0" * 18, "file.not_docx"),
        (without(DOCUMENT), "file.not_docx"),
        (without("_rels/.rels"), "file.broken"),
        (with_member("word/vbaProject.bin", b"x"), "file.macros"),
        (with_member("word/activeX/activeX1.xml", "<a/>"), "file.macros"),
        (with_member("word/embeddings/a.xlsx", b"x"), "file.embedded"),
        (with_member("word/afchunk.html", b"<p>x</p>"), "file.embedded"),
        (with_member("../../etc/passwd", b"x"), "file.broken"),
        (with_member("word/big.xml", b"<a>" + b" " * 30_000_000 + b"</a>"), "file.bomb"),
        (with_member("word/theme.xml", f"{BOMB}<x>&b;</x>"), "file.dtd"),
        (with_member("word/theme.xml", f"{OUTSIDE}<x>&a;</x>"), "file.dtd"),
        (with_member("word/theme.xml", "<x><y></x>"), "file.broken"),
        (with_member("word/theme.xml", "<x>" * 300 + "</x>" * 300), "file.broken"),
        (samples.changed(samples.draft(), RELATIONS, "</Relationships>", f"{LINK}</Relationships>"), "file.external"),
        (
            samples.changed(samples.draft(), "[Content_Types].xml", "wordprocessingml.document.main", "x.macroEnabled"),
            "file.macros",
        ),
        (samples.changed(samples.draft(), "_rels/.rels", "word/document.xml", "word/other.xml"), "file.broken"),
        (in_body("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"), "file.tracked_changes"),
        (in_body("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"), "file.tracked_changes"),
        (in_body("<w:p><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>"), "file.tracked_changes"),
        (in_body('<w:altChunk r:id="rId1"/>'), "file.embedded"),
        (in_body('<w:p><w:fldSimple w:instr=" INCLUDETEXT c:/x "/></w:p>'), "file.fetching"),
        (
            in_body(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
                "<w:r><w:instrText>AUTO x</w:instrText></w:r></w:p>"
            ),
            "file.fetching",
        ),
        (samples.changed(samples.draft(), DOCUMENT, '<w:rStyle w:val="FTanggal"/>', ""), "seal.place_missing"),
    ],
)
def test_each_hostile_file_is_refused_for_its_own_reason(data: bytes, key: str) -> None:
    assert refused(data) == key


def test_too_large_a_file_is_refused_unread() -> None:
    assert refused(b"PK" + b"\0" * LARGEST_FILE) == "file.too_large"


def test_too_many_members_are_refused() -> None:
    assert refused(samples.zipped({f"m{number}.txt": "" for number in range(1001)})) == "file.bomb"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = with_member("word/theme.xml", b"<a>" + b"x" * 5000 + b"</a>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/theme.xml").file_size
    lied = data.replace(struct.pack("<I", size), struct.pack("<I", 10))
    assert refused(lied) in {"file.broken", "file.not_docx"}


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(samples.draft())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "file.encrypted"


def test_a_part_in_another_encoding_is_refused() -> None:
    document = samples.members_of(samples.draft())[DOCUMENT].decode().partition("?>")[2]
    assert refused(with_member(DOCUMENT, document.encode("utf-16"))) == "file.encoding"


def test_damaged_bytes_never_raise_anything_but_a_refusal() -> None:
    dice = random.Random(7)
    whole = samples.draft()
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        damaged = bytes(data[: dice.randrange(len(data))]) if dice.random() < 0.3 else bytes(data)
        for act in (
            lambda file: opened(file).required(),
            read_document,
            lambda file: seal(file, number="1", signed_on=samples.SIGNED_ON),
        ):
            with contextlib.suppress(Refusal):
                act(damaged)


def test_a_template_is_still_one_after_it_was_saved_elsewhere() -> None:
    repacked = samples.zipped(samples.members_of(samples.TEMPLATE.read_bytes()))
    opened(CompiledTemplate.read(repacked).render(context_of(samples.text()), {})).required()
