"""Does a model do what the need means: its task, its narrow task, its field, what it takes in."""

from __future__ import annotations

from curation.advise import direction
from curation.advise.judgement import (
    NOTHING,
    Judgement,
    Lack,
    because,
    label,
    labels,
    lack,
    spoken,
    tongues,
    warn,
)
from curation.advise.reading import Reading
from curation.model import Model
from curation.vocabulary import load

#: Tasks that do each other's work: the Hub has two tags for what users see as one thing.
_KIN = (
    {"feature-extraction", "sentence-similarity"},
    {"text-generation", "text2text-generation"},
    {"text-ranking", "text-retrieval"},
    {"image-text-to-text", "visual-question-answering", "document-question-answering"},
)
#: Tasks whose general models do other things when they are told to, well or badly.
OPEN = frozenset({"any-to-any", "image-text-to-text", "text-generation", "text2text-generation"})
#: What a model can give in words.
_IN_WORDS = frozenset({"label", "score", "span", "text"})
#: Points: the narrow task asked for; the broad one; the field. They cost: an unasked field.
_NARROW, _BROAD, _FIELD, _OTHER_FIELD = 1.0, 0.8, 0.3, 0.3
#: What it costs that nothing tells whether a model is general; to do what was named second.
_UNSURE, _SECOND = 0.05, 0.1
#: How far off: another task; the same task for something else; a general model of that task.
_FAR, _ASIDE, _NEAR = 1.0, 0.6, 0.4


def judge(model: Model, reading: Reading) -> Judgement:
    """Everything that the need's meaning says for and against ``model``."""
    parts = (_use, direction.judge, _field, _media, _unwanted)
    return sum((part(model, reading) for part in parts), NOTHING)


def serves(task: str | None, wanted: tuple[str, ...]) -> bool:
    """Whether models of ``task`` do one of the wanted tasks."""
    return task in wanted or any(task in kin and kin.intersection(wanted) for kin in _KIN)


def _use(model: Model, reading: Reading) -> Judgement:
    if reading.subtasks:
        return _narrow(model, reading.subtasks) + _later(model.subtask, reading.subtasks, reading)
    if reading.tasks:
        return _broad(model, reading.tasks) + _later(model.task, reading.tasks, reading)
    if not reading.domains:
        return lack(_FAR, "what it is to do was not understood")
    return _of_the_field(model, reading)


def _of_the_field(model: Model, reading: Reading) -> Judgement:
    """A need of which only the field was understood: what is narrow may be another thing."""
    if not set(reading.domains) & set(model.domains):
        return lack(_FAR, f"its field is not {labels('domains', reading.domains)}")
    if reading.rest and model.subtask:
        return lack(_ASIDE, f"{_only(model)}; what it is to do was not understood")
    does = _does(model)
    told = "what it is to do was not understood" if reading.rest else "the need names only a field"
    return warn(0.0, f"{told}; this is a model for {does}")


def _does(model: Model) -> str:
    if model.subtask:
        return label("subtasks", model.subtask)
    return label("tasks", model.task) if model.task else "a task that is not known"


def _later(held: str | None, wanted: tuple[str, ...], reading: Reading) -> Judgement:
    """What it costs to do none of what the need names first."""
    first = [slug for slug in wanted if reading.named.get(slug) == reading.named.get(wanted[0])]
    return NOTHING if serves(held, tuple(first)) else Judgement(-_SECOND)


def _narrow(model: Model, wanted: tuple[str, ...]) -> Judgement:
    asked = labels("subtasks", wanted)
    if model.subtask in wanted:
        return because(_NARROW, f"made for {label('subtasks', model.subtask)}")
    tasks = tuple(task for slug in wanted for task in load("subtasks").values[slug].tasks)
    near = model.task is not None and serves(model.task, tasks)
    if model.subtask:
        return lack(_ASIDE if near else _FAR, f"{_only(model)}, not {asked}")
    if near and model.task in OPEN:
        return _tellable(asked)
    told = f"a model for {label('tasks', model.task)}" if model.task else "its task is not known"
    return lack(_ASIDE if near else _FAR, f"{told}, not made for {asked}")


def _broad(model: Model, wanted: tuple[str, ...]) -> Judgement:
    asked = labels("tasks", wanted[:1])
    if model.task is None:
        return lack(_FAR, "its task is not known")
    if not serves(model.task, wanted):
        if not model.subtask and any(_open_to(model.task, task) for task in wanted):
            return _tellable(asked)
        return lack(_FAR, f"a model for {label('tasks', model.task)}, not {asked}")
    if model.subtask:
        return lack(_ASIDE, f"{_only(model)}, not general {asked}")
    if "task" in model.kinds:
        return lack(_ASIDE, f"one narrow kind of {label('tasks', model.task)}, not general")
    if model.scope == "general":
        return because(_BROAD, f"a general model for {label('tasks', model.task)}")
    found = because(_BROAD, f"a model for {label('tasks', model.task)}")
    if model.scope == "specialized":
        return found
    return found + warn(_UNSURE, "its tags do not say whether it is general")


def _open_to(task: str, wanted: str) -> bool:
    """Whether a general model of ``task`` can be told to do ``wanted``: the same media, and words
    come out."""
    held, asked = load("tasks").values[task], load("tasks").values.get(wanted)
    if task not in OPEN or asked is None or not asked.inputs:
        return False
    return set(asked.inputs) <= set(held.inputs) and set(asked.outputs) <= _IN_WORDS


def _tellable(asked: str) -> Judgement:
    text = f"not made for {asked}; a general model may do it when told to"
    return Judgement(lacks=(Lack(text, _NEAR, tellable=True),))


def _only(model: Model) -> str:
    if model.subtask in (None, "other"):
        return "one narrow thing only"
    return f"{label('subtasks', model.subtask)} only"


def _field(model: Model, reading: Reading) -> Judgement:
    wanted, held = set(reading.domains), set(model.domains)
    if shared := sorted(wanted & held):
        return because(_FIELD, f"its field: {labels('domains', shared)}")
    if held and wanted:
        made, asked = labels("domains", model.domains), labels("domains", reading.domains)
        return warn(_OTHER_FIELD, f"its field is {made}, not {asked}")
    if held:
        cost = _OTHER_FIELD if not reading.subtasks else _OTHER_FIELD / 3
        return warn(cost, f"its field: {labels('domains', model.domains)}")
    if reading.fields and (reading.tasks or reading.subtasks):
        asked = labels("domains", reading.fields)
        return warn(0.0, f"made for no field in particular, not for {asked}")
    return NOTHING


def _unwanted(model: Model, reading: Reading) -> Judgement:
    """What the need says that the model is not to be for: any such use, no other language."""
    denied = {facet: set(slugs) for facet, slugs in reading.without.items()}
    known = tuple(code for code in model.languages if code not in ("und", "zxx"))
    out = NOTHING
    if known and denied.get("languages", set()).issuperset(known):
        out += lack(_ASIDE, f"{tongues(known)} only, which is not wanted")
    if model.platforms and denied.get("platforms", set()).issuperset(model.platforms):
        out += lack(_ASIDE, f"made for {labels('platforms', model.platforms)}, which is not wanted")
    for facet, held in (("subtasks", {model.subtask}), ("domains", {*model.domains})):
        if found := sorted(filter(None, held & denied.get(facet, set()))):
            out += lack(_ASIDE, f"made for {labels(facet, found)}, which is not wanted")
    return out


def _media(model: Model, reading: Reading) -> Judgement:
    """A medium that is named must go in or come out; with a video comes its sound."""
    task = load("tasks").values.get(model.task or "")
    if not reading.media or task is None or not task.inputs:
        return NOTHING
    named = {*reading.media, *(("audio",) if "video" in reading.media else ())}
    if named & {*task.inputs, *task.outputs}:
        return NOTHING
    return lack(_ASIDE, f"takes in {spoken([*task.inputs])}, not {' or '.join(reading.media)}")
