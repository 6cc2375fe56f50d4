"""Which Hub a verb asks, and with which token: by option, environment and catalog."""

from __future__ import annotations

import argparse
import os


def argument(parser: argparse.ArgumentParser) -> None:
    """Declare the option that names the Hub."""
    parser.add_argument(
        "--hub", metavar="URL", help="the Hub (default: HF_ENDPOINT, else catalog.toml)"
    )


def hub(named: str | None, configured: str) -> str:
    """Its URL: as the option names it, else ``HF_ENDPOINT``, else as it is configured."""
    return (named or os.environ.get("HF_ENDPOINT") or configured).rstrip("/")


def token() -> str | None:
    """What is sent to that Hub, and to no other."""
    return os.environ.get("HF_TOKEN")
