"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from config.settings import ROOT
from tests.house.source import FLOORS, functions_of, imports_of, module_of, name_of, python_files, tree_of

# Files that hold rules: pure functions and tables, wherever they stand.
RULE_FILES = {"lifecycle", "route", "numbering", "ladder", "form", "scoring", "path", "permissions", "urgency", "weeks"}
MACHINERY = ("flask", "flask_sqlalchemy", "sqlalchemy", "celery", "docx", "docxtpl", "lxml", "yaml", "holidays")
# Heavy libraries that the one file owning them may load late.
HEAVY = {
    *("alembic", "docx", "docxtpl", "flask_migrate", "holidays", "icalendar", "numpy", "openpyxl"),
    *("psycopg", "pyhanko", "pyhanko_certvalidator", "scipy", "xlsxwriter"),
}


def rule_files() -> list[Path]:
    return [path for path in python_files("governance") if path.stem.partition("_")[0] in RULE_FILES]


def test_the_contracts_hold() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-4000:]


def test_no_floor_stands_beside_the_contracts() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*FLOORS, "tests"}
    assert {path.name for path in ROOT.glob("*.py")} == {"wsgi.py"}


@pytest.mark.parametrize("path", rule_files(), ids=name_of)
def test_a_rule_file_imports_only_the_standard_library_and_the_house(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"governance"}
    foreign = {module for _, module in imports_of(tree_of(path)) if module.split(".")[0] not in allowed}
    assert not foreign


def test_no_rule_file_reaches_machinery_even_through_others() -> None:
    graph = grimp.build_graph("governance", include_external_packages=True, cache_dir=None)
    chains = [
        " -> ".join(chain)
        for path in rule_files()
        for machine in MACHINERY
        if machine in graph.modules and (chain := graph.find_shortest_chain(module_of(path), machine))
    ]
    assert not chains


def test_nothing_is_imported_inside_a_function_but_heavy_libraries() -> None:
    late = []
    for path in python_files(*FLOORS):
        top = {line for line, _ in imports_of(tree_of(path)) if _at_top(path, line)}
        late += [
            f"{name_of(path)}:{line} {module}"
            for line, module in imports_of(tree_of(path))
            if line not in top and module.split(".")[0] not in HEAVY
        ]
    assert not late


def _at_top(path: Path, line: int) -> bool:
    return any(node.lineno == line for node in tree_of(path).body)


def test_each_heavy_library_has_one_owner() -> None:
    for library in HEAVY:
        owners = {
            name_of(path)
            for path in python_files(*FLOORS)
            if any(module.split(".")[0] == library for _, module in imports_of(tree_of(path)))
        }
        assert len(owners) <= 1, f"{library} is imported by {sorted(owners)}"


def test_only_the_transaction_itself_commits() -> None:
    calls = [
        f"{name_of(path)}:{number}"
        for path in python_files(*FLOORS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ".commit()" in line and name_of(path) != "governance/kernel/db.py"
    ]
    assert not calls, "only transaction() in governance/kernel/db.py commits"


def test_only_workflows_open_a_transaction() -> None:
    openers = {
        name_of(path)
        for path in python_files(*FLOORS)
        if "with transaction(" in path.read_text(encoding="utf-8") and path.relative_to(ROOT).parts[0] != "workflows"
    }
    assert not openers


def test_the_door_opens_on_the_web_and_nobody_walks_back_through_it() -> None:
    door = {module.split(".")[0] for _, module in imports_of(tree_of(ROOT / "wsgi.py"))}
    assert door - sys.stdlib_module_names == {"config", "web"}
    assert not [
        name_of(path) for path in python_files(*FLOORS) for _, module in imports_of(tree_of(path)) if module == "wsgi"
    ]


def verbs() -> dict[str, ast.FunctionDef]:
    """Dotted name -> function, of every public function in workflows/ that opens a transaction."""
    return {
        f"{module_of(path)}.{function.name}": function
        for path in python_files("workflows")
        for function in functions_of(path)
        if isinstance(function, ast.FunctionDef) and function.name[0] != "_" and _opens_transaction(function)
    }


def _opens_transaction(function: ast.FunctionDef) -> bool:
    calls = [item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items]
    return any(isinstance(call, ast.Call) and ast.unparse(call.func).endswith("transaction") for call in calls)


def test_a_verb_calls_no_verb() -> None:
    known = verbs()
    wrong = []
    for name, verb in known.items():
        module = name.rsplit(".", 1)[0]
        for call in (node for node in ast.walk(verb) if isinstance(node, ast.Call)):
            called = ast.unparse(call.func)
            if f"{module}.{called}" in known or f"workflows.{called}" in known:
                wrong.append(f"{name} calls {called}")
    assert not wrong, "a verb leaves a job for its consequences; it calls no other verb"
