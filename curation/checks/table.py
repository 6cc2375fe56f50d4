"""Layer 2 over the table of all records: invariants that pandera checks by column, not by row.

Needs the extra ``gate``; pandas and pandera are imported inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.checks.claims import of_record, unlocated
from curation.checks.lines import Path
from curation.checks.world import World
from curation.errors import UsageError
from curation.records import FacetTags, Finding, Record

if TYPE_CHECKING:
    import pandas as pd


class Invariant(NamedTuple):
    """What must hold in every row: the code, where it is told, why, and the rows where it holds."""

    code: str
    place: Path
    message: str
    holds: Callable[[pd.DataFrame], pd.Series[bool]]


INVARIANTS = (
    Invariant(
        "CUR301",
        ("tags", "scope"),
        "specialized is what has a kind, and nothing else is",
        lambda t: (t.scope == "") | ((t.scope == "specialized") == (t.kinds != "")),
    ),
    Invariant(
        "CUR302",
        ("facts", "modified"),
        "modified before it was created, or read before it was modified",
        lambda t: _in_order(t.created, t.modified) & _in_order(t.modified, t.read_at),
    ),
    Invariant(
        "CUR303",
        ("facts", "bytes_total"),
        "the weights have more bytes than all files together",
        lambda t: ~(t.bytes_total > t.bytes_of_files),
    ),
    Invariant(
        "CUR304",
        ("facts", "parameters_total"),
        "the counts by type make another total",
        lambda t: (t.counted == 0) | t.parameters_total.isna() | (t.counted == t.parameters_total),
    ),
    Invariant(
        "CUR305",
        ("tags", "subtask"),
        "the subtask belongs to other tasks than this",
        lambda t: (t.task == "") | ((t.subtask + ">" + t.task).isin(_fits()) | ~_bound(t.subtask)),
    ),
    Invariant(
        "CUR306",
        ("tags", "specialization"),
        "the kinds of the specialization are not the kinds",
        lambda t: (t.kinds_state != "known") | (t.special == t.kinds),
    ),
)
CODES = frozenset(invariant.code for invariant in INVARIANTS)


def findings(world: World) -> list[Finding]:
    """What the table holds against records; their lines are not looked up yet."""
    pandera = _pandera()  # first: without the extra there is no pandas either
    table = frame(filter(None, map(world.record, sorted(world.records))))
    claims = {one.code: one for one in INVARIANTS}
    return [
        unlocated(of_record(model_id, code, claims[code].place, claims[code].message))
        for code, model_id in _failures(table, pandera)
    ]


def frame(records: Iterable[Record]) -> pd.DataFrame:
    """One row a record, by id; what is not stated is missing or ''."""
    import pandas as pd

    table = pd.DataFrame.from_records([_row(record) for record in records], columns=list(_TYPES))
    return table.astype(_TYPES).set_index("id", drop=False)


def _failures(table: pd.DataFrame, pandera: Any) -> Iterator[tuple[str, str]]:
    """Code and id of every row in which an invariant does not hold."""
    checks = [pandera.Check(one.holds, name=one.code) for one in INVARIANTS]
    schema = pandera.DataFrameSchema(checks=checks, unique=["id"])
    try:
        schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["check", "index"]].drop_duplicates()
        known = cases[cases["check"].isin(CODES)]
        yield from sorted(known.itertuples(index=False, name=None))


def _pandera() -> Any:
    try:
        import pandera.pandas as pandera
    except ImportError as error:
        raise UsageError(
            "the table of records needs pandera", hint="pip install 'curate-models[gate]'"
        ) from error
    return pandera


_TYPES = {
    "id": "str", "scope": "str", "kinds": "str", "kinds_state": "str", "special": "str",
    "task": "str", "subtask": "str", "created": "str", "modified": "str", "read_at": "str",
    "bytes_total": "Int64", "bytes_of_files": "Int64", "counted": "Int64",
    "parameters_total": "Int64",
}  # fmt: skip


def _row(record: Record) -> tuple[Any, ...]:
    facts, tags = record.facts, record.tags
    sizes = [file.size for file in facts.files]
    whole = sum(size for size in sizes if size is not None) if sizes and None not in sizes else None
    kinds = " ".join(sorted(_values(tags.kinds)))
    special = " ".join(sorted({value.partition(":")[0] for value in _values(tags.specialization)}))
    return (
        record.id, "".join(_values(tags.scope)), kinds, tags.kinds.state, special,
        "".join(_values(tags.task)), "".join(_values(tags.subtask)),
        facts.created or "", facts.modified or "", facts.read_at or "",
        facts.bytes_total, whole, sum(facts.parameters.values()), facts.parameters_total,
    )  # fmt: skip


def _values(facet: FacetTags) -> list[str]:
    return [tag.value for tag in facet.values]


def _in_order(first: pd.Series[str], second: pd.Series[str]) -> pd.Series[bool]:
    # Seconds: fractions are written with and without their zeros.
    return (first == "") | (second == "") | (first.str[:19] <= second.str[:19])


def _fits() -> set[str]:
    """``subtask>task`` of all that belong together."""
    from curation.vocabulary import load

    values = load("subtasks").values.items()
    return {f"{slug}>{task}" for slug, value in values for task in value.tasks}


def _bound(subtask: pd.Series[str]) -> pd.Series[bool]:
    """Where a subtask belongs to certain tasks only."""
    return subtask.isin({pair.partition(">")[0] for pair in _fits()})
