"""The table of verbs, and how one of them is run."""

from __future__ import annotations

import argparse
import importlib
import os
import textwrap
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from curation.cli.output import Output
from curation.errors import UsageError

#: verb: (module, what it does). The line is repeated here so that ``curate --help`` imports no
#: verb; a test holds it against the module's HELP.
VERBS: dict[str, tuple[str, str]] = {
    "init": ("curation.cli.init", "make an empty catalog in this folder"),
    "add": ("curation.cli.add", "put models into the catalog by their ids"),
    "discover": ("curation.cli.discover", "propose models by the queries in catalog.toml"),
    "import": ("curation.cli.import_", "bring in the models of another catalog"),
    "sync": ("curation.cli.sync", "read the facts of the catalog's models from the Hub"),
    "tag": ("curation.cli.tag", "infer tags for the catalog, or for a bulk file"),
    "explain": ("curation.cli.explain", "show why a model has the tags it has"),
    "override": (
        "curation.cli.override",
        "decide a facet of a model, or correct a fact, with a reason",
    ),
    "review": (
        "curation.cli.review",
        "decide what waits for a decision, one by one or by groups",
    ),
    "validate": ("curation.cli.validate", "check the files of the catalog"),
    "format": ("curation.cli.format", "write files in the form that they should have"),
    "audit": ("curation.cli.audit", "hold the catalog as a whole against what its owners expect"),
    "diff": ("curation.cli.diff", "show what changed between two states of the catalog"),
    "policy": ("curation.cli.policy", "say whether changes may merge without a person, and why"),
    "eval": ("curation.cli.eval", "score tags against annotated models"),
    "rules": ("curation.cli.rules", "test, measure, compare and fit the tagging rules"),
    "release": (
        "curation.cli.release",
        "build a release of the catalog, compare it with the one before",
    ),
    "match": (
        "curation.cli.match",
        "rank models by how well they fit a need in words, and say why",
    ),
    "tradeoff": (
        "curation.cli.tradeoff",
        "measure size against generality, over the models that state their size",
    ),
    "team": (
        "curation.cli.team",
        "choose the smallest team of models that covers some needs",
    ),
    "migrate": ("curation.cli.migrate", "lift older records to today's schema version"),
    "doctor": ("curation.cli.doctor", "say what stands between you and a good sync"),
    "demo": ("curation.cli.demo", "run the whole line of work on a sample Hub"),
}


#: Width of what is no terminal.
_COLUMNS = 80


class Verb(Protocol):
    """What a verb's module offers. ``run`` returns the exit code."""

    HELP: str
    EXAMPLE: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace, out: Output) -> int: ...


def run(name: str, words: Sequence[str], out: Output) -> int:
    """Run a verb of the table with its options as ``words``; returns its exit code."""
    verb = module(name)
    try:
        options = parser(name).parse_args(words)
    except SystemExit as stop:  # argparse has printed the help
        return int(stop.code or 0)
    if options.C is not None:
        from curation.store import git

        os.environ.update(git.places())  # which a hook says from where we were started
        os.chdir(options.C)
    return verb.run(options, out)


class _Parser(argparse.ArgumentParser):
    """An argparse parser whose complaints are ours: one line and a hint."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f"see '{self.prog} --help'")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """argparse's, but that it asks for the terminal's width itself: shutil takes 2 ms to import."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size().columns or _COLUMNS
    except OSError:  # no terminal
        return _COLUMNS


def module(name: str) -> Verb:
    """The module of a verb of the table."""
    return cast(Verb, importlib.import_module(VERBS[name][0]))


def parser(name: str) -> argparse.ArgumentParser:
    """What reads the words behind a verb of the table; raises UsageError for what is amiss."""
    verb = module(name)
    example = textwrap.indent(textwrap.dedent(verb.EXAMPLE).strip(), "  ")
    made = _Parser(
        prog=f"curate {name}",
        description=verb.HELP,
        epilog=f"example:\n{example}",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    verb.arguments(made)
    made.set_defaults(C=None, json=False, debug=False)
    common(made)
    return made


def common(parser: argparse.ArgumentParser) -> None:
    """Declare what every verb and sub-command takes; their defaults are the verb's alone."""
    absent = argparse.SUPPRESS
    parser.add_argument("-C", metavar="DIR", default=absent, help="run as if started in DIR")
    for name, what in (
        ("--json", "print JSON instead of text"),
        ("--debug", "show the traceback of an error"),
    ):
        parser.add_argument(name, action="store_true", default=absent, help=what)
