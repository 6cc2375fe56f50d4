"""The process around ``curate``: a hook runs at each commit, so it starts and ends at once.

What is spared here is a third of the time of a hook (``benchmarks/gate.py``): searches for garbage
while modules are loaded, a module that msgspec can do without, and taking the interpreter down
piece by piece.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from typing import NoReturn

#: Objects made between two searches for garbage; a command that lasts makes many more.
_BETWEEN = 100_000
#: Imported by msgspec if it is there, for what typing has itself since Python 3.11.
_SPARED = "typing_extensions"


def run() -> NoReturn:
    """Run ``curate`` with the arguments of this process, and end it."""
    gc.set_threshold(_BETWEEN)
    _import_msgspec()
    from curation.cli.main import main

    _end(main())


def _import_msgspec() -> None:
    if _SPARED in sys.modules:
        return
    sys.modules[_SPARED] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[_SPARED]


def _end(code: int) -> NoReturn:
    """Exit; at once, if no other thread has something to finish."""
    if threading.active_count() == 1:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):  # nobody reads it any more, which main has answered
                code = code or 1
        os._exit(code)
    sys.exit(code)
