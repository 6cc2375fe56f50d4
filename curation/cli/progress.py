"""A progress bar that stays out of the way: on a terminal, after a second, and only there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from curation.cli.terminal import escape

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

#: Seconds that work may last before a bar is worth showing.
PATIENCE = 1.0


class Progress:
    """Counts work done. ``total`` None means that nobody knows how much there is."""

    def __init__(self, label: str, total: int | None, stream: TextIO, *, visible: bool) -> None:
        self.done = 0
        self._told = ""
        self._started = time.monotonic()
        self._label = label
        self._total = total
        self._stream = stream
        self._lock = threading.RLock()
        self._bar: Bar | None = None
        self._timer = threading.Timer(PATIENCE, self.show) if visible else None

    def __enter__(self) -> Self:
        if self._timer:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._bar:
                self._bar.stop()
                self._bar = None

    def advance(self, n: int = 1) -> None:
        """``n`` more pieces of work are done."""
        with self._lock:
            self.done += n
            if self._bar:
                rate = self._rate()
                self._bar.update(self._bar.task_ids[0], completed=self.done, rate=rate)

    def tell(self, text: str) -> None:
        """Show ``text`` behind the bar: what else there is to know by now."""
        with self._lock:
            self._told = escape(text)
            if self._bar:
                self._bar.update(self._bar.task_ids[0], told=self._told)

    def show(self) -> None:
        """Put the bar on the terminal (the timer does this) unless the work is over."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar

        with self._lock:
            if self._timer is None or self._bar:
                return
            self._bar = Bar(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}", markup=False),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[told]}", markup=False),
                console=Console(file=self._stream),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.add_task(
                self._label,
                total=self._total,
                completed=self.done,
                told=self._told,
                rate=self._rate(),
            )
            self._bar.start()

    def _rate(self) -> str:
        seconds = time.monotonic() - self._started
        return f"{self.done / seconds:.1f}/s" if seconds > 0 else ""

    def aside(self, write: Callable[[], object]) -> None:
        """Run ``write`` while the bar is off the screen, so that its text is not overdrawn."""
        with self._lock:
            if not self._bar:
                write()
                return
            self._bar.stop()
            write()
            self._bar.start()
