from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from curation import packs
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
    [("[facets", "not a calibration"), ("x = 1", "not a calibration"), ("facets = {}", "task")],
)
def test_what_is_no_calibration_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"calibration\.toml: .*{message}"):
        calibration.load(path)


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
