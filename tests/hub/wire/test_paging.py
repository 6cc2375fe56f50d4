"""Lists that end, and lists that would not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import UntrustedError
from curation.hub.wire.paging import Chains


def test_a_list_may_be_read_again() -> None:
    chains = Chains(pages=10)
    for _ in range(3):
        for page in range(5):
            chains.admit(f"p{page}", f"p{page + 1}")


def test_lists_may_be_read_side_by_side() -> None:
    chains = Chains(pages=10)
    for page in range(5):
        for _ in range(3):
            chains.admit(f"p{page}", f"p{page + 1}")


@given(st.integers(1, 8), st.integers(0, 7))
def test_a_page_that_comes_back_is_refused(pages: int, back: int) -> None:
    chains = Chains(pages=100)
    for page in range(pages):
        chains.admit(f"p{page}", f"p{page + 1}")
    with pytest.raises(UntrustedError, match="repeat"):
        chains.admit(f"p{pages}", f"p{min(back, pages)}")


def test_an_endless_list_is_refused() -> None:
    chains = Chains(pages=3)
    chains.admit("p1", "p2")
    chains.admit("p2", "p3")
    with pytest.raises(UntrustedError, match="more than 3 pages"):
        chains.admit("p3", "p4")
