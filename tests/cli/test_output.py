from __future__ import annotations

import io
import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.cli.output import Output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(
    *,
    json: bool = False,
    stdout: io.StringIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> tuple[Output, io.StringIO, io.StringIO]:
    out, err = stdout or io.StringIO(), io.StringIO()
    return Output(json=json, stdout=out, stderr=err, environ=environ or {}), out, err


def test_lines_go_to_stdout_and_notes_to_stderr() -> None:
    output, out, err = run()
    output.line("result")
    output.line()
    output.note("aside")
    output.data({"unseen": 1})
    assert (out.getvalue(), err.getvalue()) == ("result\n\n", "aside\n")


def test_with_json_stdout_carries_json_only() -> None:
    output, out, err = run(json=True)
    output.line("result")
    output.note("aside")
    output.data({"b": 1, "a": ["ü"]})
    assert (out.getvalue(), err.getvalue()) == ('{"a":["ü"],"b":1}\n', "")


def test_a_line_of_hostile_text_stays_one_harmless_line() -> None:
    output, out, _ = run(stdout=Terminal())
    output.line("a\x1b[2J\nb\u202ec\x9bd")
    assert out.getvalue() == "a\\u001b[2J\\nb\\u202ec\\u009bd\n"


@given(st.text())
def test_json_for_a_terminal_is_harmless_and_keeps_its_value(text: str) -> None:
    output, out, _ = run(json=True, stdout=Terminal())
    output.data(text.encode("utf-8", "replace").decode())
    shown = out.getvalue()
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert json.loads(shown) == text.encode("utf-8", "replace").decode()


def test_styles_show_on_a_terminal() -> None:
    output, out, _ = run(stdout=Terminal())
    output.line(output.style("bad", "red", "bold") + " row")
    assert out.getvalue() == "\x1b[31;1mbad\x1b[0m row\n"


def test_data_inside_a_style_is_still_made_safe() -> None:
    output, out, _ = run(stdout=Terminal())
    output.line(output.style("a\x1b[2Jb", "red"))
    assert out.getvalue() == "\x1b[31ma\\u001b[2Jb\x1b[0m\n"


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_styles_where_they_are_not_wanted(environ: dict[str, str]) -> None:
    output, out, _ = run(stdout=Terminal(), environ=environ)
    assert output.style("bad", "red") == "bad"
    output.line(output.style("bad", "red"))
    assert out.getvalue() == "bad\n"


def test_no_styles_in_a_pipe_even_when_the_other_stream_is_a_terminal() -> None:
    output, _, err = run(stdout=Terminal())
    output.note(output.style("bad", "red"))
    assert err.getvalue() == "bad\n"


def test_an_unknown_style_is_an_error() -> None:
    output, *_ = run(stdout=Terminal())
    with pytest.raises(KeyError):
        output.style("x", "blink")


@pytest.mark.parametrize("text", ["::error::gotcha", "  ::stop-commands::x", "a ##[error]gotcha"])
def test_hub_text_gives_no_orders_to_a_workflow(text: str) -> None:
    output, out, _ = run(environ={"GITHUB_ACTIONS": "true"})
    output.line(text)
    shown = out.getvalue()
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown


def test_outside_a_workflow_colons_are_left_alone() -> None:
    output, out, _ = run()
    output.line("::note ##[x]")
    assert out.getvalue() == "::note ##[x]\n"


def test_json_in_a_workflow_keeps_its_value() -> None:
    output, out, _ = run(json=True, environ={"GITHUB_ACTIONS": "true"})
    output.data("##[error]")
    assert "##[" not in out.getvalue()
    assert json.loads(out.getvalue()) == "##[error]"


def test_an_error_shows_no_token() -> None:
    output, _, err = run()
    output.error("refused: Bearer hf_ABCDEFGHIJKLMNOPQRSTUVWXYZ", hint="log in")
    assert err.getvalue() == "curate: refused: Bearer hf_***\nhint: log in\n"


def test_progress_in_a_pipe_is_silent_and_counts() -> None:
    output, out, err = run()
    with output.progress("reading", total=3) as progress:
        progress.show()
        progress.advance()
        progress.advance(2)
        output.line("found")
    assert progress.done == 3
    assert (out.getvalue(), err.getvalue()) == ("found\n", "")


def test_progress_on_a_terminal_steps_aside_for_lines() -> None:
    out, err = io.StringIO(), Terminal()
    output = Output(stdout=out, stderr=err, environ={})
    with output.progress("reading [cards]\x1b[2J", total=3) as progress:
        progress.show()
        progress.advance()
        output.line("found")
        progress.advance()
    assert out.getvalue() == "found\n"
    assert "reading [cards]\\u001b[2J" in err.getvalue()
    assert "\x1b[2J" not in err.getvalue()


def test_progress_is_hidden_with_json() -> None:
    err = Terminal()
    output = Output(json=True, stdout=io.StringIO(), stderr=err, environ={})
    with output.progress("reading") as progress:
        progress.show()
    assert err.getvalue() == ""
