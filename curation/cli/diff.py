"""``curate diff``: what changed between two states of the catalog, by meaning."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.digest import Digest

HELP = "show what changed between two states of the catalog"
EXAMPLE = """
curate diff
curate diff main..HEAD
curate diff old-catalog..catalog
curate diff dist/1.0.0..dist/1.1.0
curate diff main..HEAD --format html --to changes.html
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "span",
        nargs="?",
        default="",
        metavar="BASE[..HEAD]",
        help="git revisions, folders of catalogs, or folders or URLs of releases "
        "(default: HEAD against the working tree); BASE...HEAD is since HEAD left BASE",
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="text (default), json, Markdown for a comment, or a page of HTML",
    )
    parser.add_argument("--to", type=Path, metavar="FILE", help="write there instead of stdout")


def run(options: argparse.Namespace, out: Output) -> int:
    """Tell the changes; whether there are any is no matter of the exit code."""
    chosen = options.format or ("json" if out.json else "text")
    if out.json and chosen != "json":
        raise UsageError(f"--json and --format {chosen}", hint="give one of them")
    from curation import review
    from curation.cli.sides import states

    catalog = catalog_for(options.span)
    base, head = review.open_sides(options.span, catalog)
    with out.progress("comparing"):
        digest = review.digest(*states(base, head, catalog))
    if options.to:
        from curation.store import atomic

        atomic.replace(options.to, FORMATS[chosen](digest).encode())
        out.note(f"{chosen} written to {options.to}")
    else:
        _print(digest, chosen, out)
    return 0


def _print(digest: Digest, chosen: str, out: Output) -> None:
    from curation import review

    if chosen == "json":
        out.document(digest)
    elif chosen == "text":
        out.styled(review.lines(digest))
    else:
        for text in FORMATS[chosen](digest).splitlines():
            out.line(text)


def _text(digest: Digest) -> str:
    from curation import review
    from curation.cli import terminal

    return terminal.plain(review.lines(digest))


def _json(digest: Digest) -> str:
    from curation import canonical

    return canonical.dumps(digest)


def _markdown(digest: Digest) -> str:
    from curation.review import markdown

    return markdown.render(digest)


def _html(digest: Digest) -> str:
    from curation.review import html

    return html.render(digest)


def catalog_for(span: str) -> Path | None:
    """The catalog that ``span`` is about, or None where two folders are compared outside of one."""
    from curation.roots import find_catalog

    try:
        return find_catalog()
    except UsageError:
        if ".." not in span:
            raise
        return None  # two folders can be compared from anywhere


#: A format: the digest as the text of a file.
FORMATS: dict[str, Callable[[Digest], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "html": _html,
}
