from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from curation.model import Model


@pytest.fixture(scope="session")
def models() -> tuple[Model, ...]:
    """What a release says of some 180 real models; see scripts/build_advice_fixture.py."""
    lines = (Path(__file__).parent / "data" / "models.jsonl").read_bytes()
    return tuple(msgspec.json.Decoder(Model).decode_lines(lines))
