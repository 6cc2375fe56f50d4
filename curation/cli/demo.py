"""``curate demo``: run the whole line of work on a sample Hub.

The demo is what a user would type, one verb after the other, and reads what they say as JSON.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from curation.cli import table, verbs
from curation.cli.output import Output
from curation.errors import UsageError

HELP = "run the whole line of work on a sample Hub"
EXAMPLE = """
curate demo
curate demo --keep my-demo
"""

#: The catalog as it was before tagging, to compare with.
_UNTAGGED = "untagged"
#: Says that a folder was made by a demo, so that the next one may replace it.
_MARK = ".curate-demo"
_COLUMNS = ("model", "scope", "task", "specialization")
_SHOWN = "ProsusAI/finbert"
#: From so many words on, a command is shown shortened.
_SPELT_OUT = 4

#: What the environment says of the Hub. Who is offline can have the demo all the same.
_THEIRS = ("HF_TOKEN", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")

Row = dict[str, str]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the verb."""
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the catalog there (default: throw it away)"
    )


def run(options: argparse.Namespace, out: Output) -> int:
    """Walk from an empty folder to a tagged, checked catalog."""
    with _scratch(options.keep) as folder, chdir(folder), _undisturbed():
        models = _walk(out)
    for line in _next(options.keep):
        out.line(line)
    out.data({"kept": str(options.keep) if options.keep else None, "models": models})
    return 0


def _walk(out: Output) -> list[Row]:
    from curation.samplehub.server import SampleHub, load_models

    models = load_models()
    free = [m.id for m in models if not (m.payload["gated"] or m.payload["private"])]
    out.line(f"a sample Hub with {len(models)} models answers on loopback")
    _say(out, "init")
    _say(out, "add", *free)
    out.line(f"  added {len(free)} models that anyone may use")
    with SampleHub(models) as hub:
        synced = _say(out, "sync", "--hub", hub.endpoint)
        out.line(f"  read {len(synced['refreshed'])} models in {len(hub.requests)} requests")
    shutil.copytree("catalog", Path(_UNTAGGED) / "catalog")
    tagged = _say(out, "tag", "--offline")
    out.line(f"  tagged {len(tagged['changed'])} models")
    findings = _say(out, "validate")["findings"]
    out.line(f"  no errors, {len(findings)} warnings" if findings else "  no findings")
    rows = _rows(_say(out, "diff", f"{_UNTAGGED}..catalog"))
    _show(rows, out)
    return rows


def _say(out: Output, verb: str, *words: str) -> Any:
    """Run a verb as its user would, and return its JSON. A verb that finds fault is our fault."""
    import msgspec

    typed = words if len(words) < _SPELT_OUT else (*words[:2], "...")
    out.line()
    out.line(out.style(" ".join(("$ curate", verb, *typed)), "bold"))
    said, complaints = io.StringIO(), io.StringIO()
    code = verbs.run(verb, words, Output(json=True, stdout=said, stderr=complaints))
    if code:
        raise RuntimeError(f"curate {verb} gave {code}: {said.getvalue()}{complaints.getvalue()}")
    return msgspec.json.decode(said.getvalue())


def _rows(digest: Mapping[str, Any]) -> list[Row]:
    """Each model with what its tags have become."""
    models: dict[str, Row] = {}
    groups = (group for section in digest["sections"] for group in section["groups"])
    for item in (item for group in groups for item in group["items"]):
        if item["kind"] == "tag":
            row = models.setdefault(item["id"], dict.fromkeys(_COLUMNS, "unknown"))
            row["model"] = item["id"]
            row[item["field"].removeprefix("tags.")] = _value(item)
    in_order = sorted(models.values(), key=lambda row: row["model"].casefold())
    return [{name: row[name] for name in _COLUMNS} for row in in_order]


def _show(rows: list[Row], out: Output) -> None:
    shown = table.lines([_COLUMNS, *(tuple(row.values()) for row in rows)])
    out.line("  " + out.style(next(shown), "dim"))
    for line in shown:
        out.line(f"  {line}")
    scopes = Counter(row["scope"] for row in rows)
    told = ", ".join(f"{count} {scope}" for scope, count in scopes.most_common())
    out.line(f"  nothing was known of their scope; now {told}")


def _value(item: Mapping[str, Any]) -> str:
    if item["new"] is None:
        return str(item["now"]["state"])
    return ", ".join(item["new"]) or "-"


def _next(kept: Path | None) -> Iterator[str]:
    steps = [("curate init ~/my-models", "a catalog of your own; README.md tells the rest")]
    if kept is None:
        steps.insert(0, ("curate demo --keep DIR", "the same, and the catalog stays to look at"))
    else:
        steps[:0] = [
            (f"cd {kept}", "the catalog"),
            (f"curate explain {_SHOWN}", "why a tag is there"),
            (
                f"curate diff {_UNTAGGED}..catalog",
                "all that the rules moved, and which rule it was",
            ),
            ("curate sync", "the same models as the real Hub has them"),
        ]
    yield ""
    yield "what next:"
    for line in table.lines(steps):
        yield f"  {line}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the user's word on the real Hub: the sample Hub knows no token, and is not far."""
    theirs = {name: os.environ.pop(name) for name in _THEIRS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(theirs)


@contextmanager
def _scratch(kept: Path | None) -> Iterator[Path]:
    """An empty folder: ``kept`` itself, or one that goes away."""
    if kept is None:
        with TemporaryDirectory(prefix="curate-demo-") as name:
            yield Path(name)
        return
    if (kept / _MARK).is_file() and not kept.is_symlink():
        shutil.rmtree(kept)
    if kept.exists() and not (kept.is_dir() and not any(kept.iterdir())):
        raise UsageError(f"{kept} is in use", hint="name a folder that is empty or not there")
    kept.mkdir(parents=True, exist_ok=True)
    (kept / _MARK).write_text("made by 'curate demo', which may replace this folder\n", "utf-8")
    yield kept
