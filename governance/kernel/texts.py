"""What text may hold wherever people type it."""

import re

from governance.kernel.errors import Problem

# Control characters, halves of characters, and marks that reverse the reading order: nobody may decide on what reads
# otherwise than it is stored.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def with_line_feeds(text: str) -> str:
    """The text with the line ends of every keyboard made one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unprintable(place: str, text: str) -> list[Problem]:
    """A problem at `place` when the text holds what nobody should be shown."""
    return [Problem(place, "draft.control_characters")] if FORBIDDEN.search(with_line_feeds(text)) else []
