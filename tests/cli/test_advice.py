"""``match``, ``tradeoff`` and ``team`` as commands, on a release of real models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from curation.cli.main import main
from curation.model import Model
from curation.published import Provenance
from curation.records import Facts, Record
from curation.release import build, compare
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def release(project: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    lines = (project / "tests" / "advise" / "data" / "models.jsonl").read_bytes()
    models = msgspec.json.Decoder(Model).decode_lines(lines)
    folder = tmp_path_factory.mktemp("dist")
    for version in ("0.9.0", "0.10.0"):
        origin = Provenance(
            catalog="t",
            version=version,
            commit=None,
            committed=None,
            packs={},
            sources={},
            revisions={},
            unsynced=(),
        )
        content = build.files(models, origin, compare.first(one.id for one in models))
        build.write(folder / version, content)
    return str(folder)


def said(capsys: Captured, *words: str) -> dict[str, Any]:
    main([*words, "--json"])
    (line,) = capsys.readouterr().out.splitlines()
    return dict(json.loads(line))


def test_match_says_why_and_warns(release: str, capsys: Captured) -> None:
    words = ["match", "find signatures on scanned contracts", "--release", release]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "1. tech4humans/yolov8s-signature-detector  at most 44 MB, agpl-3.0" in shown
    assert "+ made for signature detection" in shown
    assert "reminder: a lightweight model may be narrow" in shown


@pytest.mark.parametrize("spelt", ["--licence", "--license"])
def test_a_licence_may_be_spelt_both_ways(release: str, capsys: Captured, spelt: str) -> None:
    told = said(capsys, "match", "chat", spelt, "permissive", "--release", release)
    assert told["wishes"]["licence"] == "permissive"


def test_match_says_that_nothing_fits_and_what_is_nearest(release: str, capsys: Captured) -> None:
    words = ["match", "correct grammar", "--licence", "permissive", "--release", release]
    assert main(words) == 1
    shown = capsys.readouterr().out
    assert "nothing fits among 179 models of release 0.10.0" in shown
    assert "- licence cc-by-nc-sa-4.0 is non-commercial" in shown


def test_match_as_json(release: str, capsys: Captured) -> None:
    found = said(capsys, "match", "transcribe speech", "--language", "ru", "--release", release)
    assert found["from"] == "release 0.10.0"
    best = found["fits"][0]
    assert best["id"] == "jonatasgrosman/wav2vec2-large-xlsr-53-russian"
    assert best["declared"][0].keys() >= {"dataset", "metric", "value"}
    assert len(found["fits"]) == 5 < found["fitting"]


def test_the_newest_release_at_hand_is_taken(
    release: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dist").symlink_to(release)
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "match", "object detection")["from"] == "release 0.10.0"


def test_without_a_release_the_catalog_counts(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["init"])
    Catalog(tmp_path / "catalog").write(Record(id="acme/finder", facts=Facts(license="mit")))
    capsys.readouterr()
    found = said(capsys, "match", "object detection")
    assert (found["searched"], found["fits"]) == (1, [])
    assert found["nearest"][0]["lacks"] == ["its task is not known"]


def test_tradeoff_prints_n_and_draws(release: str, capsys: Captured, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="needs the extra 'advise'")
    pytest.importorskip("matplotlib", reason="needs the extra 'plot'")
    plot = tmp_path / "plot.svg"
    assert main(["tradeoff", "--release", release, "--plot", str(plot)]) == 0
    shown = capsys.readouterr().out
    assert "179 models" in shown
    assert "n = " in shown
    assert "size with breadth: rho " in shown
    assert plot.read_text(encoding="utf-8").startswith("<?xml")


def test_tradeoff_of_bulk_tags(capsys: Captured, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="needs the extra 'advise'")
    rows = tmp_path / "tags.jsonl"
    kinds = (["task", "language"], ["task"], [])
    lines = [
        {
            "id": f"a/{n}",
            "scope": "specialized" if kinds[n // 5] else "general",
            "kinds": kinds[n // 5],
            "parameters": 10 ** (7 + n // 5),
        }
        for n in range(15)
    ]
    rows.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = said(capsys, "tradeoff", "--from", str(rows))
    assert found["n"] == 15
    assert found["correlation"]["spearman"] == 1.0
    assert found["verdict"] == "smaller is narrower"


def test_team_shows_members_and_what_is_missing(release: str, capsys: Captured) -> None:
    pytest.importorskip("scipy", reason="needs the extra 'advise'")
    words = ["team", "--need", "find signatures", "--need", "translate English into Japanese"]
    assert main([*words, "--budget", "40GB", "--release", release]) == 1
    shown = capsys.readouterr().out
    assert "tech4humans/yolov8s-signature-detector" in shown
    assert "- not covered: translate English into Japanese" in shown
    assert "hybrid: a generalist for the rest" in shown


def test_team_as_json(release: str, capsys: Captured) -> None:
    pytest.importorskip("scipy", reason="needs the extra 'advise'")
    found = said(
        capsys, "team", "--need", "transcribe speech", "--budget", "2GB", "--release", release
    )
    assert found["team"]["missing"] == []
    assert 0 < found["team"]["total"] <= found["budget"] == 2 * 10**9


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["match", ""], "the need is empty"),
        (["match", "chat", "--language", "xx-no"], "no language 'xx-no'"),
        (["match", "chat", "--max-size", "0"], "holds no model"),
        (["match", "chat", "--limit", "0"], "--limit 0 shows nothing"),
        (["match", "transcribe Spanish", "--language", "de"], "the wish is German"),
        (["team", "--need", "chat", "--budget", "0"], "holds no model"),
        (["team", "--budget", "2GB"], "--need"),
        (["tradeoff", "--from", "no.jsonl"], "cannot be read"),
        (["tradeoff", "--from", "no.jsonl"], "no.jsonl"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    release: str, capsys: Captured, words: list[str], told: str
) -> None:
    asked = words if "--from" in words else [*words, "--release", release]
    assert main(asked) == 2
    first, *rest = capsys.readouterr().err.splitlines()
    assert told in first
    assert len(rest) <= 1


def test_two_sources_are_refused(release: str, capsys: Captured) -> None:
    assert main(["tradeoff", "--from", "x.jsonl", "--release", release]) == 2
    assert "name two sources" in capsys.readouterr().err
