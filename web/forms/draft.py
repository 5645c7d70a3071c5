"""The draft form: a kind's fields laid out in sections, and what was sent read back into fields."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from governance.documents.comments import Comment
from governance.documents.doubts import Doubt
from governance.documents.kinds import LIST_TYPES, Column, FieldSpec, Kind, Section
from governance.documents.phrases import LIST_MARKS, capital_first
from governance.documents.starting import source_now
from governance.documents.values import as_date, is_blank
from governance.kernel.errors import Problem
from governance.people.facts import InstitutionFacts, PostFact
from web.wording import told

BLANK_ROWS: dict[str, Any] = {
    "texts": "",
    "members": {"role": "", "post": "", "office": ""},
    "tasks": {"what": "", "working_days": 10},
}


@dataclass(frozen=True)
class Sections:
    """What the template needs of the form."""

    kind: Kind
    institution: InstitutionFacts
    began: Mapping[str, Any]  # what the draft began with, as the working copy keeps it
    from_word: bool = False  # an uploaded Word file stands: what differs was read from it
    comments: Mapping[str, list[Comment]] = field(default_factory=dict)  # by section

    def laid(
        self,
        fields: Mapping[str, Any],
        problems: Iterable[Problem],
        asked: Iterable[Doubt] = (),
        touched: Collection[str] = (),
    ) -> list[dict[str, Any]]:
        """The sections with their fields; one is open while something in it is missing, wrong, asked or touched."""
        wrong: dict[str, list[Problem]] = {}
        for problem in problems:
            wrong.setdefault(problem.place.split(".")[0], []).append(problem)
        doubts = list(asked)
        return [
            self._section(section, fields, wrong, [one for one in doubts if one.section == section.key], touched)
            for section in self.kind.sections
            if self._specs(section.key)
        ]

    def _section(
        self,
        section: Section,
        fields: Mapping[str, Any],
        wrong: Mapping[str, list[Problem]],
        asked: list[Doubt],
        touched: Collection[str],
    ) -> dict[str, Any]:
        specs = self._specs(section.key)
        found = [problem for spec in specs for problem in wrong.get(spec.key, ())]
        comments = self.comments.get(section.key, [])
        open_ones = [comment for comment in comments if comment.is_open]
        return {
            "key": section.key,
            "title": _(section.title),
            "note": _(section.help) if section.help else "",
            "open_problems": len(found),
            "wrong": any(one.key != "draft.missing" for one in found),
            "doubts": [told(one.key, one.params) for one in asked],
            "comments": comments,
            "open_comments": len(open_ones),
            "is_open": bool(found or asked or open_ones) or any(spec.key in touched for spec in specs),
            "fields": [self._field(spec, fields.get(spec.key)) for spec in specs],
        }

    def _specs(self, section: str) -> list[FieldSpec]:
        return [spec for spec in self.kind.fields if spec.section == section and spec.type != "institution"]

    def _field(self, spec: FieldSpec, value: Any) -> dict[str, Any]:
        return {
            "name": spec.key,
            "label": _(spec.label),
            "kind": spec.type,
            "value": self._value(spec, value),
            "required": spec.required,
            "help": _(spec.help) if spec.help else "",
            "source": self.source(spec.key, value),
            "short": self._in_short(spec, value),
            "options": [(option.key, option.title) for option in spec.options],
            "columns": [self._column(column, spec) for column in spec.columns],
            "roles": [(role.key, role.title) for role in self.kind.roles],
            "posts": [(post.key, self._short(post)) for post in self.institution.posts],
        }

    def source(self, key: str, value: Any) -> str:
        """Where the value that stands there comes from, in words; "" where nothing stands there."""
        found = source_now(key, value, self.began, from_word=self.from_word)
        return capital_first(told(found.key, found.params)) if found else ""

    def _column(self, column: Column, spec: FieldSpec) -> dict[str, Any]:
        """A column at most half as wide as the widest holds a word or two: one line. Others grow with their text."""
        widest = max(one.width for one in spec.columns)
        kind = "text" if 2 * column.width <= widest else "textarea"
        return {"name": column.key, "label": _(column.label), "kind": kind, "rows": 1, "lang": "id"}

    def _in_short(self, spec: FieldSpec, value: Any) -> str:
        """The value in a few words, for a section that is folded; "" where there is none."""
        if is_blank(value):
            return ""
        if spec.type == "date":
            day = as_date(value)
            return format_date(day, "d MMMM y") if day else str(value)
        if spec.type == "choice":
            return next((option.title for option in spec.options if option.key == value), str(value))
        if isinstance(value, list):
            first = next((text for row in value if (text := _first_words(row, self.institution))), "")
            more = len(value) - 1
            return _("%(first)s, dan %(n)s lagi", first=first.rstrip(LIST_MARKS), n=more) if more > 0 else first
        return str(value)

    def _value(self, spec: FieldSpec, value: Any) -> Any:
        if value is None:
            return [] if spec.type in LIST_TYPES else ""
        return [self._member(row) for row in value] if spec.type == "members" and isinstance(value, list) else value

    def _member(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A member whose wording is the post's own title is shown by the post alone, so that another can be chosen."""
        own = {post.key: post.title for post in self.institution.posts}.get(row.get("post") or "")
        return {**row, "office": "" if own and row.get("office") == own else row.get("office")}

    def _short(self, post: PostFact) -> str:
        unit = self.institution.unit(post.unit)
        return post.title.replace(unit.name, unit.short)


def _first_words(row: Any, institution: InstitutionFacts) -> str:
    """What a row is told by: a member by his office, a table's row by its first cell."""
    if not isinstance(row, Mapping):
        return str(row)
    post = next((post.title for post in institution.posts if post.key == row.get("post")), None)
    told_by = (row.get("office"), post, row.get("what"), *row.values())
    return next((str(value) for value in told_by if not is_blank(value)), "")


def blank_row(spec: FieldSpec) -> Any:
    """A new row of a list field."""
    if spec.type == "table":
        return {column.key: "" for column in spec.columns}
    blank = BLANK_ROWS[spec.type]
    return dict(blank) if isinstance(blank, dict) else blank


def labels(kind: Kind) -> dict[str, str]:
    """Each field's label, for the list of problems."""
    return {spec.key: spec.label for spec in kind.fields}


def read_back(kind: Kind, sent: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the form was sent; what the form does not show stays as it was."""
    tree = _tree(sent)
    fields = dict(before)
    for spec in kind.fields:
        if spec.type == "institution" or (spec.key not in tree and not _was_shown(spec, sent)):
            continue
        fields[spec.key] = _value(spec, tree.get(spec.key))
    _rearrange(kind, fields, sent)
    return fields


def _was_shown(spec: FieldSpec, sent: Mapping[str, str]) -> bool:
    """A list without rows sends nothing; the form's own mark says that it was shown."""
    return spec.type in LIST_TYPES and "version" in sent


def _tree(sent: Mapping[str, str]) -> dict[str, Any]:
    """`fields.members.0.role` and its like as nested dicts."""
    tree: dict[str, Any] = {}
    for name, value in sent.items():
        head, *path = name.split(".")
        if head != "fields" or not path or len(path) > 3:
            continue
        place = tree
        for step in path[:-1]:
            below = place.setdefault(step, {})
            place = below if isinstance(below, dict) else {}
        place[path[-1]] = value
    return tree


def _value(spec: FieldSpec, value: Any) -> Any:
    if spec.type in LIST_TYPES:
        rows = value if isinstance(value, dict) else {}
        ordered = sorted((key for key in rows if key.isascii() and key.isdigit()), key=int)
        return [_row(spec, rows[key]) for key in ordered]
    if isinstance(value, dict) or value is None or not value.strip():
        return None
    text = value.replace("\r\n", "\n").strip()
    return int(text) if spec.type == "year" and text.isascii() and text.isdigit() and len(text) < 6 else text


def _row(spec: FieldSpec, row: Any) -> Any:
    if spec.type == "texts":
        return row.replace("\r\n", "\n").strip() if isinstance(row, str) else ""
    row = row if isinstance(row, dict) else {}
    kept = {name: (row.get(name) or "").strip() or None for name in blank_row(spec)}
    days = kept.get("working_days")
    if isinstance(days, str) and days.isascii() and days.isdigit() and len(days) < 6:
        kept["working_days"] = int(days)
    return kept


def _rearrange(kind: Kind, fields: dict[str, Any], sent: Mapping[str, str]) -> None:
    """The buttons beside lists: add a row, remove one, move one up."""
    if (added := kind.spec(sent.get("add", ""))) is not None and added.type in LIST_TYPES:
        fields[added.key] = [*(fields.get(added.key) or []), blank_row(added)]
    for act in ("remove", "up"):
        name, _dot, place = sent.get(act, "").partition(".")
        rows = fields.get(name)
        if not isinstance(rows, list) or not place.isdigit() or int(place) >= len(rows):
            continue
        row = rows.pop(int(place))
        if act == "up":
            rows.insert(max(0, int(place) - 1), row)


def filled_in(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without rows that were added and never filled: what a submission is judged by."""
    return {
        name: [row for row in value if not _empty(row)] if isinstance(value, list) else value
        for name, value in fields.items()
    }


def _empty(row: Any) -> bool:
    if isinstance(row, Mapping):
        return all(is_blank(value) for name, value in row.items() if name != "working_days")
    return is_blank(row)
