"""The shapes of Markdown blocks, as one regular expression that takes a whole block at a time.

CommonMark with GitHub's tables, read for what it says and not for how it is drawn. The engine's
C loop walks the lines, not Python. Repetitions are possessive and look-aheads stay within their
line, so a match is linear whatever the text.
"""

from __future__ import annotations

import re
from functools import cache

_HTML_NAMES = """address article aside blockquote body center dd details dialog div dl dt
fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html
iframe legend li link main menu nav ol option p param section summary table tbody td tfoot th
thead title tr ul"""
_RAW_NAMES = "pre script style textarea"


def _any_case(names: str) -> str:
    # Spelt out, as a group that ignores case would hide its first letters from the engine.
    spelt = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in n) for n in names.split())
    return f"(?:{'|'.join(spelt)})"


def _any_of(*rules: str) -> str:
    return f"(?:{'|'.join(rules)})"


# Parts of a line.
_EOL = r"(?=\n|\Z)"
_SPACE = r"[ \t]*+"
_HEADING = r"##{0,5}+(?=[ \t\n]|\Z)"
_FENCE = rf"(?:```++(?=[^`\n]*+{_EOL})|~~~++)"
_MARKER = r"(?:[-*+]|[0-9]{1,9}+[.)])"
_ITEM = rf"{_MARKER}(?=[ \t\n]|\Z)"
_FENCED_ITEM = rf"{_MARKER}[ \t]++{_FENCE}"
_BREAK = _any_of(*(rf"{c}{_SPACE}(?:{c}{_SPACE}){{2,}}+{_EOL}" for c in ("-", r"\*", "_")))
_UNDERLINE = rf"(?:==++|--++){_SPACE}{_EOL}"
#: The dashes under a table's head.
_DASHES = rf"(?=[-: \t]*+\|)[|:-][|: \t]*+-[-|: \t]*+{_EOL}"
_COMMENT_TAG = "<!--"
_RAW_TAG = rf"<{_any_case(_RAW_NAMES)}(?=[\s>]|\Z)"
_RAW_END = rf"</{_any_case(_RAW_NAMES)}\s*+>"
_BLOCK_TAG = rf"</?+{_any_case(_HTML_NAMES)}(?=[\s/>]|\Z)"
_TAG = rf"</?+[A-Za-z][A-Za-z0-9-]*+(?:[\s/](?:[^<>\n]++|\n(?!{_SPACE}\n))*+)?+>{_SPACE}"

# What ends a block without a blank line. Of numbered lists only one that starts at 1 ends a
# paragraph, as wrapped lines begin with years and figures.
_OPENS = (r"\n", r"\Z", ">", r"\|", _FENCE, _BREAK, _COMMENT_TAG, _RAW_TAG, _BLOCK_TAG)
_INDENTED_HEADING = rf" {{0,3}}+{_HEADING}"
_PROSE_ENDS = _any_of(
    _SPACE + _any_of(*_OPENS, r"[-*+](?=[ \t\n]|\Z)", r"1[.)](?=[ \t])", _UNDERLINE, _DASHES),
    _INDENTED_HEADING,
)
_LIST_ENDS = _any_of(_SPACE + _any_of(*_OPENS, _FENCED_ITEM), _INDENTED_HEADING)
_ROWS_END = _any_of(_SPACE + _any_of(">", _FENCE, _ITEM), _INDENTED_HEADING)
_HTML_ENDS = _any_of(
    _SPACE + _any_of(r"\n", r"\Z", _FENCE, _COMMENT_TAG, _RAW_TAG), _INDENTED_HEADING
)

# What follows a block's first line. First alternatives only spare most lines the look-ahead.
_MORE_PROSE = rf"(?:(?:\n[^\s#>|<`~\-*+=:_1][^\n]*+)++|\n(?!{_PROSE_ENDS})[^\n]++)*+"
_MORE_ITEMS = (
    rf"(?:(?:\n[-*+] [A-Za-z][^\n]*+)++|\n(?!{_LIST_ENDS})[^\n]++"
    rf"|\n(?:{_SPACE}\n)++(?=  |\t)(?!{_LIST_ENDS})[^\n]++)*+"
)
_MORE_ROWS = rf"(?:(?:\n\|[^\n]*+)++|\n(?:{_SPACE}\||(?=[^\n|]*+\|)(?!{_ROWS_END}))[^\n]*+)*+"
_MORE_QUOTE = rf"(?:\n(?:{_SPACE}>|(?!{_PROSE_ENDS}))[^\n]*+)*+"
_MORE_HTML = rf"(?:\n(?!{_HTML_ENDS})[^\n]++)*+"
_MORE_INDENTED = rf"(?:\n(?:{_SPACE}\n)*+(?:    |\t)(?!{_SPACE}(?:\n|\Z|{_FENCE}))[^\n]++)*+"
_MORE_CODE = (
    rf"(?:(?:\n[^\s`~][^\n]*+)++|\n(?!{_SPACE}(?P=fence)(?:`*+|~*+){_SPACE}{_EOL})[^\n]*+)*+"
    r"(?:\n[^\n]*+)?+"
)
#: What makes a paragraph a heading, or its last line a table's head.
_TAIL = rf"\n{_SPACE}(?:{_UNDERLINE}|{_DASHES}{_MORE_ROWS})"

_OTHER = _any_of(
    rf"(?:{_SPACE}|{_MARKER}[ \t]++)(?P<fence>{_FENCE})[^\n]*+{_MORE_CODE}",
    rf"(?: {{4}}| {{0,3}}+\t)[^\n]++{_MORE_INDENTED}",
    _BREAK,
    rf"\|[^\n]*+{_MORE_ROWS}",
    rf">[^\n]*+{_MORE_QUOTE}",
    rf"{_COMMENT_TAG}(?:[^-]++|-(?!->))*+(?:-->{_SPACE}|\Z)",
    rf"{_RAW_TAG}(?:[^<]++|<(?!{_RAW_END[1:]}))*+(?:{_RAW_END}{_SPACE}|\Z)",
    rf"{_BLOCK_TAG}[^\n]*+{_MORE_HTML}",
    rf"(?:{_TAG})++{_EOL}(?:\n{_SPACE}(?:{_TAG})++{_EOL})*+",
)


def _compile(indent: str) -> re.Pattern[str]:
    return re.compile(
        rf"(\n*+)((?:[ \t]++\n++)*+{indent})"
        rf"(?:([^\s#>|<`~\-*+=:_0-9][^\n]*+{_MORE_PROSE})(?!{_TAIL})"
        rf"|({_HEADING}[^\n]*+)"
        rf"|({_OTHER})"
        rf"|({_ITEM}[^\n]*+{_MORE_ITEMS})"
        rf"|([^\n]++{_MORE_PROSE}(?:{_TAIL})?+))"
    )


#: ``findall`` gives the blocks of a text that ends in no blank, each as (newlines before it, other
#: blanks before it, prose, heading, other, the fence if that is code, list, prose with or without
#: a tail).
BLOCKS = _compile(r"(?: {1,3}+(?![ \t]))?+")
TAIL = re.compile(_TAIL)


@cache
def dedented() -> re.Pattern[str]:
    """``BLOCKS`` for text whose indentation means nothing."""
    return _compile(r"[ \t]*+")
