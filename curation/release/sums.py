"""``SHA256SUMS``: what every file of a release must hash to, in the form of ``sha256sum``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from curation.errors import InputError

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([\w./-]+)")


def write(files: Mapping[str, bytes]) -> bytes:
    """The content of ``SHA256SUMS`` for some files, by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def read(raw: bytes, where: str) -> dict[str, str]:
    """Path: hash, as ``raw`` lists them. Raises InputError naming ``where`` for another form."""
    lines = raw.decode("utf-8", "replace").splitlines()
    found = [_LINE.fullmatch(line) for line in lines]
    if not lines or not all(found):
        raise InputError(f"{where}: no list of checksums", hint="download the release again")
    return {match[2]: match[1] for match in found if match}


def check(data: bytes, path: str, listed: Mapping[str, str], where: str) -> None:
    """Hold a file against the list. Raises InputError if it is another, or is not listed."""
    if path not in listed:
        raise InputError(f"{where}: {path} is not in {NAME}", hint="download the release again")
    if hashlib.sha256(data).hexdigest() != listed[path]:
        raise InputError(
            f"{where}: {path} is not what {NAME} says: changed, or downloaded in part",
            hint="download the release again",
        )
