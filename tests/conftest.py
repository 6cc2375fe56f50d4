"""What holds for every test: no network but loopback, no settings of the machine it runs on."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Read by libraries when they are imported, hence here and not in a fixture.
for _name in list(os.environ):
    if _name.startswith(("HF_", "HUGGING")) or _name in ("GITHUB_ACTIONS", "NO_COLOR"):
        del os.environ[_name]
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

# No deadline: a busy machine is no failure.
hypothesis.settings.register_profile("curate", deadline=None)
hypothesis.settings.load_profile("curate")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test reached for the network: {address!r}")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
