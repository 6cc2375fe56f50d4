"""The written forms of the catalog, as regular expressions that every JSON Schema dialect reads."""

from __future__ import annotations

#: A commit of the Hub.
REVISION = "^[0-9a-f]{40}$"
#: What ``canonical.digest`` gives.
HASH = "^sha256:[0-9a-f]{64}$"
#: RFC 3339 in UTC; the Hub gives milliseconds.
TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$"
DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
#: Semantic versions without build metadata.
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$"
#: What ``ids.check`` lets pass, but for the length of the parts.
MODEL_ID = r"^[A-Za-z0-9_](\.?[A-Za-z0-9_-])*(/[A-Za-z0-9_](\.?[A-Za-z0-9_-])*)?$"
#: Names of packs, rules' facets and vocabulary values.
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
#: BCP 47 in its short form: language, script, region, variants.
LANGUAGE = (
    "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$"
)
SPECIALIZATION = "^(task|domain|language|platform):[a-z0-9]+(-[a-z0-9]+)*$"
CODE = "^CUR[0-9]{3}$"
