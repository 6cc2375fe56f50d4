"""Keep today's rule packs and calibration for catalogs that pin them; a step of every release.

What is archived under a version never changes: with --check, and before anything is written, a
pack that differs from what its version already holds is named, and needs a higher version.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from curation import canonical, packs
from curation.tagging import calibration


def wanted() -> dict[Path, str]:
    """Path: text of the archive of every stock pack and of the calibration, as of today."""
    texts = {
        packs.archived(pack.name, pack.version): canonical.dumps(packs.to_keep(pack))
        for pack in packs.stock()
    }
    fitted = calibration.load()
    return texts | {packs.archived(packs.CALIBRATION, fitted.version): canonical.dumps(fitted)}


def changed() -> list[Path]:
    """The archived files that hold something else under the version of today's packs."""
    files = wanted().items()
    return [path for path, text in files if path.is_file() and path.read_text("utf-8") != text]


def write() -> None:
    """Archive what is not archived yet."""
    for path, text in wanted().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on a change")
    options = parser.parse_args()
    stale = changed()
    for path in stale:
        print(f"{path.parent.name} {path.stem} is archived and was changed; raise its version")
    if not stale and not options.check:
        write()
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
