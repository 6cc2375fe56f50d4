"""A review session as a state machine: keys and answers in, one thing to show out.

It knows nothing of terminals. What it writes, it writes through a desk, one step a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from curation import values
from curation.errors import CurateError
from curation.review.session.desk import Desk
from curation.review.session.items import Item
from curation.review.session.memory import shown
from curation.store.decisions import is_reason
from curation.store.steps import Step

#: Key: what it does.
KEYS = {
    "a": "accept",
    "c": "change",
    "r": "reject",
    "s": "skip",
    "u": "undo",
    "g": "group",
    "?": "help",
    "q": "quit",
}
#: What is typed for a facet that has no value.
NOTHING = "nothing"


class Ask(NamedTuple):
    """A question that wants words: for what, which words are offered, and what stands there."""

    what: Literal["decline", "values", "reason"]
    offered: tuple[str, ...] = ()
    default: str = ""


class _Done(NamedTuple):
    """Something that can be undone; ``step`` is None for what was put off."""

    items: tuple[Item, ...]
    step: Step | None


_Action = Callable[[Item], None]
_Reasoned = Callable[[Item, str], None]


class Session:
    """``queue`` holds what waits, the current first; ``asking`` is set while words are wanted.

    ``whole`` says that the next decision is on the whole group of the current item. ``message``
    tells of the last key, and is for people.
    """

    def __init__(self, desk: Desk, items: Iterable[Item]) -> None:
        self.queue = list(items)
        self.asking: Ask | None = None
        self.whole = False
        self.message = ""
        self.helping = False
        self.over = False
        self.decided = 0
        self.put_off = 0
        self._desk = desk
        self._done: list[_Done] = []
        self._wanted: _Reasoned | None = None

    @property
    def current(self) -> Item | None:
        """What is to be decided; None if nothing waits any more."""
        return self.queue[0] if self.queue else None

    @property
    def group(self) -> list[Item]:
        """All that can be decided as one with the current item, that one first."""
        return [item for item in self.queue if item.group == self.queue[0].group]

    def press(self, key: str) -> None:
        """One keystroke; one that means nothing is told so and does nothing."""
        self.message, self.helping = "", False
        name = KEYS.get(key.lower())
        if name in ("quit", "undo", "help") or (name and self.queue):
            getattr(self, f"_{name}")()
        else:
            self.message = f"no key {key!r}" if self.queue else "nothing waits"
            self.message += ": ? shows the keys"

    def answer(self, text: str) -> None:
        """The words that ``asking`` wants. What does not fit is said, and asked for again."""
        asked, text = self.asking, text.strip()
        assert asked
        self.message = ""
        if not text:
            self.cancel()
        elif asked.what == "reason":
            self._reason(text)
        elif asked.what == "decline":
            self._value_to_decline(text, asked)
        else:
            self._values(text, asked)

    def cancel(self) -> None:
        """Take the question back; nothing was decided."""
        self.asking = self._wanted = None
        self.message = "nothing was decided"

    def _quit(self) -> None:
        self.over = True

    def _help(self) -> None:
        self.helping = True

    def _group(self) -> None:
        many = len(self.group)
        self.whole = many > 1 and not self.whole
        if self.whole:
            self.message = f"the next decision is on all {many} of the group"
        else:
            self.message = "the next decision is on this one alone"

    def _accept(self) -> None:
        if any(item.accepts is None for item in self._chosen()):
            self.message = "nothing was chosen that could be accepted: c says what holds"
        else:
            self._write(self._desk.accept)

    def _change(self) -> None:
        item = self.queue[0]
        if not self._is_ready():
            return
        self._ask(Ask("values", (*values.offered(item.name), NOTHING), _default(item)))

    def _reject(self) -> None:
        item = self.queue[0]
        if item.decision:  # what is rejected is the decision
            self._write(self._desk.withdraw)
        elif not item.declines:
            self.message = "there is no value that could be declined: c says what holds"
        elif not self._is_ready():
            return
        elif self.whole or len(item.declines) == 1:
            self._decline(item.value if self.whole else item.declines[0])
        else:
            self._ask(Ask("decline", item.declines, item.value))

    def _skip(self) -> None:
        items = tuple(self._chosen())
        for item in items:
            self._desk.put_off(item)
        keys = {item.key for item in items}
        self.queue = [item for item in self.queue if item.key not in keys]
        self._note(_Done(items, None), f"{len(items)} put off" if self.whole else "put off")

    def _undo(self) -> None:
        if not self._done:
            self.message = "nothing to undo"
            return
        done = self._done[-1]
        try:
            if done.step:
                done.step.undo()
        except CurateError as error:
            self.message = str(error)
            return
        self._done.pop()
        if done.step:
            self.decided -= len(done.items)
            self._look_again(done.items)
        else:
            for item in done.items:
                self._desk.take_up(item)
            self.put_off -= len(done.items)
            self.queue = [*done.items, *self.queue]
        self.whole = False
        self.message = "undone"

    def _values(self, text: str, asked: Ask) -> None:
        item = self.queue[0]
        words = [] if text.lower() == NOTHING else text.split(",")
        try:
            value = values.checked(item.part, item.name, words)
        except CurateError as error:
            self.message = f"{error}; {error.hint}" if error.hint else str(error)
            self.asking = asked._replace(default=text)
            return
        self._ask_why(lambda one, why: self._desk.decide(one, value, why))

    def _value_to_decline(self, text: str, asked: Ask) -> None:
        if text in asked.offered:
            self._decline(text)
        else:
            self.message = f"expected one of {', '.join(asked.offered)}"

    def _decline(self, value: str) -> None:
        left = shown(self.queue[0].without(value))
        self.message = f"{value} will be declined, and {self.queue[0].name} will be {left}"
        self._ask_why(lambda one, why: self._desk.decline(one, value, why))

    def _ask_why(self, wanted: _Reasoned) -> None:
        self._wanted = wanted
        self._ask(Ask("reason"))

    def _reason(self, text: str) -> None:
        wanted = self._wanted
        assert wanted
        if not is_reason(text):
            self.message = "that is no reason: say in a sentence why"
            return
        self.asking = self._wanted = None
        self._write(lambda item: wanted(item, text))

    def _ask(self, question: Ask) -> None:
        self.asking = question

    def _chosen(self) -> list[Item]:
        return self.group if self.whole else self.queue[:1]

    def _write(self, action: _Action) -> None:
        items = tuple(self._chosen())
        try:
            made = self._desk.do(items, action)
        except CurateError as error:
            self._refuse(items, error)
            return
        self._look_again(items)
        self._note(_Done(items, made), f"{len(items)} decided" if self.whole else "decided")

    def _is_ready(self) -> bool:
        """Whether what is chosen can be decided: asked before anybody types a reason in vain."""
        items = tuple(self._chosen())
        try:
            for item in items:
                self._desk.ready(item)
        except CurateError as error:
            self._refuse(items, error)
            return False
        return True

    def _refuse(self, items: Iterable[Item], error: CurateError) -> None:
        self._look_again(items)  # what was shown may not be what is
        self.message = f"{error}; {error.hint}" if error.hint else str(error)

    def _look_again(self, items: Iterable[Item]) -> None:
        """Bring the queue up to date with what waits now of the models of ``items``.

        What waits anew comes first; what was put off stays so.
        """
        model_ids = dict.fromkeys(item.id for item in items)
        off = {item.key for done in self._done if not done.step for item in done.items}
        found = {one.key: one for name in model_ids for one in self._desk.look(name)}
        kept = [
            found.pop(item.key, item)
            for item in self.queue
            if item.id not in model_ids or item.key in found
        ]
        self.queue = [*(one for key, one in found.items() if key not in off), *kept]

    def _note(self, done: _Done, message: str) -> None:
        self._done.append(done)
        self.decided += len(done.items) if done.step else 0
        self.put_off += 0 if done.step else len(done.items)
        self.whole = False
        self.message = message


def _default(item: Item) -> str:
    """What stands in the line for values: what would be accepted, or the best rival."""
    if isinstance(item.accepts, tuple):
        return ", ".join(item.accepts)
    return item.value if item.accepts is None else str(item.accepts)
