"""What a release says of models, as a state that can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from curation.model import Model
from curation.records import FACETS, BaseModel, FacetTags, Facts, Record, Size, State, Tag, Tags
from curation.review.state import State as Whole
from curation.store.popularity import Popularity


def released(name: str, models: Iterable[Model]) -> Whole:
    """The state ``name``, of models as a release tells them: without evidence, and no more."""
    held = list(models)
    return Whole(
        name=name,
        records={one.id: _record(one) for one in held},
        popularity={one.id: Popularity(downloads=one.downloads, likes=one.likes) for one in held},
        whole=False,
    )


def _record(model: Model) -> Record:
    facets = {name: _facet(model, name) for name in FACETS}
    return Record(
        id=model.id,
        aliases=model.aliases,
        facts=Facts(
            license=model.license,
            gated=model.gated,
            library=model.library,
            base_models=tuple(BaseModel(id=base) for base in model.base_models),
            datasets=model.datasets,
            results=model.results,
            revision=model.revision,
            source=model.source,
            read_at=model.read_at,
        ),
        tags=Tags(
            size=Size(
                parameters=model.parameters,
                parameters_source=model.parameters_source,
                bytes=model.bytes,
                bytes_source=model.bytes_source,
            ),
            **facets,
        ),
    )


def _facet(model: Model, name: str) -> FacetTags:
    value = getattr(model, name)
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    confidence = model.confidence.get(name, 1.0)
    known: State = model.states.get(name, "known")
    return FacetTags(
        state=known,
        origin="override" if name in model.corrected else "rules",
        values=tuple(Tag(value=one, confidence=confidence) for one in values),
    )
