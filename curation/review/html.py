"""The digest as one HTML page that loads nothing and runs nothing but its own filter."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from curation.digest import Digest, Item
from curation.ids import clip
from curation.review import words
from curation.review.headlines import headline
from curation.review.visible import visible
from curation.review.words import Phrase, Said

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

#: Pieces of evidence shown of each side, and characters of a value that is shown in full.
MOST_REASONS = 8
MOST_CHARACTERS = 2_000
_LONG = 60


def render(digest: Digest) -> str:
    """The page. Raises nothing: whatever is not ours is text in it, never markup."""
    from markupsafe import Markup

    page = _environment()
    style, script = (_asset(page, name) for name in ("style.css", "filter.js"))
    return page.get_template("page.html").render(
        digest=digest,
        facets=_facets(digest),
        most=MOST_REASONS,
        policy=_policy(style, script),
        style=Markup(style),  # our own files
        script=Markup(script),
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("curation.review", "page")
    page = Environment(loader=loader, autoescape=True, keep_trailing_newline=True)
    page.filters |= {
        "counted": words.counted,
        "evidence": lambda reason: _say(words.reason(reason)),
        "full": _full,
        "heading": words.heading,
        "headline": lambda item: _say(headline(item)),
        "is_long": _is_long,
        "routine": words.routine,
        "seen": visible,
        "short": words.short,
        "side": lambda name: visible(words.side(name)),
        "title": lambda group: _say(words.title(group)),
    }
    return page


def _asset(page: Environment, name: str) -> str:
    assert page.loader
    return page.loader.get_source(page, name)[0]


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: our style and script by their hashes, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _facets(digest: Digest) -> list[str]:
    """The names that can be filtered by."""
    told = (section for section in digest.sections if section.risk != "routine")
    items = (item for section in told for group in section.groups for item in group.items)
    return sorted({visible(words.short(item.field)) for item in items} - {""})


def _say(phrase: Phrase) -> Markup:
    from markupsafe import Markup, escape

    return Markup("").join(
        Markup("<code>%s</code>") % visible(part) if isinstance(part, Said) else escape(part)
        for part in phrase
    )


def _is_long(item: Item) -> bool:
    """Whether the headline shows less than all of the values."""
    if item.kind in ("added", "removed", "tombstone", "waiver", "rejection"):
        return False  # they have parts, and the headline tells them
    if item.kind == "rule":
        return item.field != "disable"
    return max(map(len, map(_written, (item.old, item.new)))) > _LONG


def _full(value: Any) -> str:
    return visible(clip(_written(value), MOST_CHARACTERS))


def _written(value: Any) -> str:
    if value is None:
        return "unstated"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
