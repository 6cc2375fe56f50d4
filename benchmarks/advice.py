"""How often advice is right, beside AI Model Advisor's rule of smallest first; three teams.

python benchmarks/advice.py
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from curation.advise import measure, team, wishes
from curation.advise.team import Team
from curation.advise.weight import shown
from curation.advise.wishes import size
from curation.model import Model

#: Needs, a budget, a licence.
TEAMS = (
    (("find signatures on scanned contracts", "transcribe speech"), "2GB", None),
    (
        ("write Python code", "chat", "read text aloud", "forecast a time series"),
        "4GB",
        "permissive",
    ),
    (
        ("write code", "summarise text", "translate English into German", "detect objects"),
        "40GB",
        None,
    ),
)
FOLDER = Path(__file__).resolve().parents[1] / "tests" / "advise"


def main() -> None:
    lines = (FOLDER / "data" / "models.jsonl").read_bytes()
    models = msgspec.json.Decoder(Model).decode_lines(lines)
    sizes = json.loads((FOLDER / "data" / "advisor-sizes.json").read_bytes())
    rules = {
        "by meaning": measure.by_meaning(models),
        "smallest first": measure.smallest_first(models, sizes),
    }
    print(f"{len(models)} models")
    fifty = measure.read_needs(FOLDER / "needs.toml")
    files = {
        "needs.toml": fifty,
        "its traps": tuple(need for need in fifty if need.trap),
        **{
            name: measure.read_needs(FOLDER / name)
            for name in ("users.toml", "held-out.toml", "unseen.toml")
        },
    }
    for name, held in files.items():
        for rule, ranked in rules.items():
            found = measure.score(held, ranked)
            print(
                f"{name:14} {rule:15} right at 1: {found.at_1}/{found.needs}"
                f"  at 3: {found.at_3}/{found.needs}  misled: {found.misled}"
            )
    for needs, budget, licence in TEAMS:
        plan = team(needs, models, size(budget), wishes(licence=licence))
        print(f"\n{budget}, licence {licence or 'any'}: {'; '.join(needs)}")
        for title in ("team", "generalist", "hybrid"):
            show(title, getattr(plan, title))
        print(*(f"  note: {note}" for note in plan.notes), sep="\n")


def show(title: str, found: Team | None) -> None:
    if found is None:
        return
    print(f"  {title}, at most {shown(found.total)}")
    for one in found.members:
        told = [f"{need} (when told to)" for need in one.told]
        print(f"    {one.id}, {one.weight}: {'; '.join([*one.covers, *told])}")
    if found.missing:
        print(f"    not covered: {'; '.join(found.missing)}")


if __name__ == "__main__":
    main()
