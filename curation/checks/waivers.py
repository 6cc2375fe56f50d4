"""Waivers: findings that are accepted for a while, and waivers that nothing needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from curation.checks.claims import Claim
from curation.checks.codes import CODES, UNWAIVABLE
from curation.records import Finding
from curation.store.ledgers import Waiver

_FILE = "waivers.toml"


class Split(NamedTuple):
    """Findings that stand, and those that a waiver covers."""

    standing: list[Finding]
    waived: list[Finding]


def split(findings: Iterable[Finding], waivers: Sequence[Waiver], today: str) -> Split:
    """Put the findings that an unexpired waiver covers aside."""
    covered = {(one.code, one.path) for one in waivers if one.expires >= today} if waivers else ()
    found = Split([], [])
    for one in findings:
        holds = (one.code, one.path) in covered and one.code not in UNWAIVABLE
        (found.waived if holds else found.standing).append(one)
    return found


def claims(
    waivers: Sequence[Waiver], findings: Iterable[Finding], today: str, asked: Collection[str]
) -> Iterator[Claim]:
    """What is wrong with the waivers themselves. ``asked`` are the codes that this run looked for:
    of the others it cannot tell whether their waivers are needed."""
    there = {(one.code, one.path) for one in findings} if waivers else set()
    for at, waiver in enumerate(waivers):
        what = f"{waiver.code} in {waiver.path}"
        if waiver.code not in CODES or waiver.code in UNWAIVABLE:
            message = f"{waiver.code} is no code that can be waived"
            yield Claim("CUR263", _FILE, ("waivers", at, "code"), message)
        elif waiver.code in asked and (waiver.code, waiver.path) not in there:
            yield Claim(
                "CUR261", _FILE, ("waivers", at), f"there is no {what}", _closer(waiver, there)
            )
        elif waiver.expires < today:
            message = f"the waiver of {what} expired on {waiver.expires}"
            yield Claim("CUR262", _FILE, ("waivers", at, "expires"), message)


def _closer(waiver: Waiver, there: Collection[tuple[str, str]]) -> str | None:
    """How to write the path of a waiver that was taken over as findings show it."""
    ends = [
        path for code, path in there if code == waiver.code and waiver.path.endswith(f"/{path}")
    ]
    return f"paths are from the catalog's folder: {ends[0]}" if ends else None
