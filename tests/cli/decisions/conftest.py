"""A catalog on which something waits for a decision: its own rule, unsure of bees."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pexpect
import pyte
import pytest

from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

RULES = """name = "ours"
version = "1.0.0"
about = "Of bees."

[[rule]]
id = "ours.bees"
why = "Bees are farmed."
places = { title = 1.3, lead = 1.3 }
supports = "domains:agriculture"
terms = ["bees"]
accepts = ["title: bees"]
rejects = ["title: wasps"]

[[rule]]
id = "ours.hives"
why = "Hives are kept."
places = { name = 4.0 }
supports = "domains:agriculture"
terms = ["hive"]
accepts = ["name: hive"]
rejects = ["name: nest"]

[[rule]]
id = "ours.nests"
why = "Nests are not kept."
places = { name = -4.0 }
supports = "domains:agriculture"
terms = ["nest"]
accepts = ["name: nest"]
rejects = ["name: hive"]
"""
BEES = "# Bees at the gate\n\nCounts them.\n"
REVISION = "0" * 40

Keep = Callable[..., Record]
ROOT = Path(__file__).resolve().parents[3]


def put(catalog: Catalog, model_id: str, card: str | None, **facts: object) -> Record:
    """A record that is not tagged; its task is sure, so that nothing waits but the domain."""
    stated = {"revision": REVISION, "license": "mit", "task": "image-segmentation", **facts}
    record = Record(id=model_id, facts=msgspec.convert(stated, Facts))
    catalog.write(record)
    if card is not None:
        catalog.save_card(model_id, str(stated["revision"]), card)
    return record


@pytest.fixture(scope="session")
def apiary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with three models: of two, the domain is unsure, of one, contested."""
    folder = tmp_path_factory.mktemp("apiary")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        main(["init"])
        catalog = Catalog(folder / "catalog")
        (catalog.root / "rules").mkdir(exist_ok=True)
        (catalog.root / "rules" / "ours.toml").write_text(RULES)
        put(catalog, "acme/bee", BEES, bytes_total=1000)
        put(catalog, "acme/bumblebee", BEES)
        put(catalog, "acme/hive-nest", "# A home\n")
        assert main(["tag", "--offline"]) == 0
    return folder


@pytest.fixture
def catalog(
    apiary: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Catalog:
    """A copy of the apiary, in no git repository, whose maintainer is called Ada."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    folder = shutil.copytree(apiary, tmp_path / "repository")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return Catalog(folder / "catalog")


@pytest.fixture
def keep(catalog: Catalog, capsys: pytest.CaptureFixture[str]) -> Keep:
    """Put a model with its card into the catalog and tag it."""

    def kept(model_id: str, card: str | None, revision: str = REVISION, **facts: object) -> Record:
        put(catalog, model_id, card, revision=revision, **facts)
        assert main(["tag", "--offline", model_id]) == 0
        capsys.readouterr()
        return catalog.record(model_id)

    return kept


class Terminal:
    """A command in a pseudo-terminal, mostly of 100 columns, and what somebody sees of it."""

    #: Where a prompt begins, as a terminal is told; a key's echo draws the prompt once more.
    _PROMPT = "\x1b\\[\\?2004h.*?"

    def __init__(self, folder: Path, *words: str, columns: int = 100) -> None:
        self._columns = columns
        # No answers about the cursor: nobody asks a terminal that is none.
        env = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "PYTHONPATH": str(ROOT)}
        command = ["-m", "curation", *words]
        self._child = pexpect.spawn(
            sys.executable, command, cwd=folder, env=env, dimensions=(50, columns), timeout=60
        )
        self._child.delaybeforesend = None
        self.raw = io.BytesIO()
        self._child.logfile_read = self.raw

    def prompt(self, text: str = r"uit >") -> None:
        """Wait for a prompt that says ``text``."""
        self._child.expect((self._PROMPT + text).encode())

    def shows(self, text: str) -> None:
        """Wait until ``text`` is drawn."""
        self._child.expect(text.encode())

    def key(self, key: str) -> None:
        """Press a key and wait for the next prompt for keys."""
        self.send(key)
        self.prompt()

    def send(self, text: str | bytes) -> None:
        """Type, and wait for nothing."""
        self._child.send(text)

    def end(self) -> int:
        """Wait for the end of the command; its exit code."""
        self._child.expect(pexpect.EOF)
        self._child.close()
        return int(self._child.exitstatus)

    def stop(self) -> int:
        """Ask the command to end, as a system that shuts down does; its exit code."""
        self._child.kill(signal.SIGTERM)
        return self.end()

    def hang_up(self) -> int:
        """Close the terminal under the command; its exit code."""
        self._child.ptyproc.fileobj.close()
        return int(self._child.ptyproc.wait())

    def resize(self, columns: int) -> None:
        """Make the terminal as wide as this, of few lines."""
        self._child.setwinsize(5, columns)

    def seen(self) -> str:
        """All lines that were on the screen, those that scrolled away first."""
        screen = pyte.HistoryScreen(self._columns, 50, history=1000)
        pyte.ByteStream(screen).feed(self.raw.getvalue())
        gone = ["".join(row[x].data for x in range(self._columns)) for row in screen.history.top]
        return "\n".join(line.rstrip() for line in [*gone, *screen.display]).rstrip() + "\n"


@pytest.fixture
def terminal(catalog: Catalog) -> Callable[..., Terminal]:
    """Start ``curate`` in a terminal, in the repository of the catalog."""
    return partial(Terminal, catalog.root.parent)
