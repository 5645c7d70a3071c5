"""The form of a Peraturan's body and close: BAB, Pasal and ayat counted, references, formula, promulgation."""

import re
from collections.abc import Iterator

from governance.documents.form_case import (
    BODY,
    CLOSING,
    PROMULGATION,
    Case,
    Fault,
    article_place,
    chapter_place,
    on_one_line,
    plain,
    shortened,
    under,
)
from governance.documents.form_dictums import OF_ANOTHER, wrong_marks
from governance.documents.phrases import letter, roman
from governance.documents.text import Article, Form

MOST_CHAPTERS = 49  # as far as Roman numerals are counted here
NUMBER = re.compile(r"Pasal (\d{1,4})")
MARK = re.compile(r"\((\d{1,3})\)")
REFERRED = re.compile(r"\bPasal (\d{1,3})(?: ayat \((\d{1,2})\))?")
STARTS = re.compile(r"\bmulai berlaku\b")
FORMULA = ("agar setiap orang mengetahuinya", "memerintahkan pengundangan", "berita daerah")


def _articles(case: Case) -> Iterator[Article]:
    for chapter in case.text.chapters:
        yield from chapter.articles


def chapters_in_order(case: Case) -> Iterator[Fault]:
    """BAB I, BAB II ... without gap or double."""
    for index, chapter in enumerate(case.text.chapters[:MOST_CHAPTERS]):
        expected = f"BAB {roman(index + 1)}"
        if plain(chapter.label) != expected:
            yield Fault(chapter_place(chapter.label, index), {"expected": expected})


def chapter_filled(case: Case) -> Iterator[Fault]:
    """Each BAB has a title in capitals and at least one Pasal."""
    for index, chapter in enumerate(case.text.chapters):
        if not chapter.title.strip() or chapter.title != chapter.title.upper() or not chapter.articles:
            yield Fault(chapter_place(chapter.label, index))


def articles_in_order(case: Case) -> Iterator[Fault]:
    """Pasal 1, Pasal 2 ... through the whole regulation, without gap or double."""
    expected = 1
    for article in _articles(case):
        found = NUMBER.fullmatch(article.label.strip())
        number = int(found[1]) if found else None
        if number != expected:
            yield Fault(article_place(article.label), {"expected": f"Pasal {expected}"})
        expected = (number if number and number >= expected else expected) + 1


def article_filled(case: Case) -> Iterator[Fault]:
    """Each Pasal says something."""
    for article in _articles(case):
        if not any(clause.text.strip() for clause in article.clauses):
            yield Fault(article_place(article.label))


def clauses_in_order(case: Case) -> Iterator[Fault]:
    """Several ayat are marked (1), (2) ...; one alone has no mark."""
    for article in _articles(case):
        marks = [clause.mark for clause in article.clauses]
        wanted = [f"({count})" for count in range(1, len(marks) + 1)] if len(marks) > 1 else [""] * len(marks)
        wrong = next(((mark, one) for mark, one in zip(marks, wanted, strict=True) if mark != one), None)
        if wrong:
            yield Fault(article_place(article.label), {"found": wrong[0] or "–", "expected": wrong[1] or "–"})


def refers_to_articles(case: Case) -> Iterator[Fault]:
    """A Pasal or an ayat of this regulation that is referred to exists."""
    known = {plain(article.label): {clause.mark for clause in article.clauses} for article in _articles(case)}
    for place, text in case.rules:
        for found in REFERRED.finditer(text):
            if OF_ANOTHER.match(text, found.end(), found.end() + 90):
                continue
            marks = known.get(f"PASAL {found[1]}")
            if marks is None or (found[2] and f"({found[2]})" not in marks):
                yield Fault(place, {"reference": found[0]})


def list_marks(case: Case) -> Iterator[Fault]:
    """Items of one sentence end with a semicolon, "; dan" and a full stop; definitions are sentences of their own."""
    for article in _articles(case):
        for clause in article.clauses:
            items = tuple(item.text for item in clause.items)
            if all(item.rstrip().endswith(".") for item in items):
                continue
            for index, mark in wrong_marks(items):
                if clause.items[index].items:
                    continue  # the items below it carry its mark
                place = article_place(article.label)
                place = under(place, f"ayat {clause.mark}") if clause.mark else place
                yield Fault(under(place, f"huruf {letter(min(index, 700))}"), {"mark": mark})


def start_said(case: Case) -> Iterator[Fault]:
    """It says from when it binds: its promulgation."""
    if case.text.chapters and not any(STARTS.search(text) for _place, text in case.rules):
        yield Fault(BODY)


def formula(case: Case) -> Iterator[Fault]:
    """It orders its own promulgation: "Agar setiap orang mengetahuinya, memerintahkan pengundangan ..."."""
    said = on_one_line(case.text.formula or "").lower()
    if not all(words in said for words in FORMULA):
        yield Fault(CLOSING, {"text": shortened(said, 60) or "–"})


def promulgated(case: Case) -> Iterator[Fault]:
    """The Sekda promulgates it in Berita Daerah: a block with office and gazette stands under the signature."""
    told = case.text.promulgation
    if told is None or "SEKRETARIS DAERAH" not in told.office.upper():
        yield Fault(PROMULGATION, {"what": "SEKRETARIS DAERAH"})
    elif not told.gazette.upper().startswith("BERITA DAERAH"):
        yield Fault(PROMULGATION, {"what": "BERITA DAERAH"})


def other_body(case: Case) -> Iterator[Fault]:
    """A Keputusan is written in dictums, a Peraturan in BAB and Pasal."""
    if case.form is Form.DECREE and case.text.chapters:
        yield Fault(BODY, {"wrong": "Pasal", "right": "KESATU, KEDUA"})
    if case.form is Form.REGULATION and case.text.dictums:
        yield Fault(BODY, {"wrong": "diktum", "right": "Pasal"})
