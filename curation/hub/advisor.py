"""AI Model Advisor's ``models.json``: its choice of models is taken, its numbers are not believed.

The file lists rows by category, task and tier, a model in as many rows as it has uses. Sizes and
accuracies come from rules on names and tiers, so what is wrong with them is told, and they are left
behind. What a row says of specialization is a person's judgment, and becomes a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from curation import ids, languages, patterns
from curation.errors import InputError
from curation.hub import doubts
from curation.hub.doubts import Doubt, Place, Row
from curation.records import Decision
from curation.vocabulary import load

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

    ``doubts`` are what is wrong with the file; none of it is taken over.
    """

    rows: int
    decisions: dict[str, dict[str, Decision]]
    doubts: list[Doubt]


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
    found = Imported(rows=len(rows), decisions={}, doubts=[])
    by_model: dict[str, list[tuple[Place, _Entry]]] = {}
    for place, entry in rows:
        doubt = doubts.of_id(_row(place, entry))
        if doubt is not None:
            found.doubts.append(doubt)
        else:
            by_model.setdefault(entry.repository, []).append((place, entry))
    for model_id, entries in by_model.items():
        decided = _decisions(model_id, entries, file.updated, found.doubts)
        found.decisions[model_id] = dict(decided)
    found.doubts += doubts.of_rows(_row(place, entry) for place, entry in rows)
    return found


def _rows(file: _File) -> Iterator[tuple[Place, _Entry]]:
    for category, tasks in file.models.items():
        for task, tiers in tasks.items():
            for tier, entries in tiers.items():
                for at, entry in enumerate(entries):
                    yield ("models", category, task, tier, at), entry


def _row(place: Place, entry: _Entry) -> Row:
    return Row(place, entry.repository, entry.size, entry.accuracy)


def _decisions(
    model_id: str,
    entries: Iterable[tuple[Place, _Entry]],
    updated: str,
    doubted: list[Doubt],
) -> Iterator[tuple[str, Decision]]:
    said: dict[str, dict[str, str]] = {}
    at = {entry.specialization: place for place, entry in entries if entry.specialization}
    for text in sorted(at):
        kind, _, name = text.partition(":")
        value = _value(model_id, kind, name)
        if value is None:
            message = f"{model_id}: specialization {ids.clip(text)!a} has no value of ours"
            doubted.append(Doubt("CUR606", (*at[text], "specialization"), message))
        else:
            said.setdefault(_FACETS[kind], {})[value] = text
    for facet, values in said.items():
        if facet == "subtask" and len(values) > 1:
            message = f"{model_id}: several narrow tasks: {', '.join(values)}"
            place = (*at[next(iter(values.values()))], "specialization")
            doubted.append(Doubt("CUR606", place, message))
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
