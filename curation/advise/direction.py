"""From which language into which a model translates: tags do not say it, but many ids do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from curation import languages
from curation.advise.judgement import NOTHING, Judgement, because, lack, tongues, warn
from curation.advise.reading import Reading
from curation.model import Model

#: Points for the way that is asked for; what it costs that the way is not known.
_MET, _DOUBT = 0.05, 0.05
#: How far off a model is that translates the other way.
_BACK = 0.4


def judge(model: Model, reading: Reading) -> Judgement:
    """What the way that is asked for says for and against ``model``."""
    asked = (reading.source, reading.target)
    named = {code for code in asked if code is not None}
    if not named or model.task != "translation" or "mul" in model.languages:
        return NOTHING
    if not named <= set(model.languages):
        return NOTHING
    told = way(model.id, model.languages)
    if told is None or not named <= set(told):
        return warn(_DOUBT, f"nothing says whether it goes {spoken(*asked)}, or the other way")
    if all(one in (None, other) for one, other in zip(asked, told, strict=True)):
        return because(_MET, f"{spoken(*told)}, by its id")
    return lack(_BACK, f"{spoken(*told)} by its id, not the other way")


def way(id: str, known: Collection[str]) -> tuple[str, str] | None:
    """The two of the known languages that end an id as a pair, in order (``opus-mt-zh-en``)."""
    tokens = re.split(r"[-_.]+", id.rpartition("/")[2].lower())
    codes = [languages.normalize(token) for token in tokens if token not in ("", "to", "2")]
    for first, second in reversed([*itertools.pairwise(codes)]):
        if first in known and second in known and first and second and first != second:
            return first, second
    return None


def spoken(source: str | None, target: str | None) -> str:
    """``from German into English``, or the one of them that is known."""
    said = [("from", source), ("into", target)]
    return " ".join(f"{word} {tongues([code])}" for word, code in said if code)
