"""Looking at every model, several at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from curation.errors import GatedError, HubError, NotFoundError, UnreachableError
from curation.hub import sync
from curation.hub.client import Answer, Hub
from curation.hub.outcome import Outcome
from curation.records import Facts, File
from curation.samplehub import faults
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel

OLD, NEW = "0" * 40, "1" * 40
README = (File(path="README.md", size=5),)
FACTS = Facts(source="hub", revision=NEW, read_at="2026-11-20T00:00:00Z", files=README)
UNSYNCED = Facts()


class Fake:
    """Answers from a table; an exception in it is raised."""

    def __init__(self, models: dict[str, Any], cards: dict[str, Any] | None = None) -> None:
        self.models = models
        self.cards = cards or {}
        self.asked: list[tuple[str, str]] = []

    def model(self, model_id: str) -> Answer:
        said = self.models[model_id]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, Answer) else Answer(canonical_id=model_id, facts=said)

    def card(self, model_id: str, revision: str) -> str | None:
        self.asked.append((model_id, revision))
        said = self.cards.get(model_id, "# Card\n")
        if isinstance(said, Exception):
            raise said
        return str(said)


def one(source: Fake, old: Facts = UNSYNCED, **options: Any) -> Outcome:
    (outcome,) = sync.refresh(source, {"a/one": old}, **options)
    return outcome


def test_a_new_model_comes_with_its_card() -> None:
    outcome = one(Fake({"a/one": FACTS}))
    assert (outcome.state, outcome.card) == ("refreshed", "# Card\n")
    assert outcome.answer is not None
    assert outcome.answer.facts == FACTS


def test_a_known_revision_costs_no_card_and_keeps_its_time() -> None:
    source = Fake({"a/one": replace(FACTS, source="mirror", read_at="2026-12-01T00:00:00Z")})
    outcome = one(source, FACTS)
    assert outcome.state == "unchanged"
    assert outcome.answer is not None
    assert outcome.answer.facts == FACTS
    assert source.asked == []


def test_other_facts_of_a_known_revision_are_taken_with_its_time() -> None:
    source = Fake({"a/one": replace(FACTS, read_at="2026-12-01T00:00:00Z", task="fill-mask")})
    outcome = one(source, FACTS)
    assert (outcome.state, outcome.card, source.asked) == ("refreshed", None, [])
    assert outcome.answer is not None
    assert outcome.answer.facts == replace(FACTS, task="fill-mask")


def test_a_new_revision_costs_one_card() -> None:
    source = Fake({"a/one": FACTS})
    outcome = one(source, replace(FACTS, revision=OLD))
    assert (outcome.state, outcome.card) == ("refreshed", "# Card\n")
    assert source.asked == [("a/one", NEW)]


def test_a_model_without_a_readme_is_not_asked_for_one() -> None:
    source = Fake({"a/one": replace(FACTS, files=())})
    assert (one(source).card, source.asked) == (None, [])


def test_a_renamed_model_says_its_new_id() -> None:
    source = Fake({"a/one": Answer(canonical_id="b/uno", facts=FACTS)})
    outcome = one(source)
    assert outcome.state == "renamed"
    assert outcome.answer is not None
    assert outcome.answer.canonical_id == "b/uno"
    assert source.asked == [("b/uno", NEW)]


@pytest.mark.parametrize("error", [NotFoundError("no"), UnreachableError("gone")])
def test_a_model_that_was_never_there_may_be_misspelt(error: Exception) -> None:
    source = Fake({"a/one": error})
    assert "misspelt" in str(one(source).hint)
    assert one(source, replace(FACTS, revision=OLD)).hint is None


def test_private_models_stay_out() -> None:
    source = Fake({"a/one": replace(FACTS, private=True)})
    outcome = one(source, allow_gated=True)
    assert (outcome.state, outcome.answer, source.asked) == ("failed", None, [])
    assert "private" in str(outcome.reason)


@pytest.mark.parametrize("gated", ["auto", "manual", True])
def test_gated_models_stay_out_unless_allowed(gated: Any) -> None:
    source = Fake({"a/one": replace(FACTS, gated=gated)})
    outcome = one(source)
    assert (outcome.state, outcome.answer, source.asked) == ("failed", None, [])
    assert "allow_gated" in str(outcome.hint)
    assert one(source, allow_gated=True).state == "refreshed"


def test_a_gated_card_leaves_the_facts() -> None:
    closed = GatedError("a/one: gated")
    outcome = one(
        Fake({"a/one": replace(FACTS, gated="auto")}, {"a/one": closed}), allow_gated=True
    )
    assert (outcome.state, outcome.card, outcome.reason) == ("refreshed", None, "a/one: gated")


def test_facts_without_their_card_are_not_taken() -> None:
    broken = HubError("a/one: too large", hint="h")
    outcome = one(Fake({"a/one": FACTS}, {"a/one": broken}))
    assert (outcome.state, outcome.answer) == ("failed", None)
    assert (outcome.reason, outcome.hint) == ("a/one: too large", "h")


def test_an_answer_without_a_revision_is_not_taken() -> None:
    assert one(Fake({"a/one": replace(FACTS, revision=None)})).state == "failed"


def test_one_failure_stops_no_other() -> None:
    models: dict[str, Any] = {f"a/m{n}": FACTS for n in range(40)}
    models["a/m7"] = NotFoundError("a/m7: not on the Hub")
    outcomes = list(sync.refresh(Fake(models), dict.fromkeys(models, UNSYNCED), jobs=3))
    assert sorted(outcome.id for outcome in outcomes) == sorted(models)
    assert [o.id for o in outcomes if o.state == "failed"] == ["a/m7"]


def test_a_bug_is_not_taken_for_a_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        one(Fake({"a/one": ZeroDivisionError()}))


@pytest.mark.parametrize("jobs", [1, 4])
def test_so_many_are_asked_at_once_and_no_more(jobs: int) -> None:
    lock, most, now = threading.Lock(), 0, 0
    together = threading.Barrier(jobs)

    class Slow(Fake):
        def model(self, model_id: str) -> Answer:
            nonlocal most, now
            with lock:
                now += 1
                most = max(most, now)
            together.wait(timeout=60)
            with lock:
                now -= 1
            return super().model(model_id)

    models = {f"a/m{n}": FACTS for n in range(3 * jobs)}
    list(sync.refresh(Slow(models), dict.fromkeys(models, UNSYNCED), jobs=jobs))
    assert most == jobs


def test_what_is_not_wanted_any_more_is_not_asked() -> None:
    source = Fake({f"a/m{n}": FACTS for n in range(1000)})
    outcomes = sync.refresh(source, dict.fromkeys(source.models, UNSYNCED), jobs=2)
    next(outcomes)
    assert isinstance(outcomes, Iterator)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(source.asked) < 20


def test_a_revision_that_goes_between_facts_and_card_is_looked_at_again(
    connect: Callable[..., Hub],
) -> None:
    with SampleHub([SampleModel.of("a/one", card="# Old\n")]) as server:
        pushed = lambda: server.shelf.push("a/one", card="# New\n", forget=True)  # noqa: E731
        server.faults.add(Fault("api/models/a/one", faults.meanwhile(pushed)))
        (outcome,) = sync.refresh(connect(server.endpoint), {"a/one": UNSYNCED})
        sha = server.shelf.get("a/one").sha  # type: ignore[union-attr]
    assert (outcome.state, outcome.card) == ("refreshed", "# New\n")
    assert outcome.answer is not None
    assert outcome.answer.facts.revision == sha
    assert [request.status for request in server.requests] == [200, 404, 200, 200]


def test_facts_and_card_are_of_one_revision(connect: Callable[..., Hub]) -> None:
    with SampleHub([SampleModel.of("a/one", card="# Old\n")]) as server:
        pushed = faults.meanwhile(lambda: server.shelf.push("a/one", card="# New\n"))
        server.faults.add(Fault("api/models/a/one", pushed))
        (outcome,) = sync.refresh(connect(server.endpoint), {"a/one": UNSYNCED})
    assert outcome.card == "# Old\n"
    assert outcome.answer is not None
    assert outcome.answer.facts.revision == SampleModel.of("a/one").sha
