"""The form of sentences: spelling, numbers with their words, days, doubled texts, gaps, and the term in use."""

import re
from collections.abc import Iterator
from datetime import date

from governance.calendar.words import MONTHS
from governance.documents.form_case import (
    HEAD,
    LONGEST,
    TITLE,
    WHOLE,
    Case,
    Fault,
    Place,
    Severity,
    annex_place,
    on_one_line,
    plain,
    shortened,
)
from governance.documents.form_dictums import DAY
from governance.documents.phrases import UNITS, spelled
from governance.documents.recognising import DECIDED
from governance.mandates.regulations import TO_COMPLETE

ONE_WORD = re.compile(r"\bwalikota\b", re.IGNORECASE)
OLD_NAME = re.compile(r"\b(?:Peraturan|Keputusan) Walikota\b[^.;]{0,60}\bNomor\b")
OLD_MONTHS = {"nopember": "November", "pebruari": "Februari", "agust": "Agustus", "juny": "Juni", "july": "Juli"}
OLD_MONTH = re.compile(rf"\b\d{{1,2}} ({'|'.join(OLD_MONTHS)})\b", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(20\d{2})(?![\d/-]|\.\d)")
WITH_WORDS = re.compile(r"(?<![\d.,/])(\d{1,3}) \(([a-z]{3,12}(?: [a-z]{3,12}){0,5})\)")
NUMBER_WORDS = frozenset([*UNITS, "belas", "puluh", "seratus", "ratus", "seribu", "ribu"])
DOTS = re.compile(r"\.{4,}|…{2,}|_{4,}")
LEFT_OVER = re.compile(r"\$\{\w{0,40}\}?|\{\{|\{%|\[\[\w{0,40}")
SHORTEST = 40  # a shorter sentence may well stand twice
MOST_PASSAGES = 20_000


def one_word(case: Case) -> Iterator[Fault]:
    """Wali Kota is two words; names of older regulations keep theirs."""
    for place, text in _everywhere(case):
        if ONE_WORD.search(OLD_NAME.sub("", text)):
            yield Fault(place)


def _everywhere(case: Case) -> Iterator[tuple[Place, str]]:
    """The sentences, with the head, the title and what annexes are called and list."""
    text = case.text
    yield HEAD, on_one_line(f"{text.office} {text.instrument_line}")
    yield TITLE, on_one_line(text.title)
    yield from case.passages
    for index, annex in enumerate(text.annexes):
        rows = (" ".join(row) for row in annex.rows)
        yield annex_place(annex, index), " ".join([annex.title, *rows])[:LONGEST]


def number_words(case: Case) -> Iterator[Fault]:
    """A number and the words behind it say the same."""
    for place, text in (*case.passages, *case.cells):
        for digits, words in WITH_WORDS.findall(text):
            if set(words.split()) <= NUMBER_WORDS and words != spelled(int(digits)):
                yield Fault(place, {"text": f"{digits} ({words})", "expected": f"{digits} ({spelled(int(digits))})"})


def day_form(case: Case) -> Iterator[Fault]:
    """A day is written out: "16 Maret 2020"; months in today's spelling."""
    for place, text in (*case.passages, *case.cells):
        for day, mark, month, year in DIGITS.findall(text):
            if 0 < int(month) < 13:
                said = f"{int(day)} {MONTHS[int(month) - 1]} {year}"
                yield Fault(place, {"text": f"{day}{mark}{month}{mark}{year}", "expected": said})
        for month in OLD_MONTH.findall(text):
            yield Fault(place, {"text": month, "expected": OLD_MONTHS[month.lower()]})


def no_such_day(case: Case) -> Iterator[Fault]:
    """A day that no calendar has."""
    months = [month.lower() for month in MONTHS]
    for place, text in (*case.passages, *case.cells):
        for day, month, year in DAY.findall(text):
            try:
                date(int(year), months.index(month.lower()) + 1, int(day))
            except ValueError:
                yield Fault(place, {"text": f"{day} {month} {year}"})


def said_twice(case: Case) -> Iterator[Fault]:
    """The same text stands once; two roles of an annex may well have the same duty."""
    first: dict[str, Place] = {}
    for place, text in case.passages[:MOST_PASSAGES]:
        said = plain(text)
        if len(said) < SHORTEST:
            continue
        before = first.setdefault(said, place)
        annexed = place.anchor.startswith("lampiran") and before.anchor.startswith("lampiran")
        if before is not place and not (annexed and before.name != place.name):
            yield Fault(place, {"first": before.name, "text": shortened(text, 60)})


def gaps(case: Case) -> Iterator[Fault]:
    """Dots and "lengkapi": a note while it is a draft, an error in what is numbered and dated."""
    for place, text in case.passages:
        found = DOTS.search(text) or (TO_COMPLETE in text and re.search(rf"\b{TO_COMPLETE}\b", text))
        if found:
            severity = None if case.is_draft else Severity.ERROR
            yield Fault(place, {"text": _around(text, found)}, severity)


def _around(text: str, found: re.Match[str]) -> str:
    """The gap with the words beside it."""
    before, after = text[: found.start()][-60:].split()[-4:], text[found.end() :][:40].split()[:3]
    return shortened(" ".join([*before, shortened(found[0], 12), *after]))


def left_over(case: Case) -> Iterator[Fault]:
    """A template's own signs are never printed."""
    for place, text in _everywhere(case):
        if found := LEFT_OVER.search(text):
            yield Fault(place, {"text": found[0]})


def term(case: Case) -> Iterator[Fault]:
    """The title speaks of the subject as the cited law does: SPBE or Pemerintah Digital."""
    title, cited = plain(case.text.title), [plain(basis.text) for basis in case.bases]
    used = [one for one in case.terms if plain(one.title) in title]
    others = [one for one in case.terms if one not in used and any(plain(one.title) in text for text in cited)]
    for one in used:
        if others and not any(plain(one.title) in text for text in cited):
            yield Fault(TITLE, {"term": one.title, "cited": others[0].title})


def mixed_terms(case: Case) -> Iterator[Fault]:
    """Not both terms in one title."""
    title = plain(case.text.title)
    used = [one for one in case.terms if plain(one.title) in title]
    if len(used) > 1:
        yield Fault(TITLE, {"term": used[0].title, "cited": used[1].title})


def too_long(case: Case) -> Iterator[Fault]:
    """A check that stops before the end says so."""
    if case.is_too_long:
        yield Fault(WHOLE)


def no_part(case: Case) -> Iterator[Fault]:
    """What was recognised as no part is looked at; a MEMUTUSKAN written otherwise is told by its own rule."""
    told = {line.strip() for line in case.printed(DECIDED)}
    for text in [one for one in case.text.remainder if one not in told][:5]:
        yield Fault(WHOLE, {"text": shortened(text)})
