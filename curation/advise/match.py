"""Rank models by how well they fit a need, and say why, or that none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from curation.advise import everyday, limits, meaning
from curation.advise.fulltext import Index
from curation.advise.judgement import Judgement, label, labels, tongues
from curation.advise.reading import Reading, read
from curation.advise.weight import Span, weight
from curation.advise.wishes import Wishes
from curation.errors import UsageError
from curation.model import Model
from curation.records import Result

REMINDER = "a lightweight model may be narrow: check that it does what you need, not only its size"
#: What the words of a need can add, beside what they mean: they only settle ties.
_WORDS = 0.1
_NEAREST = 3


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One model and the reasons. ``lacks`` is empty where it fits; ``declared`` are results of its
    card at ``revision``, each on its own dataset, not to be compared."""

    id: str
    score: float
    why: tuple[str, ...]
    warnings: tuple[str, ...]
    lacks: tuple[str, ...]
    license: str | None
    weight: Span | None
    declared: tuple[Result, ...]
    revision: str | None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """``fits`` best first; ``nearest`` only where nothing fits. ``searched`` counts models."""

    reading: Reading
    wishes: Wishes
    fits: tuple[Match, ...]
    nearest: tuple[Match, ...]
    searched: int
    reminder: str = REMINDER


class Judged(msgspec.Struct, frozen=True):
    """A model and what was made of it."""

    model: Model
    view: Judgement


def match(need: str, models: Iterable[Model], wishes: Wishes = Wishes()) -> Answer:  # noqa: B008
    """The models that fit ``need`` within ``wishes``.

    Raises UsageError for a need without words, and for wishes that contradict it.
    """
    reading = read(need)
    judged = rank(reading, tuple(models), wishes)
    fits = [one for one in judged if not one.view.lacks]
    near = judged if reading.understood else ()
    return Answer(
        reading=reading,
        wishes=wishes,
        fits=tuple(map(_match, fits)),
        nearest=() if fits else tuple(map(_match, near[:_NEAREST])),
        searched=len(judged),
    )


def rank(reading: Reading, models: Sequence[Model], wishes: Wishes) -> list[Judged]:
    """All models: first those that lack nothing, by points; then by how much they lack."""
    spoken, platforms = _tongues(reading, wishes), _platforms(reading, wishes)
    words = _words(reading, models)
    sizes = filter(None, (wishes.max_bytes, reading.max_bytes))
    wishes = msgspec.structs.replace(wishes, max_bytes=min(sizes, default=None))
    judged = [
        Judged(
            model,
            meaning.judge(model, reading)
            + limits.judge(model, wishes, spoken, platforms)
            + Judgement(words.get(model.id, 0.0)),
        )
        for model in models
    ]
    return sorted(judged, key=_order)


def _order(one: Judged) -> tuple[float, float, float, str]:
    span = weight(one.model)
    lacking = sum(lack.weight for lack in one.view.lacks)
    size = float("inf") if span is None else span.most
    return (round(lacking, 6), -round(one.view.points, 2), size, one.model.id)


def _words(reading: Reading, models: Sequence[Model]) -> dict[str, float]:
    """Points by BM25 of the need's words in what is said of each model."""
    index = Index({model.id: _text(model) for model in models})
    filler = everyday.table().filler
    idle = filler.articles | filler.words
    found = index.scores(word for word in reading.words if word not in idle)
    best = max(found.values(), default=0.0)
    return {name: _WORDS * score / best for name, score in found.items()} if best > 0 else {}


def _text(model: Model) -> str:
    told = [(facet, slug) for facet, slug in _held(model) if slug]
    texts = (everyday.texts(facet).get(slug, slug) for facet, slug in told)
    codes = (code for code in model.languages if code not in ("mul", "und", "zxx"))
    return " . ".join((*model.id.split("/"), *texts, tongues(codes), *model.datasets))


def _held(model: Model) -> list[tuple[str, str | None]]:
    domains: list[tuple[str, str | None]] = [("domains", slug) for slug in model.domains]
    return [("tasks", model.task), ("subtasks", model.subtask), *domains]


def _tongues(reading: Reading, wishes: Wishes) -> tuple[str, ...]:
    """All languages that are asked for. Raises UsageError where need and wish contradict."""
    named, wish = reading.languages, wishes.language
    if wish is None or wish in named:
        return named
    if wish in reading.without.get("languages", ()):
        raise _contradiction(f"not {tongues([wish])}", tongues([wish]))
    if named and named != ("mul",) and "translation" not in reading.tasks:
        raise _contradiction(tongues(named), tongues([wish]))
    return tuple(dict.fromkeys((*(code for code in named if code != "mul"), wish)))


def _platforms(reading: Reading, wishes: Wishes) -> tuple[str, ...]:
    named, wish = reading.platforms, wishes.platform
    if wish is None:
        return named
    if wish in reading.without.get("platforms", ()):
        raise _contradiction(f"not {label('platforms', wish)}", label("platforms", wish))
    if named and wish not in named:
        raise _contradiction(labels("platforms", named), label("platforms", wish))
    return (wish,)


def _contradiction(need: str, wish: str) -> UsageError:
    return UsageError(f"the need says {need}, the wish is {wish}", hint="leave one of them out")


def _match(one: Judged) -> Match:
    return Match(
        id=one.model.id,
        score=round(one.view.points, 3),
        why=one.view.why,
        warnings=one.view.warnings,
        lacks=tuple(lack.text for lack in one.view.lacks),
        license=one.model.license,
        weight=weight(one.model),
        declared=one.model.results,
        revision=one.model.revision,
    )
