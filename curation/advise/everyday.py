"""``everyday.toml``: how people say what they need, beside the names of the vocabularies."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec

from curation.errors import InputError
from curation.vocabulary import keys, load

Phrases = dict[str, tuple[str, ...]]
#: The vocabularies whose values a need can mean.
FACETS = ("tasks", "subtasks", "domains", "platforms")


class Filler(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words without meaning, and those that ask for more than one language.

    ``articles`` may stand within a phrase; ``general`` words stand in every need.
    """

    articles: frozenset[str]
    words: frozenset[str]
    general: frozenset[str]
    many_languages: tuple[str, ...]


class Negation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What denies the words behind it, what says that they are not all, and what ends both."""

    no: tuple[str, ...]
    not_only: tuple[str, ...]
    turns: frozenset[str]


class Stems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that the stemmer would take for another word."""

    apart: frozenset[str]


class Everyday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of the file; value → phrases, and in ``same`` word → words that mean it too."""

    tasks: Phrases
    subtasks: Phrases
    domains: Phrases
    platforms: Phrases
    media: Phrases
    filler: Filler
    negation: Negation
    stems: Stems
    same: Phrases


@cache
def table() -> Everyday:
    """The file as shipped. Raises InputError if it is broken or names a value that is none."""
    path = resources.files("curation.advise") / "everyday.toml"
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Everyday)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: {error}", hint="reinstall curate-models") from error
    for facet in FACETS:
        if strangers := getattr(found, facet).keys() - load(facet).values.keys():
            raise InputError(f"{path}: not in the vocabulary {facet}: {min(strangers)}")
    return found


@cache
def phrases() -> tuple[tuple[str, str, str], ...]:
    """Every phrase that means a value, as (phrase, facet, value), each once."""
    return tuple(dict.fromkeys(_phrases()))


def _phrases() -> Iterator[tuple[str, str, str]]:
    for facet in FACETS:
        said: Phrases = getattr(table(), facet)
        for slug, value in load(facet).values.items():
            names = () if slug == "other" else tuple(keys(value))
            for name in (*names, *said.get(slug, ())):
                yield name, facet, slug


@cache
def texts(facet: str) -> dict[str, str]:
    """All that is said of each value of a vocabulary: label, description, aliases, phrases."""
    said: Phrases = getattr(table(), facet)
    return {
        slug: " . ".join((value.label, value.description, *keys(value), *said.get(slug, ())))
        for slug, value in load(facet).values.items()
        if slug != "other"
    }
