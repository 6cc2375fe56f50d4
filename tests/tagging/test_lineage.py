from __future__ import annotations

import pytest

from curation.tagging import lineage


@pytest.mark.parametrize(
    ("text", "bases", "datasets"),
    [
        (
            "This model is a fine-tuned version of [acme/base](https://x) on the letters dataset.",
            ["acme/base"],
            ["letters"],
        ),
        ("a fine-tuned version of `base` on an unknown dataset.", ["base"], []),
        ("An adapter for the `acme-base` model", ["acme-base"], []),
        ("These are LoRA adaption weights for acme/diffusion.", ["acme/diffusion"], []),
        ("- **Finetuned from model:** acme/base", ["acme/base"], []),
        ("- **Finetuned from model [optional]:** [More Information Needed]", [], []),
        ("It was trained on the [mails](https://x) dataset", [], ["mails"]),
        ("It came about by fine-tuning it on Acme Letters dataset.", [], ["Acme Letters"]),
        ("It was trained on a corpus.", [], []),
        ("Nothing here.", [], []),
    ],
)
def test_a_card_states_where_a_model_came_from(
    text: str, bases: list[str], datasets: list[str]
) -> None:
    assert list(lineage.bases(text)) == bases
    assert list(dict.fromkeys(lineage.datasets(text))) == datasets
