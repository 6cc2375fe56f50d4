"""Take the pictures in docs/review.md: the comment as GitHub would show it, and the page.

From a night that ``play_night.py`` wrote. It takes Chromium, and fonts with letters and symbols.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt

DOCS = Path(__file__).resolve().parents[1] / "docs"
#: Pixels of the pictures; what is longer is cut at the bottom.
WIDTH, HEIGHT = 900, 1480

#: How GitHub sets a comment, nearly.
STYLE = """
body { background: #fff; margin: 16px; }
.comment { border: 1px solid #d1d9e0; border-radius: 6px; color: #1f2328; overflow: hidden;
  font: 14px/1.5 "Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif; }
.who { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; }
.text { padding: 8px 16px; }
h2, h3 { line-height: 1.25; margin: 20px 0 12px; }
h2 { border-bottom: 1px solid #d1d9e0b3; padding-bottom: .3em; font-size: 1.5em; }
h3 { font-size: 1.25em; }
ul { padding-left: 2em; margin: 0 0 14px; }
li ul { margin: 0; }
li p { margin: 0; }
code { background: #818b981f; border-radius: 6px; padding: .2em .4em;
  font: 85%/1 "DejaVu Sans Mono", monospace; }
"""


def comment(night: Path) -> str:
    """The policy's answer and the changes, as a page with one comment."""
    source = "\n".join((night / name).read_text("utf-8") for name in ("verdict.md", "changes.md"))
    shown = MarkdownIt("gfm-like").render(source)
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class=comment>"
        f"<div class=who><b>github-actions</b> bot commented</div>"
        f"<div class=text>{shown}</div></div>"
    )


def shoot(page: Path, picture: Path) -> None:
    """Write what Chromium shows of ``page``, in few colours."""
    from PIL import Image

    with TemporaryDirectory(prefix="curate-shot-") as profile:
        command = [
            _browser(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
        ]
        command += [f"--user-data-dir={profile}", f"--window-size={WIDTH},{HEIGHT}"]
        command += [f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    with Image.open(picture) as image:
        image.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE).save(picture, optimize=True)


def _browser() -> str:
    found: Iterator[str | None] = map(shutil.which, ("chromium", "chromium-browser"))
    browser = next(filter(None, found), None)
    if browser is None:
        sys.exit("no Chromium here: 'apt-get install chromium'")
    return browser


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("night", type=Path, help="the folder that play_night.py wrote")
    parser.add_argument("--to", type=Path, default=DOCS, help="where the pictures go")
    options = parser.parse_args()
    night, to = options.night.resolve(), options.to.resolve()
    with TemporaryDirectory(prefix="curate-comment-") as folder:
        page = Path(folder, "comment.html")
        page.write_text(comment(night), encoding="utf-8")
        shoot(page, to / "review-comment.png")
    shoot(night / "changes.html", to / "review-page.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
