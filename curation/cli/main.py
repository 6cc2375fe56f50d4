"""``curate``: finds the verb, runs it, and is the one edge where errors become exit codes.

Exit codes: 0 clean, 1 findings, 2 usage or unreadable input, 3 our fault, 130 interrupted, 141
when the reader of a pipe went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import curation
from curation.cli import verbs
from curation.cli.output import Output
from curation.errors import CurateError, UsageError

_GLOBAL = ("--json", "--debug")
#: Takes a folder.
_FOLDER = "-C"
_INTERRUPTED = 130
_READER_GONE = 141
_OUR_FAULT = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``curate`` with ``argv`` (default: the process's) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return _edge(words, Output(json="--json" in words))


def _edge(words: list[str], out: Output) -> int:
    try:
        code = _dispatch(words, out)
        out.flush()
        return code
    except BrokenPipeError:
        _silence_stdout()
        return _READER_GONE
    except KeyboardInterrupt:
        out.error("interrupted", code=_INTERRUPTED)
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one error edge
        if "--debug" in words:
            _show_traceback(error, out)
        return _reported(error, out)


def _dispatch(words: list[str], out: Output) -> int:
    leading = _leading(words)
    verb, *rest = words[len(leading) :] or [""]
    if verb in ("", "-h", "--help"):
        _print_overview(out)
        return 0 if verb else UsageError.exit_code
    if verb in ("-V", "--version"):
        out.line(f"curate {curation.__version__}")
        out.data({"version": curation.__version__})
        return 0
    if verb not in verbs.VERBS:
        raise _unknown(verb)
    return verbs.run(verb, leading + rest, out)


def _leading(words: list[str]) -> list[str]:
    """The options before the command: those that every command takes."""
    count = 0
    while words[count:]:
        if words[count] == _FOLDER and words[count + 1 :]:
            count += 2
        elif words[count] in _GLOBAL:
            count += 1
        else:
            break
    return words[:count]


def _print_overview(out: Output) -> None:
    out.line("usage: curate COMMAND [options]")
    out.line()
    out.line((curation.__doc__ or "").partition("\n")[0])
    out.line()
    for verb, (_, line) in verbs.VERBS.items():
        out.line(f"  {out.style(f'{verb:10}', 'bold')}{line}")
    out.line()
    out.line("'curate COMMAND --help' shows its options and an example.")
    out.data({"commands": {verb: line for verb, (_, line) in verbs.VERBS.items()}})


def _unknown(word: str) -> UsageError:
    import difflib

    if word.startswith("-"):
        return UsageError(f"unknown option {word!r}", hint="options come after the command")
    close = difflib.get_close_matches(word, verbs.VERBS, n=1)
    hint = f"did you mean 'curate {close[0]}'?" if close else "see 'curate --help'"
    return UsageError(f"unknown command {word!r}", hint=hint)


def _reported(error: Exception, out: Output) -> int:
    if isinstance(error, CurateError):
        out.error(str(error), hint=error.hint, code=error.exit_code)
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        where = error.filename2 or error.filename  # what was to be replaced, by what
        out.error(f"{where}: {error.strerror}", code=CurateError.exit_code)
        return CurateError.exit_code
    out.error(
        f"our fault: {type(error).__name__}: {error}",
        hint="run again with --debug for the traceback, and please report it",
        code=_OUR_FAULT,
    )
    return _OUR_FAULT


def _show_traceback(error: Exception, out: Output) -> None:
    import traceback

    out.traceback(traceback.format_exception(error))


def _silence_stdout() -> None:
    # The interpreter flushes stdout once more on its way out, and would complain there.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file: nothing will be flushed to a pipe
        return
