"""The building as the house tests see it: its own source files, and their syntax trees."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from config.settings import ROOT

FLOORS = ("config", "governance", "workflows", "web")
FOLDERS = (*FLOORS, "tests")


def python_files(*folders: str) -> list[Path]:
    """Every module under `folders` (all of ours when none is named), and wsgi.py with the floors."""
    found = [path for folder in folders or FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return found if folders else [*found, ROOT / "wsgi.py"]


def name_of(path: Path) -> str:
    """How a failing test calls the file."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """The dotted name of the module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of every import below `tree`; `from a import b` counts as `a` and as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def text_files() -> list[Path]:
    """Every text file that travels with the project."""
    kinds = {".py", ".toml", ".yaml", ".yml", ".md", ".txt", ".html", ".css", ".js", ".po", ".cfg", ".ini", ".mako"}
    named = [ROOT / "Makefile", ROOT / ".gitignore", *(ROOT / ".ci").iterdir()]
    roots = [ROOT / folder for folder in (*FOLDERS, "docs", "doc_templates", "migrations")]
    found = [path for root in roots for path in root.rglob("*") if path.suffix in kinds and path.is_file()]
    return [*named, *found, *(path for path in ROOT.iterdir() if path.suffix in kinds)]
