"""Whether something waits that did not wait in the same way before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from curation import evidence
from curation.records import FacetTags, Tags
from curation.review.session.items import Item


def everything(item: Item) -> bool:
    """Ask for all that waits."""
    del item
    return True


def news(before: Mapping[str, Tags]) -> Callable[[Item], bool]:
    """Ask for doubts that the models, as they were ``before``, did not have.

    What was decided and is to be looked at again is asked for always, and so is all of a model
    that was not there.
    """

    def asks(item: Item) -> bool:
        old = before.get(item.id)
        if old is None or item.facet is None or item.why not in ("conflict", "unsure"):
            return True
        facet: FacetTags = getattr(old, item.name)
        return evidence.judged(facet) != item.judged or _doubts(facet) != _doubts(item.facet)

    return asks


def _doubts(facet: FacetTags) -> tuple[str, set[str]]:
    return facet.state, {tag.value for tag in facet.values if tag.review}
