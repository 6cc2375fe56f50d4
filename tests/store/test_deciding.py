from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import checks
from curation.errors import InputError
from curation.records import Decision
from curation.store import deciding
from curation.store.catalog import Catalog

TASK = Decision(value="nsfw-detection", reason='it "says" so', by="them", on="2026-08-14")
DOMAIN = Decision(value=("finance",), reason="it says so", by="them", on="2026-08-14")


DOTTED = """[tags]
domains.value = []
domains.reason = "r"
domains.by = "b"
domains.on = 2026-01-01
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog")


def test_decisions_are_written_as_a_person_would(catalog: Catalog) -> None:
    assert deciding.add(catalog, "a/one", {"subtask": TASK, "domains": DOMAIN}) == [
        "subtask",
        "domains",
    ]
    assert catalog.override("a/one").tags == {"subtask": TASK, "domains": DOMAIN}
    data = catalog.override_path("a/one").read_bytes()
    assert checks.check_file("overrides/a/one.toml", data) == []


def test_what_a_person_decided_stays(catalog: Catalog) -> None:
    path = catalog.override_path("a/one")
    path.parent.mkdir(parents=True)
    mine = '# mine\n[tags.domains]\nvalue = []\nreason = "r"\nby = "me"\non = 2026-01-01\n'
    path.write_text(mine)
    assert deciding.add(catalog, "a/one", {"domains": DOMAIN}) == []
    assert path.read_text() == mine
    assert deciding.add(catalog, "a/one", {"domains": DOMAIN, "subtask": TASK}) == ["subtask"]
    assert path.read_text().startswith(mine)
    assert catalog.override("a/one").tags["domains"].value == ()


def test_what_cannot_be_decided_is_not_written(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="cannot be decided"):
        deciding.add(catalog, "a/one", {"scope": DOMAIN})
    assert not catalog.override_path("a/one").exists()


@pytest.mark.parametrize("form", ["tags.domains", '"tags".domains', "tags . 'domains'"])
def test_one_decision_is_written_anew_and_the_rest_stays(catalog: Catalog, form: str) -> None:
    path = catalog.override_path("a/one")
    path.parent.mkdir(parents=True)
    body = 'reason = """r\n[tags.task]\n"""\nby = "me"\non = 2026-01-01\n'
    first = f'# of one\r\n[{form}]  # mine\n# because\nvalue = ["art"]\n{body}'
    rest = f'\n# of its task\n[tags.task]\nvalue = "translation"\n{body}# the end'
    path.write_bytes((first + rest).encode())
    deciding.put(catalog, "a/one", "tags", "domains", DOMAIN)
    data = path.read_bytes().decode()
    assert data.startswith(f'# of one\r\n[{form}]  # mine\n# because\nvalue = ["finance"]\n')
    assert data.endswith(rest)
    assert catalog.override("a/one").tags["domains"] == DOMAIN
    deciding.withdraw(catalog, "a/one", "tags", "domains")
    assert path.read_bytes().decode() == f"# of one\r\n{rest[1:]}"
    with pytest.raises(InputError, match=r"no decision on tags\.domains"):
        deciding.withdraw(catalog, "a/one", "tags", "domains")


@pytest.mark.parametrize(
    "text",
    [
        'tags.domains = {value = [], reason = "r", by = "b", on = 2026-01-01}\n',
        '[tags]\ndomains = {value = [], reason = "r", by = "b", on = 2026-01-01}\n',
        DOTTED,
    ],
)
def test_what_is_no_table_of_its_own_is_left_to_people(catalog: Catalog, text: str) -> None:
    path = catalog.override_path("a/one")
    path.parent.mkdir(parents=True)
    path.write_text(text)
    for write in (
        lambda: deciding.put(catalog, "a/one", "tags", "domains", DOMAIN),
        lambda: deciding.withdraw(catalog, "a/one", "tags", "domains"),
    ):
        with pytest.raises(InputError, match="not written as a table of its own"):
            write()
        assert path.read_text() == text


NAMES = st.sampled_from([("tags", "domains"), ("tags", "task"), ("facts", "license")])
TEXT = st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])).filter(str.strip)
DECISIONS = st.builds(
    Decision,
    value=st.just(()),
    reason=TEXT,
    by=TEXT,
    on=st.just("2026-01-01"),
    expires=st.sampled_from([None, "2027-01-01"]),
    judged=st.sampled_from([None, "sha256:" + "0" * 64]),
    confirms=st.booleans(),
)


@given(st.lists(st.tuples(NAMES, DECISIONS), max_size=6))
def test_what_is_put_and_withdrawn_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[tuple[str, str], Decision]]
) -> None:
    catalog = Catalog(tmp_path_factory.mktemp("house") / "catalog")
    path = catalog.override_path("a/one")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"# mine\n")
    wanted: dict[tuple[str, str], Decision] = {}
    for (part, name), decision in puts:
        deciding.put(catalog, "a/one", part, name, decision)
        wanted[part, name] = decision
        override = catalog.override("a/one")
        found = {("tags", key): one for key, one in override.tags.items()}
        assert found | {("facts", key): one for key, one in override.facts.items()} == wanted
    for part, name in reversed(wanted):
        deciding.withdraw(catalog, "a/one", part, name)
    assert path.read_bytes() == b"# mine\n"
