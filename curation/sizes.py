"""What the size of a model is called: its tier, and the count that its name states."""

from __future__ import annotations

import re

#: Upper bounds in bytes of AI Model Advisor's tiers (``maxSizeMB`` of 500, 4,000 and 20,000).
_TIERS = (
    ("lightweight", 500_000_000),
    ("standard", 4_000_000_000),
    ("advanced", 20_000_000_000),
)
_LARGEST = "xlarge"

_UNITS = {"m": 1_000_000, "b": 1_000_000_000}
#: ``7b``, ``1.1B``, ``350M``, ``8x22B`` as a token of a name; not ``v2``, ``512`` or ``4bit``.
_COUNT = re.compile(
    r"(?:^|[-_. /])(?:(?P<experts>\d{1,3})x)?(?P<count>\d{1,4}(?:\.\d{1,3})?)(?P<unit>[mb])"
    r"(?=$|[-_. ])",
    re.IGNORECASE,
)


def named(model_id: str) -> int | None:
    """The number of parameters that a name states, of all experts together; the last one counts."""
    found = list(_COUNT.finditer(model_id.rpartition("/")[2]))
    if not found:
        return None
    experts, count, unit = found[-1].group("experts", "count", "unit")
    return round(int(experts or 1) * float(count) * _UNITS[unit.lower()])


def tier(total: int) -> str:
    """The tier of weights of ``total`` bytes."""
    return next((name for name, bound in _TIERS if total <= bound), _LARGEST)
