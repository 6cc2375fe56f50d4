"""A sync that is killed or interrupted leaves a whole catalog, and the next one goes on."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation import checks
from curation.cli.sync import choice
from curation.records import Record
from curation.samplehub.faults import Fault
from curation.samplehub.server import SampleHub, SampleModel
from curation.samplehub.wire import Ask, Reply
from curation.store.catalog import Catalog

NAMES = [f"{author}/m{n}" for author in "abc" for n in range(8)]

Sync = Callable[..., tuple[int, str, str]]


@pytest.fixture
def models() -> list[SampleModel]:
    return [SampleModel.of(name, card=f"# {name}\n") for name in NAMES]


def broken_off(hub: SampleHub, catalog: Catalog, at: int, how: signal.Signals) -> int:
    """Run a sync in a process of its own until its request number ``at``; its exit code."""
    started = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    count = iter(range(1, 10_000))

    def strike(_ask: Ask, reply: Reply) -> Reply:
        if next(count) == at:
            started.wait(timeout=60)
            os.kill(running[0].pid, how)
        return reply

    fault = Fault(".", strike, times=None)
    hub.faults.add(fault)
    command = [sys.executable, "-m", "curation", "sync", "--hub", hub.endpoint, "--jobs", "4"]
    with subprocess.Popen(
        command, cwd=catalog.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        running.append(process)
        started.set()
        process.communicate(timeout=120)
    fault.times = 0
    return process.returncode


def finished(catalog: Catalog) -> set[str]:
    """The models that the journal of the sync that was broken off knows as finished."""
    path = choice.journal_path(catalog)
    lines = path.read_bytes().split(b"\n")[1:] if path.exists() else []
    found = set()
    for line in lines:
        try:
            found.add(json.loads(line)["id"])
        except ValueError:
            continue
    return found


def asked_for(hub: SampleHub) -> set[str]:
    paths = "\n".join(request.path for request in hub.requests)
    return set(re.findall(r"(?m)^(?:/api/models)?/([abc]/m\d)", paths))


def whole(catalog: Catalog) -> list[Any]:
    return [one for one in checks.check_files(catalog.root) if one.code.startswith("CUR10")]


def up_to_date(catalog: Catalog, hub: SampleHub) -> bool:
    newest = {model.id: (model.sha, model.card) for model in hub.shelf.all()}
    facts = {record.id: record.facts.revision for record in catalog.records()}
    cards = {name: (sha, catalog.card(name, str(sha))) for name, sha in facts.items()}
    return cards == newest


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_and_repeats_nothing(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    chance = random.Random(5)
    killed = 0
    for night in range(20):
        # On the first night, facts and card of each model; later, lists and what is new.
        new = NAMES if night == 0 else chance.sample(NAMES, 16)
        for name in new if night else ():
            server.shelf.push(name, card=f"# {name} on night {night}\n")
        most = 2 * len(new) + 3 * bool(night)
        code = broken_off(server, catalog, chance.randint(1, most), signal.SIGKILL)
        killed += code == -signal.SIGKILL
        assert whole(catalog) == []
        done = finished(catalog)
        server.requests.clear()
        assert sync()[0] == 0
        assert asked_for(server) & done == set(), "what was finished is not repeated"
        assert up_to_date(catalog, server)
        assert len(catalog.popularity()) == len(NAMES)
        assert not choice.journal_path(catalog).exists()
    assert killed == 20


def test_an_interrupted_sync_says_so_and_goes_on(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    for name in NAMES:
        catalog.write(Record(id=name))
    assert broken_off(server, catalog, 30, signal.SIGINT) == 130
    assert whole(catalog) == []
    done = finished(catalog)
    assert done
    server.requests.clear()
    code, _, err = sync()
    assert code == 0
    assert f"going on after {len(done)} models" in err
    assert asked_for(server) == {*NAMES} - done
    assert up_to_date(catalog, server)


def test_a_write_that_a_kill_cut_short_is_cleared_away(
    catalog: Catalog, server: SampleHub, sync: Sync
) -> None:
    catalog.write(Record(id="a/m0"))
    left = catalog.path("a/m0").with_name(".m0.json.0011aabb.tmp")
    left.write_text('{"id": "a/m')
    assert sync()[0] == 0
    assert not Path(left).exists()
