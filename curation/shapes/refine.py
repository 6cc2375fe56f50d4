"""What the schemas demand beyond the types, in one table.

A key is a type, or a type and one of its fields; the keywords are merged into its schema. Enums
come from the vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from curation import ids, patterns, vocabulary
from curation.digest import DIGEST_VERSION
from curation.records import SCHEMA_VERSION, SINGLE, Facts
from curation.shapes.keywords import flatten
from curation.store.decisions import CORRECTABLE, DECIDABLE
from curation.verdict import VERDICT_VERSION

Keywords = dict[str, Any]

#: Fields of a type that its file does not write: where the value stands says them.
IMPLIED = {"Value": ("slug",)}

# TOML has no null: an empty list says that there is no value, also where at most one may be.
_NOTHING: list[str] = []
_COUNT = {"minimum": 0}
_HASH = {"pattern": patterns.HASH}
_TIME = {"pattern": patterns.TIME}
_DATE = {"pattern": patterns.DATE}
_TEXT = {"minLength": 1}
_MODEL = {"pattern": patterns.MODEL_ID, "maxLength": 2 * ids.MAX_PART + 1}

_FORMS: dict[str, Keywords] = {
    "BaseModel.id": _TEXT,
    "Decision.by": _TEXT,
    "Decision.expires": _DATE,
    "Decision.judged": _HASH,
    "Decision.on": _DATE,
    "Decision.reason": _TEXT,
    "Digest.count": _COUNT,
    "Digest.models": _COUNT,
    "Digest.schema_version": {"const": DIGEST_VERSION},
    "Verdict.schema_version": {"const": VERDICT_VERSION},
    "Evidence.line": {"minimum": 1},
    "Evidence.rule": _TEXT,
    "FacetTags": {
        "if": {"properties": {"state": {"enum": ["conflicting", "unknown"]}}},
        "then": {"properties": {"values": {"maxItems": 0}}},
    },
    "Facts.bytes_total": _COUNT,
    "Facts.created": _TIME,
    "Facts.modified": _TIME,
    "Facts.parameters": {"additionalProperties": _COUNT},
    "Facts.parameters_total": _COUNT,
    "Facts.read_at": _TIME,
    "Facts.revision": {"pattern": patterns.REVISION},
    "File.path": _TEXT,
    "File.size": _COUNT,
    "Group.count": _COUNT,
    "Group.models": _COUNT,
    "Inputs.card": _HASH,
    "Inputs.facts": _HASH,
    "Inputs.override": _HASH,
    "Inputs.packs": _HASH,
    "Pack.name": {"pattern": patterns.SLUG},
    "Pack.version": {"pattern": patterns.VERSION},
    "Record.aliases": {"items": _MODEL, "uniqueItems": True},
    "Record.id": _MODEL,
    "Record.schema_version": {"const": SCHEMA_VERSION},
    "Reason.line": {"minimum": 1},
    "Rule.accepts": {"minItems": 1},
    "Rule.rejects": {"minItems": 1},
    "Rule.why": _TEXT,
    "Section.count": _COUNT,
    "Section.models": _COUNT,
    "Size.bytes": _COUNT,
    "Size.parameters": _COUNT,
    "Standing.confidence": {"minimum": 0, "maximum": 1},
    "Tag.confidence": {"minimum": 0, "maximum": 1},
}


@cache
def refinements() -> Mapping[str, Keywords]:
    """Type or ``Type.field``: the JSON Schema keywords that are merged into it."""
    return {
        **_FORMS,
        **_tags(),
        **_published(),
        "Override.tags": _decisions(),
        "Override.facts": _corrections(),
    }


def _values() -> dict[str, Keywords]:
    """Facet: what one of its values may be."""
    known = {
        name: {"enum": sorted(vocabulary.load(name).values)}
        for name in ("tasks", "subtasks", "domains", "platforms", "derivations")
    }
    return {
        "scope": {"enum": ["general", "specialized"]},
        "kinds": {"enum": ["domain", "language", "platform", "task"]},
        "task": known["tasks"],
        "subtask": known["subtasks"],
        "domains": known["domains"],
        "languages": {"pattern": patterns.LANGUAGE},
        "platforms": known["platforms"],
        "derivation": known["derivations"],
        "specialization": {"pattern": patterns.SPECIALIZATION},
        "size_tier": {"enum": ["lightweight", "standard", "advanced", "xlarge"]},
    }


def _tags() -> dict[str, Keywords]:
    return {f"Tags.{facet}": _facet(facet, form) for facet, form in _values().items()}


def _published() -> dict[str, Keywords]:
    """The facets of a model as a release has them; of one value, or none."""
    forms = {facet: form for facet, form in _values().items() if "enum" in form}
    return {
        f"Model.{facet}": {"enum": [*form["enum"], None]} if facet in SINGLE else {"items": form}
        for facet, form in forms.items()
    }


def _facet(facet: str, form: Keywords) -> Keywords:
    tags = {"items": {"properties": {"value": form}}}
    values = {**tags, "maxItems": 1} if facet in SINGLE else tags
    return {"properties": {"values": values, "rivals": tags}}


def _decisions() -> Keywords:
    forms = _values()
    return _table({f: _decided(f, forms[f]) for f in DECIDABLE})


def _decided(facet: str, form: Keywords) -> Keywords:
    if facet not in SINGLE:
        return {"type": "array", "items": form, "uniqueItems": True}
    return {"enum": [*form["enum"], _NOTHING]}


def _corrections() -> Keywords:
    (_,), definitions = msgspec.json.schema_components((Facts,))
    facts = definitions["Facts"]["properties"]
    return _table({name: _corrected(name, facts[name]) for name in CORRECTABLE})


def _corrected(name: str, form: Keywords) -> Keywords:
    flatten(form)
    plain = {key: value for key, value in form.items() if key != "default"}
    if plain["type"] != "array":
        stated = [kind for kind in plain["type"] if kind != "null"]
        plain |= {"type": [*stated, "array"], "maxItems": len(_NOTHING)}
    return plain | _FORMS.get(f"Facts.{name}", {})


def _table(values: Mapping[str, Keywords]) -> Keywords:
    decision = {"$ref": "#/$defs/Decision"}
    properties = {
        name: {**decision, "properties": {"value": value}} for name, value in values.items()
    }
    return {"properties": properties, "additionalProperties": False}
