"""From which language into which a model translates: tags do not say it, but many ids do."""

from __future__ import annotations

import itertools
import re

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
    source, target = reading.source, reading.target
    if source is None or target is None or model.task != "translation":
        return NOTHING
    if "mul" in model.languages or not {source, target} <= set(model.languages):
        return NOTHING
    told = way(model.id, source, target)
    if told == (source, target):
        return because(_MET, f"from {_spoken(source, target)}, by its id")
    if told:
        return lack(_BACK, f"from {_spoken(target, source)} by its id, not the other way")
    return warn(_DOUBT, f"nothing says whether it goes from {_spoken(source, target)} or back")


def way(id: str, one: str, other: str) -> tuple[str, str] | None:
    """The order of two languages that end an id as a pair (``opus-mt-zh-en``), None without one."""
    tokens = re.split(r"[-_.]+", id.rpartition("/")[2].lower())
    codes = [languages.normalize(token) for token in tokens if token not in ("", "to", "2")]
    for first, second in reversed([*itertools.pairwise(codes)]):
        if first and second and {first, second} == {one, other}:
            return first, second
    return None


def _spoken(source: str, target: str) -> str:
    return f"{tongues([source])} into {tongues([target])}"
