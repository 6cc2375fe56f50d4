"""``curate validate``: check the files of the catalog."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curation.cli.output import Output
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.records import Finding

HELP = "check the files of the catalog"
EXAMPLE = """
curate validate
curate validate catalog/models/ProsusAI --fix
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders of the catalog"
    )
    parser.add_argument(
        "--all", action="store_true", help="check all files (so it is without a PATH, too)"
    )
    parser.add_argument("--fix", action="store_true", help="mend what needs no decision")


def run(options: argparse.Namespace, out: Output) -> int:
    """Print every finding and return 1 if there is one."""
    from curation import checks

    if options.all and options.paths:
        raise UsageError("--all means every file, PATH means some; give one of them")
    root, below = _scope(options.paths)
    with out.progress("checking"):
        findings = checks.check_files(root, below)
    mended = []
    if options.fix:
        mended = _mend(root, findings)
        findings = checks.check_files(root, below)
    _report(root, findings, mended, out)
    return 1 if findings else 0


def _scope(paths: Sequence[Path]) -> tuple[Path, list[str]]:
    """The catalog, and the paths below it that are to be checked ('' is all of it)."""
    from curation.roots import find_catalog

    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    root = find_catalog(paths[0].parent.resolve() if paths else None)
    return root, [_relative(path, root) for path in paths] or [""]


def _relative(path: Path, root: Path) -> str:
    # Only the folder is resolved: a link is looked at, not what it leads to.
    whole = path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name
    if whole in (root, *root.parents):
        return ""
    if not whole.is_relative_to(root):
        raise UsageError(f"{path} is not in the catalog {root}")
    return whole.relative_to(root).as_posix()


def _mend(root: Path, findings: Iterable[Finding]) -> list[str]:
    from curation import checks
    from curation.checks.codes import MEND
    from curation.store import atomic, tree
    from curation.store.catalog import Catalog

    mended = []
    with Catalog(root).lock():
        for path in sorted({one.path for one in findings if one.fix == MEND}):
            wanted = checks.mended(path, tree.read(root / path))
            if wanted is not None:
                atomic.replace(root / path, wanted)
                mended.append(path)
    return mended


def _report(root: Path, findings: Sequence[Finding], mended: Sequence[str], out: Output) -> None:
    from msgspec import structs

    shown = [structs.replace(one, path=_shown(root, one.path)) for one in findings]
    for one in shown:
        place = out.style(f"{one.path}:{one.line}" if one.line else one.path, "bold")
        fix = f"; {_worded(one.fix)}" if one.fix else ""
        out.line(f"{place} {out.style(one.code, 'red')} {one.message}{fix}")
    for path in mended:
        out.line(f"mended {_shown(root, path)}")
    files = {one.path for one in shown}
    out.line(f"findings: {len(shown)}, in files: {len(files)}" if shown else "no findings")
    out.data({"findings": shown, "mended": [_shown(root, path) for path in mended]})


def _shown(root: Path, path: str) -> str:
    """``path`` as it can be opened from the working folder."""
    return Path(os.path.relpath(root / path)).as_posix()


def _worded(fix: str) -> str:
    return f"run '{fix}'" if fix.startswith("curate ") else fix
