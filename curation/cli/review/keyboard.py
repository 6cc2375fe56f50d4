"""Keystrokes and lines from a terminal."""

from __future__ import annotations

from prompt_toolkit import Application, PromptSession
from prompt_toolkit.completion import Completer, FuzzyWordCompleter, WordCompleter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

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
        self._words: PromptSession[str | None] = PromptSession(key_bindings=_escape())

    def key(self) -> str:
        """One keystroke, without Enter; of a terminal that is gone, 'q'."""
        pressed: list[str] = []
        # No line to edit, and so none of the keys that edit one.
        shown = FormattedTextControl(lambda: _KEYS + "".join(pressed))
        window = Window(shown, wrap_lines=True, dont_extend_height=True)
        app: Application[None] = Application(layout=Layout(window), key_bindings=_any_key(pressed))
        try:
            app.run()
        except EOFError:
            return "q"
        return pressed[0] if pressed else "q"

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


def _any_key(pressed: list[str]) -> KeyBindings:
    """Bindings that end with the first key, put into ``pressed``."""
    bindings = KeyBindings()

    @bindings.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            pressed.append(event.data)
            event.app.exit()

    @bindings.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """What is pasted decides nothing."""

    @bindings.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit()

    return bindings


def _escape() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    return bindings
