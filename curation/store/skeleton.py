"""The files of a new catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from curation.errors import UsageError
from curation.store import atomic, popularity, settings, tree
from curation.store.catalog import MODELS, OVERRIDES
from curation.store.flaws import Flaw, utf8

RULES = "rules"
#: The work folder, and where releases are built.
_IGNORED = (".curate/", "dist/")

_SETTINGS = """\
# Settings of this catalog.

name = "{name}"
version = "0.1.0"

# Stock rule packs, each pinned: an upgrade of the tool changes no tag until the pin is moved.
[packs]
{packs}
[sync]
endpoint = "https://huggingface.co"
allow_gated = false
# popularity.csv is written when downloads or likes have moved by this share.
downloads_ratio = 0.1
likes_ratio = 0.1

[policy]
# Facts that nobody has looked at for so many days are stale.
max_checked_days = 30

# What may merge without a person, as 'curate policy' says. Findings never may, nor changes of files
# that people write: these settings, rules, overrides, waivers.
[policy.merge]
removals = false
renames = false
additions = false
scope = false
license = false
access = false
conflicts = false
# The least confidence of a new tag, and the largest share of the models whose tags may change.
least_confidence = 0.75
most_churn = 0.05

# What 'curate audit' expects of the catalog as a whole; shares are of all models.
[audit]
known = {{ task = 0.5 }}
stated = {{ license = 0.5 }}
# How far a share may move from that of the previous release.
most_drift = 0.1
"""

_LEDGERS = {
    "rejections.toml": """\
# Proposals that were declined, so that they do not come back: a model, or one value of a facet.
#
# [[rejections]]
# id = "org/name"
# facet = "domains"
# value = "finance"
# reason = "why"
# by = "who"
# on = 2026-01-31
""",
    "tombstones.toml": """\
# Models that left this catalog.
#
# [[tombstones]]
# id = "org/name"
# on = 2026-01-31
# reason = "why"
# successor = "org/other"
""",
    "waivers.toml": """\
# Findings that are accepted for a while.
#
# [[waivers]]
# code = "CUR105"
# path = "models/org/name.json"
# owner = "who"
# reason = "why"
# expires = 2026-12-31
""",
}


def make(folder: Path, packs: Mapping[str, str]) -> list[Path]:
    """Make ``folder/catalog`` with ``packs`` (name: version) pinned, and say what was written.

    What is there already is left alone, but ``.gitignore`` gets what git is not to keep. Raises
    UsageError if there is a catalog.
    """
    catalog = folder / "catalog"
    if (catalog / settings.FILE).exists():
        raise UsageError(
            f"{catalog.resolve()} is a catalog already",
            hint="'curate add ORG/NAME' puts models into it",
        )
    for room in (MODELS, OVERRIDES, RULES):
        (catalog / room).mkdir(parents=True, exist_ok=True)
    texts = {**_LEDGERS, popularity.FILE: popularity.dump({}).decode()}
    texts[settings.FILE] = _settings(folder, packs)  # last: it is what makes a folder a catalog
    made = [catalog / name for name, text in texts.items() if _create(catalog / name, text)]
    return made + ([folder / ".gitignore"] if _ignore(folder / ".gitignore") else [])


def _settings(folder: Path, packs: Mapping[str, str]) -> str:
    words = re.findall("[a-z0-9]+", folder.resolve().name.lower())
    pins = "".join(f'{name} = "{version}"\n' for name, version in sorted(packs.items()))
    return _SETTINGS.format(name="-".join(words) or "catalog", packs=pins)


def _create(path: Path, text: str) -> bool:
    return atomic.create(path, text.encode())


def _ignore(path: Path) -> bool:
    try:
        text = utf8(tree.read(path))
    except FileNotFoundError:
        text = ""
    except Flaw as error:
        hint = f"add {' and '.join(_IGNORED)} to it yourself"
        raise UsageError(error.at(str(path)), hint=hint) from error
    there = {line.strip().strip("/") for line in text.splitlines()}
    lacking = "".join(f"{name}\n" for name in _IGNORED if name.strip("/") not in there)
    if lacking:
        gap = "\n" if text and not text.endswith("\n") else ""
        atomic.replace(path, f"{text}{gap}{lacking}".encode())
    return bool(lacking)
