"""Evaluation results as a model declares them: ``model-index`` and today's ``evalResults``."""

from __future__ import annotations

from collections.abc import Iterator

from curation.hub.payload.shape import CardData, EvalResult, Evaluation, Indexed, Named, Payload
from curation.records import Result


def results(payload: Payload, card: CardData) -> tuple[Result, ...]:
    """The declared results in order, each once; those that lack a name or a value are left out.

    A dataset's configuration stands behind its name, ``glue (cola)``. Entries of
    ``evalResults`` name a benchmark and a task but no metric: theirs is ``value``.
    """
    index = payload.model_index or card.model_index
    scores = payload.eval_results
    if not index and not scores:
        return ()
    return tuple(dict.fromkeys([*_declared(index or []), *_scored(scores or [])]))


def _declared(index: list[Indexed]) -> Iterator[Result]:
    for model in index:
        for evaluation in model.results or ():
            yield from _metrics(evaluation)


def _metrics(evaluation: Evaluation) -> Iterator[Result]:
    task, dataset = _label(evaluation.task), _dataset(evaluation.dataset)
    if not task or not dataset:
        return
    split = evaluation.dataset.split if evaluation.dataset else None
    for metric in evaluation.metrics or ():
        name = metric.type or metric.name
        if name and metric.value is not None:
            yield Result(task=task, dataset=dataset, metric=name, value=metric.value, split=split)


def _scored(scores: list[EvalResult]) -> Iterator[Result]:
    for entry in scores:
        score = entry.data or entry
        benchmark = score.dataset
        if benchmark and benchmark.id and benchmark.task_id and score.value is not None:
            yield Result(
                task=benchmark.task_id, dataset=benchmark.id, metric="value", value=score.value
            )


def _dataset(dataset: Named | None) -> str | None:
    label = _label(dataset)
    if label and dataset and dataset.config:
        return f"{label} ({dataset.config})"
    return label


def _label(named: Named | None) -> str | None:
    return (named.type or named.name) if named else None
