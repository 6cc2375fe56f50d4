"""Which values follow from others by the annotation guide: kinds, and the specialization."""

from __future__ import annotations

from collections.abc import Sequence

from curation.languages import slug

#: Languages that make no ``language`` kind on their own: many, none, not known, English.
_PLAIN = frozenset({"mul", "zxx", "und", "en"})
#: Tasks in which two languages are a source and a target; speech that comes out in another one.
_FROM_TO = frozenset({"translation", "audio-to-audio"})


def kinds(
    *,
    task: str | None,
    subtask: str | None,
    domains: Sequence[str],
    languages: Sequence[str],
    platforms: Sequence[str],
    marked: bool,
) -> list[str]:
    """The kinds of specialization that hold, in the guide's order.

    ``marked`` says that the model is marked English-only against a multilingual sibling.
    """
    holds = {
        "task": subtask is not None,
        "domain": bool(domains),
        "language": _one_language(task, languages, marked),
        "platform": bool(platforms),
    }
    return [kind for kind, held in holds.items() if held]


def _one_language(task: str | None, languages: Sequence[str], marked: bool) -> bool:
    if task in _FROM_TO and len(languages) == 2:
        return "mul" not in languages
    if len(languages) != 1:
        return False
    return languages[0] not in _PLAIN or (marked and languages[0] == "en")


def specialization(
    kinds_: Sequence[str],
    *,
    subtask: str | None,
    domains: Sequence[str],
    languages: Sequence[str],
    platforms: Sequence[str],
) -> list[str]:
    """One ``kind:value`` for each value behind each kind that holds."""
    values: dict[str, Sequence[str]] = {
        "task": [subtask] if subtask else [],
        "domain": domains,
        "language": [slug(code) for code in languages],
        "platform": platforms,
    }
    return [f"{kind}:{value}" for kind in kinds_ for value in values[kind]]
