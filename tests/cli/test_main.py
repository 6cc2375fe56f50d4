from __future__ import annotations

import argparse
import importlib
import json
import keyword
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import curation
from curation.cli.main import main
from curation.cli.output import Output
from curation.cli.verbs import VERBS
from curation.errors import HubError, InputError

Run = Callable[[argparse.Namespace, Output], int]
Install = Callable[[Run], None]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a verb ``probe`` into the table, which does what it is given."""

    def install(run: Run) -> None:
        module = ModuleType("curation_probe")
        module.__dict__.update(HELP="try it", EXAMPLE="curate probe --depth 2", run=run)
        module.__dict__["arguments"] = lambda parser: parser.add_argument("--depth", type=int)
        monkeypatch.setitem(sys.modules, "curation_probe", module)
        monkeypatch.setitem(VERBS, "probe", ("curation_probe", "try it"))

    return install


def raising(error: BaseException) -> Run:
    def run(options: argparse.Namespace, out: Output) -> int:
        raise error

    return run


def test_the_overview_names_every_verb_with_its_line(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, (_, line) in VERBS.items():
        assert f"  {name:10}{line}\n" in shown
    assert shown.splitlines()[2] == "Keep a versioned catalog of machine-learning models true."


def test_no_verb_shows_the_overview_and_is_a_usage_error(capsys: Captured) -> None:
    assert main([]) == 2
    assert capsys.readouterr().out.startswith("usage: curate COMMAND")


def test_the_version_is_the_packages(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"curate {curation.__version__}\n"


@pytest.mark.parametrize("name", sorted(VERBS))
def test_a_verb_keeps_the_contract(name: str, capsys: Captured) -> None:
    module = importlib.import_module(VERBS[name][0])
    assert VERBS[name] == (module.__name__, module.HELP)
    assert f"curate {name}" in module.EXAMPLE
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "--json" in shown
    assert "--debug" in shown
    assert module.EXAMPLE.strip().splitlines()[0].strip() in shown


def test_a_verbs_result_is_the_exit_code(verb: Install) -> None:
    verb(lambda options, out: options.depth)
    assert main(["probe", "--depth", "1"]) == 1


@pytest.mark.parametrize("words", [["--json", "probe"], ["probe", "--json"]])
def test_json_may_stand_before_or_after_the_verb(
    verb: Install, capsys: Captured, words: list[str]
) -> None:
    def run(options: argparse.Namespace, out: Output) -> int:
        out.line("for people")
        out.data({"json": options.json})
        return 0

    verb(run)
    assert main(words) == 0
    assert capsys.readouterr().out == '{"json":true}\n'


def test_an_unknown_verb_gets_the_closest_one(capsys: Captured) -> None:
    assert main(["validat"]) == 2
    assert capsys.readouterr().err == (
        "curate: unknown command 'validat'\nhint: did you mean 'curate validate'?\n"
    )


def test_an_unknown_verb_like_no_other_gets_the_overview_named(capsys: Captured) -> None:
    assert main(["xyzzy"]) == 2
    assert "curate --help" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--depth", "3", "probe"], ["probe", "--dep", "3"]])
def test_a_wrong_option_is_one_line_and_a_hint(
    verb: Install, capsys: Captured, words: list[str]
) -> None:
    verb(lambda options, out: 0)
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    ("error", "code"), [(InputError("a.json: no JSON", hint="mend it"), 2), (HubError("no"), 1)]
)
def test_an_expected_failure_is_one_line_and_its_hint(
    verb: Install, capsys: Captured, error: InputError | HubError, code: int
) -> None:
    verb(raising(error))
    assert main(["probe"]) == code
    hint = f"hint: {error.hint}\n" if error.hint else ""
    assert capsys.readouterr() == ("", f"curate: {error}\n{hint}")


def test_with_json_a_failure_is_json_on_stderr(verb: Install, capsys: Captured) -> None:
    verb(raising(InputError("a.json: no JSON", hint="mend it")))
    assert main(["probe", "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(err) == {
        "error": {"exit_code": 2, "hint": "mend it", "message": "a.json: no JSON"}
    }


def test_a_file_that_cannot_be_opened_is_no_fault_of_ours(verb: Install, capsys: Captured) -> None:
    verb(raising(PermissionError(13, "Permission denied", "tags.jsonl")))
    assert main(["probe"]) == 2
    assert capsys.readouterr().err == "curate: tags.jsonl: Permission denied\n"


def test_an_unexpected_failure_is_our_fault_and_shows_no_traceback(
    verb: Install, capsys: Captured
) -> None:
    verb(raising(ZeroDivisionError("by zero")))
    assert main(["probe"]) == 3
    shown = capsys.readouterr().err
    assert shown.startswith("curate: our fault: ZeroDivisionError: by zero\n")
    assert "--debug" in shown
    assert "Traceback" not in shown


def test_debug_shows_the_traceback_with_hostile_text_made_safe(
    verb: Install, capsys: Captured
) -> None:
    verb(raising(ValueError("\x1b[2Jhf_abcdefghijklmnopqrstuv")))
    assert main(["probe", "--debug"]) == 3
    shown = capsys.readouterr().err
    assert "Traceback (most recent call last)" in shown
    assert "\x1b" not in shown
    assert "hf_abc" not in shown


def test_an_interrupt_is_130(verb: Install, capsys: Captured) -> None:
    verb(raising(KeyboardInterrupt()))
    assert main(["probe"]) == 130
    assert capsys.readouterr().err == "curate: interrupted\n"


def test_a_reader_that_went_away_is_met_with_silence() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "curation", "--help"],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_every_verb_of_the_table_has_a_module_of_its_own() -> None:
    names = [f"{name}_" if keyword.iskeyword(name) else name for name in VERBS]
    assert [module for module, _ in VERBS.values()] == [f"curation.cli.{name}" for name in names]


def test_help_for_people_is_silent_with_json(capsys: Captured) -> None:
    assert main(["--json", "--help"]) == 0
    assert set(json.loads(capsys.readouterr().out)["commands"]) == set(VERBS)


@pytest.mark.parametrize(
    "words",
    [
        ["-C", "there", "--json", "rules", "test"],
        ["rules", "-C", "there", "test", "--json"],
        ["rules", "--json", "test", "-C", "there"],
        ["--json", "-C", "nowhere", "rules", "test", "-C", "there"],
    ],
)
def test_what_every_command_takes_may_stand_anywhere(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)
    seen: list[tuple[str, bool]] = []

    def run(options: argparse.Namespace, out: Output) -> int:
        seen.append((Path.cwd().name, options.json))
        return 0

    monkeypatch.setattr("curation.cli.rules.test.run", run)
    assert main(words) == 0
    assert seen == [("there", True)]


def test_a_folder_that_is_not_there_is_named(capsys: Captured) -> None:
    assert main(["-C", "nowhere", "rules", "test"]) == 2
    assert "nowhere" in capsys.readouterr().err
