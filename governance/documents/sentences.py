"""The sentences of a kind and those of a file: which may have become which, and what a name stood for in it."""

import re
from collections.abc import Iterator

from governance.documents.kinds import Kind
from governance.documents.text import DocumentText, Part

NAMED = re.compile(r"\$\{(\w+)\}")
MOST_SENTENCES = 2_000  # of a file; a document that is read back has a tenth of them
MOST_SHARED = 10  # paragraphs of a part of which only some are a field's


def all_parts(read: DocumentText) -> list[Part]:
    """The parts of the body and of every annex."""
    return [*read.parts, *(part for annex in read.annexes for part in annex.parts)]


def said_in(read: DocumentText) -> list[str]:
    """Every sentence of the file in which a field may stand."""
    said = [dictum.text for dictum in read.dictums]
    intros = [part.intro for part in all_parts(read)]
    said += [line for intro in intros for line in intro.split("\n")]
    said += [stretch for intro in intros if "\n" in intro for stretch in stretches_of(intro)]
    if read.letter is not None:
        said += [value for _, value in read.letter.head]
        said += [read.letter.opening, read.letter.closing]
    return list(dict.fromkeys(filter(None, said)))[:MOST_SENTENCES]


def written_in(kind: Kind) -> Iterator[str]:
    """Every sentence of the kind, as a whole and by its lines."""
    words = [dictum.text for dictum in kind.dictums] + [part.text for part in kind.parts]
    words += [part.text for annex in kind.annexes for part in annex.parts]
    if kind.letter is not None:
        words += [value for _, value in kind.letter.head] + [kind.letter.opening, kind.letter.closing]
    for text in filter(None, words):
        yield text
        yield from (line for line in text.split("\n") if "\n" in text)


def stretches_of(text: str) -> Iterator[str]:
    """Every run of paragraphs, the longest first: which of them are the field's is told by composing."""
    lines = text.split("\n")[:MOST_SHARED]
    for length in range(len(lines), 0, -1):
        for start in range(len(lines) - length + 1):
            yield "\n".join(lines[start : start + length])


def caught(sentence: str, said: str) -> dict[str, str] | None:
    """What each name of a kind's sentence stands for in what a file says; None where that is another sentence.

    From left to right, each word of the sentence where it is first found: no text, however it is made, takes long.
    """
    first, *rest = NAMED.split(sentence)
    if not rest:
        return {} if said == sentence else None
    if not said.startswith(first):
        return None
    at, found = len(first), dict[str, str]()
    for name, words in zip(rest[:-2:2], rest[1:-2:2], strict=True):
        end = said.find(words, at)
        if end < 0:
            return None
        found.setdefault(name, said[at:end])
        at = end + len(words)
    name, words = rest[-2:]
    end = len(said) - len(words)
    if end < at or not said.endswith(words):
        return None
    found.setdefault(name, said[at:end])
    return found
