"""Model ids: what may be one, and where its files lie.

The Hub knows ``org/name`` and, from its early days, ``name`` alone. Ids become paths, so one
that could leave its folder, or hide in a terminal, is refused; one that is merely no longer
accepted by today's Hub client (over 96 characters, ending in ``.git``) is legal here.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from curation.errors import IdError

#: Longest file name of common file systems, less room for ``.json.tmp`` and the like.
MAX_PART = 230

_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_ID = re.compile(rf"(?:{_PART.pattern}/)?{_PART.pattern}", re.ASCII)
_CLIENT_MAX = 96


def check(model_id: str) -> str:
    """Return ``model_id`` if it may name a model, else raise IdError."""
    reason = refusal(model_id)
    if reason:
        raise IdError(
            f"not a model id: {clip(model_id)!a}: {reason}", hint="expected ORG/NAME or NAME"
        )
    return model_id


def refusal(model_id: object) -> str | None:
    """Why ``model_id`` cannot be one, or None if it can."""
    if not isinstance(model_id, str) or not model_id:
        return "empty or not text"
    if len(model_id) <= MAX_PART and ".." not in model_id and _ID.fullmatch(model_id):
        return None  # as nearly all are
    parts = model_id.split("/")
    if len(parts) > 2:
        return "more than one slash"
    if any(len(part) > MAX_PART for part in parts):
        return f"a part is longer than {MAX_PART} characters"
    if ".." in model_id:
        return "contains '..'"
    if not all(_PART.fullmatch(part) for part in parts):
        return "only letters, digits, '-', '_' and '.' are allowed"
    return None


def client_refuses(model_id: str) -> bool:
    """Whether today's huggingface_hub refuses this legal id (its ``validate_repo_id``)."""
    too_long = any(len(part) > _CLIENT_MAX for part in model_id.split("/"))
    return too_long or "--" in model_id or model_id.endswith(".git")


def relative_path(model_id: str, suffix: str) -> PurePosixPath:
    """``ORG/NAME`` + suffix, as a path below ``models/`` or ``overrides/``."""
    return PurePosixPath(check(model_id) + suffix)


def from_path(path: PurePosixPath | str, suffix: str) -> str:
    """The id that ``relative_path`` would have put at ``path``."""
    return check(str(path).removesuffix(suffix))


def clip(text: object, limit: int = 60) -> str:
    """Hub text cut to ``limit`` characters, for messages."""
    text = str(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
