"""The measures of the house: small modules, small functions, data folders without code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def sources(project: Path) -> Iterator[tuple[str, str]]:
    for folder in ("curation", "scripts"):
        for path in sorted((project / folder).rglob("*.py")):
            yield path.relative_to(project).as_posix(), path.read_text(encoding="utf-8")


def test_no_module_is_too_long(project: Path) -> None:
    lengths = {name: len(text.splitlines()) for name, text in sources(project)}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_too_long(project: Path) -> None:
    too_long = [
        f"{name}:{node.lineno} {node.name}"
        for name, text in sources(project)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_only_the_command_line_exits(project: Path) -> None:
    exits = [
        f"{name}:{node.lineno}"
        for name, text in sources(project)
        if name.startswith("curation/") and name != "curation/__main__.py"
        if not name.startswith("curation/cli/")
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Name) and node.id in ("SystemExit", "exit", "quit"))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.exit", "os._exit"))
    ]
    assert exits == []


def test_the_data_folders_hold_no_code(project: Path) -> None:
    code = [path for name in ("catalog", "schemas") for path in (project / name).rglob("*.py*")]
    assert code == []


def test_tests_have_no_package_files(project: Path) -> None:
    assert list((project / "tests").rglob("__init__.py")) == []
