from __future__ import annotations

from typing import Any

from msgspec import structs

from curation.review import Risk, State, changes, digest, risk_of
from curation.review.headlines import headline
from curation.rules import Pack, Rule
from curation.store.ledgers import Rejection, Tombstone, Waiver
from curation.store.popularity import Popularity
from curation.store.settings import Policy, Settings

RULE = Rule(id="r", why="w", places={"name": 1}, supports="task:x", accepts=("a",), rejects=("b",))
PACK = Pack(name="own", version="1.0.0", about="a", rule=(RULE,))
SETTINGS = Settings(name="c", version="1.0.0", packs={"tasks": "1.0.0", "old": "1.0.0"})


def told(**parts: tuple[Any, Any]) -> list[tuple[str, str, str | None]]:
    """The kind, id and field of what differs where ``parts`` do."""
    old, new = (
        State(name="s", **{name: pair[side] for name, pair in parts.items()}) for side in (0, 1)
    )
    return [(one.kind, one.id, one.field) for one in changes(old, new)]


def test_pins_and_settings_are_told_by_key() -> None:
    after = structs.replace(
        SETTINGS, packs={"tasks": "1.1.0", "new": "1.0.0"}, policy=Policy(max_checked_days=9)
    )
    assert told(settings=(SETTINGS, after)) == [
        ("pin", "new", None),
        ("pin", "old", None),
        ("setting", "policy.max_checked_days", None),
        ("pin", "tasks", None),
    ]


def test_rules_are_told_by_id_wherever_they_stand() -> None:
    edited = structs.replace(RULE, terms=("x",))
    assert told(packs=({"a": PACK}, {"b": PACK})) == []
    assert told(packs=({"a": PACK}, {"a": structs.replace(PACK, rule=(edited,))})) == [
        ("rule", "r", None)
    ]
    for sides in (({}, {"a": PACK}), ({"a": PACK}, {})):
        assert told(packs=sides) == [("rule", "r", None)]


def test_what_a_pack_disables_or_shares_is_told() -> None:
    after = structs.replace(PACK, disable=("stock",), profiles={"p": {"name": 1.0}}, version="2")
    assert told(packs=({"a": PACK}, {"a": after})) == [
        ("rule", "stock", "disable"),
        ("rule", "own", "profiles"),
        ("rule", "own", "version"),
    ]


def test_entries_of_ledgers_come_and_go() -> None:
    dead = Tombstone(id="o/m", on="2026-01-01", reason="gone")
    let = Waiver(code="CUR214", path="models/o/m.json", owner="a", reason="r", expires="2027-01-01")
    no = Rejection(id="o/x", reason="r", by="a", on="2026-01-01")
    found = told(tombstones=((), (dead,)), waivers=((), (let,)), rejections=((no,), ()))
    assert found == [
        ("waiver", "models/o/m.json", None),
        ("tombstone", "o/m", None),
        ("rejection", "o/x", None),
    ]


def test_popularity_is_routine() -> None:
    old = State(name="s", popularity={"a": Popularity(likes=1), "b": Popularity(likes=1)})
    new = State(name="s", popularity={"a": Popularity(likes=2), "b": Popularity(likes=1)})
    (change,) = changes(old, new)
    assert (change.id, risk_of(change)) == ("a", Risk.ROUTINE)


def test_trouble_with_the_hub_is_a_change_of_access_and_no_popularity() -> None:
    old = State(name="s", popularity={"a": Popularity(likes=1)})
    new = State(name="s", popularity={"a": Popularity(likes=1, trouble="unreachable")})
    for pair, told in (((old, new), "none → unreachable"), ((new, old), "unreachable → none")):
        (change,) = changes(*pair)
        assert (change.field, risk_of(change)) == ("trouble", Risk.TERMS)
        found = digest(*pair)
        assert not found.only_popularity
        (item,) = found.sections[0].groups[0].items
        assert "".join(headline(item)) == f"a trouble: {told}"


def test_beside_a_release_only_models_are_compared() -> None:
    old = State(name="s", packs={"a": PACK}, whole=False)
    assert changes(old, State(name="s")) == []
