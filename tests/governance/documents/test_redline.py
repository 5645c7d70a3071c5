"""Tracked changes between two files: all accepted is the new text, all rejected the old one, whatever was edited."""

import functools
import time
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.documents.lines import Line, blocks
from governance.documents.package import Package
from governance.documents.redline import redline
from governance.kernel.errors import BadFile, TooLarge
from tests.governance.documents import samples
from tests.governance.documents.tracked import Tracked, W, texts

AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
FIELDS = samples.fields()
WORDS = st.sampled_from(["bahwa", "Pasal", "1", "2.", "a.", "tim", "SPBE,", "Dinas", "&", "<b>", "dan", "é"])
SENTENCE = st.lists(WORDS, max_size=6).map(" ".join)
FILLED = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
OFFICE = st.sampled_from(["Kepala Dinas Kesehatan", "Kepala Dinas Pendidikan", "Inspektur", "Camat Contoh"])
MEMBER = st.builds(lambda office: {"role": "anggota", "office": office}, OFFICE)
LOOKS = ("", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>")


def tracked(old: bytes, new: bytes) -> bytes:
    return redline(old, new, author="Uji", at=AT)


def require_right(old: bytes, new: bytes) -> Tracked:
    """Accepted the new text in its own styles, rejected the old text."""
    found = Tracked(tracked(old, new))
    assert found.accepted() == Tracked(new).plain()
    assert texts(found.rejected()) == texts(Tracked(old).plain())
    return found


@st.composite
def edited(draw: st.DrawFn, items: list[Any], new: st.SearchStrategy[Any]) -> list[Any]:
    """A list with some items gone, some replaced and some put in."""
    kept = []
    for item in items:
        fate = draw(st.sampled_from(["keep"] * 8 + ["go", "replace", "before"]))
        kept += {"keep": [item], "go": [], "replace": [draw(new)], "before": [draw(new), item]}[fate]
    return kept or [draw(new)]


@st.composite
def decrees(draw: st.DrawFn) -> bytes:
    """A decree of the template with a title, considerations, reports, members and copies edited."""
    changes = {
        "title": draw(st.sampled_from([FIELDS["title"], "Pembentukan Tim Koordinasi Pemerintah Digital", "Lain"])),
        "considerations": draw(edited(FIELDS["considerations"], FILLED)),
        "reports": draw(edited(FIELDS["reports"], FILLED)),
        "members": draw(edited(FIELDS["members"], MEMBER)),
        "copies": draw(edited(FIELDS["copies"], FILLED)),
        "signer_name": draw(st.sampled_from([None, "RATU CONTOH"])),
    }
    return samples.draft("serang", draw(st.sampled_from([date(2020, 3, 2), date(2026, 3, 2)])), **changes)


@given(decrees(), decrees())
@settings(max_examples=30, deadline=None)
def test_a_decree_edited_in_any_way(old: bytes, new: bytes) -> None:
    require_right(old, new)


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


@functools.cache
def members() -> dict[str, bytes]:
    return samples.members_of(samples.draft())


def file_of(*content: str) -> bytes:
    """A Word file with that body, in the styles of the template."""
    xml = members()[samples.DOCUMENT].decode()
    head, section = xml[: xml.index("<w:body>")], xml[xml.rindex("<w:sectPr>") :]
    return samples.zipped({**members(), samples.DOCUMENT: f"{head}<w:body>{''.join(content)}{section}"})


def body_xml(data: bytes) -> str:
    return samples.members_of(data)[samples.DOCUMENT].decode()


def shown(data: bytes) -> list[Any]:
    """What a reader sees, as the rest of the program reads it."""
    return [block.text if isinstance(block, Line) else block.rows for block in blocks(Package.read(data))]


RUNS = st.builds(run, SENTENCE, st.sampled_from(LOOKS[:2])) | st.just("<w:r><w:tab/></w:r>")
PARAGRAPHS = st.builds(
    lambda runs, style: paragraph(*runs, style=style),
    st.lists(RUNS, max_size=3),
    st.sampled_from(["", "FJudul", "FMenimbang"]),
)
CELLS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map("".join)
ROWS = st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: row(*cells))
TABLES = st.lists(ROWS, min_size=1, max_size=4).map(lambda rows: table(*rows))
NESTED = st.builds(lambda inner, last: table(row(inner + last)), TABLES, PARAGRAPHS)
BODIES = st.builds(
    lambda found, last: [*found, last],
    st.lists(PARAGRAPHS | PARAGRAPHS | PARAGRAPHS | TABLES | NESTED, max_size=7),
    PARAGRAPHS,
)


@given(BODIES, BODIES)
@settings(max_examples=60, deadline=None)
def test_any_two_bodies(old: list[str], new: list[str]) -> None:
    require_right(file_of(*old), file_of(*new))


@given(BODIES.flatmap(lambda body: st.tuples(st.just(body), edited(body, PARAGRAPHS | TABLES), PARAGRAPHS)))
@settings(max_examples=60, deadline=None)
def test_a_body_and_what_became_of_it(made: tuple[list[str], list[str], str]) -> None:
    old, new, last = made
    require_right(file_of(*old), file_of(*new, last))
    require_right(file_of(*new, last), file_of(*old))


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


BOOKMARK = '<w:bookmarkStart w:id="4" w:name="tempat"/>{}<w:bookmarkEnd w:id="4"/>'
SIMPLE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LINK = '<w:hyperlink w:anchor="x"><w:r><w:t>tautan</w:t></w:r></w:hyperlink>'


@pytest.mark.parametrize(
    "wrapped",
    [
        control(paragraph(run("dalam kendali"))),
        paragraph(control(run("dalam kendali"))),
        paragraph(BOOKMARK.format(run("dalam penanda"))),
        paragraph(run("halaman "), SIMPLE_FIELD),
        paragraph(run("tanggal "), FIELD.format("2 Maret"), run(" itu")),
        paragraph(run("lihat "), LINK),
        table(row(control(paragraph(run("sel"))), paragraph(run("lain")))),
        control(table(row(paragraph(run("baris")), paragraph(run("lain"))))),
    ],
)
def test_controls_bookmarks_links_and_fields_become_what_they_show(wrapped: str) -> None:
    """As in a file that went through an editor: the text is right both ways whatever it lay in."""
    old, new = file_of(wrapped, paragraph(run("akhir"))), file_of(paragraph(run("baru")), paragraph(run("akhir")))
    for one, other in ((old, new), (new, old)):
        found = Tracked(tracked(one, other))
        assert flat(texts(found.accepted())) == flat(shown(other))
        assert flat(texts(found.rejected())) == flat(shown(one))


def flat(found: Any) -> list[str]:
    """All texts in their order."""
    return [text for one in found for text in flat(one)] if isinstance(found, list | tuple) else [found]


def test_a_field_over_several_paragraphs_leaves_no_half_of_itself() -> None:
    begin, end = FIELD.format("satu").split('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    over_two = [paragraph(begin), paragraph(run("dua"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', end)]
    made = tracked(file_of(*over_two, paragraph(run("x y"))), file_of(*over_two, paragraph(run("x z"))))
    assert "fldChar" not in body_xml(made)
    assert texts(Tracked(made).accepted()) == ["satu", "dua", "x z"]


PENDING = (
    '<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r><w:t>masuk</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="a" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>keluar</w:delText></w:r></w:del>'
)
PENDING_END = "<w:p><w:pPr><w:rPr><w:del w:id='3' w:author='a'/></w:rPr></w:pPr>{}</w:p>"


def test_changes_still_pending_in_a_file_count_as_accepted() -> None:
    old = file_of(paragraph(run("kata "), PENDING), PENDING_END.format(run("sam")), paragraph(run("bung")))
    made = Tracked(tracked(old, file_of(paragraph(run("kata lain")), paragraph(run("sambung")))))
    assert texts(made.rejected()) == ["kata masuk", "sambung"]
    assert texts(made.accepted()) == ["kata lain", "sambung"]


def test_two_equal_files_have_no_change_and_what_is_equal_is_not_touched() -> None:
    data = samples.draft()
    assert Tracked(tracked(data, data)).marks == []
    other = samples.draft(budget="Anggaran lain yang sah")
    made = body_xml(tracked(data, other))
    paragraphs = body_xml(other).split("</w:p>")
    untouched = [one for one in paragraphs if one.partition("<w:p>")[2] and one.partition("<w:p>")[2] in made]
    assert len(paragraphs) - len(untouched) <= 3


def test_every_change_names_its_author_and_its_moment() -> None:
    marks = Tracked(tracked(samples.draft(), samples.draft(title="Lain"))).marks
    found = {(one.get(f"{W}author"), one.get(f"{W}date")) for one in marks}
    assert found == {("Uji", "2026-03-02T07:30:00Z")}


def test_only_the_words_that_differ_are_changed() -> None:
    old, new = (file_of(paragraph(run(f"Tim diketuai {office} dan bersidang."))) for office in ("Bupati", "Sekda"))
    words = ["".join(one.itertext()) for one in Tracked(tracked(old, new)).marks]
    assert words == ["Bupati", "Sekda"]


def test_a_look_is_kept_where_a_change_cuts_through_it() -> None:
    old = file_of(paragraph(run("tebal sekali ini", LOOKS[1])))
    new = file_of(paragraph(run("tebal ini", LOOKS[1]), run(" dan biasa")))
    made = body_xml(tracked(old, new))
    assert made.count("<w:b/>") == 3, "before the gap, in what is gone, and after it"


def test_a_row_moves_no_other_though_all_numbers_after_it_change() -> None:
    names = ["Bupati", "Sekretaris Daerah", "Inspektur", "Kepala Dinas Kesehatan", "Camat"]
    without = [name for name in names if name != "Sekretaris Daerah"]
    old, new = (
        file_of(
            table(*(row(paragraph(run(f"{number}.")), paragraph(run(name))) for number, name in enumerate(given, 1))),
            paragraph(run("akhir")),
        )
        for given in (names, without)
    )
    found = require_right(old, new)
    rows = [one for one in Tracked(tracked(old, new)).rows if one.find(f"{W}trPr/{W}del") is not None]
    assert len(rows) == 1
    assert len(found.marks) < 20


def test_styles_are_found_by_name_where_an_editor_changed_their_ids() -> None:
    old = file_of(paragraph(run("judul yang hilang"), style="FJudul"), paragraph(run("akhir")))
    shorter = samples.members_of(file_of(paragraph(run("akhir"))))
    renamed = {name: content.replace(b'"FJudul"', b'"P12"') for name, content in shorter.items()}
    made = body_xml(tracked(old, samples.zipped(renamed)))
    assert '<w:pStyle w:val="P12"/>' in made
    assert "FJudul" not in made
    without = {name: content.replace(b'w:val="F Judul"', b'w:val="Lain"') for name, content in renamed.items()}
    assert "pStyle" not in body_xml(tracked(old, samples.zipped(without)))


@pytest.mark.parametrize(
    "make",
    [
        lambda n: [paragraph(run(f"kata {n} {i} " * 40)) for i in range(3000)],
        lambda n: [paragraph(run("a b " * (i % 3 + n))) for i in range(3000)],
        lambda n: [paragraph(run(f"{'a b ' * 20_000}{n}"))] * 5,
        lambda n: [paragraph(run(" ".join("ab"[(i * i * n) % 2] for i in range(2000))))] * 40,
        lambda n: [table(*(row(paragraph(run("x" * (i % (n + 2))))) for i in range(3000))), paragraph()],
    ],
)
def test_a_hostile_file_costs_seconds_and_is_still_right(make: Any) -> None:
    old, new = file_of(*make(1)), file_of(*make(2))
    started = time.perf_counter()
    made = tracked(old, new)
    assert time.perf_counter() - started < 20
    assert texts(Tracked(made).accepted()) == texts(Tracked(new).plain())
    assert texts(Tracked(made).rejected()) == texts(Tracked(old).plain())


def test_a_file_too_large_to_compare_is_refused() -> None:
    long = "".join(chr(0x4E00 + i % 20_000) for i in range(6_000_000))
    header = samples.changed(samples.draft(), "word/header1.xml", "</w:p>", f"{run(long)}</w:p>", 1)
    for large in (file_of(paragraph(run(long))), header):
        with pytest.raises(TooLarge) as refusal:
            tracked(samples.draft(), large)
        assert refusal.value.key == "compare.too_large"


BROKEN = (
    b"",
    b"PK",
    samples.zipped({"a.txt": "x"}),
    samples.zipped({samples.DOCUMENT: "<w:document>"}),
    samples.zipped({samples.DOCUMENT: "<x/>"}),
    samples.zipped({samples.DOCUMENT: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    samples.zipped({samples.DOCUMENT: "<a>" * 300 + "</a>" * 300}),
)


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_word_file_is_refused(broken: bytes) -> None:
    for one, other in ((broken, samples.draft()), (samples.draft(), broken)):
        with pytest.raises(BadFile):
            tracked(one, other)
