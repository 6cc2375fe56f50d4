"""Languages that are declared or spelt in a translation model's name: codes, which vary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from curation import languages
from curation.tagging.marks import Mark, Target, mark
from curation.tagging.signals import Line

#: A declared language is strong evidence, though a card that says otherwise may outweigh it.
DECLARED = 4.0
PAIR = 5.0
#: Two codes side by side in the name of what does not translate.
SIDE_BY_SIDE = 3.0
MANY = "mul"

#: ISO 639-5 codes of families, and names of some, which translation models are named after.
_FAMILY = re.compile(
    "aav|afa|alv|art|bat|ber|bnt|cau|cel|cpf|cpp|cus|dra|euq|fiu|gem|gmq|gmw|grk|iir|inc|ine|itc|"
    "mkh|mul|nah|nic|phi|poz|pqe|roa|sal|sem|sit|sla|taw|trk|tut|urj|wen|zle|zls|zlw|"
    "celtic|romance|scandinavia"
)
_SEPARATORS = re.compile(r"[-_ .]+")
#: Massively Multilingual Speech: a model for each of a thousand languages, by ISO 639-3.
_SPEECH = re.compile(r"(?:^|/)mms-tts-([a-z]{3})(?:-|$)")
#: Ends in what would be the code of Maltese.
_PROJECT = re.compile(r"^opus-mt-")
#: What stands between source and target: words, and the scripts of FLORES codes.
_BETWEEN = frozenset({"to", "2", "and", "latn", "cyrl", "arab", "deva", "hans", "hant", "jpan"})
#: Short for machine translation where the name holds a pair of codes beside it, else Maltese.
_TRANSLATION = "mt"
#: Codes that are words elsewhere, but languages beside another code.
_USUAL = frozenset(
    {"be", "bs", "ca", "da", "it", "kk", "lo", "ml", "mn", "ne", "si", "sq", "sv", "ta", "te"}
)


def declared(lines: list[Line]) -> Iterator[tuple[Target, Mark]]:
    """Marks for every declared language that is one; ``en-fr`` declares two."""
    for place, text in lines:
        if place == "language":
            for code in languages.pair(text) or (languages.declared(text),):
                if code:
                    yield ("languages", code), mark("languages.declared", DECLARED, place, text)


def side_by_side(lines: list[Line]) -> Iterator[tuple[Target, Mark]]:
    """Marks for all codes of two letters that stand beside another one in the name."""
    codes = [token if token in _usual() else None for token in _tokens(lines)]
    beside = {code for two in pairwise(codes) if all(two) and two[0] != two[1] for code in two}
    for code in sorted(filter(None, beside)):
        yield ("languages", code), mark("languages.side-by-side", SIDE_BY_SIDE, "name", code)


def pair(lines: list[Line]) -> Iterator[tuple[Target, Mark]]:
    """Marks for source and target, where a translation model's name holds two codes side by side.

    Of several pairs the first one of common languages counts, or else the first; a pair that a
    model of many languages was tuned for counts before these.
    """
    codes = [(_code(left), _code(right)) for left, right in pairwise(_tokens(lines))]
    pairs = [c for c in codes if all(c) and c[0] != c[1]]
    common = [c for c in pairs if all(side == MANY or len(side or "") == 2 for side in c)]
    tuned = [c for c in common if MANY not in c]
    for code in next(iter(tuned or common or pairs), ()):
        if code:
            yield ("languages", code), mark("languages.pair", PAIR, "name", code)


def speech(lines: list[Line]) -> Iterator[tuple[Target, Mark]]:
    """A mark for the language of a speaker among those of a thousand languages."""
    name = next((text for place, text in lines if place == "name"), "")
    found = _SPEECH.search(name)
    code = languages.normalize(found[1]) if found else None
    if found and code:
        yield ("languages", code), mark("languages.speech", PAIR, "name", found[1])


@cache
def _usual() -> frozenset[str]:
    """Codes of two letters that denote the language of that very code."""
    ids = languages.codes_in_ids()
    return _USUAL | {token for token, code in ids.items() if token == code and len(token) == 2}


def _tokens(lines: list[Line]) -> list[str]:
    name = next((text for place, text in lines if place == "name"), "")
    tokens = _SEPARATORS.split(_PROJECT.sub("", name.lower()))
    found = [token for token in tokens if token not in _BETWEEN]
    pairs = sum(1 for two in pairwise(found) if _TRANSLATION not in two and all(map(_code, two)))
    return [token for token in found if not (pairs and token == _TRANSLATION)]


def _code(token: str) -> str | None:
    if _FAMILY.fullmatch(token):
        return MANY
    return languages.normalize(token) if 2 <= len(token) <= 3 and token.isalpha() else None
