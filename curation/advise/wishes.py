"""What is asked for beside the need in words: language, platform, size, licence."""

from __future__ import annotations

import difflib
import re

import msgspec

from curation import languages, licences
from curation.advise import everyday
from curation.errors import UsageError
from curation.ids import clip
from curation.vocabulary import key, load

_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*(b|kb|mb|gb|tb|kib|mib|gib|tib)?", re.IGNORECASE)
#: A size that stands in a need, but not a count of parameters such as 7B.
_WITHIN = re.compile(
    r"(?<![\w.])(?=[\d.]*[1-9])\d{1,12}(?:\.\d{1,6})?\s?[kmgt]i?b\b", re.IGNORECASE | re.ASCII
)
_UNITS = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_UNITS |= {"kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_ON = re.compile(r"^(?:for|in|on) (?:an? |my |the )?")
#: Classes of licences that can be asked for, the freest first: each allows those before it.
CLASSES = ("permissive", "copyleft", "restricted", "non-commercial")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """A language by BCP 47, a platform, a bound in bytes, one of ``CLASSES`` or a licence's id."""

    language: str | None = None
    platform: str | None = None
    max_bytes: int | None = None
    licence: str | None = None


def wishes(
    *,
    language: str | None = None,
    platform: str | None = None,
    max_size: str | int | None = None,
    licence: str | None = None,
) -> Wishes:
    """The wishes in the words of a person. Raises UsageError for what does not exist."""
    return Wishes(
        language=None if language is None else _language(language),
        platform=None if platform is None else _platform(platform),
        max_bytes=None if max_size is None else size(max_size),
        licence=None if licence is None else _licence(licence),
    )


def size(text: str | int) -> int:
    """Bytes of ``200MB``, ``2 GB``, ``1.5GiB`` or a plain number. Raises UsageError."""
    match = _SIZE.fullmatch(str(text).strip())
    if match is None:
        raise UsageError(f"not a size: {clip(str(text))!a}", hint="such as 200MB or 2GB")
    found = round(float(match[1]) * _UNITS[(match[2] or "b").lower()])
    if found <= 0:
        raise UsageError(f"a size of {clip(str(text))!a} holds no model", hint="such as 200MB")
    return found


def bound(need: str) -> tuple[str, int | None]:
    """A need without the sizes in it ("under 200 MB"), and the least of them in bytes."""
    found = map(size, _WITHIN.findall(need))
    return _WITHIN.sub(", ", need), min(found, default=None)


def _language(text: str) -> str:
    code = languages.normalize(text)
    if code is None or (code in languages.SPECIAL and code != "mul"):
        raise UsageError(f"no language {clip(text)!a}", hint="a BCP 47 code or a name: de, German")
    return code


def _platform(text: str) -> str:
    platforms = load("platforms")
    if found := platforms.resolve(text) or _meant(text):
        return found
    near = difflib.get_close_matches(text, platforms.values, n=1) or sorted(platforms.values)
    raise UsageError(f"no platform {clip(text)!a}", hint=f"there is {', '.join(near)}")


def _meant(text: str) -> str | None:
    """The platform that everyday words mean: ``phone``, ``on a phone``, ``web page``."""
    for slug, phrases in everyday.table().platforms.items():
        if key(text) in {*phrases, *(_ON.sub("", phrase) for phrase in phrases)}:
            return slug
    return None


def _licence(text: str) -> str:
    if (word := key(text).replace(" ", "-")) in CLASSES:
        return word
    found = licences.normalize(text)
    if found.category == "unknown":
        raise UsageError(
            f"no licence {clip(text)!a}",
            hint=f"a class ({', '.join(CLASSES)}), or an id such as apache-2.0",
        )
    return found.id
