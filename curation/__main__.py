"""``python -m curation`` is ``curate``."""

from __future__ import annotations

from curation.cli.process import run

if __name__ == "__main__":
    run()
