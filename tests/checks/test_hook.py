"""The hook as pre-commit runs it, in a scratch repository: what is staged counts."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import yaml

from curation import canonical
from curation.checks import cache
from curation.checks.sources import name_of
from curation.cli.main import main
from curation.records import Facts, Record
from curation.store.catalog import Catalog

BIN = Path(sys.executable).parent
RUNNERS = ("pre-commit", "prek")
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]

Captured = pytest.CaptureFixture[str]


def git(*words: str, ok: bool = True) -> str:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([*GIT, *words], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0 or not ok, done.stderr
    return done.stdout + done.stderr


def record(model_id: str, **facts: object) -> Record:
    stated = {"revision": canonical.hash_bytes(model_id.encode())[-40:], "license": "mit"}
    return Record(id=model_id, facts=msgspec.convert({**stated, **facts}, Facts))


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    """A repository with a catalog of three models, committed."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit-home"))
    repository = tmp_path / "repository"
    repository.mkdir()
    monkeypatch.chdir(repository)
    git("init", "-q", "-b", "main")
    main(["init"])
    made = Catalog(repository / "catalog")
    for name in ("bee", "wasp", "ant"):
        made.write(record(f"acme/{name}"))
    git("add", "-A")
    git("commit", "-qm", "a catalog")
    capsys.readouterr()
    return made


def staged(capsys: Captured) -> tuple[int, list[str]]:
    """The exit code of the hook, and the codes that it tells."""
    code = main(["validate", "--staged"])
    lines = capsys.readouterr().out.splitlines()
    return code, [line.split()[1] for line in lines if line.startswith("catalog/")]


def test_the_index_counts_and_not_the_working_tree(catalog: Catalog, capsys: Captured) -> None:
    path = catalog.path("acme/bee")
    good = path.read_bytes()
    path.write_bytes(b"{")
    assert staged(capsys) == (0, [])
    git("add", "-A")
    path.write_bytes(good)
    assert staged(capsys) == (1, ["CUR103"])


@pytest.mark.parametrize("kept", [True, False])
def test_removals_are_told_from_the_last_commit(
    catalog: Catalog, capsys: Captured, kept: bool
) -> None:
    git("rm", "-q", "--cached", "catalog/models/acme/bee.json")
    if not kept:
        catalog.remove("acme/bee")
    assert staged(capsys) == (1, ["CUR204"])
    (catalog.root / "tombstones.toml").write_text(
        '[[tombstones]]\nid = "acme/bee"\non = 2026-11-20\nreason = "withdrawn"\n'
    )
    assert staged(capsys) == (1, ["CUR204"])
    git("add", "catalog/tombstones.toml")
    assert staged(capsys) == (0, [])


def test_a_staged_link_and_a_submodule_are_findings(catalog: Catalog, capsys: Captured) -> None:
    (catalog.root / "models" / "link.json").symlink_to("/etc/passwd")
    git("add", "-A")
    head = git("rev-parse", "HEAD").strip()
    git("update-index", "--add", "--cacheinfo", f"160000,{head},catalog/models/sub.json")
    assert main(["validate", "--staged"]) == 1
    assert capsys.readouterr().out.count("CUR101") == 2


def test_what_two_records_do_together_is_found_though_one_is_unchanged(
    catalog: Catalog, capsys: Captured
) -> None:
    assert staged(capsys) == (0, [])
    catalog.write(msgspec.structs.replace(record("acme/bee"), aliases=("acme/wasp",)))
    git("add", "-A")
    assert staged(capsys) == (1, ["CUR202"])


def spoilt(how: str, file: Path) -> None:
    data = file.read_bytes()
    if how == "missing":
        file.unlink()
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "cut short":
        file.write_bytes(data[:-20])
    elif how == "another version":
        file.write_bytes(data.replace(b"checks 1", b"checks 0"))
    elif how == "a byte flipped":
        file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    elif how == "a folder":
        file.unlink()
        file.mkdir()
    elif how == "a link":
        file.unlink()
        file.symlink_to("/etc/passwd")


FATES = ["kept", "missing", "empty", "cut short", "another version", "a byte flipped", "a folder"]


@pytest.mark.parametrize("how", [*FATES, "a link"])
def test_the_answer_is_the_same_whatever_became_of_the_cache(
    catalog: Catalog, capsys: Captured, how: str
) -> None:
    assert staged(capsys) == (0, [])
    file = catalog.root.parent / ".curate" / cache.FILE
    assert file.is_file()
    spoilt(how, file)
    assert staged(capsys) == (0, [])
    catalog.write(record("acme/bee", private=True))
    git("add", "-A")
    if file.is_file() and not file.is_symlink():
        spoilt(how, file)
    assert staged(capsys) == (1, ["CUR252"])
    assert staged(capsys) == (1, ["CUR252"])
    git("checkout", "-q", "HEAD", "--", "catalog")
    assert staged(capsys) == (0, [])


def test_other_code_is_another_cache(
    catalog: Catalog, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert staged(capsys) == (0, [])
    monkeypatch.setattr("curation.checks.cache._stamp", lambda: b"0" * 32)
    assert cache.Cache(catalog.root.parent / ".curate").seen("catalog.toml", "") is None
    assert staged(capsys) == (0, [])


def test_outside_of_a_repository_is_a_line_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    main(["init"])
    capsys.readouterr()
    assert main(["validate", "--staged"]) == 2
    assert "curate: git ls-files: " in capsys.readouterr().err
    assert main(["validate"]) == 0


def test_a_catalog_without_its_settings_is_none(catalog: Catalog, capsys: Captured) -> None:
    git("rm", "-q", "--cached", "catalog/catalog.toml")
    assert staged(capsys) == (1, ["CUR101"])


def test_a_repository_of_sha256_is_one_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "--object-format=sha256")
    main(["init"])
    made = Catalog(tmp_path / "catalog")
    made.write(record("acme/bee"))
    git("add", "-A")
    assert staged(capsys) == (0, [])
    made.write(record("acme/bee", private=True))
    assert staged(capsys) == (0, [])
    git("add", "-A")
    assert staged(capsys) == (1, ["CUR252"])
    kept = cache.Cache(tmp_path / ".curate")
    assert kept.seen("models/acme/bee.json", name_of(made.path("acme/bee").read_bytes()))


def test_a_file_that_is_only_announced_is_not_staged(catalog: Catalog, capsys: Captured) -> None:
    path = catalog.root / "models" / "acme" / "moth.json"
    path.write_text("{")
    git("add", "--intent-to-add", str(path))
    assert staged(capsys) == (0, [])
    path.write_text("")
    git("add", str(path))
    assert staged(capsys) == (1, ["CUR103"])


@pytest.mark.parametrize("where", [[], ["--staged"]])
@pytest.mark.parametrize("since", ["", "nowhere", "-x", "0" * 39 + "1"])
def test_removals_since_no_commit_cannot_be_told(
    catalog: Catalog, capsys: Captured, since: str, where: list[str]
) -> None:
    assert main(["validate", *where, f"--since={since}"]) == 2
    assert "no commit is called" in capsys.readouterr().err


def test_a_git_that_does_not_answer_is_not_taken_for_a_yes(
    catalog: Catalog, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.remove("acme/bee")
    assert main(["validate"]) == 1
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert main(["validate"]) == 2
    assert "curate: git diff-index: detected dubious ownership" in capsys.readouterr().err


def test_without_git_the_files_are_checked_all_the_same(
    catalog: Catalog, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["validate"]) == 0
    assert main(["validate", "--staged"]) == 2
    assert "git is not installed" in capsys.readouterr().err


def hooked(repository: Path, *words: str) -> None:
    """Let git ask our hook itself, as it does where no runner is installed."""
    code = "import sys; from curation.cli.main import main; sys.exit(main(sys.argv[1:]))"
    hook = Path(git("-C", str(repository), "rev-parse", "--git-path", "hooks").strip())
    hook = repository / hook / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    said = shlex.join(["validate", "--staged", *words])
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" {said}\n')
    hook.chmod(0o755)


def test_a_linked_worktree_has_an_index_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    hooked(Path())
    there = tmp_path / "linked"
    git("worktree", "add", "-q", "-b", "side", str(there))
    moth = record("acme/moth", private=True)
    Catalog(there / "catalog").write(moth)
    git("-C", str(there), "add", "-A")
    assert "CUR252" in git("-C", str(there), "commit", "-m", "a private model", ok=False)
    git("-C", str(there), "reset", "-q", "--hard")
    git("-C", str(there), "rm", "-q", "catalog/models/acme/bee.json")
    assert "CUR204" in git("-C", str(there), "commit", "-m", "a removal", ok=False)
    catalog.write(moth)
    git("add", "-A")
    assert "CUR252" in git("commit", "-m", "here, too", ok=False)


def test_a_submodule_is_a_repository_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    above = tmp_path / "above"
    git("init", "-q", str(above))
    allowed = ("-c", "protocol.file.allow=always")
    git("-C", str(above), *allowed, "submodule", "--quiet", "add", str(Path.cwd()), "inner")
    inner = above / "inner"
    hooked(inner)
    Catalog(inner / "catalog").write(record("acme/moth", private=True))
    git("-C", str(inner), "add", "-A")
    assert "CUR252" in git("-C", str(inner), "commit", "-m", "a private model", ok=False)


def test_a_catalog_below_the_top_of_the_repository(
    catalog: Catalog, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("deep").mkdir()
    git("mv", "catalog", "deep/catalog")
    git("commit", "-qm", "deeper")
    path = Path("deep/catalog/models/acme/bee.json")
    path.write_text("{")
    assert main(["validate", "--staged", "-C", "deep"]) == 0
    monkeypatch.chdir("..")
    git("add", "-A")
    capsys.readouterr()
    assert main(["validate", "--staged", "-C", "deep"]) == 1
    assert "CUR103" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["here", "deeper", "linked"])
def test_a_hook_finds_a_catalog_below_the_top(catalog: Catalog, tmp_path: Path, where: str) -> None:
    Path("deep").mkdir()
    git("mv", "catalog", "deep/catalog")
    git("commit", "-qm", "deeper")
    hooked(Path(), "-C", "deep")
    top = Path.cwd()
    if where == "linked":
        top = tmp_path / "linked"
        git("worktree", "add", "-q", "-b", "side", str(top))
    Catalog(top / "deep" / "catalog").write(record("acme/moth", private=True))
    git("-C", str(top), "add", "-A")
    started = top / "deep" / "catalog" if where == "deeper" else top
    for words in (["-m", "staged"], ["-m", "named", str(top / "deep")]):
        assert "CUR252" in git("-C", str(started), "commit", *words, ok=False)


def test_before_the_first_commit_nothing_was_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    main(["init"])
    assert main(["validate", "--staged"]) == 0
    assert "git has nothing of " in capsys.readouterr().err
    git("add", "-A")
    assert main(["validate", "--staged"]) == 0
    assert capsys.readouterr().err == ""


Setup = Callable[..., None]


@pytest.fixture
def installed(catalog: Catalog, project: Path, tmp_path: Path) -> Setup:
    """Install the hooks of ``.pre-commit-hooks.yaml`` with a runner.

    They are offered from a repository as they are, but for where they run: to build their own
    environment they would need an index of packages.
    """

    def install(runner: str, *ids: str) -> None:
        offered = tmp_path / "offered"
        offered.mkdir()
        hooks = yaml.safe_load((project / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        here = [{**hook, "language": "system"} for hook in hooks]
        (offered / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(here))
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "hooks"], ["tag", "v1"]):
            git("-C", str(offered), *words)
        used = [{"id": hook["id"]} for hook in hooks if not ids or hook["id"] in ids]
        config = {"repos": [{"repo": str(offered), "rev": "v1", "hooks": used}]}
        Path(".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        git("add", "-A")
        git("commit", "-qm", "hooks")
        subprocess.run([BIN / runner, "install"], check=True, capture_output=True)

    return install


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_commit_is_let_through_or_stopped(
    catalog: Catalog, installed: Setup, runner: str
) -> None:
    installed(runner)
    head = git("rev-parse", "HEAD")

    catalog.write(record("acme/hornet"))
    git("add", "-A")
    assert "Passed" in git("commit", "-m", "a good model")
    assert git("rev-parse", "HEAD") != head

    head = git("rev-parse", "HEAD")
    catalog.write(record("acme/moth", private=True))
    git("add", "-A")
    said = git("commit", "-m", "a private model", ok=False)
    assert "CUR252" in said
    assert "moth.json" in said
    assert git("rev-parse", "HEAD") == head
    git("reset", "-q", "--hard")

    git("rm", "-q", "catalog/models/acme/ant.json")
    assert "CUR204" in git("commit", "-m", "only a removal", ok=False)
    assert git("rev-parse", "HEAD") == head
    git("reset", "-q", "--hard")

    (catalog.root / "models" / "link.json").symlink_to("acme/bee.json")
    git("add", "-A")
    assert "CUR101" in git("commit", "-m", "only a link", ok=False)
    assert git("rev-parse", "HEAD") == head


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_committed_counts_in_every_way_to_commit(
    catalog: Catalog, installed: Setup, runner: str
) -> None:
    installed(runner)
    bad, good = catalog.path("acme/bee"), catalog.path("acme/wasp")
    data = bad.read_bytes()

    bad.write_bytes(data.replace(b'"private": null', b'"private": true'))
    assert "CUR252" in git("commit", "-am", "all that changed", ok=False)

    good.write_bytes(good.read_bytes().replace(b'"library": null', b'"library": "timm"'))
    git("reset", "-q")
    assert "Passed" in git("commit", "-m", "one file of two", str(good))
    assert "CUR252" in git("commit", "-m", "the other", str(bad), ok=False)
    assert bad.read_bytes() != data

    bad.write_bytes(data.replace(b"\n  ", b"\n   "))
    git("add", "-A")
    assert "files were modified" in git("commit", "-m", "another form", ok=False)
    assert bad.read_bytes() == data


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_what_is_not_staged_stops_no_commit_and_is_not_touched(
    catalog: Catalog, installed: Setup, runner: str
) -> None:
    installed(runner)
    untracked = catalog.root / "models" / "acme" / "moth.json"
    untracked.write_bytes(catalog.path("acme/bee").read_bytes().replace(b"\n  ", b"\n   "))
    before = untracked.read_bytes()
    unstaged = catalog.path("acme/wasp")
    unstaged.write_text("{")
    catalog.write(record("acme/bee", library="timm"))
    git("add", "catalog/models/acme/bee.json")
    said = git("commit", "-m", "one of three")
    assert said.count("Passed") == 3
    assert untracked.read_bytes() == before
    assert unstaged.read_text() == "{"


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_finding_is_told_once(catalog: Catalog, installed: Setup, runner: str) -> None:
    installed(runner)
    catalog.write(record("acme/moth", private=True))
    git("add", "-A")
    assert git("commit", "-m", "a private model", ok=False).count("CUR252") == 1


RULE = """name = "ours"
version = "1.0.0"
about = "Of bees."

[[rule]]
id = "ours.bees"
why = "Bees are farmed."
places = {{ name = 2.0 }}
supports = "domains:agriculture"
terms = ["bee"]
accepts = ["name: {accepts}"]
rejects = ["name: wasp"]
"""


@pytest.mark.slow
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_rule_that_does_not_what_it_says_stops_a_commit(
    catalog: Catalog, installed: Setup, runner: str
) -> None:
    installed(runner)
    pack = catalog.root / "rules" / "ours.toml"
    pack.parent.mkdir(exist_ok=True)
    pack.write_text(RULE.format(accepts="wasp"))
    git("add", "-A")
    assert "ours.bees: should accept" in git("commit", "-m", "a rule", ok=False)
    pack.write_text(RULE.format(accepts="bee"))
    main(["tag", "--offline"])
    git("add", "-A")
    assert "Passed" in git("commit", "-m", "a rule that is right")


@pytest.mark.slow
def test_the_session_in_the_docs_is_what_happens(
    catalog: Catalog, installed: Setup, project: Path
) -> None:
    installed("pre-commit", "curate-validate")
    catalog.write(record("acme/hornet"))
    session = _commit("a good model")
    catalog.write(record("acme/moth", private=True))
    session += _commit("a private model", ok=False)
    git("reset", "-q", "--hard")
    git("rm", "-q", "catalog/models/acme/ant.json")
    session += _commit("only a removal", ok=False)
    written = (project / "docs" / "hook.md").read_text(encoding="utf-8")
    assert f"```console\n{session}```\n" in written


def _commit(message: str, *, ok: bool = True) -> str:
    """A commit as somebody sees it, without what differs from run to run."""
    git("add", "-A")
    command = [*GIT, "commit", "-m", message]
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=env,
    )
    assert (done.returncode == 0) == ok
    said = re.sub(r"(?m)^(- duration|\[WARNING\]|\[INFO\]).*\n", "", done.stdout)
    said = re.sub(r"\[main [0-9a-f]+\]", "[main 1f2e3d4]", said)
    return f'$ git add -A && git commit -m "{message}"\n{said}\n'


def test_several_processes_see_what_one_sees(
    catalog: Catalog, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.path("acme/wasp").write_bytes(b"{")
    (catalog.root / "models" / "acme" / "link.json").symlink_to("/etc/passwd")
    assert main(["validate", "--no-cache", "--json"]) == 1
    alone = capsys.readouterr().out
    monkeypatch.setattr("curation.checks.gate.WORTH_IT", 1)
    assert main(["validate", "--no-cache", "--json"]) == 1
    assert capsys.readouterr().out == alone


BREAK_OFF = """
import os, signal
from pathlib import Path
from curation.checks import parallel
from curation.checks.sources import Folder

STARTED = Path("started")

def interrupt():
    while not STARTED.exists():
        pass
    os.killpg(0, signal.SIGINT)

if __name__ == "__main__":
    root = Path("catalog")
    try:
        parallel.look_at(root, list(Folder(root).entries()) * 500, interrupt)
    except KeyboardInterrupt:
        print("interrupted")
else:  # in another process
    STARTED.touch()
"""


def test_an_interrupt_is_heard_once_though_several_processes_work(
    catalog: Catalog, tmp_path: Path
) -> None:
    script = tmp_path / "break_off.py"
    script.write_text(BREAK_OFF)
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=catalog.root.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)
