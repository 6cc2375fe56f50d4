"""The conversation of a session: show, read a key or a line, hand it on."""

from __future__ import annotations

from curation import pipeline
from curation.cli.output import Output
from curation.cli.review import shown
from curation.cli.review.keyboard import Keyboard
from curation.review.session import Item, Session
from curation.store.catalog import Catalog


def talk(session: Session, catalog: Catalog, out: Output) -> None:
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
            for line in shown.lines(session.current, session, _card(catalog, session.current), out):
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


def _card(catalog: Catalog, item: Item) -> str | None:
    return pipeline.card_text(catalog, catalog.record(item.id), None)
