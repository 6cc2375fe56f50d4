"""Languages by BCP 47: codes as people write them, names, and which of them can be matched.

Everything common lies in ``packs/languages.json``, which ``scripts/build_languages.py`` makes from
CLDR and the IANA registry. Only a code that is not in it needs langcodes, which is slow to import.

Codes are the shortest that BCP 47 has: ``en``, not ``eng`` or ``en-US``; the standard of a language
with dialects is the language (``cmn`` is ``zh``, ``arb`` is ``ar``). ``mul``, ``und`` and ``zxx``
are several languages, an unknown one, and none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from curation import roots
from curation.errors import InputError

SPECIAL = {"mul": "Multiple languages", "und": "Unknown language", "zxx": "No linguistic content"}

#: The longest text that can be a code or a name; what is longer is not looked at.
_LONGEST = 64
_MEMO = 65536

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?")
_UNUSUAL = re.compile(r"[a-z]{3}|[a-z]{2,3}(?:-[a-z0-9]{2,8}){1,4}")
_LOCALE = re.compile(r"([a-z]{2,3})[-_](?:[A-Z][a-z]{3}|(?:[A-Z][a-z]{3}[-_])?[A-Z]{2})")
_PAIR = re.compile(r"([a-z]{2,3})[-_]([a-z]{2,3})")


class _Data(msgspec.Struct, frozen=True):
    """What ``packs/languages.json`` holds; its fields are explained in the generator."""

    codes: dict[str, str]
    families: frozenset[str]
    ids: dict[str, str]
    languages: dict[str, tuple[str, ...]]
    locales: frozenset[str]
    meant: dict[str, str]
    phrases: dict[str, str]
    regional: dict[str, str]
    regions: frozenset[str]
    scripts: frozenset[str]
    shadowed: frozenset[str]


@cache
def _data() -> _Data:
    path = roots.PACKS / "languages.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Data)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(
            f"{path}: cannot be read: {error}", hint="run scripts/build_languages.py, or reinstall"
        ) from error


@lru_cache(maxsize=_MEMO)
def normalize(text: str) -> str | None:
    """The code of the language that ``text`` names by a code or a name; None if it names none.

    Region and script are dropped (``zh-Hant-TW`` is ``zh``); see ``regional``. ISO 639 is obeyed:
    ``kr`` is Kanuri here, though hardly ever on the Hub; see ``declared``.
    """
    if len(text) > _LONGEST:
        return None
    tag = _tag(text)
    return _listed(tag) or _names().get(_plain(text)) or _of_tag(tag) or _by_library(tag)


@lru_cache(maxsize=_MEMO)
def declared(text: str) -> str | None:
    """The language that an author means who declares ``text`` to be the model's language.

    Like ``normalize``, but ``kr`` is Korean and ``unk`` unknown (None), and ``en-de`` is two
    languages (None; see ``pair``).
    """
    if pair(text):
        return None
    tag, meant = _tag(text), _data().meant
    return meant[tag] or None if tag in meant else normalize(text)


@lru_cache(maxsize=_MEMO)
def from_hub_tag(tag: str) -> str | None:
    """The language that a plain Hub tag names, by code, locale or name; None for all else.

    Codes that are rather something else as a tag (``gan``, ``sat``, ``war``) name no language.
    """
    if len(tag) > _LONGEST:
        return None
    return hub_tags().get(tag) or _data().phrases.get(_plain(tag)) or _of_locale(tag)


@lru_cache(maxsize=_MEMO)
def pair(text: str) -> tuple[str, str] | None:
    """Both languages of ``en-de`` or ``eng_deu``, in that order; None if it is no such pair."""
    match = _PAIR.fullmatch(text)
    if match is None or _tag(text) in _data().locales:
        return None
    first, second = _listed(match[1]), _listed(match[2])
    return (first, second) if first and second and first != second else None


def regional(text: str) -> str | None:
    """``text`` as a code that keeps script and region (``pt_br`` is ``pt-BR``), or None."""
    match = _TAG.fullmatch(_tag(text))
    code = normalize(text)
    if match is None or code is None:
        return code
    script, region = match[2], match[3]
    return "-".join(filter(None, (code, script and script.title(), region and region.upper())))


def english_name(code: str) -> str:
    """The English name of a language by its code: ``Russian``, ``Brazilian Portuguese``.

    Raises InputError for what is no code of a language.
    """
    data = _data()
    if known := data.languages.get(code):
        return known[0]
    if special := SPECIAL.get(code) or data.regional.get(code):
        return special
    if normalize(code) is None:
        raise InputError(
            f"not a language code: {code[:_LONGEST]!r}", hint="expected BCP 47, such as 'pt'"
        )
    from langcodes import Language

    return Language.get(code).display_name()


@lru_cache(maxsize=_MEMO)
def slug(code: str) -> str:
    """The English name in kebab-case ASCII: ``norwegian-bokmal``. Raises InputError as above."""
    folded = unicodedata.normalize("NFKD", english_name(code)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", folded.lower()))


def names(code: str) -> tuple[str, ...]:
    """All names of a listed language: English first, its own, other spellings; () if not listed."""
    return _data().languages.get(code, ())


def all_codes() -> tuple[str, ...]:
    """The codes of all listed languages, sorted.

    Listed are ISO 639-1, the languages of Common Voice, FLORES-200 (so NLLB-200), OPUS-MT and
    Wikipedia, and what a million people speak.
    """
    return tuple(_data().languages)


def other_codes() -> tuple[str, ...]:
    """What ``normalize`` knows beside ``all_codes``: ``eng``, ``cmn``, ``jp``, ``multilingual``."""
    return tuple(_data().codes)


def phrases() -> Mapping[str, str]:
    """Every name that can be matched in text, and the code of its language.

    Lower case, with spaces for hyphens, native scripts included; names that mostly mean something
    else are left out (``dan``, ``edo``, ``latin``). One may lie in another: ``old english``.
    """
    return _data().phrases


def codes_in_ids() -> Mapping[str, str]:
    """Tokens of model names (split at ``-``, ``_``, ``.``; lower case) that denote a language."""
    return _data().ids


@cache
def hub_tags() -> Mapping[str, str]:
    """Every code that denotes a language as a Hub tag of its own, and the language."""
    data = _data()
    every = {**{code: code for code in (*data.languages, *SPECIAL)}, **data.codes}
    every |= {locale: locale.partition("-")[0] for locale in data.locales}
    every |= data.meant
    return {tag: code for tag, code in every.items() if code and tag not in data.shadowed}


def _tag(text: str) -> str:
    return text.strip().lower().replace("_", "-")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())


def _listed(tag: str) -> str | None:
    data = _data()
    if tag in data.languages or tag in SPECIAL:
        return tag
    return data.codes.get(tag)


@cache
def _names() -> dict[str, str]:
    """Every name, also those that would mislead in text; a shorter code wins a shared name."""
    codes = sorted(all_codes(), key=lambda code: (-len(code), code))
    every = {_plain(name): code for code in codes for name in names(code)}
    return {**every, **_data().phrases}


def _of_tag(tag: str) -> str | None:
    """The language of a tag with a known script or region."""
    match, data = _TAG.fullmatch(tag), _data()
    if match is None:
        return None
    script, region = match[2], match[3]
    if (script and script not in data.scripts) or (region and region not in data.regions):
        return None
    return _listed(match[1])


def _of_locale(tag: str) -> str | None:
    """The language of ``sv-SE``, ``zh_TW`` or ``sr-Latn``: the case tells them from a pair."""
    return _of_tag(_tag(tag)) if _LOCALE.fullmatch(tag) else None


def _by_library(tag: str) -> str | None:
    if not _UNUSUAL.fullmatch(tag):
        return None
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        language = Language.get(tag)
    except LanguageTagError:
        return None
    code = language.language
    if code is None or code in _data().families or not language.is_valid():
        return None
    return _listed(code) or code
