"""Search by words: SQLite's FTS5 stems English and ranks by BM25 (Robertson & Zaragoza, 2009)."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Mapping

_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_MARK = "\x02"
_END = "\x03"


class Index:
    """Texts by name, and how well words fit each. Nothing is written to disk."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = tuple(texts)
        self._base = _memory(self)
        self._base.execute(f"create virtual table texts using fts5(said, {_TOKENS})")
        rows = enumerate(texts.values())
        self._base.executemany("insert into texts (rowid, said) values (?, ?)", rows)

    def scores(self, words: Iterable[str]) -> dict[str, float]:
        """The names of texts that hold any of the words, and their BM25; more is better."""
        wanted = " OR ".join(map(_quoted, words))
        if not wanted:
            return {}
        found = self._base.execute(
            "select rowid, -bm25(texts) from texts where texts match ? order by 2 desc, 1",
            (wanted,),
        )
        return {self._names[row]: score for row, score in found}


class Sentence:
    """One text, and where in it the words of a phrase stand, whatever their endings."""

    def __init__(self, text: str) -> None:
        self.words = tuple(_words(text))
        self._base = _memory(self)
        self._base.execute(f"create virtual table said using fts5(text, {_TOKENS})")
        self._base.execute("insert into said values (?)", (" ".join(self.words),))

    def places(self, phrase: str) -> list[range]:
        """The runs of words that are ``phrase``, as positions in ``words``."""
        found = self._base.execute(
            "select highlight(said, 0, ?, ?) from said where said match ?",
            (_MARK, _END, _quoted(phrase)),
        ).fetchone()
        return list(_marked(found[0])) if found else []


def _words(text: str) -> list[str]:
    """The words of ``text``: runs of letters and digits, in lower case."""
    kept = "".join(char if char.isalnum() else " " for char in text)
    return kept.casefold().split()


def _quoted(text: str) -> str:
    """``text`` as one phrase of FTS5's query language, which it cannot leave."""
    return '"' + text.replace('"', " ") + '"'


def _marked(text: str) -> Iterable[range]:
    start = 0
    for number, word in enumerate(text.split()):
        if word.startswith(_MARK):
            start = number
        if word.endswith(_END):
            yield range(start, number + 1)


def _memory(owner: object) -> sqlite3.Connection:
    """A database in memory, closed when its owner goes."""
    base = sqlite3.connect(":memory:")
    weakref.finalize(owner, base.close)
    return base
