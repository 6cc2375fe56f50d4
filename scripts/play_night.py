"""Play two nights of a catalog beside a Hub on loopback, and write down what a reviewer would see.

Night one syncs, tags and commits the models. Then the Hub moves: popularity, revisions, cards (one
flips a scope, one is hostile), names, a licence, a model that goes; and somebody edits a rule.
Night two syncs and tags again. The folder then holds the changes in every format, what the policy
answers and what the gates say.

The models are real: of a Parquet file with ``id``, ``info`` and ``card``, or else of the sample
Hub. Their cards are read when this runs, and kept nowhere but below the folder.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

from curation import ids
from curation.cli import verbs
from curation.cli.output import Output
from curation.samplehub.server import SampleHub, SampleModel, load_models
from curation.store.catalog import Catalog

DUMP = Path(__file__).resolve().parents[2] / "shared" / "hub" / "hub-2022-02.parquet"
MODELS = 300
#: What the Hub does between the nights to so many models, and to a share of fewer. Beside this one
#: model goes, one has another licence, one card flips a scope and one is hostile.
PLAN = {"popularity": 200, "revisions": 20, "cards": 3, "renames": 2}

#: The catalog's own rule. Between the nights somebody adds to its terms.
RULE = """\
name = "own"
version = "1.0.0"
about = "What this catalog's maintainers know of the families that they keep."

[[rule]]
id = "own.derivation.families"
why = "What talks, or finds names or things, was tuned from a model that was pretrained."
places = {{ name = 4.0 }}
supports = "derivation:finetuned"
terms = [{terms}]
accepts = ["name: t5-paws"]
rejects = ["name: bert-base"]
"""
TERMS = ('"paws"', '"paws", "blenderbot", "detr", "dialogpt", "ner"')
_MOVED_BY_RULE = re.compile(r"(^|[-_./])(blenderbot|detr|dialogpt|ner)([-_.]|$)", re.IGNORECASE)

#: Names of data that would call people, show an image, end a cell, or run, were they let.
HOSTILE = (
    "@everyone #1 GH-1 https://evil.example/x",
    "![beacon](https://evil.example/b.png)",
    "`</code></td><script>alert(1)</script> | x |",
    "\u202eesrever <img src=x onerror=alert(1)>",
)
_SCOPE_CARD = """\
---
language: da
license: {license}
tags:
- medical
---

# Clinical notes

Trained further on notes that Danish hospitals wrote.
"""
_HARMLESS = "\n\n## Changes\n\nThe file of the tokenizer was written anew.\n"

Told = dict[str, Any]


def real_models(dump: Path, count: int) -> list[SampleModel]:
    """The most downloaded public models of a dump that have a card."""
    import pyarrow.parquet

    found = []
    for row in pyarrow.parquet.read_table(dump, columns=["id", "info", "card"]).to_pylist():
        info = json.loads(row["info"])
        if row["card"] and not info.get("private") and not ids.refusal(row["id"]):
            found.append((-(info.get("downloads") or 0), row["id"], info, row["card"]))
    best = sorted(found, key=lambda one: one[:2])[:count]
    return [SampleModel.of(name, card=card, **info) for _, name, info, card in best]


def sample_models() -> list[SampleModel]:
    """The models of the sample Hub that anyone may use and that have a card."""
    closed = ("gated", "private")
    return [m for m in load_models() if m.card and not any(m.payload[name] for name in closed)]


def play(models: Sequence[SampleModel], folder: Path) -> Told:
    """Play both nights in ``folder``; what was done, and what a reviewer is told of it."""
    repository = folder / "repository"
    repository.mkdir(parents=True)
    quota = dict.fromkeys(("api", "resolvers", "pages"), 1_000_000)
    with chdir(repository), SampleHub(models, quota=quota) as hub:
        _say("init")
        _rule(TERMS[0])
        _say("add", *(model.id for model in models))
        _refresh(hub)
        _git("init", "--quiet", "--initial-branch", "main")
        _commit("Night one")
        done = _move(hub)
        _rule(TERMS[1])
        _refresh(hub)
        for model_id in done["gone"]:
            _retire(model_id)
        _git("switch", "--quiet", "--create", "refresh")
        _commit("Night two")
        _tell(folder)
    return {"done": done, **_figures(folder)}


def _refresh(hub: SampleHub) -> None:
    _say("sync", "--hub", hub.endpoint, allowed=(0, 1))  # 1: a model is gone
    _say("tag", "--hub", hub.endpoint, allowed=(0, 1))


def _rule(terms: str) -> None:
    path = Path("catalog", "rules", "own.toml")
    path.write_text(RULE.format(terms=terms), encoding="utf-8")
    _say("rules", "test")


def _move(hub: SampleHub) -> dict[str, list[str]]:
    """Let things happen on the Hub; which ids each thing happened to."""
    free = [one.id for one in hub.shelf.all() if not _MOVED_BY_RULE.search(one.id)]
    general = next(name for name in free if _is_general(name))
    licensed = next(name for name in free if name != general and _license(hub, name))
    rest = iter([name for name in free if name not in (general, licensed)])
    share = len(hub.shelf.all()) / MODELS
    done = {
        "scope": [general],
        "licence": [licensed],
        "hostile": [next(rest)],
        "gone": [next(rest)],
    }
    for what in ("renames", "cards", "revisions", "popularity"):
        count = max(1, round(PLAN[what] * min(share, 1)))
        done[what] = [name for name, _ in zip(rest, range(count), strict=False)]
    for what, names in done.items():
        for name in names:
            _EVENTS[what](hub, name)
    return done


def _flip_scope(hub: SampleHub, name: str) -> None:
    licence = _license(hub, name) or "mit"
    kept = [tag for tag in _tags(hub, name) if ":" in tag or len(tag) > 2]
    hub.shelf.push(name, card=_SCOPE_CARD.format(license=licence))
    data = {"language": "da", "license": licence, "tags": ["medical"]}
    hub.shelf.set(name, tags=[*kept, "da", "medical"], cardData=data)


def _turn_hostile(hub: SampleHub, name: str) -> None:
    quoted = "".join(f"- {json.dumps(one)}\n" for one in HOSTILE)
    hub.shelf.push(name, card=f"---\ndatasets:\n{quoted}---\n# {HOSTILE[0]}\n\n{HOSTILE[2]}\n")
    tags = [*_tags(hub, name), *(f"dataset:{one}" for one in HOSTILE)]
    hub.shelf.set(name, tags=tags, cardData={"datasets": list(HOSTILE)})


def _relicense(hub: SampleHub, name: str) -> None:
    tags = [tag for tag in _tags(hub, name) if not tag.startswith("license:")]
    data = {**(_payload(hub, name).get("cardData") or {}), "license": "cc-by-nc-4.0"}
    hub.shelf.push(name)
    hub.shelf.set(name, tags=[*tags, "license:cc-by-nc-4.0"], cardData=data)


def _edit_card(hub: SampleHub, name: str) -> None:
    model = hub.shelf.get(name)
    hub.shelf.push(name, card=f"{model.card if model else ''}{_HARMLESS}")


def _become_popular(hub: SampleHub, name: str) -> None:
    downloads = _payload(hub, name).get("downloads") or 0
    hub.shelf.set(name, downloads=2 * downloads + 1_000)


_EVENTS: dict[str, Any] = {
    "scope": _flip_scope,
    "licence": _relicense,
    "hostile": _turn_hostile,
    "gone": lambda hub, name: hub.shelf.remove(name),
    "renames": lambda hub, name: hub.shelf.rename(name, f"moved-house/{name.rpartition('/')[2]}"),
    "cards": _edit_card,
    "revisions": lambda hub, name: hub.shelf.push(name),
    "popularity": _become_popular,
}


def _tags(hub: SampleHub, name: str) -> list[str]:
    return list(_payload(hub, name).get("tags") or ())


def _payload(hub: SampleHub, name: str) -> dict[str, Any]:
    model = hub.shelf.get(name)
    return model.payload if model else {}


def _license(hub: SampleHub, name: str) -> str | None:
    found = [tag.partition(":")[2] for tag in _tags(hub, name) if tag.startswith("license:")]
    return found[0] if found else None


def _is_general(name: str) -> bool:
    scope = Catalog(Path("catalog")).record(name).tags.scope
    return [tag.value for tag in scope.values] == ["general"]


def _retire(model_id: str) -> None:
    """What a maintainer does about a model that is gone: a tombstone in the record's place."""
    catalog = Catalog(Path("catalog"))
    catalog.remove(model_id)
    rows = catalog.popularity()
    catalog.save_popularity({name: row for name, row in rows.items() if name != model_id})
    with (catalog.root / "tombstones.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[tombstones]]\nid = "{model_id}"\non = 2026-11-21\nreason = "gone"\n')


def _tell(folder: Path) -> None:
    """Write what a reviewer is shown of the branch."""
    span = "main..refresh"
    for form, name in (("text", "txt"), ("json", "json"), ("markdown", "md"), ("html", "html")):
        _say("diff", span, "--format", form, "--to", str(folder / f"changes.{name}"))
    files = [word for end in ("txt", "json", "md") for word in ("--to", f"{folder}/verdict.{end}")]
    _say("policy", span, *files, allowed=(0, 1))
    for form, name in (("text", "findings.txt"), ("sarif", "findings.sarif")):
        said = _say("validate", "--since", "main", "--format", form, allowed=(0, 1))
        (folder / name).write_text(said, encoding="utf-8")


def _figures(folder: Path) -> Told:
    """How many changes were told of each risk, of what, and which clauses ask for a person."""
    sections = json.loads((folder / "changes.json").read_text("utf-8"))["sections"]
    verdict = json.loads((folder / "verdict.json").read_text("utf-8"))
    groups = [(one["risk"], group) for one in sections for group in one["groups"]]
    return {
        "told": {one["risk"]: one["count"] for one in sections},
        "routine": {one["field"]: one["count"] for risk, one in groups if risk == "routine"},
        "moved": [
            (one["cause"], one["field"], one["move"], one["value"], one["count"])
            for risk, one in groups
            if risk in ("tag", "doubt")
        ],
        "asks": {one["name"]: one["reason"] for one in verdict["clauses"] if not one["met"]},
        "bytes": {path.name: path.stat().st_size for path in sorted(folder.glob("*.*"))},
    }


def _say(*words: str, allowed: Sequence[int] = (0,)) -> str:
    """Run a verb as its user would; what it says. Raises RuntimeError for other exit codes."""
    said, complaints = io.StringIO(), io.StringIO()
    code = verbs.run(words[0], words[1:], Output(stdout=said, stderr=complaints))
    if code not in allowed:
        raise RuntimeError(f"curate {' '.join(words[:2])} gave {code}: {said.getvalue()}")
    return said.getvalue()


def _git(*words: str) -> None:
    identity = ("-c", "user.name=night", "-c", "user.email=night@example.org")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


def _commit(message: str) -> None:
    _git("add", "--all")
    _git("commit", "--quiet", "--message", message)


def _print(told: Mapping[str, Any]) -> None:
    for what, names in told["done"].items():
        print(f"{what:12} {len(names):4}  {names[0]}")
    print("\nmoved")
    for *group, count in told["moved"]:
        print(f"  {count:3} by {' '.join(filter(None, group))}")
    for part in ("told", "routine", "asks", "bytes"):
        print(f"\n{part}")
        for name, value in told[part].items():
            print(f"  {name}: {value}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("to", type=Path, help="a folder that is not there yet")
    parser.add_argument("--dump", type=Path, default=DUMP, help="where the models are from")
    options = parser.parse_args()
    at_hand = options.dump.exists()
    models = real_models(options.dump, MODELS) if at_hand else sample_models()
    _print(play(models, options.to.absolute()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
