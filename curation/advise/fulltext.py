"""Search by words: SQLite's FTS5 stems English and ranks by BM25 (Robertson & Zaragoza, 2009)."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"


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


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stem of each word, as ``Index`` compares them: ``detecting`` is ``detect``."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"create virtual table said using fts5(word, {_TOKENS})")
        base.execute("create virtual table terms using fts5vocab(said, instance)")
        base.executemany("insert into said (rowid, word) values (?, ?)", enumerate(words))
        found = dict(base.execute("select doc, term from terms order by doc, offset desc"))
    return tuple(found.get(number, word) for number, word in enumerate(words))


def _quoted(text: str) -> str:
    """``text`` as one phrase of FTS5's query language, which it cannot leave."""
    return '"' + text.replace('"', " ") + '"'


def _memory(owner: object) -> sqlite3.Connection:
    """A database in memory, closed when its owner goes."""
    base = sqlite3.connect(":memory:")
    weakref.finalize(owner, base.close)
    return base
