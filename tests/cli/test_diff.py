from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from curation import evidence, packs
from curation.cli.diff import FORMATS
from curation.cli.main import main
from curation.pipeline import Retagger
from curation.records import Facts, Override, Record
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Catalog:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    main(["init"])
    found = Catalog(tmp_path / "catalog")
    found.write(Record(id="gpt2"))
    capsys.readouterr()
    return found


def commit(folder: Path) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    for words in (("init",), ("add", "--all"), ("commit", "--message", "m")):
        command = ["git", "-C", folder, *identity, *words, "--quiet"]
        subprocess.run([w for w in command if words[0] != "add" or w != "--quiet"], check=True)


def test_no_change_is_said_in_two_lines(catalog: Catalog, capsys: Captured) -> None:
    commit(catalog.root.parent)
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "HEAD → working tree\nnothing changed\n"


def test_changes_are_shown_from_any_folder_and_are_exit_0(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    monkeypatch.chdir(catalog.root / "models")
    assert main(["diff"]) == 0
    assert "  gpt2 license: unstated → mit\n" in capsys.readouterr().out


def test_changes_are_data(catalog: Catalog, capsys: Captured) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    assert main(["diff", "HEAD", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["base"], told["head"]) == ("HEAD", "working tree")
    (section,) = told["sections"]
    assert (section["risk"], section["count"]) == ("terms", 1)
    (item,) = section["groups"][0]["items"]
    assert (item["id"], item["field"]) == ("gpt2", "facts.license")
    assert (item["old"], item["new"]) == (None, "mit")


def test_json_can_be_asked_for_in_two_ways(catalog: Catalog, capsys: Captured) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    main(["diff", "--json"])
    one = capsys.readouterr().out
    main(["diff", "--format", "json"])
    assert capsys.readouterr().out == one


def test_two_formats_at_once_are_refused(catalog: Catalog, capsys: Captured) -> None:
    assert main(["diff", "--json", "--format", "html"]) == 2
    assert "give one of them" in capsys.readouterr().err


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_a_file(
    catalog: Catalog, tmp_path: Path, capsys: Captured, name: str
) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="m\u202eit")))
    path = tmp_path / "out" / name
    assert main(["diff", "--format", name, "--to", str(path)]) == 0
    assert capsys.readouterr().out == ""
    text = path.read_text(encoding="utf-8")
    assert "gpt2" in text
    assert ("\u202e" in text) is (name == "json")


def test_a_folder_is_no_file_to_write_to(
    catalog: Catalog, tmp_path: Path, capsys: Captured
) -> None:
    commit(catalog.root.parent)
    assert main(["diff", "--to", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"curate: {tmp_path}: Is a directory\n"


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_what_goes_to_a_file_is_what_is_printed(
    catalog: Catalog, tmp_path: Path, capsys: Captured, name: str
) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    main(["diff", "--format", name, "--to", str(tmp_path / "file")])
    capsys.readouterr()
    main(["diff", "--format", name])
    assert capsys.readouterr().out == (tmp_path / "file").read_text(encoding="utf-8")


def test_text_of_the_hub_cannot_steer_the_terminal(catalog: Catalog, capsys: Captured) -> None:
    commit(catalog.root.parent)
    catalog.write(Record(id="gpt2", facts=Facts(license="\x1b]0;x\x07\n::error::\u202e")))
    assert main(["diff"]) == 0
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert r"\u001b]0;x" in shown


@pytest.mark.parametrize(("span", "reason"), [("nope", "neither a revision"), ("", "HEAD")])
def test_what_cannot_be_compared_is_exit_2(
    catalog: Catalog, capsys: Captured, span: str, reason: str
) -> None:
    subprocess.run(["git", "-C", catalog.root, "init", "--quiet"], check=True)
    assert main(["diff", span]) == 2
    shown = capsys.readouterr().err
    assert reason in shown
    assert "hint:" in shown


def test_outside_of_git_two_folders_are_asked_for(catalog: Catalog, capsys: Captured) -> None:
    assert main(["diff"]) == 2
    assert "name two folders" in capsys.readouterr().err
    assert main(["diff", f"{catalog.root}..catalog"]) == 0


def test_without_a_catalog_the_way_to_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["diff"]) == 2
    assert "curate init" in capsys.readouterr().err


def test_releases_are_compared_with_each_other_and_with_catalogs(
    catalog: Catalog, capsys: Captured
) -> None:
    commit(catalog.root.parent)
    assert main(["release", "build"]) == 0, capsys.readouterr().out
    capsys.readouterr()
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    catalog.write(Record(id="bert"))
    release = f"dist/{catalog.settings.version}"
    for span in (f"{release}..catalog", release):
        assert main(["diff", span, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [one["risk"] for one in told["sections"]] == ["terms", "added"]
        assert "A release holds models without their evidence" in told["notes"][0]
    for span in (f"{release}..HEAD", f"{release}..{release}"):
        assert main(["diff", span]) == 0
        assert "nothing changed" in capsys.readouterr().out


@pytest.fixture
def published(catalog: Catalog) -> Iterator[str]:
    """The URL of a web server for what lies in dist/."""
    root = str(catalog.root.parent / "dist")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_releases_are_compared_by_url(
    catalog: Catalog, published: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(catalog.root.parent / "cache"))
    assert main(["release", "build"]) == 0, capsys.readouterr().out
    catalog.write(Record(id="gpt2", facts=Facts(license="mit")))
    url = f"{published}/{catalog.settings.version}"
    capsys.readouterr()
    for span in (url, f"{url}..catalog"):
        assert main(["diff", span, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["base"] == url
        assert [one["risk"] for one in told["sections"]] == ["terms"]
    assert main(["diff", f"{url}..{url}"]) == 0
    assert "nothing changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("verb", "version", "reason"),
    [
        ("diff", "nope", "is this the URL of one version?"),
        ("policy", "0.1.0", "is a release: it has no records"),
        ("review", "0.1.0", "is a release: it has no records"),
    ],
)
def test_a_url_that_cannot_be_compared_is_refused(
    catalog: Catalog, published: str, capsys: Captured, verb: str, version: str, reason: str
) -> None:
    words = ["--list"] if verb == "review" else []
    assert main([verb, f"{published}/{version}", *words]) == 2
    assert reason in capsys.readouterr().err


def test_a_password_in_a_url_is_not_told(
    catalog: Catalog, published: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(catalog.root.parent / "cache"))
    assert main(["release", "build"]) == 0
    url = f"{published}/{catalog.settings.version}"
    capsys.readouterr()
    assert main(["diff", url.replace("://", "://ann:secret@")]) == 0
    assert capsys.readouterr().out == f"{url} → working tree\n{NOTE}nothing changed\n"


NOTE = (
    "A release holds models without their evidence: decisions, rules, pins, settings and ledgers "
    "were not compared, nor does it tell what moved a tag.\n"
)


def test_nothing_but_popularity_is_one_line_in_every_format(
    catalog: Catalog, tmp_path: Path, capsys: Captured
) -> None:
    commit(catalog.root.parent)
    catalog.save_popularity({"gpt2": Popularity(downloads=5, likes=1)})
    assert main(["diff"]) == 0
    line = "HEAD → working tree: nothing but popularity changed, of 1 model\n"
    assert capsys.readouterr().out == line
    assert main(["diff", "--format", "markdown"]) == 0
    shown = "`HEAD` → `working tree`: nothing but popularity changed, of 1 model.\n"
    assert capsys.readouterr().out == shown
    assert main(["diff", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["only_popularity"] is True


DECISION = """[tags.languages]
value = ["ru"]
reason = "the card says so"
by = "ann"
on = 2026-01-01
judged = "{}"
"""


def test_a_decision_is_held_against_what_the_rules_say_now(
    catalog: Catalog, capsys: Captured
) -> None:
    before = Record(id="gpt2", facts=Facts(languages=("en",)))
    tagged = Retagger(packs.stock())(before, None, Override())
    path = catalog.override_path("gpt2")
    path.parent.mkdir(exist_ok=True)
    path.write_text(DECISION.format(evidence.judged(tagged.tags.languages)))
    catalog.write(before)
    commit(catalog.root.parent)
    for language, told in (("de", "stale: what it judged has changed (ru), by ann"), ("ru", "met")):
        catalog.write(structs.replace(before, facts=Facts(languages=(language,))))
        assert main(["diff"]) == 0
        assert f"gpt2 languages: decision {told}" in capsys.readouterr().out


def test_a_decision_is_told_when_it_is_made(catalog: Catalog, capsys: Captured) -> None:
    commit(catalog.root.parent)
    path = catalog.override_path("gpt2")
    path.parent.mkdir(exist_ok=True)
    path.write_text(DECISION.format("sha256:" + "0" * 64))
    assert main(["diff"]) == 0
    shown = capsys.readouterr().out
    assert "gpt2 languages: decided, unknown → ru, by ann: the card says so" in shown
