"""What a verb may say: lines for people, data for machines, notes and progress on the side.

Results go to stdout; notes, progress and errors go to stderr. With ``--json`` stdout carries JSON
only (one document a line), stderr only errors, as JSON too.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from curation.cli import terminal
from curation.cli.progress import Progress


class Output:
    """The streams of one run. Nothing a verb passes in can steer the terminal."""

    def __init__(
        self,
        *,
        json: bool = False,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.json = json
        self._stdout = stdout or sys.stdout or io.StringIO()
        self._stderr = stderr or sys.stderr or io.StringIO()
        environ = os.environ if environ is None else environ
        self._in_workflow = environ.get("GITHUB_ACTIONS") == "true"
        self._coloured = [
            stream for stream in (self._stdout, self._stderr) if terminal.coloured(stream, environ)
        ]
        # Styled text carries marks that only this run knows, so data cannot forge them.
        self._mark = "\x1b" + os.urandom(8).hex()
        self._marks = re.compile(re.escape(self._mark) + r"\[([0-9;]+)m")
        self._progress: Progress | None = None

    def line(self, text: str = "") -> None:
        """One line for people, on stdout; nothing with ``--json``. A line break is escaped."""
        if not self.json:
            self._write(self._stdout, text)

    def note(self, text: str) -> None:
        """One line for people, on stderr; nothing with ``--json``."""
        if not self.json:
            self._write(self._stderr, text)

    def data(self, obj: Any) -> None:
        """With ``--json``: ``obj`` as one line of JSON on stdout; otherwise nothing."""
        if self.json:
            self._write(self._stdout, _encoded(obj))

    def document(self, obj: Any) -> None:
        """``obj`` as one line of JSON on stdout, for a verb whose answer is JSON either way."""
        self._write(self._stdout, _encoded(obj))

    def annotation(self, command: str, properties: Mapping[str, str], message: str) -> None:
        """A workflow command of GitHub Actions on stdout; what it carries cannot form another."""
        given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        self._stdout.write(f"::{command} {given}::{_escaped(message)}\n")

    def error(self, message: str, *, hint: str | None = None, code: int = 2) -> None:
        """A failure on stderr: ``curate: message`` and its hint, or ``{"error": …}``."""
        message = terminal.redact(message)
        if self.json:
            failure = {"message": message, "hint": hint, "exit_code": code}
            self._write(self._stderr, _encoded({"error": failure}))
            return
        self._write(self._stderr, self.style("curate:", "red", "bold") + " " + message)
        if hint:
            self._write(self._stderr, self.style("hint:", "bold") + " " + hint)

    def traceback(self, lines: list[str]) -> None:
        """A traceback on stderr, for ``--debug``; its text is made safe like any other."""
        for line in terminal.redact("".join(lines)).splitlines():
            self._write(self._stderr, line)

    def style(self, text: str, *names: str) -> str:
        """``text`` in the styles ``names`` (see ``terminal.STYLES``) where colours belong.

        Pad to a column before styling: the result is longer than it looks.
        """
        if not (names and self._coloured):
            return text
        codes = ";".join(terminal.STYLES[name] for name in names)
        return f"{self._mark}[{codes}m{text}{self._mark}[0m"

    def styled(self, lines: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Lines on stdout, each a text and the names of its styles."""
        for text, styles in lines:
            self.line(self.style(text, *styles))

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Progress]:
        """A bar on a terminal, once the work has lasted a second; elsewhere silent."""
        visible = self._stderr.isatty() and not self.json
        with Progress(terminal.escape(label), total, self._stderr, visible=visible) as progress:
            outer, self._progress = self._progress, progress
            try:
                yield progress
            finally:
                self._progress = outer

    def flush(self) -> None:
        """Push out what is buffered; raises BrokenPipeError if nobody listens any more."""
        self._stdout.flush()
        self._stderr.flush()

    def _write(self, stream: TextIO, text: str) -> None:
        pieces = self._marks.split(text)
        pieces[::2] = [terminal.escape(piece) for piece in pieces[::2]]
        pieces[1::2] = [f"\x1b[{c}m" if stream in self._coloured else "" for c in pieces[1::2]]
        shown = "".join(pieces)
        if self._in_workflow:
            shown = terminal.defuse(shown)
        if self._progress:
            self._progress.aside(lambda: stream.write(shown + "\n"))
        else:
            stream.write(shown + "\n")


def _escaped(text: str) -> str:
    # Percent-encoding is how the runner reads what would end a command; the rest is for people.
    return terminal.escape(text.replace("%", "%25"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _encoded(obj: Any) -> str:
    import msgspec

    return msgspec.json.encode(obj, order="deterministic").decode()
