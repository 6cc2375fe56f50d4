"""What a code means, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from curation.checks import manual
from curation.checks.codes import CODES, mending
from curation.cli.output import Output


def write(code: str, out: Output) -> None:
    """Print why the code is held against a catalog, a wrong and a right example."""
    page, about = manual.page(code), CODES[code]
    out.line(f"{out.style(code, 'bold')} {about.title} ({about.severity})")
    out.line()
    for line in textwrap.wrap(page.why, 96):
        out.line(line)
    _example("wrong", page.wrong | {path: f"-> {to}" for path, to in page.links.items()}, out)
    _example("right", page.right, out)
    fix = mending(code, "ID")
    if fix:
        out.line()
        out.line(f"to mend it: {fix}")
    told = {"code": code, "title": about.title, "severity": about.severity, "fix": fix}
    out.data({**told, "why": page.why, "wrong": page.wrong, "right": page.right})


def _example(word: str, files: Mapping[str, str], out: Output) -> None:
    for path, text in files.items():
        out.line()
        out.line(f"{out.style(word, 'red' if word == 'wrong' else 'green')}: {manual.place(path)}")
        for line in text.strip("\n").split("\n"):
            out.line(f"    {line}")
