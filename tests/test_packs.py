from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from msgspec import structs

from curation import canonical, packs, pipeline, roots, terms
from curation.errors import InputError

PACK = """
name = "domains"
version = "0.9.0"
about = "An older one."

[[rule]]
id = "r"
why = "Because."
places = { name = 2.0 }
supports = "domains:finance"
terms = ["bank"]
accepts = ["name: bank"]
rejects = ["name: river"]
"""


def test_the_stock_packs_can_be_loaded_and_have_versions() -> None:
    assert {"tasks", "domains", "languages"} <= packs.available().keys()


def test_without_pins_todays_packs_hold() -> None:
    assert packs.pinned({}) == packs.stock()


def test_an_older_version_stays_until_the_pin_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roots, "OLD_RULES", tmp_path)
    (tmp_path / "domains").mkdir()
    older = packs.decode(PACK.encode(), "here")
    (tmp_path / "domains" / "0.9.0.json").write_text(canonical.dumps(older))
    (found,) = packs.pinned({"domains": "0.9.0"})
    assert packs.digest([found]) == packs.digest([older])


def test_a_kept_pack_needs_no_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = next(p for p in packs.stock() if any(rule.source for rule in p.rule))
    said = [dict(terms.entries(rule)) for rule in pack.rule]
    kept = packs.to_keep(pack)
    monkeypatch.setattr(terms, "table", lambda source: {"a word of later": "domains:finance"})
    assert [dict(terms.entries(rule)) for rule in kept.rule] == said


def test_tags_stay_true_to_their_pins_when_the_tool_brings_newer_packs(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins, stock = packs.pins(), packs.stock()
    before = pipeline.rules_digest(packs.pinned(pins), pins)
    monkeypatch.setattr(roots, "OLD_RULES", tmp_path)
    runpy.run_path(str(project / "scripts" / "archive_packs.py"))["write"]()
    newer = tuple(structs.replace(pack, version="9.0.0", rule=()) for pack in stock)
    monkeypatch.setattr(packs, "stock", lambda: newer)
    monkeypatch.setattr(terms, "table", lambda source: {"a word of later": "domains:finance"})
    pinned = packs.pinned(pins)
    assert [(pack.name, pack.version) for pack in pinned] == sorted(
        (pack.name, pack.version) for pack in stock
    )
    assert pipeline.rules_digest(pinned, pins) == before


@pytest.mark.parametrize(
    ("pins", "message"),
    [
        ({"domains": "9.9.9"}, "it has domains"),
        ({"gossip": "1.0.0"}, "no such pack"),
        ({"domains": "9" * 9_000}, "it has domains"),
        ({"../../vocabularies": "1.0.0"}, "no such pack"),
    ],
)
def test_what_this_tool_lacks_is_named(pins: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        packs.pinned(pins)


@pytest.mark.parametrize(
    "bomb", [".".join("a" * 50_000) + " = 1", "a = " + "[" * 50_000, f"a = {'1' * 9_000}"]
)
def test_a_bomb_is_one_line(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(bomb)
    with pytest.raises(InputError, match=r"p\.toml: not a rule pack"):
        packs.load(path)


@pytest.mark.parametrize("text", ["", "name = 3", "[[rule]]\nid = 'x'", "\xff", "name = "])
def test_a_broken_pack_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match=r"p\.toml: not a rule pack") as caught:
        packs.load(path)
    assert "\n" not in str(caught.value)


def test_a_catalog_brings_its_own(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.toml").write_text(PACK)
    (found,) = packs.of_catalog(tmp_path)
    assert found.version == "0.9.0"


def test_own_rules_extend_replace_and_disable_stock_rules(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    stock = packs.stock()
    first, second = stock[0].rule[0].id, stock[0].rule[1].id
    text = PACK.replace('id = "r"', f'id = "{first}"').replace(
        "[[rule]]", f'disable = ["{second}"]\n\n[[rule]]', 1
    )
    (tmp_path / "rules" / "ours.toml").write_text(text)
    combined = packs.combined(stock, packs.of_catalog(tmp_path))
    ids = [rule.id for pack in combined for rule in pack.rule]
    assert ids.count(first) == 1
    assert second not in ids
    assert len(ids) == sum(len(pack.rule) for pack in stock) - 1
    assert combined[-1].rule[0].terms == ("bank",)


def test_a_rule_to_disable_must_exist(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    text = PACK.replace("[[rule]]", 'disable = ["gossip"]\n\n[[rule]]', 1)
    (tmp_path / "rules" / "ours.toml").write_text(text)
    with pytest.raises(InputError, match="disables 'gossip', which is no stock rule"):
        packs.combined(packs.stock(), packs.of_catalog(tmp_path))


def test_the_digest_tells_packs_apart() -> None:
    one, two = packs.stock()[:1], packs.stock()[1:2]
    assert packs.digest(one) == packs.digest(one)
    assert packs.digest(one) != packs.digest(two)


def test_what_is_archived_under_a_version_stays_as_it_is(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roots, "OLD_RULES", tmp_path)
    script = runpy.run_path(str(project / "scripts" / "archive_packs.py"))
    script["write"]()
    assert script["changed"]() == []
    assert packs.pinned(packs.pins()) == packs.stock()
    one = packs.archived("domains", packs.available()["domains"])
    one.write_text(one.read_text("utf-8").replace("finance", "money"), "utf-8")
    assert script["changed"]() == [one]
