"""AI Model Advisor's ``models.json``: its choice of models is taken, its numbers are not believed.

The file lists rows by category, task and tier, a model in as many rows as it has uses. Sizes and
accuracies come from rules on names and tiers, so they are reported and left behind. What a row
says of specialization is a person's judgment, and becomes a decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import msgspec

from curation import ids, languages, patterns, sizes
from curation.errors import InputError
from curation.records import Decision
from curation.vocabulary import load

#: So many rows with one and the same number: a default, not a measurement.
_REPEATED = 5
#: No weights are smaller than an eighth of a byte a parameter.
_LEAST = 0.125
#: The facet in which a kind of specialization is decided.
_FACETS = {"domain": "domains", "language": "languages", "task": "subtask"}
#: Their names of narrow tasks under ours; where there are several, the id tells which.
_SUBTASKS = {
    "face-age": ("age-estimation",),
    "face-expression": ("facial-expression-recognition",),
    "nsfw": ("nsfw-detection",),
    "signatures": ("signature-detection",),
    "speaker-diarization": ("speaker-diarization",),
    "tables": ("table-structure-recognition", "table-detection"),
    "toxicity": ("toxicity-detection",),
    "voice-activity-detection": ("voice-activity-detection",),
}


class _Entry(msgspec.Struct):
    repository: str = msgspec.field(name="huggingFaceId")
    size: float | None = msgspec.field(name="sizeMB", default=None)
    accuracy: float | None = None
    specialization: str | None = None


class _File(msgspec.Struct):
    models: dict[str, dict[str, dict[str, list[_Entry]]]]
    updated: Annotated[str, msgspec.Meta(pattern=patterns.DATE)] = msgspec.field(name="lastUpdated")


class Imported(msgspec.Struct, kw_only=True):
    """What a file brings: ``decisions`` by model and facet, for every model of it.

    ``doubts`` are what is wrong with the file, a line each; none of it is taken over.
    """

    rows: int
    decisions: dict[str, dict[str, Decision]]
    doubts: list[str]


def read(data: bytes, where: str) -> Imported:
    """The models in a ``models.json``. Raises InputError naming ``where`` and what is wrong."""
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{where}: not a models.json of AI Model Advisor: {error}",
            hint="expected models.CATEGORY.TASK.TIER, each a list with a huggingFaceId",
        ) from error
    rows = list(_rows(file))
    by_model: dict[str, list[_Entry]] = {}
    refused = [f"not a model id: {ids.clip(e.repository)!a}" for e in rows if not _legal(e)]
    for entry in filter(_legal, rows):
        by_model.setdefault(entry.repository, []).append(entry)
    found = Imported(rows=len(rows), decisions={}, doubts=refused)
    for model_id, entries in by_model.items():
        found.decisions[model_id] = dict(_decisions(model_id, entries, file.updated, found.doubts))
    found.doubts += [*_numbers(rows), *_sizes(by_model), *_placeholders(by_model)]
    return found


def _rows(file: _File) -> Iterator[_Entry]:
    for tasks in file.models.values():
        for tiers in tasks.values():
            for entries in tiers.values():
                yield from entries


def _legal(entry: _Entry) -> bool:
    return ids.refusal(entry.repository) is None


def _decisions(
    model_id: str, entries: Iterable[_Entry], updated: str, doubts: list[str]
) -> Iterator[tuple[str, Decision]]:
    said: dict[str, dict[str, str]] = {}
    for text in sorted({entry.specialization for entry in entries if entry.specialization}):
        kind, _, name = text.partition(":")
        value = _value(model_id, kind, name)
        if value is None:
            doubts.append(f"{model_id}: specialization {ids.clip(text)!a} has no value of ours")
        else:
            said.setdefault(_FACETS[kind], {})[value] = text
    for facet, values in said.items():
        if facet == "subtask" and len(values) > 1:
            doubts.append(f"{model_id}: several narrow tasks: {', '.join(values)}")
            continue
        words = ", ".join(values.values())
        yield (
            facet,
            Decision(
                value=next(iter(values)) if facet == "subtask" else tuple(values),
                reason=f"AI Model Advisor, models.json of {updated}, says specialization {words}",
                by="AI Model Advisor",
                on=updated[:10],
            ),
        )


def _value(model_id: str, kind: str, name: str) -> str | None:
    """Our name of a value of theirs, or None."""
    if kind == "language":
        code = languages.normalize(name)
        return code if code and languages.slug(code) == name else None
    if kind == "domain":
        return name if name in load("domains").values else None
    told = model_id.casefold()
    for slug in _SUBTASKS.get(name, ()) if kind == "task" else ():
        if len(_SUBTASKS[name]) == 1 or all(word in told for word in slug.split("-")):
            return slug
    return None


def _numbers(rows: Iterable[_Entry]) -> Iterator[str]:
    for what, values in (
        ("accuracies", Counter(entry.accuracy for entry in rows if entry.accuracy is not None)),
        ("sizes", Counter(entry.size for entry in rows if entry.size is not None)),
    ):
        often = {value: count for value, count in values.most_common() if count >= _REPEATED}
        if often:
            shown = ", ".join(f"{value:g} ({count} rows)" for value, count in often.items())
            yield f"{sum(often.values())} {what} are defaults, not believed: {shown}"


def _sizes(by_model: Mapping[str, list[_Entry]]) -> Iterator[str]:
    for model_id, entries in by_model.items():
        stated: list[Any] = sorted({entry.size for entry in entries if entry.size is not None})
        if len(stated) > 1:
            yield f"{model_id}: has {' and '.join(f'{size:g} MB' for size in stated)}"
        named = sizes.named(model_id)
        if named and stated and stated[0] * 1e6 < named * _LEAST:
            yield f"{model_id}: {stated[0]:g} MB is too little for the parameters in its name"


def _placeholders(by_model: Mapping[str, list[_Entry]]) -> Iterator[str]:
    for model_id in by_model:
        if model_id.partition("/")[0] in ("placeholder", "example", "your-org"):
            yield f"{model_id}: a placeholder, not a repository"
