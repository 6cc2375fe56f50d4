"""How a need was understood, and what cards declare, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curation.advise import direction
from curation.advise.judgement import label, labels, tongues
from curation.advise.reading import Reading
from curation.advise.weight import shown
from curation.records import Result

NOT_COMPARED = (
    "declared results are the cards' own, each on its own data: models are not compared by them"
)


def understood(reading: Reading) -> Iterator[str]:
    """What a need was taken for, and the words that told nothing; a line each."""
    if parts := list(_parts(reading)):
        yield f"understood: {'; '.join(parts)}"
    if not reading.understood:
        yield "what the model is to do was not understood: say it in other words"
    elif reading.rest and not reading.guessed:
        yield f"not understood: {', '.join(reading.rest)}"


def _parts(reading: Reading) -> Iterator[str]:
    facet = "subtasks" if reading.subtasks else "tasks"
    if uses := getattr(reading, facet):
        guessed = " (a guess)" if reading.guessed else ""
        yield " or ".join(label(facet, slug) for slug in uses) + guessed
    if reading.fields:
        yield f"field: {labels('domains', reading.fields)}"
    if "translation" in reading.tasks and (reading.source or reading.target):
        yield direction.spoken(reading.source, reading.target)
    elif reading.languages:
        yield f"language: {tongues(reading.languages)}"
    if reading.platforms:
        yield f"platform: {labels('platforms', reading.platforms)}"
    if reading.max_bytes:
        yield f"at most {shown(reading.max_bytes)}"
    for kind, slugs in reading.without.items():
        named = tongues(slugs) if kind == "languages" else labels(kind, slugs)
        yield f"not {named}"


def declared(results: Iterable[Result], revision: str | None) -> Iterator[str]:
    """Declared results by what they were measured on, with the card that says so."""
    by_data: dict[str, list[str]] = {}
    for one in results:
        split = f" ({one.split})" if one.split else ""
        by_data.setdefault(f"{one.dataset}{split}", []).append(f"{one.metric} {one.value}")
    card = f"its card at {revision[:7]}" if revision else "its card"
    for data, values in by_data.items():
        yield f"declared by {card}: {', '.join(values)} on {data}"
