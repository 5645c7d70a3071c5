"""What every page is told (who reads, what is unread, this view's address) is not told otherwise by one page alone."""

import ast
import re

from config.settings import ROOT
from tests.house.source import python_files, tree_of

EVERYWHERE = {"actor", "demo", "here", "last_scan", "locale", "other_posts", "unread"}
SET = re.compile(r"{%-?\s*set\s+(\w+)")


def _told_by_views() -> set[str]:
    return {
        f"{path.name}: {keyword.arg}"
        for path in python_files("web")
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "render_template"
        for keyword in call.keywords
        if keyword.arg in EVERYWHERE
    }


def _set_in_templates() -> set[str]:
    return {
        f"{path.name}: {name}"
        for path in (ROOT / "web" / "templates").glob("*.html")
        for name in SET.findall(path.read_text(encoding="utf-8"))
        if name in EVERYWHERE
    }


def test_no_page_takes_a_name_that_every_page_has() -> None:
    """A page that calls its form's address `here` shares that address as its own."""
    assert _told_by_views() | _set_in_templates() == set()


def test_the_names_are_those_that_are_told_everywhere() -> None:
    shown = (ROOT / "web" / "shown.py").read_text(encoding="utf-8")
    assert all(f'"{name}"' in shown for name in EVERYWHERE)
