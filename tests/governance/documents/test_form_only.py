"""When a corrected file says the same but for its form: the rule, on the whole text and on files."""

from dataclasses import replace

import pytest

from governance.documents.form_only import NOT_READ, differing, plain
from governance.documents.reading import read_document
from governance.documents.text import DocumentText
from tests.governance.documents.samples import DOCUMENT, changed
from tests.world import Maker, World


@pytest.fixture
def file(world: World, make: Maker) -> bytes:
    paper = make.document()
    make.submit(paper)
    return paper.file


@pytest.fixture
def text(file: bytes) -> DocumentText:
    return read_document(file)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("satu  dua\n tiga", "satu dua tiga"),
        ("\u201csatu\u201d", '"satu"'),
        ("\u2018satu\u2019", "'satu'"),
        ("2025 \u2013 2029", "2025 - 2029"),
        ("dan seterusnya\u2026", "dan seterusnya..."),
        ("KESATU :", "KESATU:"),
        ("( satu )", "(satu)"),
        ("hu\u00adkum", "hukum"),
        ("satu\u00a0dua", "satu dua"),
    ],
)
def test_spaces_and_the_drawing_of_signs_are_form(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("satu", "dua"),
        ("Satu", "satu"),
        ("1.000", "1,000"),
        ("tanggung jawab", "tanggungjawab"),
        ("satu; dan", "satu dan"),
        ("Pasal 5", "Pasal 6"),
        ("satu.", "satu;"),
        ("wajib", "tidak wajib"),
    ],
)
def test_words_numbers_case_and_punctuation_are_content(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_the_same_file_differs_in_nothing(text: DocumentText) -> None:
    assert differing(text, text) == ()


def test_every_part_counts(text: DocumentText) -> None:
    first = text.dictums[0]
    annex = text.annexes[0]
    others = {
        "title": replace(text, title=text.title + " LAIN"),
        "considerations": replace(text, considerations=text.considerations[1:]),
        "citations": replace(text, citations=text.citations[1:]),
        "dictums": replace(text, dictums=(replace(first, text=first.text + " sekali"), *text.dictums[1:])),
        "annexes": replace(text, annexes=(replace(annex, rows=annex.rows[:-1]), *text.annexes[1:])),
        "copies": replace(text, copies=(*text.copies, "Orang lain")),
        "signer_name": replace(text, signer_name="Orang Lain"),
        "remainder": replace(text, remainder=("tambahan di luar bagian",)),
    }
    assert {name: differing(text, other) for name, other in others.items()} == {name: (name,) for name in others}


def test_what_cannot_be_read_is_never_taken_for_the_same(text: DocumentText) -> None:
    assert differing(text, replace(text, unread=("dictums",))) == (NOT_READ,)
    assert differing(replace(text, unread=("dictums",)), text) == (NOT_READ,)


def test_a_file_with_other_spaces_is_the_same_and_one_with_another_word_is_not(file: bytes, text: DocumentText) -> None:
    spaced = changed(file, DOCUMENT, "Anggaran Pendapatan", "Anggaran  Pendapatan", 1)
    worded = changed(file, DOCUMENT, "Anggaran Pendapatan", "Anggaran Belanja", 1)
    assert differing(text, read_document(spaced)) == ()
    assert differing(text, read_document(worded)) != ()
