from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.errors import InputError
from curation.records import Facts
from curation.tagging import Tagger, plugins
from curation.tagging.marks import Mark, Target, mark


def knows_acme(model: plugins.Model) -> Iterator[tuple[Target, Mark]]:
    if model.id.startswith("acme/"):
        yield ("domains", "food"), mark("acme.kitchen", 4.0, "org", "acme")


def test_a_python_tagger_speaks_under_the_same_contract() -> None:
    tagger = Tagger(plugins=(knows_acme,))
    (found,) = tagger.tag("acme/x", Facts(task="text-generation"), None).domains.values
    assert found.value == "food"
    assert [(item.rule, item.weight) for item in found.evidence] == [("acme.kitchen", 4.0)]
    assert tagger.tag("other/x", Facts(task="text-generation"), None).domains.values == ()


def test_taggers_are_found_by_the_name_of_their_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme_tagger.py").write_text("def tag(model):\n    return ()\n")
    info = tmp_path / "acme_tagger-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-tagger\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[curation.taggers]\nacme = acme_tagger:tag\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    (loaded,) = plugins.load(["acme"])
    assert loaded(plugins.Model("a/b", Facts(), None, [])) == ()
    assert plugins.versions(["acme"]) == {"acme": "1.2"}


def test_one_that_is_not_installed_is_named() -> None:
    with pytest.raises(InputError, match="no tagger called 'gossip' is installed"):
        plugins.load(["gossip"])
