"""Write ``docs/checks.md`` from the table of codes and their examples.

``--check`` writes nothing and fails if the file is not what it would be.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from curation.checks import CODES, manual
from curation.checks.codes import mending

TARGET = Path(__file__).resolve().parents[1] / "docs" / "checks.md"
LAYERS = {
    "CUR1": "Each file on its own",
    "CUR2": "Records, and how files fit together",
    "CUR3": "The table of records (`curate validate --table`)",
    "CUR4": "The catalog as data (`curate audit`)",
    "CUR5": "Changed records beside the Hub (`curate validate --online`)",
    "CUR6": "Another catalog that is brought in (`curate import`)",
}


def text() -> str:
    """The whole document."""
    head = (TARGET.parent / "checks.head.md").read_text(encoding="utf-8")
    return "\n".join([head.rstrip(), *_table(), *_pages()]) + "\n"


def _table() -> Iterator[str]:
    for layer, title in LAYERS.items():
        yield f"\n### {title}\n"
        yield "| code | severity | what |"
        yield "| --- | --- | --- |"
        for code, about in CODES.items():
            if code.startswith(layer):
                yield f"| [{code}](#{code.lower()}) | {about.severity} | {about.title} |"


def _pages() -> Iterator[str]:
    yield "\n## The codes one by one"
    yield "\nRecords are shown as far as they matter; what is left out stands as in a new record."
    for code, about in CODES.items():
        page = manual.page(code)
        yield f"\n### {code}\n"
        yield f"**{about.title[:1].upper()}{about.title[1:]}** ({about.severity}). {page.why}"
        links = {path: f"-> {target}" for path, target in page.links.items()}
        gone = {f"models/{model_id}.json": "(removed)" for model_id in page.before}
        yield from _example("Wrong", {**page.wrong, **links, **gone})
        yield from _example("Right", page.right)
        fix = mending(code, "ID")
        if fix:
            yield f"\nTo mend it: {f'`{fix}`' if fix.startswith('curate ') else fix}."


def _example(word: str, files: Mapping[str, str]) -> Iterator[str]:
    for path, content in files.items():
        kind = "text" if content.startswith(("->", "(")) else path.rpartition(".")[2]
        yield f"\n{word}, `{manual.place(path)}`:\n"
        yield f"```{kind}"
        yield content.strip("\n")
        yield "```"


def main() -> int:
    """Write the document, or check it."""
    wanted = text()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(wanted, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{TARGET.name} is not what its sources make; run 'make fix'")
    return 1


if __name__ == "__main__":
    sys.exit(main())
