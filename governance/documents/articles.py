"""A Peraturan's body: each chapter's text read into Pasal, ayat, huruf and angka, counted anew, references resolved.

UU 12/2011 Lampiran II angka 66 to 93: BAB and Pasal are counted through the whole regulation.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from governance.documents.brief import BLANK, Brief
from governance.documents.phrases import roman
from governance.documents.text import Article, Chapter, Clause, Item
from governance.documents.values import as_text

CLAUSE = re.compile(r"\(\d{1,3}\)\s+")
LETTER = re.compile(r"[a-z]{1,2}\.\s+")
NUMBER = re.compile(r"\d{1,3}[.)]\s+")
HEADING = re.compile(r"Pasal(\s+\d+)?$")
REFERENCE = re.compile(r"\[\[(\w{1,60})\]\]")


def chapters_of(brief: Brief) -> tuple[Chapter, ...]:
    """The chapters that stand in this regulation, BAB and Pasal counted through it."""
    specs = [spec for spec in brief.kind.chapters if brief.shows(spec)]
    bodies = [articles_in(brief.say(as_text(brief.fields.get(spec.field)) or BLANK)) for spec in specs]
    first = _first_articles([spec.field for spec in specs], bodies)
    chapters, number = [], 1
    for count, (spec, body) in enumerate(zip(specs, bodies, strict=True), 1):
        counted = [_counted(clauses, number + index, first) for index, clauses in enumerate(body)]
        chapters.append(Chapter(f"BAB {roman(count)}", brief.say(spec.title).upper(), tuple(counted)))
        number += len(body)
    return tuple(chapters)


def articles_in(text: str) -> list[list[Clause]]:
    """The clauses of each Pasal of a chapter's text: a blank line begins a new Pasal."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text.strip())]
    return [clauses for lines in blocks if (clauses := _clauses(lines))]


def _clauses(lines: Sequence[str]) -> list[Clause]:
    clauses: list[Clause] = []
    for line in (line.strip() for line in lines):
        if not line or HEADING.fullmatch(line):
            continue
        if (ayat := CLAUSE.match(line)) or not clauses:
            clauses.append(Clause("", line[ayat.end() :] if ayat else line))
        else:
            clauses[-1] = _longer(clauses[-1], line)
    return clauses


def _longer(clause: Clause, line: str) -> Clause:
    """The clause with one more line: an item, an item of its last item, or more of its last text."""
    lettered, numbered = LETTER.match(line), NUMBER.match(line)
    found = lettered or numbered
    if found is None:
        return _continued(clause, line)
    text = line[found.end() :]
    if not clause.items:
        return replace(clause, items=(Item(text),), numbered=lettered is None)
    if clause.numbered is (lettered is None):
        return replace(clause, items=(*clause.items, Item(text)))
    last = clause.items[-1]
    return replace(clause, items=(*clause.items[:-1], Item(last.text, (*last.items, text))))


def _continued(clause: Clause, line: str) -> Clause:
    if not clause.items:
        return replace(clause, text=f"{clause.text} {line}")
    last = clause.items[-1]
    if last.items:
        last = Item(last.text, (*last.items[:-1], f"{last.items[-1]} {line}"))
    else:
        last = Item(f"{last.text} {line}")
    return replace(clause, items=(*clause.items[:-1], last))


def _first_articles(fields: Sequence[str], bodies: Sequence[Sequence[object]]) -> dict[str, int]:
    """The number of the Pasal with which each chapter begins."""
    first, number = {}, 1
    for field, body in zip(fields, bodies, strict=True):
        first[field] = number
        number += len(body)
    return first


def _counted(clauses: Sequence[Clause], number: int, first: Mapping[str, int]) -> Article:
    alone = len(clauses) == 1
    counted = [
        replace(_resolved(clause, first), mark="" if alone else f"({count})") for count, clause in enumerate(clauses, 1)
    ]
    return Article(f"Pasal {number}", tuple(counted))


def _resolved(clause: Clause, first: Mapping[str, int]) -> Clause:
    items = tuple(Item(_pointing(item.text, first), tuple(_all(item.items, first))) for item in clause.items)
    return replace(clause, text=_pointing(clause.text, first), items=items)


def _all(texts: Sequence[str], first: Mapping[str, int]) -> Iterator[str]:
    return (_pointing(text, first) for text in texts)


def _pointing(text: str, first: Mapping[str, int]) -> str:
    """[[key]] as the Pasal that chapter begins with; one that is not there stays visible."""
    return REFERENCE.sub(lambda found: f"Pasal {first[found[1]]}" if found[1] in first else found[0], text)
