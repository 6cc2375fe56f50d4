"""One repository: its info, its files, and who may have them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from curation.samplehub import fields
from curation.samplehub.models import SampleModel, Shelf
from curation.samplehub.wire import Ask, Reply, json_reply, redirect, refusal

_ID = r"(?P<id>[^/]+(?:/[^/]+)?)"
INFO = re.compile(rf"/api/models/{_ID}(?:/revision/(?P<revision>.+))?")
FILE = re.compile(rf"/{_ID}/(?P<how>resolve|raw)/(?P<revision>[^/]+)/(?P<path>.+)")


def info(ask: Ask, shelf: Shelf, found: re.Match[str]) -> Reply:
    """``GET /api/models/{id}[/revision/{revision}]``."""
    expand, blobs = ask.many("expand"), ask.flag("blobs")
    if expand and (blobs or ask.flag("securityStatus")):
        return refusal(400, '"expand" excludes "blobs" and "securityStatus"')
    if refused := fields.refuse_expand(expand, in_list=False):
        return refused
    model = _open(ask, shelf, found["id"])
    if isinstance(model, Reply):
        return model
    commit = model.at(found["revision"] or "main")
    if commit is None:
        return _no_revision(found["revision"])
    return json_reply(fields.alone(commit, blobs=blobs, expand=expand))


def file(ask: Ask, shelf: Shelf, found: re.Match[str]) -> Reply:
    """``GET /{id}/resolve/{revision}/{path}``, and ``raw``."""
    model = _open(ask, shelf, found["id"])
    if isinstance(model, Reply):
        return model
    if model.payload.get("gated") and model.id not in (ask.grants or ()):
        return _gated(ask, model)
    commit = model.at(found["revision"])
    if commit is None:
        return _no_revision(found["revision"])
    return _content(ask, commit, found["path"])


def _open(ask: Ask, shelf: Shelf, model_id: str) -> SampleModel | Reply:
    """The model, or why not: moved, missing, or private, which looks like missing."""
    moved = shelf.moved(model_id)
    model = shelf.get(model_id)
    if model is None and moved is not None:
        parts = urlsplit(ask.target)
        path = parts.path.replace(quote(model_id), quote(moved), 1)
        return redirect(path + (f"?{parts.query}" if parts.query else ""))
    hidden = model is not None and model.payload.get("private")
    if model is None or (hidden and model.id not in (ask.grants or ())):
        if ask.grants is None:
            return refusal(401, "Invalid username or password.", "RepoNotFound")
        return refusal(404, "Repository not found", "RepoNotFound")
    if model.payload.get("disabled"):
        return refusal(403, "Access to this resource is disabled.")
    return model


def _content(ask: Ask, model: SampleModel, path: str) -> Reply:
    content = model.content(path)
    if content is None:
        return refusal(404, "Entry not found", "EntryNotFound")
    tag = f'"{fields.etag(model, path)}"'
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "ETag": tag,
        "X-Repo-Commit": model.sha,
        "Accept-Ranges": "none",
        "Access-Control-Expose-Headers": "ETag, X-Repo-Commit, X-Error-Code, X-Error-Message",
    }
    if ask.headers.get("if-none-match") == tag:
        return Reply(304, b"", headers)
    return Reply(200, content, headers)


def _gated(ask: Ask, model: SampleModel) -> Reply:
    how = "will be reviewed" if model.payload["gated"] == "manual" else "is granted at once"
    message = f"Access to model {model.id} is restricted. A request for access {how}."
    return refusal(401 if ask.grants is None else 403, message, "GatedRepo")


def _no_revision(revision: str) -> Reply:
    return refusal(404, f"Invalid rev id: {revision[:60]!a}", "RevisionNotFound")
