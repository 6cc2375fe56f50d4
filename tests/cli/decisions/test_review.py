"""``curate review``, in a real pseudo-terminal."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation.cli.main import main
from curation.records import Decision, Record
from curation.samplehub.server import SampleHub, SampleModel
from curation.store import deciding, rejections
from curation.store.catalog import Catalog

Captured = pytest.CaptureFixture[str]
Keep = Callable[..., Record]
Start = Callable[..., Any]
BEES = "# Bees at the gate\n\nCounts them.\n"
WHY = "It counts them for a museum.\r"
REVISION = "0" * 40
NEXT = "1" * 40


def waits(capsys: Captured, *words: str) -> list[Any]:
    capsys.readouterr()
    assert main(["review", *words, "--json"]) == 0
    found: list[Any] = json.loads(capsys.readouterr().out)["waiting"]
    return found


def errors(capsys: Captured) -> list[str]:
    """The codes of all errors that ``curate validate`` finds."""
    capsys.readouterr()
    main(["validate", "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [one["code"] for one in found if one["severity"] == "error"]


def commit() -> None:
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run(["git", "-c", "commit.gpgsign=false", *words], check=True)


def test_the_session_in_the_docs_is_what_happens(
    catalog: Catalog, terminal: Start, capsys: Captured, project: Path
) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.send("r")
    session.prompt("why")
    session.send("The name of a place, not of a farm.\r")
    session.prompt()
    session.key("g")
    session.key("a")
    session.key("u")
    session.send("c")
    session.prompt("holds")
    session.send("\x15bio")
    session.shows("logy")  # offered below the line
    session.send("\t")
    session.shows("logy")
    session.send("\r")
    session.prompt("why")
    session.send(WHY)
    session.prompt()
    session.key("a")
    session.send("q")
    assert session.end() == 0
    assert errors(capsys) == []
    assert waits(capsys) == []
    assert [one.value for one in rejections.read(catalog.root)] == ["agriculture"]
    assert [tag.value for tag in catalog.record("acme/bee").tags.domains.values] == ["biology"]
    assert catalog.override("acme/bumblebee").tags["domains"].confirms
    written = (project / "docs" / "review.md").read_text(encoding="utf-8")
    assert f"```console\n$ curate review\n{session.seen()}```\n" in written


def test_what_is_decided_comes_back_with_other_evidence_and_says_what_changed(
    catalog: Catalog, keep: Keep, terminal: Start, capsys: Captured
) -> None:
    main(["override", "acme/bee", "domains", "biology", "--reason", "They are bees.", "--offline"])
    assert [one["id"] for one in waits(capsys)] == ["acme/hive-nest", "acme/bumblebee"]
    keep("acme/bee", "# All bees, one hive\n\nBees.\n", NEXT)
    assert [one["id"] for one in waits(capsys)] == ["acme/hive-nest", "acme/bumblebee"]
    keep("acme/bee", "# A gate\n", NEXT[:-1] + "2")
    assert errors(capsys) == ["CUR223"]
    session = terminal("review", "--offline")
    session.prompt()
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    seen = session.seen()
    assert "acme/bee  domains: decided, but things have changed" in seen
    assert f"decided: biology, by Ada on {today}" in seen
    assert "no more: agriculture by ours.bees, on 'bees' in title" in seen
    session.key("a")
    session.send("q")
    assert session.end() == 0
    assert errors(capsys) == []
    assert "acme/bee" not in [one["id"] for one in waits(capsys)]


@pytest.mark.parametrize("asked", [False, True])
def test_an_interruption_leaves_what_was_decided(
    catalog: Catalog, terminal: Start, capsys: Captured, asked: bool
) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.key("s")
    session.key("a")
    if asked:
        session.send("c")
        session.prompt("holds")
    session.send("\x03")
    assert session.end() == 130
    assert "interrupted" in session.seen()
    assert catalog.override("acme/bee").tags["domains"].confirms
    assert errors(capsys) == []
    assert [one["id"] for one in waits(capsys)] == ["acme/bumblebee", "acme/hive-nest"]


def test_a_card_that_is_not_at_hand_is_read_from_the_hub(catalog: Catalog, terminal: Start) -> None:
    for path in (catalog.root.parent / ".curate" / "cards").rglob("*.md"):
        path.unlink()
    model = SampleModel.of("acme/bumblebee", card=BEES, sha=REVISION)
    with SampleHub([model]) as hub:
        session = terminal("review", "--hub", hub.endpoint)
        session.prompt()
        session.key("s")
        session.key("s")
        session.send("q")
        assert session.end() == 0
    seen = session.seen()
    assert "\nno lines of the card: acme/bee" in seen
    assert seen.count("| # Bees at the gate") == 1
    assert catalog.card("acme/bumblebee", REVISION) == BEES


def test_without_its_card_no_reason_is_asked_for(catalog: Catalog, terminal: Start) -> None:
    for path in (catalog.root.parent / ".curate" / "cards").rglob("*.md"):
        path.unlink()
    session = terminal("review", "--offline")
    session.prompt()
    session.key("r")
    session.key("c")
    session.send("q")
    assert session.end() == 0
    assert session.seen().count("the card of acme/hive-nest is not at hand") == 2


def test_bytes_that_are_no_text_are_no_reason(catalog: Catalog, terminal: Start) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.send("r")
    session.prompt("why")
    session.send(b"Of a caf\xe9 in Lyon.\r")
    session.shows("that is no reason")
    session.prompt("why")
    session.send("\x15Of a bar in Lyon.\r")
    session.prompt()
    session.send("q")
    assert session.end() == 0
    assert catalog.override("acme/hive-nest").tags["domains"].reason == "Of a bar in Lyon."


@pytest.mark.parametrize("way", ["stop", "hang_up"])
def test_a_session_that_is_ended_from_outside_tags_what_was_decided(
    catalog: Catalog, terminal: Start, capsys: Captured, way: str
) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.key("s")
    session.key("a")
    assert getattr(session, way)() == 130
    assert catalog.override("acme/bee").tags["domains"].confirms
    assert errors(capsys) == []


def test_a_narrow_terminal_shows_all_keys(terminal: Start) -> None:
    session = terminal("review", "--offline", columns=40)
    session.prompt()
    session.resize(12)
    session.resize(40)
    session.key("s")
    session.send("q")
    assert session.end() == 0
    assert "\n[a]ccept [c]hange [r]eject [s]kip [u]ndo\n [g]roup [?] [q]uit > " in session.seen()


def test_a_card_does_not_steer_the_terminal(keep: Keep, terminal: Start) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x1b[1;1H\x9b31m\u202ebees\r\n"
    keep("acme/a-moth", f"# {evil}", NEXT)
    session = terminal("review", "--offline")
    session.prompt()
    session.key("s")
    session.send("c")
    session.prompt("holds")
    session.key("\x1b")
    session.send("q")
    assert session.end() == 0
    raw = session.raw.getvalue()
    assert "\\u001b]0;owned\\u0007\\u001b[2J\\u001b[1;1H\\u009b31m\\u202ebees" in session.seen()
    for piece in (b"\x1b]0;", b"\x1b[2J", b"\x1b[1;1H", "\x9b31m".encode(), "\u202e".encode()):
        assert piece not in raw


def test_escape_takes_a_question_back(catalog: Catalog, terminal: Start, capsys: Captured) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.send("r")
    session.prompt("why")
    session.send("Of ")
    session.key("\x1b")
    session.key("?")
    session.send("\x04")
    assert session.end() == 0
    assert "nothing was decided" in session.seen()
    assert "u  undo" in session.seen()
    assert not (catalog.root / "overrides" / "acme").exists()


def test_without_a_terminal_it_says_so(catalog: Catalog, capsys: Captured) -> None:
    assert main(["review"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()[0]) == ("", "curate: a session needs a terminal")


def test_what_waits_is_listed(catalog: Catalog, capsys: Captured) -> None:
    assert main(["review", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.split(r"\s+", lines[1]) == [
        "acme/hive-nest", "domains", "conflict", "agriculture", "ours.hives",
    ]  # fmt: skip
    assert lines[-1] == "3 wait: conflict 1, unsure 2"
    assert [one["group"] for one in waits(capsys)] == [1, 2, 2]


def test_a_scope_that_flipped_waits_until_its_kinds_are_decided(
    catalog: Catalog, keep: Keep, capsys: Captured
) -> None:
    keep("acme/gate", "# A gate\n", "3" * 40)
    commit()
    keep("acme/gate", "# A gate\n", "4" * 40, languages=["de"], task="fill-mask")
    (flip,) = (one for one in waits(capsys) if one["why"] == "flip")
    assert (flip["id"], flip["name"]) == ("acme/gate", "kinds")
    assert flip["was"].endswith(" → specialized")
    assert {one["id"] for one in waits(capsys, "HEAD")} == {"acme/gate"}
    why = ["--reason", "It reads German.", "--offline"]
    main(["override", "acme/gate", "kinds", "--confirm", *why])
    assert "flip" not in [one["why"] for one in waits(capsys, "HEAD")]
    assert errors(capsys) == []


def test_another_checkout_knows_from_the_commits_what_was_judged(
    catalog: Catalog, keep: Keep, capsys: Captured
) -> None:
    why = ["--reason", "They are bees.", "--offline"]
    commit()
    main(["override", "acme/bee", "domains", "biology", *why])
    main(["override", "acme/bee", "license", "apache-2.0", *why])
    commit()
    (catalog.root.parent / ".curate" / "judged.json").unlink()
    keep("acme/bee", "# A gate\n", NEXT, license="gpl-3.0")
    licence, domain = (one for one in waits(capsys) if one["why"] == "stale")
    assert domain["changes"] == ["no more: agriculture by ours.bees, on 'bees' in title"]
    assert licence["changes"] == ["the Hub stated mit, and now gpl-3.0"]


def test_the_next_session_catches_up_with_one_that_was_killed(
    catalog: Catalog, terminal: Start, capsys: Captured
) -> None:
    decision = Decision(value=("food",), reason="Honey.", by="me", on="2026-11-20")
    deciding.put(catalog, "acme/bee", "tags", "domains", decision)
    assert errors(capsys) == ["CUR212"]
    session = terminal("review", "--offline")
    session.prompt()
    session.send("q")
    assert session.end() == 0
    assert errors(capsys) == []


def test_what_was_declined_is_said_where_it_comes_back(
    catalog: Catalog, terminal: Start, capsys: Captured
) -> None:
    session = terminal("review", "--offline")
    session.prompt()
    session.key("s")
    session.send("r")
    session.prompt("why")
    session.send(WHY)
    session.prompt()
    session.send("\x1b[A\x12\x1b[200~a\x1b[201~q")  # arrows, searches and pastes decide nothing
    assert session.end() == 0
    capsys.readouterr()
    main(["override", "acme/bee", "domains", "--withdraw", "--offline"])
    assert "still says that agriculture was declined" in capsys.readouterr().out
    again = terminal("review", "--offline")
    again.prompt()
    assert "agriculture was declined by Ada on " in again.seen()
    again.send("r")
    again.prompt("why")
    again.send(WHY)
    again.prompt()
    again.send("q")
    assert again.end() == 0
    assert len(rejections.read(catalog.root)) == 1
    assert catalog.override("acme/bee").tags["domains"].value == ()


def test_what_is_not_checked_out_is_not_decided_on(
    catalog: Catalog, keep: Keep, tmp_path: Path, capsys: Captured
) -> None:
    commit()
    keep("acme/gate", BEES)
    subprocess.run(["git", "switch", "-qc", "refresh"], check=True)
    commit()
    assert [one["id"] for one in waits(capsys, "HEAD~1..refresh")] == ["acme/gate"]
    keep("acme/gate", "# Bees and bees\n")  # not committed yet, as behind a session
    assert [one["id"] for one in waits(capsys, "HEAD~1..refresh")] == ["acme/gate"]
    subprocess.run(["git", "switch", "-qfd", "HEAD~1"], check=True)
    other = shutil.copytree(catalog.root, tmp_path / "other")
    for head in ("refresh", str(other)):
        assert main(["review", f"HEAD..{head}", "--list"]) == 2
        assert f"{head} is not what lies here" in capsys.readouterr().err
    assert waits(capsys, f"refresh..{catalog.root}") == []


def test_of_a_span_only_what_came_up_is_asked(
    catalog: Catalog, keep: Keep, capsys: Captured
) -> None:
    commit()
    keep("acme/bee", BEES, NEXT, library="timm")
    keep("acme/hornet", "# Bees, and who eats them\n", "6" * 40)
    keep("acme/bumblebee", "# A hive\n", "7" * 40)
    found = [(one["id"], one["why"]) for one in waits(capsys, "HEAD")]
    assert found == [("acme/bumblebee", "flip"), ("acme/hornet", "unsure")]
    assert {"acme/bee", "acme/hive-nest"} < {one["id"] for one in waits(capsys)}


def test_nothing_waits(catalog: Catalog, terminal: Start) -> None:
    commit()
    session = terminal("review", "HEAD", "--offline")
    assert session.end() == 0
    assert session.seen() == "nothing waits\n0 decided, 0 put off, 0 left\n"
