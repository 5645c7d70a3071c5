"""Reading what an API caller sent, strictly: each fault becomes a problem with its place, nothing raises a 500."""

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from werkzeug.exceptions import BadRequest

from governance.documents.values import ISO_DATE
from governance.kernel.errors import Invalid, Problem
from governance.kernel.texts import FORBIDDEN, with_line_feeds

Word = TypeVar("Word", bound=StrEnum)


def require_readable() -> None:
    """Invalid for a body that no one can read: broken, nested without end, or with halves of characters."""
    if request.method != "POST" or not request.get_data():
        return
    try:
        json.dumps(request.get_json(force=True), ensure_ascii=False).encode()
    except (BadRequest, ValueError, RecursionError):
        raise Invalid(Problem("", "refused.not_json")) from None


class Body:
    """A JSON object being read; faults are gathered and raised together by `done`."""

    def __init__(self, known: Iterable[str]) -> None:
        content = request.get_json(silent=True, force=True)
        if not isinstance(content, dict):
            raise Invalid(Problem("", "refused.not_json"))
        self.content: dict[str, Any] = content
        self.problems = [Problem(name[:60], "field.unknown") for name in content if name not in set(known)]

    def text(self, name: str, *, required: bool = False, limit: int = 10_000) -> str:
        """A text; "" where there is none."""
        value = self.content.get(name)
        if value is None or value == "":
            return self._missing(name, "") if required else ""
        if not isinstance(value, str) or len(value) > limit or "\x00" in value:
            return self._wrong(
                name, "field.not_text" if not isinstance(value, str) else "draft.too_long", "", limit=limit
            )
        if FORBIDDEN.search(with_line_feeds(value)):
            return self._wrong(name, "draft.control_characters", "")
        return value

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.content.get(name)
        if value is None:
            return self._missing(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 10**9:
            return self._wrong(name, "field.not_number", 0)
        return value

    def whole(self, name: str) -> int | None:
        """A whole number that may be left out; None where there is none."""
        return None if self.content.get(name) is None else self.number(name)

    def wholes(self, name: str) -> list[int]:
        """A list of keys that must be there."""
        value = self.content.get(name)
        if value is None:
            return self._missing(name, [])
        good = isinstance(value, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in value)
        if not good or any(not 0 < one < 10**15 for one in value):
            return self._wrong(name, "field.not_number", [])
        return list(value)

    def needed_day(self, name: str) -> date:
        """A day that must be there."""
        if self.content.get(name) in (None, ""):
            return self._missing(name, date.min)
        return self.day(name) or date.min

    def mapping(self, name: str) -> dict[str, Any]:
        """An object that must be there."""
        value = self.content.get(name)
        if value is None:
            return self._missing(name, {})
        return value if isinstance(value, dict) else self._wrong(name, "field.not_object", {})

    def day(self, name: str) -> date | None:
        """A day in ISO form; None where there is none."""
        value = self.content.get(name)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(value) if ISO_DATE.fullmatch(value) else self._wrong(name, "field.date", None)
        except (ValueError, TypeError):
            return self._wrong(name, "field.date", None)

    def word(self, name: str, of: type[Word], key: str) -> Word | None:
        """A word of an enum that must be there; None after a fault was noted."""
        value = self.content.get(name)
        if value is None:
            return self._missing(name, None)
        try:
            return of(value)
        except ValueError:
            return self._wrong(name, key, None, known=", ".join(of))

    def done(self) -> None:
        """Invalid with everything that was wrong."""
        if self.problems:
            raise Invalid(*self.problems)

    def _missing(self, name: str, instead: Any) -> Any:
        self.problems.append(Problem(name, "field.missing"))
        return instead

    def _wrong(self, name: str, key: str, instead: Any, **params: Any) -> Any:
        self.problems.append(Problem(name, key, params))
        return instead
