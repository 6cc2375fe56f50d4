"""Layer 3: the catalog as data, beside its past, in a Great Expectations suite.

Needs the extra ``audit``; Great Expectations takes seconds to import, so it is imported inside.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from curation.checks.codes import finding
from curation.checks.lines import pointer
from curation.errors import UsageError
from curation.records import FACETS, Finding, Record
from curation.store.settings import Audit, Fact

if TYPE_CHECKING:
    import pandas as pd

_STATED = get_args(Fact)
_IN, _NOT_IN = "ExpectColumnValuesToBeInSet", "ExpectColumnValuesToNotBeInSet"
_TIERS = ("lightweight", "standard", "advanced", "xlarge")


class Expectation(NamedTuple):
    """What is expected: the code of the finding if it is not so, a GX class, and its arguments.

    ``place`` is where catalog.toml says so, below ``audit``.
    """

    code: str
    kind: str
    about: str
    arguments: Mapping[str, Any]
    place: tuple[str, ...]


class Outcome(NamedTuple):
    """What does not hold, how many expectations were held, and the page that shows it all."""

    findings: list[Finding]
    expectations: int
    docs: Path | None


def frame(records: Sequence[Record]) -> pd.DataFrame:
    """One row a record: for each facet its state, for some facts their value, and the size tier."""
    import pandas as pd

    rows = [
        {
            **{f"state_{name}": getattr(record.tags, name).state for name in FACETS},
            **{name: getattr(record.facts, name) for name in _STATED},
            "size_tier": next((tag.value for tag in record.tags.size_tier.values), "unknown"),
        }
        for record in records
    ]
    return pd.DataFrame(rows)


def expectations(
    settings: Audit, table: pd.DataFrame, before: pd.DataFrame | None
) -> Iterator[Expectation]:
    """All that is expected of ``table``; ``before`` is that of the previous release."""
    rows = {"min_value": settings.least_models, "max_value": settings.most_models}
    bound = "least_models" if len(table) < settings.least_models else "most_models"
    yield Expectation("CUR402", "ExpectTableRowCountToBeBetween", "models", rows, (bound,))
    if not len(table):  # there are no shares of nothing
        return
    for facet, least in sorted(settings.known.items()):
        values = {"column": f"state_{facet}", "value_set": ["known"], "mostly": least}
        yield Expectation("CUR401", _IN, facet, values, ("known", facet))
    for fact, least in sorted(settings.stated.items()):
        stated = {"column": fact, "mostly": least}
        yield Expectation("CUR405", "ExpectColumnValuesToNotBeNull", fact, stated, ("stated", fact))
    others = {"column": "size_tier", "mostly": 1 - settings.most_of_one_tier}
    for tier in _TIERS:
        other = {**others, "value_set": [tier]}
        yield Expectation("CUR404", _NOT_IN, tier, other, ("most_of_one_tier",))
    if before is not None and len(before):
        yield from _drift(settings, table, before)


def _drift(settings: Audit, table: pd.DataFrame, before: pd.DataFrame) -> Iterator[Expectation]:
    """The shares of the previous release, within the drift that is allowed."""
    for column in ("size_tier", *(f"state_{name}" for name in FACETS)):
        shares = before[column].value_counts(normalize=True).to_dict()
        for value in sorted({*shares, *table[column]}):
            share = shares.get(value, 0.0)
            bounds = {"column": column, "value_set": [value]}
            least = max(0.0, share - settings.most_drift)
            most = max(0.0, 1 - share - settings.most_drift)
            about = f"{column} = {value}"
            for kind, mostly in ((_IN, least), (_NOT_IN, most)):
                held = {**bounds, "mostly": mostly}
                yield Expectation("CUR403", kind, about, held, ("most_drift",))


def run(
    settings: Audit, records: Sequence[Record], before: Sequence[Record] | None, docs: Path | None
) -> Outcome:
    """Hold the expectations against ``records``; ``docs`` is a folder for the Data Docs."""
    if docs is not None:
        docs.mkdir(parents=True, exist_ok=True)
    gx = _great_expectations()
    table = frame(records)
    held = list(expectations(settings, table, frame(before) if before is not None else None))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("catalog").add_dataframe_asset("models")
    batch = source.add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name="catalog"))
    for number, one in enumerate(held):
        meta = {"number": number, "code": one.code}
        suite.add_expectation(getattr(gx.expectations, one.kind)(**one.arguments, meta=meta))
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="audit", data=batch, suite=suite)
    )
    checkpoint = _checkpoint(gx, context, definition, docs)
    (result,) = checkpoint.run(batch_parameters={"dataframe": table}).run_results.values()
    page = docs / "index.html" if docs else None
    return Outcome(list(_findings(held, result)), len(held), page)


def _checkpoint(gx: Any, context: Any, definition: Any, docs: Path | None) -> Any:
    actions = []
    if docs is not None:
        context.add_data_docs_site("audit", _site(docs))
        actions = [gx.checkpoint.UpdateDataDocsAction(name="docs", site_names=["audit"])]
    return context.checkpoints.add(
        gx.Checkpoint(name="audit", validation_definitions=[definition], actions=actions)
    )


def _site(docs: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(docs),
        },
    }


def _findings(held: Sequence[Expectation], result: Any) -> Iterator[Finding]:
    for one in result.results:
        if not one.success:
            expected = held[one.expectation_config.meta["number"]]
            place = pointer(("audit", *expected.place))
            message = _told(expected, one.result)
            yield finding(expected.code, "catalog.toml", message, pointer=place)


def _told(expected: Expectation, seen: Mapping[str, Any]) -> str:
    arguments = expected.arguments
    if "mostly" not in arguments:
        least, most = arguments["min_value"], arguments["max_value"]
        bounds = f"at least {least}" if most is None else f"{least} to {most}"
        return f"{expected.about}: expected {bounds}, got {seen.get('observed_value')}"
    met = 1 - (seen.get("unexpected_percent") or 0.0) / 100
    not_in = expected.kind == _NOT_IN
    share, bound = (1 - met, 1 - arguments["mostly"]) if not_in else (met, arguments["mostly"])
    side = "at most" if not_in else "at least"
    return f"{expected.about}: expected {side} {bound:.1%}, got {share:.1%}"


def _great_expectations() -> Any:
    # It would otherwise report its use to its makers.
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    try:
        import great_expectations
    except ImportError as error:
        raise UsageError(
            "the audit needs Great Expectations", hint="pip install 'curate-models[audit]'"
        ) from error
    return great_expectations
