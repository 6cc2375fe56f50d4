from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from curation import canonical, packs, roots
from curation.errors import InputError
from curation.records import INFERRED, Facts
from curation.rules import Pack, Rule
from curation.tagging import Tagger, calibration


def test_every_inferred_facet_is_calibrated() -> None:
    assert set(calibration.load().facets) == set(INFERRED)


def test_a_factor_is_of_a_rule_that_there_is() -> None:
    rules = {rule.id for pack in packs.stock() for rule in pack.rule}
    assert set(calibration.load().factors) <= rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[facets", "not a calibration"),
        ("x = 1", "not a calibration"),
        ("version = '1.0.0'\nfacets = {}", "task"),
    ],
)
def test_what_is_no_calibration_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"calibration\.toml: .*{message}"):
        calibration.load(path)


def test_a_pinned_version_is_kept_beside_todays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = calibration.load()
    older = msgspec.structs.replace(today, version="0.9.0", general=0.5)
    (tmp_path / "calibration").mkdir()
    (tmp_path / "calibration" / "0.9.0.json").write_text(canonical.dumps(older))
    monkeypatch.setattr(roots, "OLD_RULES", tmp_path)
    assert calibration.pinned({"calibration": "0.9.0", "tasks": "1.0.0"}) == older
    assert calibration.pinned({"tasks": "1.0.0"}) == today
    with pytest.raises(InputError, match=r"no calibration 9\.9\.9 in this curate"):
        calibration.pinned({"calibration": "9.9.9"})


def test_a_rule_in_the_place_of_a_stock_rule_counts_as_it_is_written() -> None:
    fitted = msgspec.structs.replace(calibration.load(), factors={"a.b": 0.5, "a.c": 0.7})
    rule = Rule(id="a.b", why="w", places={"name": 1.0}, accepts=("name: x",), rejects=("name: y",))
    own = Pack(name="own", version="1.0.0", about="ours", rule=(rule,))
    assert calibration.of_stock(fitted, [own]).factors == {"a.c": 0.7}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        calibration.load(tmp_path / "none.toml")


def test_a_factor_multiplies_the_weights_of_its_rule() -> None:
    rule = Rule(
        id="a",
        why="Because.",
        places={"name": 3.0},
        supports="domains:finance",
        terms=("bank",),
        accepts=(),
        rejects=(),
    )
    fitted = msgspec.structs.replace(calibration.load(), factors={"a": 0.55, "other": 0.3})
    tagger = Tagger([Pack(name="p", version="1.0.0", about="", rule=(rule,))], fitted)
    (tag,) = tagger.tag("x/bank", Facts(), None).domains.values
    assert [item.weight for item in tag.evidence] == [1.65]
