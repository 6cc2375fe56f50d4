"""Does a model keep to what is asked of it: languages, platform, bytes, licence, access."""

from __future__ import annotations

from curation import licences
from curation.advise.judgement import (
    NOTHING,
    Judgement,
    because,
    label,
    labels,
    lack,
    tongues,
    warn,
)
from curation.advise.weight import shown, weight
from curation.advise.wishes import CLASSES, Wishes
from curation.model import Model
from curation.vocabulary import load

#: Points for a language or a platform that is asked for and met, and for one model for it alone.
_MET, _ITS_OWN = 0.1, 0.15
#: What it costs: one language or platform that nobody asked for; what is asked and not known.
_UNASKED, _UNKNOWN, _DOUBT = 0.3, 0.15, 0.05
#: How far off a model is that breaks a limit.
_BREACH = 0.3


def judge(
    model: Model, wishes: Wishes, tongues_: tuple[str, ...], platforms: tuple[str, ...]
) -> Judgement:
    """Everything that the limits say for and against ``model``.

    ``tongues_`` are all languages it must know, ``platforms`` those of which it must be for one.
    """
    found = _languages(model, tongues_) + _platforms(model, platforms)
    if wishes.max_bytes is not None:
        found += _bytes(model, wishes.max_bytes)
    found += _unasked_licence(model) if wishes.licence is None else _licence(model, wishes.licence)
    if model.gated:
        found += warn(0.0, "gated: its terms must be accepted first")
    return found


def _languages(model: Model, wanted: tuple[str, ...]) -> Judgement:
    known = tuple(code for code in model.languages if code not in ("und", "zxx"))
    if "zxx" in model.languages and not known:
        return _wordless(model, wanted)
    if not wanted:
        return _unasked(model, known)
    if "mul" in wanted:
        return _several(known)
    if set(wanted) <= set(known):
        own = _ITS_OWN if set(known) == set(wanted) else 0.0
        return because(_MET + own, f"knows {tongues(wanted)}")
    if "mul" in known:
        text = f"knows many languages; its tags do not name {tongues(wanted)}"
        return Judgement(_DOUBT, warnings=(text,))
    if known:
        only = "" if len(wanted) > 1 or len(known) > 1 else " only"
        return lack(_BREACH, f"{tongues(known)}{only}, not {tongues(wanted)}")
    if wanted == ("en",):
        return warn(_DOUBT, "language not known")
    return lack(_BREACH, f"nothing says that it knows {tongues(wanted)}")


def _wordless(model: Model, wanted: tuple[str, ...]) -> Judgement:
    task = load("tasks").values.get(model.task or "")
    if wanted and task is not None and task.modality == "nlp":
        return lack(_BREACH, f"works on no natural language, not on {tongues(wanted)}")
    return NOTHING


def _unasked(model: Model, known: tuple[str, ...]) -> Judgement:
    if len(known) == 1 and known[0] not in ("en", "mul"):
        return warn(_UNASKED, f"{tongues(known)} only")
    if "language" in model.kinds and known == ("en",):
        return warn(_DOUBT, "English only")
    return NOTHING


def _several(known: tuple[str, ...]) -> Judgement:
    if "mul" in known:
        return because(_MET, "knows many languages")
    if len(known) > 1:
        return warn(_DOUBT, f"knows {tongues(known)}")
    return lack(_BREACH, f"{tongues(known)} only" if known else "nothing says which languages")


def _platforms(model: Model, wanted: tuple[str, ...]) -> Judgement:
    if met := [slug for slug in wanted if slug in model.platforms]:
        return because(_MET, f"made for {labels('platforms', met)}")
    if wanted:
        made = f"; made for {labels('platforms', model.platforms)}" if model.platforms else ""
        return lack(_BREACH, f"not made for {label('platforms', wanted[0])}{made}")
    if model.platforms and "platform" in model.kinds:
        return warn(_UNASKED / 3, f"made for {labels('platforms', model.platforms)}")
    return NOTHING


def _bytes(model: Model, most: int) -> Judgement:
    span = weight(model)
    if span is None:
        return warn(_UNKNOWN, "size unknown")
    if span.most <= most:
        return because(0.0, f"{span}, within {shown(most)}")
    if span.least > most:
        exact = "" if span.least == span.most else "at least "
        return lack(_BREACH, f"{exact}{shown(span.least)}, over {shown(most)}")
    bounds = f"{shown(span.least)} to {shown(span.most)} by its parameters"
    return warn(_UNKNOWN, f"size not known well enough: {bounds}")


def _licence(model: Model, wanted: str) -> Judgement:
    if model.license is None:
        return warn(_UNKNOWN, "licence not stated")
    found = licences.normalize(model.license)
    if wanted in CLASSES:
        return _licence_class(found, wanted)
    if found.id == wanted:
        return because(0.0, f"licence {found.id}")
    return lack(_BREACH, f"licence {found.id}, not {wanted}")


def _unasked_licence(model: Model) -> Judgement:
    """A licence that nobody asked for, and that forbids what people may have in mind."""
    found = licences.normalize(model.license) if model.license else None
    if found is None or found.category not in ("non-commercial", "restricted"):
        return NOTHING
    return warn(0.0, f"licence {found.id} is {found.category}")


def _licence_class(found: licences.Licence, wanted: str) -> Judgement:
    """A class allows those that are freer."""
    if found.category in CLASSES[: CLASSES.index(wanted) + 1]:
        return because(0.0, f"licence {found.id} is {found.category}")
    if found.category == "unknown":
        return warn(_UNKNOWN, f"licence {found.id} is not one we know")
    kind = "of its own kind" if found.category == "other" else found.category
    return lack(_BREACH, f"licence {found.id} is {kind}, not {wanted}")
