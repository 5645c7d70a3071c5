"""Word files from templates: the parts in order, any text, and the same as docxtpl itself makes."""

import dataclasses
import struct
import zlib
from io import BytesIO
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError
from lxml import etree

from governance.documents.context import context_of
from governance.documents.handed_in import opened
from governance.documents.origin import Origin
from governance.documents.reading import read_document
from governance.documents.rendering import CompiledTemplate, environment
from governance.kernel.errors import BadFile, NotFound
from tests.governance.documents import samples
from tests.governance.documents.samples import KIND

CHANGING = (samples.DOCUMENT, "word/header1.xml")
STRANGE = (
    "<w:p>&amp;</w:p>", "R&D <unit>", "“petik” ‘miring’ — …", "🇮🇩 👩🏽‍💻 emoji",
    "עברית العربية", "a\nb\n\nc", "kiri\tkanan",
    "{{ 7 * 7 }} {% if %} {# x #} {_{ }_}",
    "]]> <!-- -->", "\x00\x0b\x1f\ufffe\ud800", "e\u0301\u0316" * 50, "x" * 10_000,
    "\u202eterbalik", "\u200b\u00ad\ufeff", "{%p for x in y %}", "\a\f\r\n", "&#0; &#xD800;", "%(name)s ${term} {0}",
)  # fmt: skip


def test_python_docx_finds_each_part_in_the_prescribed_order() -> None:
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(samples.draft())).paragraphs]
    wanted = (
        "RANCANGAN", "(tempat lambang negara)", "BUPATI SERANG", "PROVINSI BANTEN", "KEPUTUSAN BUPATI SERANG", "NOMOR ",
        "TENTANG", "PEMBENTUKAN TIM KOORDINASI", "BUPATI SERANG,", "Menimbang\t:\ta.\tbahwa", "Mengingat\t:\t1.\t",
        "MEMUTUSKAN:", "Menetapkan\t:\tKEPUTUSAN BUPATI TENTANG", "KESATU\t:\t", "KEDUA\t:\t", "KETIGA\t:\t",
        "KEEMPAT\t:\t", "KELIMA\t:\t", "KEENAM\t:\t", "Ditetapkan di ", "pada tanggal ", "BUPATI SERANG,", "....",
        "Tembusan:", "1.\t", "LAMPIRAN I", "KEPUTUSAN BUPATI SERANG", "NOMOR ", "TENTANG", "PEMBENTUKAN",
        "SUSUNAN KEANGGOTAAN", "BUPATI SERANG,", "....", "LAMPIRAN II", "KEPUTUSAN BUPATI SERANG", "NOMOR ", "TENTANG",
        "PEMBENTUKAN", "URAIAN TUGAS", "A. Tugas Pengarah", "E. Rapat", "F. Laporan", "BUPATI SERANG,", "....",
    )  # fmt: skip
    at = 0
    for opening in wanted:
        found = next((index for index in range(at, len(paragraphs)) if paragraphs[index].startswith(opening)), None)
        assert found is not None, f"{opening!r} does not follow {paragraphs[at - 1]!r}"
        at = found + 1


def test_the_page_and_the_table_are_as_prescribed() -> None:
    document = docx.Document(BytesIO(samples.draft()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (215, 330)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [25, 19, 22, 22]
    assert section.different_first_page_header_footer
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["No.", "Kedudukan dalam Tim", "Jabatan"]
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
    assert document.styles["Normal"].font.name == "Bookman Old Style"


def test_the_template_starts_from_an_own_blank() -> None:
    members = samples.members_of(samples.TEMPLATE.read_bytes())
    assert not [name for name in members if "customXml" in name or "thumbnail" in name or "WithEffects" in name]


def canonical(data: bytes, name: str) -> bytes:
    return etree.tostring(etree.fromstring(samples.members_of(data)[name]), method="c14n2")


def by_docxtpl(context: dict[str, Any], template: bytes | None = None) -> bytes:
    plain = DocxTemplate(BytesIO(template or samples.TEMPLATE.read_bytes()))
    plain.render(context, autoescape=True)
    written = BytesIO()
    plain.save(written)
    return written.getvalue()


@pytest.mark.parametrize("institution", ["serang", "provinsi_contoh"])
@pytest.mark.parametrize("strange", ["<&> \"'", "a\nb\tc", "“petik” 👩🏽‍💻", "{{ x }} {% y %}", ""])
def test_the_compiled_way_makes_the_same_as_docxtpl(institution: str, strange: str) -> None:
    text = samples.text(institution, considerations=[f"bahwa {strange}", "b"], budget=strange or None)
    ours, plain = samples.templates().render(KIND, text), by_docxtpl(context_of(text))
    for name in CHANGING:
        assert canonical(ours, name) == canonical(plain, name)


def test_the_same_text_gives_the_same_bytes() -> None:
    assert samples.draft() == samples.draft()


@pytest.mark.parametrize("strange", STRANGE)
def test_no_text_breaks_the_file(strange: str) -> None:
    text = samples.text(title=strange, considerations=[strange], budget=strange, place=strange, copies=[strange])
    text = dataclasses.replace(text, title=strange, signer_name=strange, number=strange)
    data = samples.templates().render(KIND, text, origin=Origin(strange, 1, strange))
    assert read_document(data).dictums[0].text == text.dictums[0].text
    assert len(docx.Document(BytesIO(data)).paragraphs) > 50


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_survives_writing_and_reading(strange: str) -> None:
    text = dataclasses.replace(samples.text(), considerations=(f"bahwa x{strange}x;",))
    read = read_document(samples.templates().render(KIND, text))
    dropped = {*range(9), *range(11, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)}
    kept = "".join(sign for sign in strange if ord(sign) not in dropped)
    assert read.considerations == (f"bahwa x{kept}x;",)


def test_untouched_members_keep_their_packed_bytes() -> None:
    template, rendered = samples.members_of(samples.TEMPLATE.read_bytes()), samples.members_of(samples.draft())
    assert list(template) == list(rendered)
    differing = {name for name in template if template[name] != rendered[name]}
    assert differing == {*CHANGING, "docProps/core.xml", "word/numbering.xml"}  # the tables' lists: see counters.py


def test_the_file_carries_the_document_it_belongs_to() -> None:
    origin = Origin("d0c", 3, "ab" * 32)
    written = samples.templates().render(KIND, samples.text(), origin=origin)
    custom = samples.members_of(written)["docProps/custom.xml"].decode()
    for value in ("MandatDocument", "d0c", "MandatRevision", ">3<", "ab" * 32):
        assert value in custom


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_picture_goes_through_docxtpl_itself() -> None:
    written = samples.templates().render(KIND, samples.text(title="A" * 400), emblem=png(), origin=Origin("d", 1, "s"))
    members = samples.members_of(written)
    assert [name for name in members if name.startswith("word/media/")]
    assert b"MandatDocument" in members["docProps/custom.xml"]
    assert read_document(written).remainder == ()
    opened(written).required()


@pytest.mark.parametrize("strange", [text.replace("_", "") for text in STRANGE])  # docxtpl reads {_{ in values too
def test_no_text_breaks_the_slow_path_either(strange: str) -> None:
    text = samples.text(considerations=[f"bahwa x{strange}x"], budget="dana")
    written = read_document(samples.templates().render(KIND, text, emblem=png()))
    plain = read_document(samples.templates().render(KIND, text))
    assert written == plain


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(BadFile):
        samples.templates().render(KIND, samples.text(), emblem=b"no picture")


@pytest.mark.parametrize("code", ["{{ ''.__class__.__mro__ }}", "{{ copies.append(1) }}", "{{ title.__init__ }}"])
def test_templates_run_in_a_sandbox(code: str) -> None:
    template = samples.changed(samples.TEMPLATE.read_bytes(), samples.DOCUMENT, "{{ decides }}", code)
    with pytest.raises((SecurityError, BadFile)):
        CompiledTemplate.read(template).render(context_of(samples.text()), {})


def test_braces_meant_literally_are_undone_in_the_template_and_not_in_values() -> None:
    template = samples.changed(samples.TEMPLATE.read_bytes(), samples.DOCUMENT, "MEMUTUSKAN:", "{_{ a }_}")
    context = context_of(samples.text(budget="{_{ b }_}"))
    written = CompiledTemplate.read(template).render(context, {})
    document = samples.members_of(written)[samples.DOCUMENT].decode()
    assert "{{ a }}" in document
    assert "{_{ b }_}" in document


def test_a_template_that_docxtpl_must_rebuild_is_known() -> None:
    template = samples.changed(samples.TEMPLATE.read_bytes(), samples.DOCUMENT, "MEMUTUSKAN:", "{# note #}MEMUTUSKAN:")
    assert CompiledTemplate.read(template).by_docxtpl
    assert not CompiledTemplate.read(samples.TEMPLATE.read_bytes()).by_docxtpl


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotFound):
        samples.templates().render("poem", samples.text())


def test_the_sandbox_is_strict() -> None:
    sandbox = environment()
    assert sandbox.autoescape is True
    assert sandbox.sandboxed is True
