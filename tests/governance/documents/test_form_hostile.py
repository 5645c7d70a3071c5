"""The form check on whatever a text or a file may say: it never falls, and it never hangs."""

import time
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.documents import form
from governance.documents.checking import check_file, check_text, printed_lines
from governance.documents.form_case import Case, Printed
from governance.documents.recognising import STYLES
from governance.documents.text import (
    Annex,
    Article,
    Chapter,
    Clause,
    Dictum,
    DocumentText,
    Form,
    Item,
    Letter,
    Part,
    Promulgation,
)
from governance.mandates.regulations import Citation
from tests.governance.documents import samples
from tests.governance.documents.forms import decree, ground, printed
from tests.governance.documents.samples import DOCUMENT

WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["bahwa x;", "Pasal 3 ayat (9)", "Lampiran II", "Diktum KEDUA huruf z", "5 (enam)", "31 Februari 2020",
         "KESATU", "LAMPIRAN", "LAMPIRAN XXXXXX", "huruf a sampai dengan huruf zz, perlu menetapkan Keputusan tentang",
         "berlaku surut sejak tanggal 99 Mei 0000", "Undang-Undang Nomor 0 Tahun 0000 tentang", "Tahun Anggaran 2020"]
    ),
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=3).map(tuple)
ITEMS = st.builds(Item, text=WORDS, items=TEXTS)
CLAUSES = st.builds(Clause, mark=WORDS, text=WORDS, items=st.lists(ITEMS, max_size=2).map(tuple))
ARTICLES = st.builds(Article, label=WORDS, clauses=st.lists(CLAUSES, max_size=3).map(tuple))
ROWS = st.lists(TEXTS, max_size=3).map(tuple)
PARTS = st.builds(Part, title=WORDS, intro=WORDS, items=TEXTS, header=TEXTS, rows=ROWS)
ANNEXES = st.builds(
    Annex,
    heading=WORDS,
    title=WORDS,
    intro=WORDS,
    table_header=st.sampled_from([(), ("No.", "Kedudukan", "Jabatan"), ("Jabatan",)]),
    rows=ROWS,
    parts=st.lists(PARTS, max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    DocumentText,
    office=WORDS,
    province_line=st.none() | WORDS,
    instrument_line=st.one_of(WORDS, st.sampled_from(["KEPUTUSAN BUPATI", "PERATURAN BUPATI"])),
    number=st.none() | WORDS,
    title=WORDS,
    considerations=TEXTS,
    citations=st.lists(
        st.builds(Citation, key=WORDS, text=WORDS, complete=st.booleans(), how_sure=WORDS), max_size=3
    ).map(tuple),
    decides=WORDS,
    dictums=st.lists(st.builds(Dictum, label=WORDS, text=WORDS, items=TEXTS), max_size=3).map(tuple),
    place=st.none() | WORDS,
    date=st.none() | WORDS,
    signer_office=WORDS,
    signer_name=st.none() | WORDS,
    copies=TEXTS,
    annexes=st.lists(ANNEXES, max_size=2).map(tuple),
    draft_mark=st.booleans(),
    unread=TEXTS,
    form=st.sampled_from(Form),
    chapters=st.lists(
        st.builds(Chapter, label=WORDS, title=WORDS, articles=st.lists(ARTICLES, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    formula=st.none() | WORDS,
    promulgation=st.none() | st.builds(Promulgation, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS),
    letter=st.none() | st.builds(Letter, opening=WORDS, closing=WORDS),
    parts=st.lists(PARTS, max_size=2).map(tuple),
)
LINES = st.lists(
    st.builds(Printed, part=st.sampled_from([None, *sorted(STYLES)]), text=WORDS, annex=st.none() | st.integers(0, 3)),
    max_size=6,
).map(tuple)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=DOCUMENTS, lines=LINES, on=st.none() | st.dates(), known=st.booleans())
def test_whatever_a_document_says_the_check_answers(
    text: DocumentText, lines: tuple[Printed, ...], on: date | None, known: bool
) -> None:
    by = replace(ground("serang" if known else None, kind=samples.KIND if known else None), on=on)
    for one in check_text(text, by, lines):
        assert one.place.name
        assert one.wording in form_sentences()


def form_sentences() -> frozenset[str]:
    return frozenset(f"form.{rule.key}" for rule in form.RULES)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS.filter(lambda text: text.isprintable() and "<" not in text and "&" not in text), max_size=20))
def test_whatever_a_file_holds_the_check_answers(words: list[str]) -> None:
    lines_of = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in words)
    members = samples.members_of(printed(decree()))
    start, end = members[DOCUMENT].decode().split("<w:body>")[0], members[DOCUMENT].decode().split("</w:body>")[1]
    data = samples.zipped({**members, DOCUMENT: f"{start}<w:body>{lines_of}</w:body>{end}"})
    assert isinstance(check_file(data, ground()), tuple)


HOSTILE = (
    "a" * 200_000,
    "Diktum KESATU " * 20_000,
    "Pasal 1 ayat (1) " * 20_000,
    "Lampiran " * 20_000,
    "5 (lima " * 20_000,
    "huruf a sampai dengan " * 20_000,
    "berlaku " * 20_000 + "tanggal ",
    "Peraturan Walikota " * 20_000,
    "1 Januari 2020 " * 20_000,
    "....... ${" * 20_000,
    "(" * 100_000,
    " " * 200_000,
    "Undang-Undang Nomor " * 20_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_text_is_judged_in_bounded_time(text: str) -> None:
    many = (text, text)
    cited = Citation(key="", text=text, complete=True, how_sure="read")
    hostile = replace(
        decree(),
        title=text,
        considerations=many,
        citations=(cited, cited),
        decides=f"KEPUTUSAN TENTANG {text}",
        dictums=tuple(Dictum("KESATU", text, many) for _ in range(2)),
        annexes=tuple(Annex("LAMPIRAN I", text, text, ("Kedudukan", "Jabatan"), (many, many)) for _ in range(2)),
        signer_name=text,
        copies=many,
    )
    began = time.perf_counter()
    check_text(hostile, ground())
    assert time.perf_counter() - began < 2


def test_many_parts_are_judged_in_bounded_time() -> None:
    many = replace(
        decree(),
        dictums=tuple(Dictum(f"KE{number}", f"Menunjuk Lampiran {number}.", ("a;",) * 3) for number in range(3_000)),
        annexes=tuple(Annex("LAMPIRAN", "X", rows=((f"Anggota {number}", "X"),)) for number in range(3_000)),
        citations=decree().citations * 300,
    )
    began = time.perf_counter()
    findings = check_text(many, ground())
    assert time.perf_counter() - began < 5
    assert len(findings) <= len(form.RULES) * form.MOST


def test_the_rules_judge_a_case_that_knows_nothing() -> None:
    assert form.judge(Case(decree())) == ()
    assert {field.name for field in fields(Case)} >= {"text", "lines", "register", "team", "institution", "on"}


def test_printed_lines_know_their_annex() -> None:
    annexes = [one.annex for one in printed_lines(printed(decree())) if one.text.startswith("LAMPIRAN")]
    assert annexes == [0, 1]
