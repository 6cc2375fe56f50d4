from __future__ import annotations

from curation.records import (
    BaseModel,
    Decision,
    Evidence,
    FacetTags,
    Facts,
    File,
    Override,
    Record,
    Size,
    Tag,
    Tags,
)
from curation.release.projection import project
from curation.store.popularity import Popularity

EVIDENCE = Evidence(rule="R1", signal="card", term="bees", line=3, weight=2.0)
RECORD = Record(
    id="acme/bee",
    aliases=("old/bee",),
    facts=Facts(
        source="here", revision="a" * 40, read_at="2026-01-02T03:04:05Z", license="mit",
        gated="auto", base_models=(BaseModel(id="acme/egg", relation="finetune"),),
        datasets=("bees",), files=(File(path="model.ONNX"), File(path="training_args.bin")),
    ),
    tags=Tags(
        scope=FacetTags(state="known", values=(Tag(value="specialized", confidence=0.9),)),
        domains=FacetTags(
            state="known",
            values=(
                Tag(value="biology", confidence=0.8, evidence=(EVIDENCE,)),
                Tag(value="food", confidence=0.6),
            ),
        ),
        task=FacetTags(state="conflicting", rivals=(Tag(value="translation", confidence=0.4),)),
        platforms=FacetTags(state="known"),
        size=Size(parameters=7, parameters_source="weights"),
    ),
)  # fmt: skip
DECIDED = Decision(value="apache-2.0", reason="the file says so", by="a", on="2026-01-01")
OVERRIDE = Override(facts={"license": DECIDED}, tags={"domains": DECIDED})


def test_a_model_is_its_record_without_the_evidence() -> None:
    model = project(RECORD, Override(), Popularity(downloads=5, likes=0, checked="2026-01-01"))
    assert (model.id, model.aliases, model.license, model.gated) == (
        "acme/bee", ("old/bee",), "mit", "auto",
    )  # fmt: skip
    assert (model.scope, model.task, model.domains) == ("specialized", None, ("biology", "food"))
    assert (model.parameters, model.parameters_source, model.bytes) == (7, "weights", None)
    assert (model.formats, model.base_models, model.datasets) == (
        ("onnx",), ("acme/egg",), ("bees",),
    )  # fmt: skip
    assert (model.downloads, model.likes, model.corrected) == (5, 0, ())
    assert (model.revision, model.source, model.read_at) == (
        "a" * 40, "here", "2026-01-02T03:04:05Z",
    )  # fmt: skip


def test_confidence_is_the_least_of_a_facet_and_states_name_what_is_not_known() -> None:
    model = project(RECORD, Override(), None)
    assert model.confidence == {"scope": 0.9, "domains": 0.6}
    assert "platforms" not in model.states  # known to be none
    assert model.states["task"] == "conflicting"
    assert model.states["specialization"] == "unknown"
    assert (model.downloads, model.likes) == (None, None)


def test_what_a_person_decided_stands_and_is_named() -> None:
    model = project(RECORD, OVERRIDE, None)
    assert model.license == "apache-2.0"
    assert model.corrected == ("domains", "license")
