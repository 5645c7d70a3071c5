"""For pybabel alone: finds the texts that stand as data, in tables of sentences and in the kinds' TOML files."""

import ast
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Message = tuple[int, str | None, str, list[str]]  # line, function, text, comments
SHOWN = ("label", "title", "help")


def sentences(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Every text of the dictionaries that stand at the top of a Python module, as in governance/notices/wording.py."""
    for statement in ast.parse(file.read()).body:
        table = getattr(statement, "value", None)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not isinstance(table, ast.Dict):
            continue
        for value in table.values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, None, value.value, []


def kinds(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """What the draft form shows of a kind: labels, helps and titles of its sections, fields and columns."""
    content = file.read().decode("utf-8")
    data = tomllib.loads(content)
    columns = (column for field in data.get("fields", ()) for column in field.get("columns", ()))
    for entry in (*data.get("sections", ()), *data.get("fields", ()), *columns):
        for name in SHOWN:
            if entry.get(name):
                yield content.count("\n", 0, content.find(entry[name])) + 1, None, entry[name], []
