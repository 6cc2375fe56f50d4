from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation.cli.main import main

ROWS = [
    {"id": "acme/mood-ru", "tags": ["ru", "text-classification", "sentiment-analysis"]},
    {"id": "gpt2", "tags": ["text-generation"], "card": "# Letters\n\nWrites letters."},
]


@pytest.fixture
def bulk(tmp_path: Path) -> Path:
    path = tmp_path / "models.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_bulk_file_is_tagged_in_its_order(bulk: Path, tmp_path: Path) -> None:
    target = tmp_path / "tags.jsonl"
    assert main(["tag", "--from", str(bulk), "--to", str(target)]) == 0
    first, second = read(target)
    assert [first["id"], second["id"]] == ["acme/mood-ru", "gpt2"]
    assert first["subtask"] == "sentiment-analysis"
    assert first["languages"] == ["ru"]
    assert first["specialization"] == ["language:russian", "task:sentiment-analysis"]
    assert {"state", "confidence", "evidence", "kinds", "scope"} <= first.keys()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "../x", "tags": []}', "not a model id"),
        ('{"id": "a\\\\b", "tags": []}', "not a model id"),
        ('{"id": "a\\u0000b", "tags": []}', "not a model id"),
        (json.dumps({"id": "a" * 300, "tags": []}), "not a model id"),
        ('{"id": "a/b", "tags"', "JSON"),
        ('{"tags": []}', "no id"),
    ],
)
def test_a_bad_row_is_reported_and_the_rest_is_done(
    bulk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    bulk.write_text(bulk.read_text() + line + "\n")
    target = tmp_path / "tags.jsonl"
    assert main(["tag", "--from", str(bulk), "--to", str(target)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert message in said[0]
    assert "models.jsonl:3" in said[0]
    assert len(read(target)) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PAR1 this is no Parquet", "Parquet"),
        (b"hello\n", "neither Parquet nor JSON lines"),
        (b"", "empty file"),
        (b'{"name": 1}\n', "no column 'id'"),
    ],
)
def test_an_unreadable_file_is_one_line_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.jsonl"
    source.write_bytes(content)
    code = main(["tag", "--from", str(source), "--to", str(target)])
    said = capsys.readouterr().err
    assert code in (1, 2)
    assert message in said
    assert "Traceback" not in said
    assert code == 1 or not target.exists()


def test_a_target_that_cannot_be_written_is_one_line(
    bulk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "tags.jsonl"
    assert main(["tag", "--from", str(bulk), "--to", str(target)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_options_that_make_no_sense_together_are_refused(
    bulk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tag", "--from", str(bulk)]) == 2
    assert main(["tag", "a/b", "--from", str(bulk), "--to", str(tmp_path / "t.jsonl")]) == 2
    assert "--from and --to go together" in capsys.readouterr().err


def test_ids_that_the_client_refuses_are_tagged_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "acme/" + "x" * 100, "tags": []}) + "\n")
    assert main(["tag", "--from", str(source), "--to", str(target)]) == 0
    assert "today's Hub client refuses 1 ids: acme/xxx" in capsys.readouterr().err
    assert len(read(target)) == 1


def test_explain_shows_where_a_word_stands(bulk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bulk.write_text(
        json.dumps({"id": "a/b", "card": "# Mood\n\nA Russian sentiment classifier for tweets.\n"})
    )
    assert main(["explain", "a/b", "--from", str(bulk)]) == 0
    said = capsys.readouterr().out
    assert "languages: ru" in said
    assert "'russian' in lead, line 3" in said
    assert "| A Russian sentiment classifier for tweets." in said


def test_explain_says_why_a_value_is_missing(
    bulk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "gpt2", "--from", str(bulk), "--why-not", "medical"]) == 0
    assert "domains: domains.medical found none of its terms in" in capsys.readouterr().out
    assert main(["explain", "gpt2", "--from", str(bulk), "--why-not", "text-generation"]) == 0
    assert "task: text-generation was chosen" in capsys.readouterr().out
    assert main(["explain", "gpt2", "--from", str(bulk), "--why-not", "nonsense"]) == 2
    assert "no rule supports 'nonsense'" in capsys.readouterr().err


def test_explain_names_a_model_that_is_not_there(
    bulk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "a/none", "--from", str(bulk)]) == 2
    assert "no model a/none" in capsys.readouterr().err


def test_eval_scores_and_names_what_is_missing(
    bulk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = {
        "scope": "specialized",
        "kinds": ["task", "language"],
        "task": "text-classification",
        "subtask": "sentiment-analysis",
        "domains": [],
        "languages": ["ru"],
        "platforms": [],
        "derivation": ["finetuned"],
    }
    path = tmp_path / "gold.jsonl"
    lines = [gold | {"id": "acme/mood-ru", "corpus": "models"}, gold | {"id": "acme/none"}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["eval", str(path), "--from", str(bulk), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["files"][str(path)]
    assert scores["models"] == 1
    assert scores["single"]["subtask where named"]["accuracy"] == 1.0
    assert scores["sets"]["languages"]["f1"] == 1.0
    assert scores["missing"] == ["acme/none"]
