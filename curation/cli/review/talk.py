"""The conversation of a session: show, read a key or a line, hand it on."""

from __future__ import annotations

from curation.cli.bench import Bench
from curation.cli.output import Output
from curation.cli.review import shown
from curation.cli.review.keyboard import Keyboard
from curation.errors import HubError
from curation.review.session import Item, Session


def talk(session: Session, bench: Bench, out: Output) -> None:
    """Go on until nothing waits or the person stops. Ctrl-C raises KeyboardInterrupt."""
    if not session.queue:
        out.line("nothing waits")
        return
    keyboard = Keyboard()
    last: Item | None = None
    while not session.over:
        if session.current is None:
            out.line("nothing more waits: [u]ndo the last, or [q]uit")
        elif session.current != last:
            card = _card(session.current, bench, out)
            for line in shown.lines(session.current, session, card, out):
                out.line(line)
        last = session.current
        out.flush()
        _turn(session, keyboard)
        for line in shown.keys() if session.helping else ():
            out.line(line)
        if session.message:
            out.line(out.style(f"  {session.message}", "cyan"))


def _turn(session: Session, keyboard: Keyboard) -> None:
    if session.asking is None:
        session.press(keyboard.key())
        return
    words = keyboard.words(session.asking)
    if words is None:
        session.cancel()
    else:
        session.answer(words)


def _card(item: Item, bench: Bench, out: Output) -> str | None:
    try:
        return bench.card(item.id)
    except HubError as error:  # the evidence can be read without the lines that it is from
        out.note(f"no lines of the card: {error}")
        return None
