"""Reading a submitted form: every fault is gathered as a problem with the field's name, nothing raises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _

from governance.documents import scans
from governance.documents.values import ISO_DATE
from governance.kernel.errors import BadFile, Invalid, Problem, TooLarge
from web.wording import problem_told

Word = TypeVar("Word", bound=StrEnum)
FAULTS = (Invalid, BadFile, TooLarge)  # what is wrong with a form or its file, and is said on the form
MISSING = frozenset(
    {
        "draft.missing",
        "draft.comment_open",
        "field.missing",
        "decision.reason_missing",
        "enact.scan_missing",
        "file.missing",
    }
)


@dataclass(frozen=True)
class Shown:
    """A problem as templates show it: at its field, and in the list on top; `anchor` where it is no field."""

    place: str
    text: str
    tone: str
    label: str = ""
    anchor: str = ""


class Form:
    """The form that was sent."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def text(self, name: str, *, required: bool = False) -> str:
        """What was typed, without blanks at the ends."""
        value = request.form.get(name, "").strip()
        if required and not value:
            self.problems.append(Problem(name, "field.missing"))
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A day; None where none was typed or what was typed is none."""
        value = self.text(name, required=required)
        if not value:
            return None
        try:
            if ISO_DATE.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.problems.append(Problem(name, "field.date"))
        return None

    def number(self, name: str) -> int | None:
        """A whole number; None where what was typed is none."""
        value = self.text(name, required=True)
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        if value:
            self.problems.append(Problem(name, "field.not_number"))
        return None

    def whole(self, name: str) -> int | None:
        """A whole number that may be left out; None where none was typed or what was typed is none."""
        return self.number(name) if self.text(name) else None

    def many(self, name: str) -> tuple[str, ...]:
        """Every value that was ticked."""
        return tuple(request.form.getlist(name))

    def word(self, name: str, of: type[Word], default: Word) -> Word:
        """A word of an enum; the default where nothing known was chosen."""
        value = request.form.get(name, "")
        return of(value) if value in set(of) else default

    def file(self, name: str, *, required: bool = False) -> bytes | None:
        """An uploaded file's bytes; None where none was chosen."""
        sent = request.files.get(name)
        data = (sent.read() or None) if sent is not None and sent.filename else None
        if required and data is None:
            self.problems.append(Problem(name, "file.missing"))
        return data

    def scan(self, name: str, *, required: bool = False) -> bytes | None:
        """A scan's bytes, as `file`; that what was chosen is none is among the problems."""
        data = self.file(name, required=required)
        if data is not None and scans.kind_of(data) is None:
            self.problems.append(Problem(name, "file.not_scan"))
        return data

    def again(self) -> dict[str, str]:
        """What was typed, to be shown again."""
        return request.form.to_dict()


def faults_of(refusal: Invalid | BadFile | TooLarge) -> tuple[Problem, ...]:
    """What a verb found wrong with a form; what it says of a file alone belongs to the field `file`."""
    return refusal.problems if isinstance(refusal, Invalid) else (Problem("file", refusal.key, refusal.params),)


def shown(problems: Iterable[Problem], labels: dict[str, str] | None = None) -> list[Shown]:
    """Problems in words, each with its field's label."""
    return [_shown(problem, labels or {}) for problem in problems]


def _shown(problem: Problem, labels: dict[str, str]) -> Shown:
    """A problem of a field, or of a place of the document that the sheet shows."""
    if anchor := problem.params.get("anchor"):
        return Shown("", problem_told(problem), "wrong", problem.place, anchor)
    label = labels.get(problem.place.split(".")[0])
    tone = "missing" if problem.key in MISSING else "wrong"
    return Shown(problem.place, problem_told(problem), tone, _(label) if label else "")


def sent(name: str) -> Any:
    """A hidden value of the form; "" where there is none."""
    return request.form.get(name, "")
