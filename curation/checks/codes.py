"""The codes of the findings: never reused, never given another meaning.

1xx: each file on its own. 2xx: what a record says, and how the files of a catalog fit together.
3xx: the catalog as a table. 4xx: the catalog as data, beside its past.
5xx: records beside the Hub. 6xx: another catalog that is imported. Why each is held against a
catalog, with a wrong and a right example, stands in ``examples.toml``.
"""

from __future__ import annotations

from typing import NamedTuple

from curation import ids
from curation.records import Finding, Severity


class Code(NamedTuple):
    """What a code stands for, and what usually mends it: a command or words.

    ``{id}`` in it is the model; in capitals stands what a person must decide.
    """

    title: str
    severity: Severity = "error"
    fix: str | None = None


#: Findings of one code that are told of one file: a file of another kind has thousands.
MOST = 20

#: The command that brings a file into the form it should have.
MEND = "curate validate --fix"
_REVIEW = "curate review"
_TAG = "curate tag {id}"
_SYNC = "curate sync"
_READ = "curate sync --only {id}"


def _decide(what: str) -> str:
    return f"curate override {{id}} {what} --reason WHY"


_LICENCE = _decide("license LICENCE")

CODES: dict[str, Code] = {
    "CUR101": Code("a file that cannot be read"),
    "CUR102": Code("a file that has no place here", fix="move or remove it"),
    "CUR103": Code("not the JSON, TOML or CSV that it should be"),
    "CUR104": Code("the same key twice", fix="keep one of the two"),
    "CUR105": Code("does not fit its schema"),
    "CUR106": Code("not in canonical form", fix=MEND),
    "CUR107": Code("the id is not the path", fix="move the file to the path of its id"),
    "CUR108": Code("written by another version", fix="curate migrate"),
    "CUR201": Code("ids that differ in case only", fix="keep one, the other as its alias"),
    "CUR202": Code("an alias that means two models", fix="leave it out of one of the two"),
    "CUR203": Code("two records of one commit", "warning", fix="make one an alias"),
    "CUR204": Code("removed without a tombstone", fix="add the model to tombstones.toml"),
    "CUR205": Code("a tombstone of a model that is here", fix="remove the tombstone or the record"),
    "CUR206": Code("an override without its record", fix="remove the override, or add the model"),
    "CUR207": Code("a popularity row without its record", fix=MEND),
    "CUR208": Code("a rejected model that is here", "warning", fix="remove the rejection"),
    "CUR211": Code("tagged from other facts", fix=_TAG),
    "CUR212": Code("tagged under another override", fix=_TAG),
    "CUR213": Code("tagged by other rules", fix=_TAG),
    "CUR214": Code("tags that the rules do not give", fix=_TAG),
    "CUR215": Code("never tagged", "warning", fix=_TAG),
    "CUR216": Code("a size tier that the bytes deny", fix=_TAG),
    "CUR217": Code("a pinned pack that is not here", fix="install its curate, or move the pin"),
    "CUR221": Code("a decision without a reason", fix="say in a sentence why"),
    "CUR222": Code("a decision past its expiry", fix=_REVIEW),
    "CUR223": Code("a decision on evidence that has changed", fix=_REVIEW),
    "CUR224": Code("a decision that decides nothing", fix=_REVIEW),
    "CUR225": Code("confirms what was not inferred", fix=_REVIEW),
    "CUR231": Code("a task that is not in the vocabulary", "warning", fix=_decide("task TASK")),
    "CUR232": Code("a licence that nobody knows", "warning", fix=_LICENCE),
    "CUR233": Code("a language that does not exist", fix="write its BCP 47 code"),
    "CUR241": Code("models made from each other", fix="correct the base models on the Hub"),
    "CUR242": Code("no licence", "warning", fix=_LICENCE),
    "CUR243": Code("a licence freer than that of its base", fix=_LICENCE),
    "CUR244": Code("English by its name only", fix=_decide("languages en")),
    "CUR245": Code("a name and bytes that cannot both be", fix=_decide("bytes_total BYTES")),
    "CUR246": Code("a name and weights that count differently", "warning"),
    "CUR247": Code("a platform without its format", fix=_decide("platforms PLATFORM")),
    "CUR251": Code("gated, and the catalog does not allow it", fix="remove the model"),
    "CUR252": Code("private", fix="remove the model"),
    "CUR253": Code("at no commit", "warning", fix=_SYNC),
    "CUR254": Code("not looked at for too long", "warning", fix=_SYNC),
    "CUR261": Code("a waiver that nothing needs", fix="remove it"),
    "CUR262": Code("a waiver past its expiry", fix="mend what it waived, or move the date"),
    "CUR263": Code("a waiver of a code that does not exist", fix="docs/checks.md has the codes"),
    "CUR301": Code("scope and kinds that disagree", fix=_TAG),
    "CUR302": Code("times out of order", "warning", fix=_READ),
    "CUR303": Code("weights larger than all files together", fix=_READ),
    "CUR304": Code("counts by type that do not add up", "warning", fix=_READ),
    "CUR305": Code("a subtask of another task", "warning", fix=_decide("subtask SUBTASK")),
    "CUR306": Code("a specialization that the kinds deny", fix=_TAG),
    "CUR401": Code("a facet that too few models know", "warning"),
    "CUR402": Code("too few or too many models"),
    "CUR403": Code("a share that moved too far since the last release", "warning"),
    "CUR404": Code("one size tier with too large a share", "warning"),
    "CUR405": Code("a fact that too few models state", "warning"),
    "CUR501": Code("facts that the Hub does not state", fix=_READ),
    "CUR502": Code("the Hub cannot be asked", fix="look again later, or remove the model"),
    "CUR601": Code("a size that its name denies", "warning", fix=_SYNC),
    "CUR602": Code("one model, several sizes", "warning", fix=_SYNC),
    "CUR603": Code("one number for many models", "warning"),
    "CUR604": Code("a placeholder for a model", "warning", fix="name a model"),
    "CUR605": Code("no model id", "warning", fix="name a model"),
    "CUR606": Code("a specialization that the catalog has no value for", "warning"),
}  # fmt: skip

#: Findings that no waiver can cover: those on the waivers themselves.
UNWAIVABLE = frozenset({"CUR261", "CUR262", "CUR263"})


def finding(
    code: str,
    path: str,
    message: str,
    *,
    line: int | None = None,
    pointer: str | None = None,
    fix: str | None = None,
) -> Finding:
    """A finding of ``code``; ``path`` is relative to the catalog's folder."""
    return Finding(
        code=code,
        severity=CODES[code].severity,
        path=path,
        line=line,
        pointer=pointer,
        message=message,
        fix=fix or mending(code, path.partition("/")[2].rpartition(".")[0]),
    )


def mending(code: str, model_id: str) -> str | None:
    """What usually mends a finding of ``code`` on a model; what is no id stands in no command."""
    fix = CODES[code].fix
    if not fix or "{id}" not in fix:
        return fix
    return None if ids.refusal(model_id) else fix.replace("{id}", model_id)
