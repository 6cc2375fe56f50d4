"""What models are made from: no circles."""

from __future__ import annotations

from collections.abc import Iterator

from curation.checks.claims import Claim, of_record
from curation.checks.world import World


def of_catalog(world: World) -> Iterator[Claim]:
    """Circles of base models, each told once, at the member that comes first."""
    names = {alias: name for name, row in world.records.items() for alias in row.aliases}
    names |= {name: name for name in world.records}
    edges = {
        name: [names[base] for base in row.bases if base in names]
        for name, row in world.records.items()
        if row.bases
    }
    for circle in _circles(edges):
        way = " is made from ".join((*circle, circle[0]))
        yield of_record(circle[0], "CUR241", ("facts", "base_models"), way)


def _circles(edges: dict[str, list[str]]) -> Iterator[list[str]]:
    """One circle for each edge that closes one; without recursion, for long chains."""
    done: set[str] = set()
    for start in sorted(edges):
        path: dict[str, None] = {}
        todo = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                path.popitem()
                done.add(name)
            elif name in path:
                way = list(path)
                yield _turned(way[way.index(name) :])
            elif name not in done:
                path[name] = None
                todo.append((name, True))
                todo += [(base, False) for base in edges.get(name, ())]


def _turned(circle: list[str]) -> list[str]:
    at = circle.index(min(circle))
    return circle[at:] + circle[:at]
