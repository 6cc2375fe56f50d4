"""What a sync costs: calls and seconds, beside the loops that one would write at first.

    python benchmarks/sync.py ../shared/hub/hub-2022-02.parquet

A sample Hub in a process of its own serves real payloads and cards, every answer held back for 50
ms. The catalog is the most downloaded models of the authors that have most. Measured are a first
sync, one with nothing changed, and one with 30 new revisions, for a plain loop over ``model_info``
and ``hf_hub_download``, the same in 16 threads, and ``curate sync``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

LATENCY = 0.05
PER_AUTHOR = 20
CHANGED = 30
#: More than anybody needs: the loops would otherwise sleep for minutes at every refusal.
PLENTY = {"api": 1_000_000, "resolvers": 1_000_000, "pages": 1_000_000}


def main() -> None:
    options = _options()
    payloads = _payloads(options.file)
    chosen = _choose(payloads, options.models)
    authors = {model_id.partition("/")[0] for model_id in chosen}
    served = [row for row in payloads if row[0].partition("/")[0] in authors]
    print(f"{len(chosen)} models of {len(authors)} authors, who have {len(served)}")
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there, served))
    server.start()
    try:
        endpoint = here.recv()
        print(f"{'':24}{'first':>20}{'nothing changed':>20}{f'{CHANGED} changed':>20}")
        for name, make in _clients(options).items():
            _measure(name, make(endpoint, chosen), here, chosen)
    finally:
        here.send(("stop", None))
        server.join()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="hub-2022-02.parquet")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--without-loop", action="store_true", help="leave out the slow loop")
    return parser.parse_args()


def _clients(options: argparse.Namespace) -> dict[str, Callable[..., Callable[[], None]]]:
    clients: dict[str, Callable[..., Callable[[], None]]] = {
        "loop": lambda *args: _loop(*args, threads=1),
        "loop, 16 threads": lambda *args: _loop(*args, threads=16),
        "curate sync": _curate,
    }
    if options.without_loop:
        del clients["loop"]
    return clients


def _payloads(path: Path) -> list[tuple[str, str, str | None]]:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path, columns=["id", "info", "card"]).to_pydict()
    return list(zip(table["id"], table["info"], table["card"], strict=True))


def _choose(payloads: Iterable[tuple[str, str, str | None]], wanted: int) -> list[str]:
    """The most downloaded models of the authors with most models, ``PER_AUTHOR`` of each."""
    from curation import ids

    by_author: dict[str, list[tuple[int, str]]] = {}
    for model_id, info, _ in payloads:
        if "/" in model_id and not ids.client_refuses(model_id):
            downloads = json.loads(info).get("downloads") or 0
            by_author.setdefault(model_id.partition("/")[0], []).append((-downloads, model_id))
    large = sorted(by_author.values(), key=lambda found: (-len(found), found))
    chosen = [model_id for found in large for _, model_id in sorted(found)[:PER_AUTHOR]]
    return chosen[:wanted]


def _serve(pipe: Connection, rows: list[tuple[str, str, str | None]]) -> None:
    """A sample Hub that does what ``pipe`` says, and answers how much it was asked."""
    from curation.samplehub.server import SampleHub, SampleModel

    models = [
        SampleModel(name, {**json.loads(info), "id": name}, card) for name, info, card in rows
    ]
    with SampleHub(models, latency=LATENCY, quota=PLENTY) as hub:
        pipe.send(hub.endpoint)
        while True:
            word, names = pipe.recv()
            if word == "stop":
                return
            if word == "push":
                for name in names:
                    hub.shelf.push(name, card="# New\n")
            kinds = Counter("files" if "/resolve/" in r.path else "api" for r in hub.requests)
            refused = sum(request.status == 429 for request in hub.requests)
            hub.requests.clear()
            pipe.send((kinds["api"], kinds["files"], refused))


def _measure(name: str, sync: Callable[[], None], hub: Connection, chosen: list[str]) -> None:
    cells = []
    for changed in ([], [], chosen[:: len(chosen) // CHANGED][:CHANGED]):
        hub.send(("push", changed))
        hub.recv()
        start = time.perf_counter()
        sync()
        seconds = time.perf_counter() - start
        hub.send(("count", None))
        api, files, _ = hub.recv()
        cells.append(f"{seconds:.2f} s {api}+{files}")
    print(f"{name:24}{''.join(f'{cell:>20}' for cell in cells)}", flush=True)


def _loop(endpoint: str, chosen: list[str], *, threads: int) -> Callable[[], None]:
    """One ``model_info`` and one ``hf_hub_download`` a model, as one would write it."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    cache = tempfile.TemporaryDirectory()
    api = HfApi(endpoint, token=False)

    def look(model_id: str) -> Any:
        info = api.model_info(model_id, files_metadata=True)
        try:
            hf_hub_download(
                model_id,
                "README.md",
                revision=info.sha,
                cache_dir=cache.name,
                endpoint=endpoint,
                token=False,
            )
        except EntryNotFoundError:
            return None

    def sync(_keep: object = cache) -> None:
        if threads == 1:
            for model_id in chosen:
                look(model_id)
            return
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(look, chosen))

    return sync


def _curate(endpoint: str, chosen: list[str]) -> Callable[[], None]:
    """``curate sync`` as its users start it, in a catalog that has only the ids."""
    from curation.records import Record
    from curation.store import skeleton
    from curation.store.catalog import Catalog

    folder = tempfile.TemporaryDirectory()
    skeleton.make(Path(folder.name), {})
    catalog = Catalog(Path(folder.name) / "catalog")
    for model_id in chosen:
        catalog.write(Record(id=model_id))
    command = [sys.executable, "-m", "curation", "sync", "--hub", endpoint, "--json"]

    def sync(_keep: object = folder) -> None:
        done = subprocess.run(
            command, cwd=catalog.root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)

    return sync


if __name__ == "__main__":
    main()
