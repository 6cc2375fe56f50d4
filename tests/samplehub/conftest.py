"""The stock huggingface_hub client, as any program would use it."""

from __future__ import annotations

from collections.abc import Iterator

import huggingface_hub
import pytest


@pytest.fixture(autouse=True)
def _closed_session() -> Iterator[None]:
    yield
    huggingface_hub.close_session()
