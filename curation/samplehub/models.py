"""What the sample Hub holds: models with their commits, which may change while it runs."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from curation import ids, roots
from curation.errors import InputError

CARD = "README.md"


@dataclass(frozen=True)
class SampleModel:
    """One model at its newest commit, which is ``payload["sha"]``.

    ``payload`` is the API's full answer of today, siblings with sizes included; ``card`` is the
    README.md. ``contents`` are other files that can be downloaded; ``past`` are older commits
    by sha; under ``renamed_from`` the model was known before.
    """

    id: str
    payload: dict[str, Any]
    card: str | None = None
    renamed_from: tuple[str, ...] = ()
    contents: dict[str, bytes] = field(default_factory=dict)
    past: dict[str, SampleModel] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        model_id: str,
        *,
        card: str | None = "",
        renamed_from: tuple[str, ...] = (),
        **fields: Any,
    ) -> SampleModel:
        """A plain public model; ``fields`` are put into its payload."""
        plain = {
            "id": model_id,
            "modelId": model_id,
            "author": _author(model_id),
            "sha": _sha(model_id),
            "private": False,
            "gated": False,
            "disabled": False,
            "downloads": 0,
            "likes": 0,
            "tags": [],
            "siblings": [{"rfilename": ".gitattributes", "size": 1519}],
        }
        return cls(model_id, {**plain, **fields}, card, renamed_from)

    @property
    def sha(self) -> str:
        """The newest commit's, 40 hex digits."""
        return str(self.payload["sha"])

    def at(self, revision: str) -> SampleModel | None:
        """The model at a commit or at ``main``; None if there is no such revision."""
        return self if revision in ("main", self.sha) else self.past.get(revision)

    def content(self, path: str) -> bytes | None:
        """The bytes of one file; None if there is no such file, or none was given."""
        if path == CARD:
            return None if self.card is None else self.card.encode()
        return self.contents.get(path)


class Shelf:
    """The models of a running sample Hub. Threads share one; what a reader holds never changes."""

    def __init__(self, models: Iterable[SampleModel]) -> None:
        self._lock = threading.Lock()
        self._models: dict[str, SampleModel] = {}
        self._moved: dict[str, str] = {}
        for model in models:
            self.add(model)

    def all(self) -> list[SampleModel]:
        """Every model, private ones too."""
        return list(self._models.values())

    def get(self, model_id: str) -> SampleModel | None:
        """The model of exactly this id."""
        return self._models.get(model_id)

    def moved(self, model_id: str) -> str | None:
        """The id of today of a model that was renamed."""
        return self._moved.get(model_id)

    def add(self, model: SampleModel) -> None:
        """Put a model on the shelf, in place of one of the same id."""
        with self._lock:
            self._models = {**self._models, ids.check(model.id): model}
            self._moved.update(dict.fromkeys(model.renamed_from, model.id))

    def push(self, model_id: str, *, card: str | None = None, forget: bool = False) -> str:
        """A new commit, with a new card if one is given; returns its sha.

        With ``forget`` the commits before it are gone, as after a forced push.
        """
        old = self._models[model_id]
        sha = _sha(f"{model_id} {old.sha}")
        new = replace(
            old,
            payload={**old.payload, "sha": sha},
            card=old.card if card is None else card,
            past={} if forget else {**old.past, old.sha: old},
        )
        self.add(new)
        return sha

    def set(self, model_id: str, **fields: Any) -> None:
        """Change fields of the payload without a commit: downloads, gated, private."""
        old = self._models[model_id]
        self.add(replace(old, payload={**old.payload, **fields}))

    def rename(self, old_id: str, new_id: str) -> None:
        """Give a model another id; the old one redirects from now on."""
        old = self._models[old_id]
        self.remove(old_id)
        payload = {**old.payload, "id": new_id, "modelId": new_id, "author": _author(new_id)}
        self.add(replace(old, id=new_id, payload=payload, renamed_from=(*old.renamed_from, old_id)))

    def remove(self, model_id: str) -> None:
        """Take a model off the shelf."""
        with self._lock:
            self._models = {key: m for key, m in self._models.items() if key != model_id}


def load_models(folder: Path = roots.SAMPLE_HUB) -> list[SampleModel]:
    """The models shipped with the package.

    ``models.jsonl`` holds one payload a line, ``cards/ORG/NAME.md`` a model's card,
    ``renamed.json`` the ids of today by those of the past. Raises InputError with the line.
    """
    renamed = msgspec.json.decode((folder / "renamed.json").read_bytes(), type=dict[str, str])
    past: dict[str, tuple[str, ...]] = {}
    for old, new in renamed.items():
        past[new] = (*past.get(new, ()), old)
    path = folder / "models.jsonl"
    models = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            payload = msgspec.json.decode(line, type=dict[str, Any])
            name = ids.check(payload["id"])
        except (msgspec.DecodeError, KeyError, InputError) as error:
            raise InputError(f"{path}:{number}: no payload of a model: {error}") from error
        models.append(SampleModel(name, payload, _card(folder, name), past.get(name, ())))
    return models


def _card(folder: Path, model_id: str) -> str | None:
    path = folder / "cards" / ids.relative_path(model_id, ".md")
    return path.read_text("utf-8") if path.is_file() else None


def _author(model_id: str) -> str | None:
    return model_id.partition("/")[0] if "/" in model_id else None


def _sha(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
