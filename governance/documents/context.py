"""A document as its Word template names it: plain texts and lists, marks and blanks put in, tables made ready."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.documents.phrases import letter
from governance.documents.tables import Look, table_markup
from governance.documents.text import Annex, Article, Clause, DocumentText, Part, Promulgation

DRAFT_MARK = "RANCANGAN"
EMBLEM_NOTE = "(tempat lambang negara)"
BLANK = "." * 30
TITLE_LIMIT = 250  # python-docx refuses longer core properties


@dataclass(frozen=True)
class Page:
    """What a template is like: how wide tables may be in its body and its annexes, the ids of its named styles, and the
    lists in which its tables count their rows.
    """

    body_width: int = 9694  # twentieths of a point: F4 within its margins
    annex_width: int = 9694
    styles: Mapping[str, str] = field(default_factory=dict)
    counters: tuple[str, ...] = ()


PLAIN_PAGE = Page()


def context_of(text: DocumentText, page: Page = PLAIN_PAGE) -> dict[str, Any]:
    """The document as the templates name it."""
    counters = iter(page.counters)
    return {
        **_frame(text),
        **_legal(text),
        **_regulation(text),
        **_paper(text, page, counters),
        "annexes": [_annex(annex, page, counters) for annex in text.annexes],
    }


def _frame(text: DocumentText) -> dict[str, Any]:
    """What every document has: its marks, its heading, its closing."""
    return {
        "mark": DRAFT_MARK if text.draft_mark else "",
        "emblem": "",
        "emblem_note": EMBLEM_NOTE if text.draft_mark else "",
        "file_title": text.title[:TITLE_LIMIT],
        "office": text.office,
        "province_line": text.province_line or "",
        "instrument_line": text.instrument_line,
        "number": text.number or BLANK,
        "title": text.title,
        "place": text.place or BLANK,
        "date": text.date or BLANK,
        "signer_office": text.signer_office,
        "signer_name": text.signer_name or BLANK,
        "copies": _numbered(text.copies),
    }


def _legal(text: DocumentText) -> dict[str, Any]:
    """What a decree and a regulation share, and a decree's dictums."""
    return {
        "considerations": _lettered(text.considerations or (BLANK,)),
        "citations": _numbered([f"{citation.text};" for citation in text.citations] or [BLANK]),
        "notes": _numbered(text.notes),
        "decides": text.decides,
        "dictums": [
            {"label": dictum.label, "text": dictum.text, "lines": _lettered(dictum.items)} for dictum in text.dictums
        ],
    }


def _regulation(text: DocumentText) -> dict[str, Any]:
    return {
        "grace": text.grace or "",
        "chapters": [
            {
                "label": chapter.label,
                "title": chapter.title,
                "articles": [_article(article) for article in chapter.articles],
            }
            for chapter in text.chapters
        ],
        "formula": text.formula or "",
        "promulgation": _promulgation(text.promulgation),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "label": article.label,
        "clauses": [
            {
                "mark": clause.mark,
                "text": clause.text,
                "lines": _items(clause),
            }
            for clause in article.clauses
        ],
    }


def _items(clause: Clause) -> list[dict[str, Any]]:
    """Huruf with angka below them; definitions the other way round."""
    outer, inner = (_numbered, _lettered) if clause.numbered else (_lettered, _numbered)
    marked = outer(item.text for item in clause.items)
    return [{**line, "lines": inner(item.items)} for line, item in zip(marked, clause.items, strict=True)]


def _promulgation(told: Promulgation | None) -> dict[str, str] | None:
    if told is None:
        return None
    return {
        "place": told.place or BLANK,
        "date": told.date or BLANK,
        "office": told.office,
        "name": told.name or BLANK,
        "gazette": told.gazette,
        "gazette_number": told.gazette_number or BLANK,
    }


def _paper(text: DocumentText, page: Page, counters: Iterator[str]) -> dict[str, Any]:
    letter = text.letter
    return {
        "letterhead": list(text.letterhead),
        "letter_head": [{"label": label, "text": value} for label, value in (letter.head if letter else ())],
        "recipients": list(letter.recipients) if letter else [],
        "opening": letter.opening if letter else "",
        "closing": letter.closing if letter else "",
        "parts": _parts(text.parts, page.body_width, page, counters),
        "signers": [{"office": signer.office, "name": signer.name or BLANK} for signer in text.signers],
    }


def _annex(annex: Annex, page: Page, counters: Iterator[str]) -> dict[str, Any]:
    """An annex; the last line of its last part stands apart, so that the template can keep it with the signature."""
    parts = _parts(annex.parts, page.annex_width, page, counters)
    closing = parts[-1]["lines"][-1:] if parts and not parts[-1]["table"] else []
    if closing:
        parts[-1]["lines"] = parts[-1]["lines"][:-1]
    return {
        "heading": annex.heading,
        "title": annex.title,
        "intro": annex.intro,
        "header": annex.table_header,
        "rows": annex.rows or ([(BLANK,) * (len(annex.table_header) - 1)] if annex.table_header else []),
        "parts": parts,
        "closing_lines": closing,
    }


def _parts(parts: Sequence[Part], width: int, page: Page, counters: Iterator[str]) -> list[dict[str, Any]]:
    """The parts with their tables; the last part's table stays with the signature under it."""
    return [
        _part(part, Look(width, page.styles, next(counters, None) if part.header else None, kept=part is parts[-1]))
        for part in parts
    ]


def _part(part: Part, look: Look) -> dict[str, Any]:
    return {
        "title": part.title,
        "intro": part.intro,
        "paragraphs": [line for line in part.intro.split("\n") if line.strip()],
        "lines": _lettered(part.items),
        "table": table_markup(part, look) if part.header else "",
    }


def _lettered(texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"mark": f"{letter(index)}.", "text": text} for index, text in enumerate(texts)]


def _numbered(texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"mark": f"{number}.", "text": text} for number, text in enumerate(texts, 1)]
