"""A calibration as the text of its file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curation.tagging.calibration import Calibration, Fitted

_ABOUT = """\
# How log-odds become probabilities and decisions; the fields are explained in
# curation/tagging/calibration.py. 'curate rules fit' writes slope, accept and the factors anew;
# the rest is by hand.
"""
_FACTORS = """
# What the weights of a rule are multiplied by: on annotated models it was wrong more often than
# these say. A rule that is not named here counts as it is written.
[factors]
"""


def render(fitted: Fitted) -> str:
    """The content of ``calibration.toml``: facets in their order, factors by rule."""
    tables = (f"\n[facets.{name}]\n{_table(rules)}" for name, rules in fitted.facets.items())
    factors = (f"{_json(rule)} = {fitted.factors[rule]}\n" for rule in sorted(fitted.factors))
    return (
        _ABOUT
        + f'\nversion = "{fitted.version}"\ngeneral = {fitted.general}\n'
        + "".join(tables)
        + _FACTORS
        + "".join(factors)
    )


def _table(rules: Calibration) -> str:
    return "".join(f"{name} = {value}\n" for name, value in _fields(rules))


def _fields(rules: Calibration) -> Iterator[tuple[str, str]]:
    """The fields that differ from what they are without being written."""
    for field in msgspec.structs.fields(Calibration):
        value = getattr(rules, field.name)
        if value != field.default:
            yield field.name, _json(value).replace(",", ", ")


def _json(value: object) -> str:
    """JSON writes numbers, text and arrays as TOML does."""
    return msgspec.json.encode(value).decode()
