from __future__ import annotations

import pytest

from curation.errors import InputError
from curation.records import Decision, Facts, Override
from curation.store import decisions

WHO = b'\nreason = "r"\nby = "me"\non = 2026-01-31\n'


def test_an_override_is_tables_of_decisions() -> None:
    text = b"""
    [tags.domains]
    value = ["finance"]
    reason = "the card's second section says so"
    by = "me"
    on = 2026-01-31

    [facts.license]
    value = "mit"
    reason = "the file LICENSE"
    by = "me"
    on = 2026-01-31
    expires = 2027-01-31
    """
    found = decisions.decode(text, "here")
    assert found == Override(
        tags={
            "domains": Decision(
                value=("finance",),
                reason="the card's second section says so",
                by="me",
                on="2026-01-31",
            )
        },
        facts={
            "license": Decision(
                value="mit",
                reason="the file LICENSE",
                by="me",
                on="2026-01-31",
                expires="2027-01-31",
            )
        },
    )


def corrected(name: str, value: object, facts: Facts) -> Facts:
    decision = Decision(value=value, reason="r", by="me", on="2026-01-31")  # type: ignore[arg-type]
    return decisions.corrected(facts, Override(facts={name: decision}))


def test_corrections_replace_facts_and_leave_the_others() -> None:
    facts = Facts(license="mit", languages=("en",), bytes_total=1)
    assert corrected("license", "gpl-3.0", facts) == Facts(
        license="gpl-3.0", languages=("en",), bytes_total=1
    )
    assert corrected("languages", ("de", "fr"), facts).languages == ("de", "fr")
    assert corrected("bytes_total", 12, facts).bytes_total == 12
    assert decisions.corrected(facts, Override()) is facts


def test_an_empty_list_says_that_nothing_is_stated() -> None:
    facts = Facts(license="mit", languages=("en",), bytes_total=1)
    assert corrected("license", (), facts).license is None
    assert corrected("bytes_total", (), facts).bytes_total is None
    assert corrected("languages", (), facts).languages == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[tags.scope]\nvalue = 'general'", "here: tags.scope: cannot be decided"),
        (b"[tags.size_tier]\nvalue = 'x'", "here: tags.size_tier: cannot be decided"),
        (b"[tags.tusk]\nvalue = 'x'", "here: tags.tusk: cannot be decided"),
        (b"[facts.revision]\nvalue = 'x'", "here: facts.revision: cannot be decided"),
        (b"[facts.gated]\nvalue = 'no'", "here: facts.gated: cannot be decided"),
        (b"[facts.license]\nvalue = 3", "here: facts.license: expected `str | null`, got `int`"),
        (b"[facts.bytes_total]\nvalue = 'x'", "here: facts.bytes_total: expected `int | null`"),
        (b"[facts.license]\nvalue = ['a']", "here: facts.license: expected `str | null`"),
    ],
)
def test_what_cannot_be_decided_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decisions.decode(data + WHO, "here")
    assert str(caught.value).startswith(message)
    assert caught.value.hint
