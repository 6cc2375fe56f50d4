"""What a model has from its parents: language and field, and more if only its form changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curation.records import Facts, Tags
from curation.tagging.marks import Mark, Target, mark
from curation.tagging.signals import Line

#: Log-odds at full confidence: what a card says of itself outweighs what its parent was.
WEIGHT = 2.0
#: A fine-tune narrows its task, so only these pass on.
_TUNED = ("languages", "domains")
#: The same weights in another form do what their parent does.
_REFORMED = (*_TUNED, "task", "subtask")
_FORMS = frozenset({"quantized", "merge"})


def inherited(
    lines: list[Line], facts: Facts, family: Mapping[str, Tags]
) -> Iterator[tuple[Target, Mark]]:
    """Marks from the tags of every stated base model that ``family`` holds, by id or alias."""
    relations = {base.id: base.relation for base in facts.base_models}
    for parent in dict.fromkeys(text for place, text in lines if place == "base"):
        tags = family.get(parent)
        if tags is None:
            continue
        for facet in _REFORMED if relations.get(parent) in _FORMS else _TUNED:
            for tag in getattr(tags, facet).values:
                said = mark(f"lineage.{facet}", WEIGHT * tag.confidence, "base", parent)
                yield (facet, tag.value), said
