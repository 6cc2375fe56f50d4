from __future__ import annotations

from curation.model import Model
from curation.review import changes, released


def test_a_model_is_told_by_what_its_release_holds() -> None:
    model = Model(
        id="o/m",
        aliases=("x/m",),
        scope="specialized",
        languages=("ru", "de"),
        license="mit",
        gated="auto",
        base_models=("b/c",),
        parameters=5,
        confidence={"scope": 0.8},
        states={"task": "unknown"},
        corrected=("languages",),
        downloads=3,
    )
    state = released("dist/1.0.0", [model])
    record = state.records["o/m"]
    assert record.aliases == ("x/m",)
    assert (record.facts.license, record.facts.gated) == ("mit", "auto")
    assert record.facts.base_models[0].id == "b/c"
    assert record.tags.size.parameters == 5
    assert [tag.value for tag in record.tags.languages.values] == ["ru", "de"]
    assert record.tags.languages.origin == "override"
    assert record.tags.scope.values[0].confidence == 0.8
    assert (record.tags.task.state, record.tags.domains.state) == ("unknown", "known")
    assert state.popularity["o/m"].downloads == 3
    assert not state.whole


def test_two_releases_are_compared_by_value() -> None:
    old = released("a", [Model(id="o/m", license="mit", languages=("ru",)), Model(id="o/n")])
    new = released("b", [Model(id="o/m", license="gpl-3.0", languages=("de",), downloads=9)])
    assert [(one.kind, one.id, one.field) for one in changes(old, new)] == [
        ("removed", "o/n", None),
        ("fact", "o/m", "facts.license"),
        ("tag", "o/m", "tags.languages"),
        ("popularity", "o/m", "popularity"),
    ]
