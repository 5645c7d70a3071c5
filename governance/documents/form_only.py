"""Whether a corrected file says the same as the one before it, apart from its form: then earlier initials still hold.

The rule: both files are read back; every part is compared (title, considerations, citations, dictums or articles,
annexes, signers, copies, what belongs to no part). Spaces, line ends, and how quotation marks, dashes and dots of
omission are drawn are form. A word, a number, a letter's case, a mark of punctuation is not. What cannot be read is
never taken for the same.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from governance.documents.text import DocumentText

DRAWN_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)
BLANKS = re.compile(r"\s+")
BEFORE_A_MARK = re.compile(r" (?=[,.;:!?)\]])")
AFTER_AN_OPENING = re.compile(r"(?<=[(\[]) ")
NOT_READ = "unread"


def differing(before: DocumentText, after: DocumentText) -> tuple[str, ...]:
    """The parts in which they differ by more than form, by the name of their place; none: it is a matter of form."""
    found = [name for name, old, new in _parts(before, after) if plain(old) != plain(new)]
    return (NOT_READ, *found) if before.unread or after.unread else tuple(found)


def plain(value: Any) -> Any:
    """A part without what is form: texts in one way of writing, whatever holds them."""
    if isinstance(value, str):
        text = BLANKS.sub(" ", value.translate(DRAWN_ALIKE)).strip()
        return AFTER_AN_OPENING.sub("", BEFORE_A_MARK.sub("", text))
    if is_dataclass(value):
        return tuple(plain(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, tuple | list):
        return tuple(plain(one) for one in value)
    return value


def _parts(before: DocumentText, after: DocumentText) -> Iterator[tuple[str, Any, Any]]:
    for one in fields(DocumentText):
        if one.name != NOT_READ:
            yield one.name, getattr(before, one.name), getattr(after, one.name)
