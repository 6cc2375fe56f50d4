"""What a rule says: its terms and what they support, its conditions, the places it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from curation import languages, vocabulary
from curation.errors import InputError
from curation.rules import PLACES, KeptRule, Pack, Rule


def weights(rule: Rule, pack: Pack) -> dict[str, float]:
    """The weight of each place that ``rule`` looks at."""
    if isinstance(rule.places, dict):
        found = rule.places
    elif rule.places in pack.profiles:
        found = pack.profiles[rule.places]
    else:
        raise InputError(f"pack {pack.name}: rule {rule.id}: no profile {rule.places!r}")
    strange = set(found) - set(PLACES)
    if strange:
        raise InputError(f"pack {pack.name}: rule {rule.id}: no such place: {sorted(strange)}")
    if "name" in found:
        found = {"camel": found["name"], **found}
    return {place: weight for place, weight in found.items() if weight}


def conditions(texts: Iterable[str], rule: Rule, pack: Pack) -> Iterator[str]:
    """``texts``, conditions of ``rule``, with what each ``@name`` stands for in its place."""
    for text in texts:
        name = text.removeprefix("@")
        if name == text:
            yield text
        elif name in pack.conditions:
            yield from pack.conditions[name]
        else:
            raise InputError(f"pack {pack.name}: rule {rule.id}: no conditions {name!r}")


def entries(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each term of ``rule`` with the ``facet:value`` targets that it supports."""
    for term in rule.terms:
        yield term, _many(rule.supports)
    for term, targets in rule.map.items():
        yield term, _many(targets)
    for term, value in drawn(rule).items():
        yield term, (value,)


def drawn(rule: Rule) -> Mapping[str, str]:
    """The table that ``rule`` draws on: today's, or the one that was kept with it."""
    if isinstance(rule, KeptRule):
        return rule.table
    return table(rule.source) if rule.source else {}


@cache
def table(source: str) -> Mapping[str, str]:
    """Term → ``facet:value`` of a table of the vocabularies.

    ``tasks``, ``subtasks`` and ``domains`` are the aliases of these vocabularies, ``task-ids`` the
    Hub's pipeline tags; ``languages`` are all names of languages, ``language-codes`` what a
    model's name abbreviates them to, ``language-tags`` the codes themselves.
    """
    if source in ("tasks", "subtasks", "domains"):
        facet = source if source == "domains" else source.removesuffix("s")
        return _aliases(source, facet)
    if source == "task-ids":
        values = vocabulary.load("tasks").values
        return {f"^{value}$": f"task:{value}" for value in values}
    if source == "languages":
        return {name: f"languages:{code}" for name, code in languages.phrases().items()}
    if source == "language-codes":
        return {name: f"languages:{code}" for name, code in languages.codes_in_ids().items()}
    if source == "language-tags":
        return {f"^{tag}$": f"languages:{code}" for tag, code in languages.hub_tags().items()}
    raise InputError(f"no table of the vocabularies is called {source!r}")


def _aliases(name: str, facet: str) -> dict[str, str]:
    values = vocabulary.load(name).values
    return {alias: f"{facet}:{slug}" for slug, value in values.items() for alias in value.aliases}


def _many(targets: str | tuple[str, ...]) -> tuple[str, ...]:
    return (targets,) if isinstance(targets, str) else targets
