"""How often advice is right on needs with known answers, beside a rule that looks at size alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from curation.advise.match import match
from curation.advise.meaning import serves
from curation.advise.reading import read
from curation.advise.weight import weight
from curation.advise.wishes import size, wishes
from curation.errors import InputError
from curation.model import Model
from curation.vocabulary import load


class Need(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A need and the models that may come first; none where nothing meets it."""

    say: str
    right: tuple[str, ...]
    language: str | None = None
    platform: str | None = None
    max_size: str | None = None
    licence: str | None = None
    trap: str | None = None


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """``misled`` counts the needs for which a model that is not right comes first."""

    needs: int
    at_1: int
    at_3: int
    misled: int
    wrong: tuple[str, ...]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    need: tuple[Need, ...]


#: The ids that a rule recommends for a need, best first.
Rule = Callable[[Need], Sequence[str]]


def read_needs(path: Path) -> tuple[Need, ...]:
    """The needs in a TOML file. Raises InputError for a file that holds none."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).need
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise InputError(
            f"{path}: no needs: {error}", hint="see tests/advise/needs.toml"
        ) from error


def by_meaning(models: Iterable[Model]) -> Rule:
    """Our rule: ``curate match``."""
    held = tuple(models)

    def ranked(need: Need) -> list[str]:
        asked = wishes(
            language=need.language,
            platform=need.platform,
            max_size=need.max_size,
            licence=need.licence,
        )
        return [one.id for one in match(need.say, held, asked).fits]

    return ranked


def smallest_first(models: Iterable[Model], sizes: Mapping[str, float]) -> Rule:
    """AI Model Advisor's rule: the models of the task, the smallest first.

    It is given our reading of the need, so that the two differ in the choice alone. ``sizes`` are
    Advisor's own, in MB; stated ones count where it has none, and models without any come last.
    It keeps to a bound on size; of languages and licences its catalog knows nothing.
    """
    held = tuple(models)

    def ranked(need: Need) -> list[str]:
        reading = read(need.say)
        narrow = (load("subtasks").values[slug].tasks for slug in reading.subtasks)
        wanted = (*reading.tasks, *(task for tasks in narrow for task in tasks))
        most = size(need.max_size) / 1e6 if need.max_size else float("inf")
        fitting = [
            one for one in held if serves(one.task, wanted) and _megabytes(one, sizes) <= most
        ]
        return [one.id for one in sorted(fitting, key=lambda one: (_megabytes(one, sizes), one.id))]

    return ranked


def score(needs: Iterable[Need], rule: Rule) -> Score:
    """How many needs a rule answers rightly with its first model, and within its first three.

    Where nothing meets a need, right is to recommend nothing.
    """
    held = tuple(needs)
    found = {need.say: tuple(rule(need)) for need in held}
    first = [need for need in held if _right(need, found[need.say][:1])]
    return Score(
        needs=len(held),
        at_1=len(first),
        at_3=sum(_right(need, found[need.say][:3]) for need in held),
        misled=sum(bool(found[one.say]) and not _right(one, found[one.say][:1]) for one in held),
        wrong=tuple(need.say for need in held if need not in first),
    )


def _right(need: Need, ids: Sequence[str]) -> bool:
    return not set(ids).isdisjoint(need.right) if need.right else not ids


def _megabytes(model: Model, sizes: Mapping[str, float]) -> float:
    span = weight(model)
    return sizes.get(model.id, float("inf") if span is None else span.most / 1e6)
