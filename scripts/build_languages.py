"""Write curation/packs/languages.json from the language libraries and our own tables.

Usage: python scripts/build_languages.py [--check]

Reads packs/vocabularies/languages.toml and language_tokens.toml, CLDR and the IANA registry by way
of langcodes and language_data. With --check nothing is written; exit 1 if the file is out of date.
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from langcodes import Language
from langcodes.data_dicts import LANGUAGE_REPLACEMENTS, NORMALIZED_MACROLANGUAGES
from language_data.name_data import CODE_TO_NAMES
from language_data.population_data import LANGUAGE_SPEAKING_POPULATION
from language_data.registry_parser import parse_registry

from curation import canonical, roots

TARGET = roots.PACKS / "languages.json"
ABOUT = "written by scripts/build_languages.py; do not edit"
#: Speakers from which a language is listed whether or not a source names it.
MANY = 1_000_000
#: A code counts as a language's in ids from this share of organisations, ...
PRECISE = 0.9
#: ... this many of them ...
ORGS = 2
#: ... and this many models.
MODELS = 3

Table = dict[str, Any]


def main(arguments: list[str]) -> int:
    text = canonical.dumps(build())
    if arguments == ["--check"]:
        current = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
        if current != text:
            print(f"{TARGET}: out of date; run scripts/build_languages.py", file=sys.stderr)
        return int(current != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


def build() -> Table:
    """The whole content of languages.json."""
    ours, codes = table("languages"), listed()
    others = aliases(codes)
    if stale := set(ours["shadowed"]) - codes - others.keys():
        raise SystemExit(f"[shadowed] lists what is no code: {sorted(stale)}")
    named = {code: names(code) for code in sorted(codes)}
    return {
        "about": ABOUT,
        "codes": others,
        "families": sorted(c for c, row in registry("language").items() if is_family(row)),
        "ids": ids(phrases(named)),
        "languages": named,
        "locales": ours["locales"]["known"],
        "meant": ours["meant"],
        "phrases": phrases(named),
        "regional": regional(ours["locales"]["known"]),
        # XX is no region: mBART writes en_XX
        "regions": sorted(["xx", *(r.lower() for r in registry("region") if ".." not in r)]),
        "scripts": sorted(code.lower() for code in registry("script") if ".." not in code),
        "shadowed": sorted(ours["shadowed"]),
    }


@cache
def table(name: str) -> Table:
    return tomllib.loads((roots.VOCABULARIES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def registry(kind: str) -> dict[str, Table]:
    return {row["Subtag"]: row for row in parse_registry() if row["Type"] == kind}


def is_family(row: Table) -> bool:
    return row.get("Scope") == "collection"


def canon(code: str) -> str:
    """The shortest code for what ``code`` means; for a dialect the standard of its language."""
    ours: dict[str, str] = table("languages")["codes"]
    if code in ours:
        return ours[code]
    renamed = LANGUAGE_REPLACEMENTS.get(code, code)
    code = code if "-" in renamed else renamed  # some are renamed to a language and a region
    macro = NORMALIZED_MACROLANGUAGES.get(code, "")
    return ours.get(code) or (macro if len(macro) == 2 else code)


@cache
def listed() -> frozenset[str]:
    """All languages of the file."""
    two = (c for c, row in registry("language").items() if len(c) == 2 and "Deprecated" not in row)
    spoken = (c for c, n in LANGUAGE_SPEAKING_POPULATION.items() if len(c) == 3 and n >= MANY)
    named = (code for codes in table("languages")["sources"].values() for code in codes.split())
    return frozenset(canon(code) for code in (*two, *spoken, *named))


def aliases(codes: frozenset[str]) -> dict[str, str]:
    """Every other code for one of ``codes``."""
    known = {*LANGUAGE_REPLACEMENTS, *NORMALIZED_MACROLANGUAGES, *table("languages")["codes"]}
    found = {alias: canon(alias) for alias in known}
    return {a: c for a, c in sorted(found.items()) if a != c and (c in codes or c == "mul")}


def names(code: str) -> list[str]:
    """English name first, then other English names, its own name for itself, and our additions."""
    ours = table("languages")
    cldr = CODE_TO_NAMES.get(code, {})
    folded = [c for c, m in NORMALIZED_MACROLANGUAGES.items() if m == code and canon(c) == code]
    found = [
        ours["english"].get(code, cldr.get("en")),
        *described(code),
        *(CODE_TO_NAMES.get(other, {}).get("en") for other in folded),
        *(name for other in folded for name in described(other)),
        cldr.get(code),
        *ours["names"].get(code, ()),
    ]
    return list(dict.fromkeys(bare(name) for name in found if name))


def described(code: str) -> Iterable[str]:
    descriptions: list[str] = registry("language").get(code, {}).get("Description", [])
    return descriptions


def bare(name: str) -> str:
    return re.sub(r"\s*\(.*?\)", "", name)


def phrases(named: dict[str, list[str]]) -> dict[str, str]:
    """Every name as it is matched in text, and its language; a shorter code wins a shared name."""
    misleading = set(table("languages")["misleading"])
    owners: dict[str, str] = {}
    for code, own in sorted(named.items(), key=lambda item: (len(item[0]), item[0])):
        for phrase in (form for name in own for form in forms(name)):
            owner = owners.setdefault(phrase, code)
            if owner != code and len(owner) == len(code) and phrase not in misleading:
                raise SystemExit(f"{phrase!r} names both {owner!r} and {code!r}")
    if stale := misleading - owners.keys():
        raise SystemExit(f"[misleading] lists what is no name: {sorted(stale)}")
    return {phrase: owners[phrase] for phrase in sorted(owners) if phrase not in misleading}


def forms(name: str) -> Iterator[str]:
    """``name`` as matched: lower case, spaces for hyphens, and without accents or curly quotes."""
    lower = unicodedata.normalize("NFC", name).lower().replace("-", " ")
    yield lower
    straight = re.sub("[\u2018\u2019\u02bb\u02bc]", "'", lower)
    yield straight
    decomposed = unicodedata.normalize("NFKD", straight)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    if plain.isascii():
        yield plain


def regional(locales: Iterable[str]) -> dict[str, str]:
    """English names of languages with a region or script: ``pt-BR`` is Brazilian Portuguese."""
    tags = [Language.get(locale, normalize=False) for locale in locales]
    return {
        str(tag): CODE_TO_NAMES.get(str(tag), {}).get("en") or tag.display_name()
        for tag in tags
        if tag.territory or tag.script
    }


def ids(words: dict[str, str]) -> dict[str, str]:
    """Tokens that denote a language in an id: names of one word, and codes that were seen to."""
    found = {word: code for word, code in words.items() if word.isascii() and word.isalpha()}
    for token, seen in table("language_tokens").items():
        if seen["share"] >= PRECISE and seen["orgs"] >= ORGS and seen["agree"] >= MODELS:
            found[token] = seen["language"]
    return {token: found[token] for token in sorted(found)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
