"""From what is said of a facet to what it comes to; the same statements are weighed only once."""

from __future__ import annotations

from collections.abc import Mapping

from curation import vocabulary
from curation.tagging import many, resolve
from curation.tagging.calibration import Calibration
from curation.tagging.marks import Said, Statement, by_value, mark, statements
from curation.tagging.resolve import NOTHING, Candidate, Choice

#: What is decided once the task is.
_LATE = ("domains", "languages", "platforms", "derivation")
#: Most models of a kind have the same said of them: choices are kept, up to so many.
_MEMO = 100_000


class Decider:
    """Decides facets by their calibrations; holds nothing of models but memoised choices."""

    def __init__(self, calibrations: Mapping[str, Calibration]) -> None:
        self._calibrations = calibrations
        self._memo: dict[tuple[Statement, ...], Choice] = {}
        self._fits = {
            slug: frozenset(value.tasks)
            for slug, value in vocabulary.load("subtasks").values.items()
        }

    def early(self, said: Said) -> dict[str, Choice]:
        """The task, and the subtask among those that the task can have."""
        task = self._choice("task", said.get("task"))
        name = task.chosen[0].value if task.chosen else None
        fitting = [one for one in said.get("subtask", ()) if self._fit(one.value, name)]
        subtask = self._choice("subtask", fitting)
        if subtask.chosen and not task.chosen:
            implied = self._implied(subtask.chosen[0])
            task = self._choice("task", [*said.get("task", ()), *implied])
        return {"task": task, "subtask": subtask}

    def _implied(self, subtask: Candidate) -> list[Statement]:
        """What a subtask says of the task: that it is the one of which it is always a part."""
        tasks = self._fits.get(subtask.value, frozenset())
        if len(tasks) != 1:
            return []
        said = mark("task.subtask", subtask.log_odds, "decided", subtask.value)
        return statements([(("task", next(iter(tasks))), said)])

    def late(self, said: Said) -> dict[str, Choice]:
        """All other facets that are inferred."""
        return {facet: self._choice(facet, said.get(facet)) for facet in _LATE}

    def _fit(self, subtask: str, task: str | None) -> bool:
        tasks = self._fits.get(subtask)
        return task is None or not tasks or task in tasks

    def _choice(self, facet: str, statements: list[Statement] | None) -> Choice:
        if not statements:
            return NOTHING
        key = tuple(statements)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            known = self._memo[key] = self._weigh(facet, statements)
        return known

    def _weigh(self, facet: str, statements: list[Statement]) -> Choice:
        ranked = resolve.candidates(by_value(statements))
        decide = resolve.several if facet in _LATE else resolve.single
        choice = decide(ranked, self._calibrations[facet])
        return many.settle(choice) if facet == "languages" else choice
