"""Write ``schemas/*.schema.json`` from the types; with --check only say what has drifted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from curation import canonical
from curation.shapes import KINDS, schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def wanted() -> dict[Path, str]:
    """Path: text of every schema, as the types have it."""
    return {FOLDER / f"{kind.name}.schema.json": canonical.dumps(schema(kind)) for kind in KINDS}


def drift() -> list[Path]:
    """The files that are not as ``wanted``: outdated, absent, or of no kind any more."""
    files = wanted()
    stale = [path for path, text in files.items() if not _says(path, text)]
    return sorted(stale + [path for path in FOLDER.glob("*") if path not in files])


def write() -> None:
    """Bring the folder to what is ``wanted``."""
    FOLDER.mkdir(exist_ok=True)
    files = wanted()
    for path in drift():
        if path in files:
            path.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on drift")
    if not parser.parse_args().check:
        write()
        return 0
    stale = drift()
    for path in stale:
        print(f"{path.relative_to(FOLDER.parent)} has drifted; run {sys.argv[0]}", file=sys.stderr)
    return 1 if stale else 0


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
