"""Imports go down the house, never up, never between stages, never in a circle.

Every import counts, also one inside a function or under TYPE_CHECKING.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOOR_0 = {
    "__init__",
    "canonical",
    "cards",
    "errors",
    "ids",
    "model",
    "published",
    "records",
    "roots",
    "rules",
}

Graph = dict[str, set[str]]


def read_imports(root: Path, package: str = "curation") -> Graph:
    """Module name -> the modules of ``package`` that it imports."""
    files = {_module(path, root): path for path in (root / package).rglob("*.py")}
    return {name: set(_targets(path, name, files)) for name, path in files.items()}


def wrong_arrows(graph: Graph) -> list[str]:
    return sorted(
        f"{source} -> {target}"
        for source, targets in graph.items()
        for target in targets
        if not allowed(source, target)
    )


#: The package's front door leads consumers to where releases are read.
FRONT_DOOR = ("curation", "curation.release.reading")


def allowed(source: str, target: str) -> bool:
    if (source, target) == FRONT_DOOR:
        return True
    if room(target) == "cli":
        return room(source) == "cli"
    if floor(source) == floor(target) == 2:
        return room(source) == room(target)
    return floor(source) >= floor(target)


def floor(module: str) -> int:
    match room(module):
        case "cli":
            return 4
        case "pipeline":
            return 3
        case "":
            return 0 if module.removeprefix("curation.") in FLOOR_0 | {"curation"} else 1
        case _:
            return 2


def room(module: str) -> str:
    """The stage (or pipeline, or cli) that a module is part of; '' on the two lowest floors."""
    parts = module.split(".")
    if module == "curation.__main__":
        return "cli"
    if len(parts) > 1 and parts[1] in STAGES | {"cli", "pipeline"}:
        return parts[1]
    return ""


def circles(graph: Graph) -> list[str]:
    """One line for each import circle found."""
    found: list[str] = []
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            found.append(" -> ".join([*path[path.index(module) :], module]))
        elif module not in done:
            for target in sorted(graph.get(module, ())):
                visit(target, [*path, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _targets(path: Path, module: str, files: dict[str, Path]) -> Iterator[str]:
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, package)
            for alias in node.names:
                longer = f"{base}.{alias.name}"
                yield from [longer] if longer in files else [base] if base in files else []


def _base(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parent = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
    return f"{parent}.{node.module}" if node.module else parent


ROOT = Path(__file__).resolve().parents[1]
STAGES = {path.parent.name for path in (ROOT / "curation").glob("*/*.py")} - {"cli", "store"}


@pytest.fixture(scope="module")
def graph(project: Path) -> Graph:
    return read_imports(project)


def test_no_arrow_points_up_or_between_stages(graph: Graph) -> None:
    assert wrong_arrows(graph) == []


def test_no_import_circle(graph: Graph) -> None:
    assert circles(graph) == []


def test_the_walk_sees_the_whole_house(graph: Graph) -> None:
    assert len(graph) > 20
    assert "curation.errors" in graph["curation.cli.main"]
    assert {"hub", "card", "tagging"} <= STAGES


@pytest.mark.parametrize(
    ("source", "target", "legal"),
    [
        ("curation.ids", "curation.errors", True),
        ("curation.ids", "curation.store.catalog", False),
        ("curation.store.catalog", "curation.packs", True),
        ("curation.store.catalog", "curation.hub.client", False),
        ("curation.hub.client", "curation.hub.wire.quota", True),
        ("curation.hub.client", "curation.store.catalog", True),
        ("curation.hub.client", "curation.card", False),
        ("curation.hub.client", "curation.pipeline", False),
        ("curation.pipeline", "curation.hub.client", True),
        ("curation.pipeline", "curation.cli.output", False),
        ("curation.cli.sync", "curation.pipeline", True),
        ("curation.cli.sync", "curation.cli.output", True),
        ("curation.store.catalog", "curation.cli.output", False),
        ("curation.__main__", "curation.cli.main", True),
    ],
)
def test_what_may_import_what(source: str, target: str, legal: bool) -> None:
    assert allowed(source, target) is legal


@pytest.mark.parametrize(
    "code",
    [
        "import curation.low",
        "from curation import low",
        "from curation.low import thing",
        "from . import low",
        "from .low import thing",
        "def f():\n    from curation import low",
        "if TYPE_CHECKING:\n    import curation.low",
    ],
)
def test_every_way_to_import_is_seen(tmp_path: Path, code: str) -> None:
    package = tmp_path / "curation"
    package.mkdir()
    for name, text in {"__init__": "", "low": "from curation import high", "high": code}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    graph = read_imports(tmp_path)
    assert graph["curation.high"] == {"curation.low"}
    assert circles(graph) == ["curation.high -> curation.low -> curation.high"]
