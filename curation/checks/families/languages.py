"""Languages: codes that exist, and names that say English only."""

from __future__ import annotations

from collections.abc import Iterator

from curation.checks import claims
from curation.checks.claims import Claim
from curation.records import Record

#: Codes that need no table.
_PLAIN = frozenset({"de", "en", "es", "fr", "ja", "mul", "ru", "und", "zh", "zxx"})


def of_record(record: Record) -> Iterator[Claim]:
    """Codes of no language, and a model called '.en' that is said to know others."""
    values = [tag.value for tag in record.tags.languages.values]
    for at, code in enumerate(values):
        if not exists(code):
            place = ("tags", "languages", "values", at, "value")
            message = f"no language has the code {code}"
            yield claims.of_record(record.id, "CUR233", place, message, f"curate tag {record.id}")
    if record.id.lower().endswith(".en") and values not in ([], ["en"]):
        message = f"the name ends in .en, but the languages are {', '.join(values[:9])}"
        yield claims.of_record(record.id, "CUR244", ("tags", "languages", "values"), message)


def exists(code: str) -> bool:
    """Whether there is a language of this BCP 47 code, whatever its script and region."""
    bare = code.partition("-")[0]
    if bare in _PLAIN:
        return True
    from curation import languages

    return languages.normalize(bare) is not None
