"""``curate override``: decide a facet of a model, or correct a fact."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from curation.cli import cards
from curation.cli.output import Output

if TYPE_CHECKING:
    from curation.cli.override.deciding import Asked
    from curation.store.catalog import Catalog

HELP = "decide a facet of a model, or correct a fact, with a reason"
EXAMPLE = """
curate override ProsusAI/finbert domains finance --reason "The card names financial news."
curate override ProsusAI/finbert license apache-2.0 --reason "The file LICENSE says so."
curate override ProsusAI/finbert domains --confirm --reason "Read the card."
curate override ProsusAI/finbert domains --withdraw
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument("id", metavar="ID", help="the model")
    parser.add_argument(
        "facet", metavar="FACET", help="what is decided; facts.NAME if a facet has the fact's name"
    )
    parser.add_argument("values", nargs="*", metavar="VALUE", help="what holds")
    parser.add_argument("--reason", default="", help="why, in a sentence")
    parser.add_argument("--by", metavar="NAME", help="who decides (default: git's user.name)")
    parser.add_argument("--expires", metavar="DATE", help="until when it holds, as 2027-01-31")
    parser.add_argument(
        "--nothing", action="store_true", help="instead of a VALUE: decide that none applies"
    )
    parser.add_argument(
        "--confirm", action="store_true", help="accept what was inferred, or is stated"
    )
    older = parser.add_mutually_exclusive_group()
    older.add_argument("--replace", action="store_true", help="even if it is decided already")
    older.add_argument("--withdraw", action="store_true", help="take the decision back")
    cards.arguments(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Write the decision, and tag the record by it."""
    from contextlib import ExitStack

    from curation.cli.bench import Bench
    from curation.cli.override.deciding import Decider, asked
    from curation.roots import find_catalog
    from curation.store.catalog import Catalog

    catalog = Catalog(find_catalog())
    what = asked(options, catalog)
    with ExitStack() as stack:
        fetch = None if options.offline else cards.fetcher(stack, catalog, options.hub)
        stack.enter_context(catalog.lock())
        decider = Decider(catalog, Bench(catalog, fetch))
        if options.withdraw:
            decider.withdraw(what)
            _report_withdrawal(what, catalog, out)
            return 0
        decision = decider.decide(what)
    confirmed = "as inferred" if what.part == "tags" else "as stated"
    shown = _shown(decision.value) + f" ({confirmed})" * decision.confirms
    out.line(f"{what.id}: {what.name} is decided: {shown}")
    out.data({"id": what.id, "part": what.part, "name": what.name, "decision": decision})
    return 0


def _report_withdrawal(what: Asked, catalog: Catalog, out: Output) -> None:
    from curation.store import rejections

    out.line(f"{what.id}: the decision on {what.name} is withdrawn")
    for one in rejections.read(catalog.root):
        if (one.id, one.facet) == (what.id, what.name):
            out.line(f"rejections.toml still says that {one.value} was declined: {one.reason}")
    out.data({"id": what.id, "part": what.part, "name": what.name, "decision": None})


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return str(value)
