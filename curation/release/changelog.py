"""``CHANGES.md``: what a release changes, for people.

Ids and values stand in code spans, where nothing that the Hub says is Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from curation.ids import clip
from curation.published import Changes
from curation.release.compare import Moved

#: Lines of one section; the rest is counted, and stands in changes.json.
MOST = 200


def text(version: str, changes: Changes) -> str:
    """The document; empty sections are left out."""
    sections = {
        "For readers of the files": changes.breaks,
        "More for readers of the files": changes.grown,
        "Lost without a word": map(_code, changes.lost),
        "Removed": map(_code, changes.removed),
        "Renamed": (f"{_code(a)} is {_code(b)}" for a, b in changes.renamed.items()),
        "Added": map(_code, changes.added),
        "Other tags": _moves(changes.tags),
        "Other facts": _moves(changes.facts),
    }
    parts = [f"# {version}\n\n{_opening(changes)}.\n"]
    parts += [_section(title, list(lines)) for title, lines in sections.items()]
    return "\n".join(part for part in parts if part)


def _opening(changes: Changes) -> str:
    if changes.previous is None:
        return "This is the first release"
    what = "Nothing but counts has" if changes.level == "none" else "What has"
    return f"{what} changed since {changes.previous}"


def _section(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    shown = "".join(f"- {line}\n" for line in lines[:MOST])
    rest = f"- and {len(lines) - MOST} more, in changes.json\n" if len(lines) > MOST else ""
    return f"## {title}: {len(lines)}\n\n{shown}{rest}"


def _moves(moved: Moved) -> Iterator[str]:
    for model_id, fields in moved.items():
        yield f"{_code(model_id)}: {', '.join(_fields(fields))}"


def _fields(fields: Mapping[str, tuple[object, object]]) -> Iterable[str]:
    for name, (old, new) in fields.items():
        yield f"{name} {_code(_shown(old))} → {_code(_shown(new))}"


def _shown(value: object) -> str:
    if value is None or value == ():
        return "none"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _code(text: str) -> str:
    """A code span on one line: no backtick of the text can end it."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in clip(text))
    return f"`{plain.replace('`', chr(0x27))}`"
