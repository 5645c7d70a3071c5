"""The compiled way and docxtpl make the same of every construct a template may hold, and of every shipped template."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from lxml import etree

from governance.documents.context import context_of
from governance.documents.drafting import compose
from governance.documents.fields import defaults
from governance.documents.kind_files import read_kinds
from governance.documents.rendering import CompiledTemplate
from tests.governance.documents import samples
from tests.governance.documents.test_rendering import png

Build = Callable[[Document], None]
Values = Callable[[DocxTemplate], dict[str, Any]]
ON = date(2026, 11, 22)
WRITTEN = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
UNITS = [
    {"name": "Dinas Kesehatan & KB", "apps": [{"name": "SIM <baru>", "year": 2024}, {"name": "e-Pus", "year": 2025}]},
    {"name": "Dinas Perhubungan", "apps": []},
    {"name": 'Bagian "Hukum"', "apps": [{"name": "JDIH", "year": 2020}]},
]  # fmt: skip


def lines(*texts: str) -> Build:
    """A body of these paragraphs."""

    def build(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text)

    return build


def table(*rows: tuple[str, ...]) -> Build:
    """A body of one table."""

    def build(document: Document) -> None:
        made = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text

    return build


def split_in_runs(document: Document) -> None:
    paragraph = document.add_paragraph("Untuk {{ na")
    paragraph.add_run("me }} dan {").bold = True
    paragraph.add_run("% if on %}ada{% end").italic = True
    paragraph.add_run("if %}.")


def head_and_foot(document: Document) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{ name }} | {% for unit in units %}{{ unit.name }};{% endfor %}"
    section.first_page_header.paragraphs[0].text = "{% if on %}RANCANGAN{% endif %}"
    section.footer.paragraphs[0].text = "{{ text }}"
    section.first_page_footer.add_table(1, 1, Mm(100)).rows[0].cells[0].text = "{{r rich }}"
    document.add_paragraph("Isi {{ name }}")


def two_sections(document: Document) -> None:
    document.add_paragraph("{{ name }}")
    section = document.add_section()
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Lampiran {{ name }}"
    document.add_paragraph("{%p for unit in units %}")
    document.add_paragraph("{{ loop.index }}. {{ unit.name }}")
    document.add_paragraph("{%p endfor %}")


def table_in_table(document: Document) -> None:
    outer = document.add_table(rows=3, cols=1)
    outer.rows[0].cells[0].text = "{%tr for unit in units %}"
    outer.rows[1].cells[0].text = "{{ unit.name }}"
    inner = outer.rows[1].cells[0].add_table(rows=3, cols=2)
    inner.rows[0].cells[0].text = "{%tr for app in unit.apps %}"
    inner.rows[1].cells[0].text, inner.rows[1].cells[1].text = "{{ app.name }}", "{{ app.year }}"
    inner.rows[2].cells[0].text = "{%tr endfor %}"
    outer.rows[2].cells[0].text = "{%tr endfor %}"


NESTED = (
    "{%p for unit in units %}", "{{ loop.index }}. {{ unit.name }}",
    "{%p if unit.apps %}", "{%p for app in unit.apps %}",
    "{{ loop.index }}) {{ app.name }}, {{ app.year }}", "{%p endfor %}", "{%p else %}", "(tidak ada)", "{%p endif %}",
    "{%p endfor %}", "Selesai.",
)  # fmt: skip
EACH, END = ("{%tr for unit in units %}", ""), ("{%tr endfor %}", "")
NESTED_ROWS = (
    EACH, ("{{ unit.name }}", ""), ("{%tr for app in unit.apps %}", ""), ("{{ app.name }}", "{{ app.year }}"), END,
    ("{%tr if not unit.apps %}", ""), ("-", "-"), ("{%tr endif %}", ""), END,
)  # fmt: skip
COMPILED: dict[str, Build] = {
    "values": lines("{{ name }} dan {{text}} dan {{ name|upper }}", "{{ text|e }}", "{{ units[0].apps[1].name }}"),
    "no code": lines("Tanpa kode apa pun.", ""),
    "paragraphs": lines("{%p for unit in units %}", "{{ loop.index }}. {{ unit.name }}", "{%p endfor %}"),
    "nested paragraphs": lines(*NESTED),
    "a loop over nothing": lines("Awal", "{%p for unit in nobody %}", "{{ unit.name }}", "{%p endfor %}", "Akhir"),
    "conditions": lines(
        "{%p if on %}",
        "ya",
        "{%p elif name %}",
        "mungkin",
        "{%p else %}",
        "tidak",
        "{%p endif %}",
        "{%p if off %}",
        "ya",
        "{%p elif name %}",
        "mungkin",
        "{%p else %}",
        "tidak",
        "{%p endif %}",
        "{% if off %}a{% else %}b{% endif %}{{ 'c' if on else 'd' }}",
    ),
    "rows": table(("No.", "Unit"), EACH, ("{{ loop.index }}", "{{ unit.name }}"), END),
    "nested rows": table(*NESTED_ROWS),
    "vertical merge": table(EACH, ("{% vm %}Unit", "{{ unit.name }}"), END),
    "coloured cells": table(
        ("{% cellbg colour %}{{ name }}", "biasa"),
    ),
    "joined to what stands before": lines("Satu", "{%- if on %} dua {%- endif %}", "tiga"),
    "set": lines("{% set shout = name|upper %}{{ shout }}!"),
    "rich text": lines("Teks {{r rich }} biasa", "{%p for one in riches %}", "{{r one }}", "{%p endfor %}"),
    "rich paragraphs": lines("{{p rich_paragraph }}", "akhir"),
    "lines and tabs in values": lines("Awal {{ many }} akhir", "{{ name }}\t{{ text }}"),
    "listing": lines("{{ listing }}"),
    "literal braces": lines("{_{ bukan kode }_} {_% juga bukan %_}"),
    "quotes as Word types them": lines("{{ units[0][‘name’] }} {% if name == “Serang” %}x{% else %}y{% endif %}"),
    "head and foot": head_and_foot,
    "two sections": two_sections,
    "code split in runs": split_in_runs,
}
BY_DOCXTPL: dict[str, Build] = {
    "columns": table(("{%tc for unit in units %}", "{{ unit.name }}", "{%tc endfor %}"),),
    "horizontal merge": table(("{%tc for unit in units %}", "{% hm %}{{ name }}", "{%tc endfor %}"), ("a", "b", "c")),
    "spanned columns": table(("{% colspan units|length %}{{ name }}", "{{ text }}"),),
    "comments": lines("{#p ini catatan #}", "a{# b #}c"),
    "picture": lines("Lambang {{ picture }} di sini"),
    "pictures in a loop": table(("{%tr for one in pictures %}",), ("{{ one }}",), ("{%tr endfor %}",)),
    "sub-document": lines("Awal", "{{p sub }}", "Akhir"),
    "link": lines("Lihat {{r link }}"),
    "listing with paragraphs and pages": lines("{{ pages }}"),
}  # fmt: skip


def plain_values(docxtpl: DocxTemplate) -> dict[str, Any]:
    """What every template here is filled with."""
    rich = RichText("merah & tebal", color="C00000", bold=True)
    rich.add(" <miring>", italic=True, style="Emphasis")
    paragraphs = RichTextParagraph(RichText("satu", underline=True))
    paragraphs.add("dua & tiga", parastyle="ListBullet")
    return {
        "name": "Serang", "text": "R&D <unit> \"x\" 'y' “z” 👩🏽‍💻", "many": "a\nb\tc\n\nd & <e>",
        "on": True, "off": False,
        "units": UNITS, "nobody": [], "rich": rich, "riches": [RichText("a"), RichText("b\nc", size=40)],
        "rich_paragraph": paragraphs, "listing": Listing("satu & <dua>\ntiga\tempat"), "colour": "FFCC00",
    }  # fmt: skip


def values_with_objects(docxtpl: DocxTemplate) -> dict[str, Any]:
    """The same with what puts parts of its own into the package."""
    sub = docxtpl.new_subdoc()
    sub.add_paragraph("Dari naskah lain", style="List Number")
    sub.add_table(1, 2).rows[0].cells[1].text = "sel"
    sub.add_picture(BytesIO(png()), width=Mm(5))
    link = RichText("JDIH", url_id=docxtpl.build_url_id("https://jdih.example/?a=1&b=2"))
    pictures = [InlineImage(docxtpl, BytesIO(png()), width=Mm(width)) for width in (10, 20)]
    return plain_values(docxtpl) | {
        "picture": pictures[0], "pictures": pictures, "sub": sub, "link": link,
        "pages": Listing("satu\adua\fhalaman lain"),
    }  # fmt: skip


def template(build: Build) -> bytes:
    document, written = docx.Document(), BytesIO()
    build(document)
    document.save(written)
    return written.getvalue()


def by_docxtpl(file: bytes, values: Values) -> bytes:
    """docxtpl's own rendering, as its documentation says to do it, escaped."""
    made, written = DocxTemplate(BytesIO(file)), BytesIO()
    made.render(values(made), autoescape=True)
    made.save(written)
    return written.getvalue()


def ours(file: bytes, values: Values) -> bytes:
    compiled = CompiledTemplate.read(file)
    return compiled.render(values(compiled.for_objects()), {})


def require_same(made: bytes, plain: bytes) -> None:
    """The parts that a template writes are the same tree, and the parts that objects added have the same bytes."""
    mine, theirs = samples.members_of(made), samples.members_of(plain)
    assert sorted(mine) == sorted(theirs)
    for name, content in theirs.items():
        if WRITTEN.fullmatch(name):
            assert canonical(mine[name]) == canonical(content), name
        elif name.startswith("word/media/"):
            assert mine[name] == content, name
    assert text_of(mine) == text_of(theirs)


def canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n2")


def text_of(members: dict[str, bytes]) -> list[str]:
    """Every text with its part, in order."""
    return [
        f"{name}: {piece.text}"
        for name in sorted(members) if WRITTEN.fullmatch(name)
        for piece in etree.fromstring(members[name]).iter(f"{{{W}}}t")
    ]  # fmt: skip


@pytest.mark.parametrize("construct", COMPILED)
def test_what_is_compiled_is_the_same(construct: str) -> None:
    file = template(COMPILED[construct])
    assert not CompiledTemplate.read(file).by_docxtpl, "this construct has a fast way"
    require_same(ours(file, plain_values), by_docxtpl(file, plain_values))


@pytest.mark.parametrize("construct", [*COMPILED, *BY_DOCXTPL])
def test_what_only_docxtpl_writes_goes_through_it_and_is_the_same(construct: str) -> None:
    file = template((COMPILED | BY_DOCXTPL)[construct])
    require_same(ours(file, values_with_objects), by_docxtpl(file, values_with_objects))


def test_a_table_in_a_table_says_the_same() -> None:
    """docxtpl counts the inner table's columns as the outer one's and narrows those; here the widths stay."""
    file = template(table_in_table)
    made, plain = ours(file, plain_values), by_docxtpl(file, plain_values)
    assert text_of(samples.members_of(made)) == text_of(samples.members_of(plain))
    assert len(docx.Document(BytesIO(made)).tables[0].columns) == 1


def test_pictures_and_sub_documents_bring_their_parts_along() -> None:
    file = template(lines("{{ picture }}", "{{p sub }}"))
    members = samples.members_of(ours(file, values_with_objects))
    body = members[samples.DOCUMENT].decode()
    assert [name for name in members if name.startswith("word/media/")]
    assert "Dari naskah lain" in body
    for relation in re.findall(r'r:embed="(\w+)"', body):
        assert f'Id="{relation}"'.encode() in members["word/_rels/document.xml.rels"]


def test_footnotes_are_filled_in_the_same() -> None:
    file = with_footnote(template(lines("Isi {{ name }}")), "Catatan {{ text }}{% if on %}, ada{% endif %}")
    made = ours(file, plain_values)
    require_same(made, by_docxtpl(file, plain_values))
    assert b", ada" in samples.members_of(made)["word/footnotes.xml"]


def with_footnote(file: bytes, text: str) -> bytes:
    """python-docx has no footnotes: the part is put in by hand."""
    members = samples.members_of(file)
    types, relations = members["[Content_Types].xml"].decode(), members["word/_rels/document.xml.rels"].decode()
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES}"/></Types>'
    relation = f'<Relationship Id="rId99" Type="{NOTES_RELATION}" Target="footnotes.xml"/></Relationships>'
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    return samples.zipped(
        {
            **members,
            "[Content_Types].xml": types.replace("</Types>", override),
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation),
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>',
        }
    )


@pytest.mark.parametrize("institution", ["serang", "provinsi_contoh"])
@pytest.mark.parametrize("key", sorted(read_kinds(samples.FOLDER)))
def test_every_shipped_template_gives_the_same(key: str, institution: str) -> None:
    kind, facts = read_kinds(samples.FOLDER)[key], samples.institutions()[institution]
    fields = defaults(kind, institution=facts, law=samples.law(), year=ON.year, on=ON)
    text = compose(kind, fields, institution=facts, law=samples.law(), on=ON)
    compiled = CompiledTemplate.read((samples.FOLDER / f"{key}.docx").read_bytes())
    assert not compiled.by_docxtpl, "a shipped template is rendered in milliseconds"
    plain = by_docxtpl(compiled.file, lambda _: context_of(text, compiled.page))
    require_same(compiled.rendered(text), plain)
