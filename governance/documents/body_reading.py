"""Collects what stands between a document's opening and its closing: a Peraturan's chapters, a paper's parts."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from governance.documents import recognising as part
from governance.documents.text import Article, Chapter, Clause, Item, Part

CLAUSE = re.compile(r"\s*(\(\d{1,3}\))\s+(.*)", re.DOTALL)
NUMBERED = re.compile(r"\s*\d")
MARKED = re.compile(r"\s*\(?(?:[a-z]{1,2}|\d{1,3})[.)]\s+")


@dataclass
class ChapterReader:
    """Collects chapters line by line."""

    chapters: list[Chapter] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def take(self, name: str, text: str) -> None:
        """One line with the part it is; what has no place yet is kept as loose."""
        text = text.strip()
        if name == part.CHAPTER:
            self.chapters.append(Chapter(text, "", ()))
        elif not self.chapters:
            self.loose.append(text)
        elif name == part.CHAPTER_TITLE:
            last = self.chapters[-1]
            self.chapters[-1] = replace(last, title=f"{last.title} {text}".strip())
        elif name == part.ARTICLE:
            last = self.chapters[-1]
            self.chapters[-1] = replace(last, articles=(*last.articles, Article(text, ())))
        else:
            self._take_clause(name, text)

    def _take_clause(self, name: str, text: str) -> None:
        chapter = self.chapters[-1]
        if not chapter.articles:
            self.loose.append(text)
            return
        article = chapter.articles[-1]
        clauses = _with_line(article.clauses, name, text)
        if clauses is None:
            self.loose.append(text)
            return
        self.chapters[-1] = replace(chapter, articles=(*chapter.articles[:-1], replace(article, clauses=clauses)))


def _with_line(clauses: tuple[Clause, ...], name: str, text: str) -> tuple[Clause, ...] | None:
    """The clauses with one more line; None where an item has nothing to stand under."""
    if name in (part.CLAUSE, part.NUMBERED_CLAUSE):
        marked = CLAUSE.fullmatch(text) if name == part.NUMBERED_CLAUSE else None
        return (*clauses, Clause(marked[1], marked[2]) if marked else Clause("", text))
    if not clauses:
        return None
    last, bare = clauses[-1], MARKED.sub("", text, count=1)
    if name == part.LETTER_ITEM:
        numbered = last.numbered if last.items else NUMBERED.match(text) is not None
        return (*clauses[:-1], replace(last, items=(*last.items, Item(bare)), numbered=numbered))
    if not last.items:
        return None
    item = last.items[-1]
    return (*clauses[:-1], replace(last, items=(*last.items[:-1], Item(item.text, (*item.items, bare)))))


@dataclass
class PaperReader:
    """Collects parts line by line: a paper's, and an annex's."""

    parts: list[Part] = field(default_factory=list)

    def take(self, name: str, text: str) -> None:
        """One line with the part it is."""
        text = text.strip()
        if name == part.PART:
            self.parts.append(Part(text))
        elif name == part.PART_ITEM:
            self.add_item(MARKED.sub("", text, count=1))
        else:
            self.add_text(text)

    def add_text(self, text: str) -> None:
        """A paragraph: of the last part where nothing but paragraphs stands in it yet, else of a new one."""
        last = self._open(lambda one: not one.header and not one.items)
        self.parts[-1] = replace(last, intro=f"{last.intro}\n{text}".strip())

    def add_item(self, text: str) -> None:
        """An item, without its mark."""
        last = self._open(lambda one: not one.header)
        self.parts[-1] = replace(last, items=(*last.items, text))

    def take_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table of the last part, where that has none yet."""
        self.add_table(with_table(Part(""), rows))

    def add_table(self, table: Part) -> None:
        """The table of a part."""
        last = self._open(lambda one: not one.header)
        self.parts[-1] = replace(last, header=table.header, rows=table.rows)

    def _open(self, fits: Callable[[Part], bool]) -> Part:
        """The last part where the line may still be added to it, else a new one without a title."""
        if not self.parts or not fits(self.parts[-1]):
            self.parts.append(Part(""))
        return self.parts[-1]


def as_read(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts as they are read back from paper: one without a title runs on in the one before it."""
    reader = PaperReader()
    for one in parts:
        if one.title:
            reader.parts.append(Part(one.title))
        for line in filter(str.strip, one.intro.split("\n")):
            reader.add_text(line.strip())
        for item in one.items:
            reader.add_item(item)
        if one.header:
            reader.add_table(one)
    return tuple(reader.parts)


def with_table(of: Part, rows: tuple[tuple[str, ...], ...]) -> Part:
    """The part with a table; its column of running numbers, which Word counts itself, is left out of the rows."""
    header = rows[0] if rows else ()
    counted = bool(header) and header[0].strip().lower().startswith("no")
    return replace(of, header=header, rows=tuple(tuple(row[1:] if counted else row) for row in rows[1:]))
