"""How large things may grow, and what they may be called. Ruff counts parameters and branches."""

import ast
import re

from config.settings import ROOT
from tests.house.source import functions_of, name_of, python_files, text_files, tree_of

LINES_IN_A_FILE = 400
LINES_IN_A_FUNCTION = 50
BANNED_STARTS = ("get_", "do_", "handle_", "process_")
BANNED_WORDS = {"manager", "helper", "helpers", "util", "utils", "common", "misc", "dao"}
# Names that a library calls and we cannot choose: SQLAlchemy's column types, methods of Flask, WTForms, http.server.
NOT_OURS = {"process_bind_param", "process_result_value", "process_formdata", "get_id", "get_locale", "do_POST"}


def test_packages_are_only_folders() -> None:
    filled = [name_of(path) for path in python_files() if path.name == "__init__.py" and path.read_text().strip()]
    assert not filled, "__init__.py stays empty"


def test_every_module_says_in_one_sentence_what_lives_in_it() -> None:
    silent = []
    for path in python_files():
        if path.name == "__init__.py":
            continue
        first = (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].strip()
        if not first.endswith((".", ".)", "?", "!")):
            silent.append(name_of(path))
    assert not silent


def test_files_stay_short() -> None:
    long = {name_of(path): n for path in python_files() if (n := len(path.read_text().splitlines())) > LINES_IN_A_FILE}
    assert not long


def test_functions_stay_short() -> None:
    long = {
        f"{name_of(path)}:{function.name}": length
        for path in python_files()
        for function in functions_of(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LINES_IN_A_FUNCTION
    }
    assert not long


def test_no_banned_name_is_used() -> None:
    bad = []
    for path in python_files():
        names = [(1, path.stem)]
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.append((node.lineno, node.name))  # noqa: PERF401 - a comprehension of this would be a riddle
        bad += [f"{name_of(path)}:{line} {name}" for line, name in names if is_banned(name)]
    assert not bad


def is_banned(name: str) -> bool:
    """Whether the style guide bans the name."""
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}
    starts_badly = name.lstrip("_").startswith(BANNED_STARTS) and name not in NOT_OURS
    return starts_badly or bool(words & BANNED_WORDS)


def test_no_file_names_a_machine() -> None:
    here = [re.escape(f"{ROOT}/")]
    pattern = re.compile(r"(?<![\w.~-])(?:" + "|".join([*here, r"/home/[a-z]\w*/", r"/Users/\w+/", r"/root/"]) + ")")
    found = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) and "re.compile" not in line:
                found.append(f"{name_of(path)}:{number}")
    assert not found
