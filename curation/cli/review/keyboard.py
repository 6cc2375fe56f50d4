"""Keystrokes and lines from a terminal."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, FuzzyWordCompleter, WordCompleter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from curation.review.session import Ask

_ASKED = {
    "decline": "which value does not hold? ",
    "values": "what holds (by commas)? ",
    "reason": "why? ",
}
_KEYS = "[a]ccept [c]hange [r]eject [s]kip [u]ndo [g]roup [?] [q]uit > "


class Keyboard:
    """Reads what a person types; Ctrl-C raises KeyboardInterrupt, Ctrl-D is 'q'."""

    def __init__(self) -> None:
        self._keys: PromptSession[str] = PromptSession(key_bindings=_any_key())
        self._words: PromptSession[str | None] = PromptSession(key_bindings=_escape())

    def key(self) -> str:
        """One keystroke, without Enter; of a terminal that is gone, 'q'."""
        try:
            return self._keys.prompt(_KEYS)
        except EOFError:
            return "q"

    def words(self, asked: Ask) -> str | None:
        """A line, completed from what is offered; None if it was taken back by Escape."""
        try:
            return self._words.prompt(
                _ASKED[asked.what], default=asked.default, completer=_completer(asked)
            )
        except EOFError:
            return None


def _completer(asked: Ask) -> Completer | None:
    if asked.what == "values":
        # The words of a list are parted by commas.
        return FuzzyWordCompleter(list(asked.offered), WORD=False)
    return WordCompleter(list(asked.offered)) if asked.offered else None


def _any_key() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(event.data)
        event.app.exit(result=event.data)

    @bindings.add("enter")
    @bindings.add("escape")
    @bindings.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """None of these decides anything."""

    @bindings.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="q")

    return bindings


def _escape() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    return bindings
