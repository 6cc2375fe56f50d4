"""What people decided: about a model that is here, with a reason, and not for longer than meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curation import canonical
from curation.checks.claims import Claim, of_override
from curation.checks.families.languages import exists
from curation.checks.world import World
from curation.records import Decision, Facts, Override
from curation.store.decisions import is_reason


def of_catalog(world: World) -> Iterator[Claim]:
    """Decisions on no model, without a reason, past their expiry, or on facts that moved on."""
    for model_id, override in sorted(world.overrides.items()):
        if model_id not in world.ids:
            yield of_override(model_id, "CUR206", (), f"there is no record of {model_id}")
        for place, decision in _decisions(override):
            yield from _decision(world.today, model_id, place, decision)
        if override.facts:
            yield from _facts(world, model_id, override)
        yield from _languages(model_id, override)


def _decisions(override: Override) -> Iterator[tuple[tuple[str, str], Decision]]:
    for name, decision in override.tags.items():
        yield ("tags", name), decision
    for name, decision in override.facts.items():
        yield ("facts", name), decision


def _decision(
    today: str, model_id: str, place: tuple[str, str], decision: Decision
) -> Iterator[Claim]:
    if not is_reason(decision.reason):
        message = f"{place[1]}: '{decision.reason[:40]}' is no reason"
        yield of_override(model_id, "CUR221", (*place, "reason"), message)
    if decision.expires is not None and decision.expires < today:
        message = f"{place[1]}: expired on {decision.expires}"
        yield of_override(model_id, "CUR222", (*place, "expires"), message)


def _facts(world: World, model_id: str, override: Override) -> Iterator[Claim]:
    record = world.record(model_id)
    if record is None:
        return
    for name, decision in override.facts.items():
        stated = getattr(record.facts, name)
        same = canonical.digest(stated) == canonical.digest(_value(name, decision))
        yield from decided(model_id, ("facts", name), decision, same, canonical.digest(stated))


def decided(
    model_id: str, place: tuple[str, str], decision: Decision, same: bool, judged: str
) -> Iterator[Claim]:
    """What the evidence holds against a decision on it.

    ``same`` says that without it the value would be equal; ``judged`` hashes today's evidence.
    """
    name = place[1]
    if decision.judged is not None and decision.judged != judged:
        message = f"{name}: what was judged has changed; today it is {judged}"
        yield of_override(model_id, "CUR223", (*place, "judged"), message)
    if same and not decision.confirms:
        message = f"{name}: without this decision the value would be the same"
        yield of_override(model_id, "CUR224", place, message)
    if decision.confirms and not same:
        message = f"{name}: without this decision the value would be another"
        yield of_override(model_id, "CUR225", (*place, "confirms"), message)


def _value(name: str, decision: Decision) -> Any:
    # In TOML an empty list stands for null.
    if decision.value == () and not isinstance(getattr(Facts(), name), tuple):
        return None
    return decision.value


def _languages(model_id: str, override: Override) -> Iterator[Claim]:
    decision = override.tags.get("languages")
    values = decision.value if decision and isinstance(decision.value, tuple) else ()
    for code in values:
        if not exists(code):
            place = ("tags", "languages", "value")
            yield of_override(model_id, "CUR233", place, f"no language has the code {code}")
