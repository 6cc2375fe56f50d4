from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from curation import canonical
from curation.errors import ConflictError, IdError, InputError
from curation.records import Facts, Override, Record
from curation.store.catalog import Catalog
from curation.store.popularity import Popularity

REVISION = "a" * 40


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    (root / "catalog.toml").write_text('name = "mine"\nversion = "1.0.0"\n')
    return Catalog(root)


def test_records_come_back_as_they_were_written(catalog: Catalog) -> None:
    records = [Record(id=model_id) for model_id in ("a/b", "gpt2", "Z/é".replace("é", "e"))]
    for record in records:
        assert catalog.write(record)
    assert catalog.ids() == ["Z/e", "a/b", "gpt2"]
    assert list(catalog.records()) == sorted(records, key=lambda record: record.id)
    assert catalog.path("a/b").read_text() == canonical.dumps(records[0])


def test_writing_the_same_again_touches_nothing(catalog: Catalog) -> None:
    record = Record(id="a/b", facts=Facts(license="mit"))
    assert catalog.write(record)
    before = catalog.path("a/b").stat()
    assert not catalog.write(record)
    after = catalog.path("a/b").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert catalog.write(msgspec.structs.replace(record, aliases=("c",)))


def test_an_older_name_says_what_it_is_called_now(catalog: Catalog) -> None:
    catalog.write(Record(id="openai-community/gpt2", aliases=("gpt2",)))
    catalog.write(Record(id="gpt2-xl"))
    catalog.path("a/broken").parent.mkdir()
    catalog.path("a/broken").write_text("{")
    with pytest.raises(InputError) as caught:
        catalog.record("gpt2")
    assert caught.value.hint == "it is called openai-community/gpt2 now"


def test_a_catalog_without_a_models_folder_is_empty(catalog: Catalog) -> None:
    assert catalog.ids() == []


def test_an_unknown_id_says_what_is_near(catalog: Catalog) -> None:
    catalog.write(Record(id="ProsusAI/finbert"))
    for attempt in (catalog.record, catalog.remove):
        with pytest.raises(InputError, match="no record of ProsusAI/finbrt") as caught:
            attempt("ProsusAI/finbrt")
        assert caught.value.hint == "did you mean ProsusAI/finbert?"
    for attempt in ("finbert", "acme/FinBERT"):
        with pytest.raises(InputError) as named:
            catalog.record(attempt)
        assert named.value.hint == "did you mean ProsusAI/finbert?"
    with pytest.raises(InputError) as far:
        catalog.record("x/y")
    assert far.value.hint == "run 'curate add x/y'"


def test_removing_a_record_keeps_its_override(catalog: Catalog) -> None:
    catalog.write(Record(id="a/b"))
    catalog.override_path("a/b").parent.mkdir(parents=True)
    catalog.override_path("a/b").write_text("")
    catalog.remove("a/b")
    assert catalog.ids() == []
    assert catalog.override_path("a/b").exists()


def test_the_longest_id_has_a_file(catalog: Catalog) -> None:
    model_id = "o" * 230 + "/" + "n" * 230
    catalog.write(Record(id=model_id))
    catalog.save_card(model_id, REVISION, "text")
    assert catalog.ids() == [model_id]
    assert catalog.card(model_id, REVISION) == "text"


@pytest.mark.parametrize("model_id", ["../x", "a/../../x", "a/b/c", "", "a\\b", "/etc/passwd", "."])
def test_an_id_never_leaves_the_folder(catalog: Catalog, model_id: str) -> None:
    uses: list[Callable[[str], object]] = [
        catalog.path,
        catalog.record,
        catalog.override,
        catalog.remove,
        lambda model: catalog.card(model, REVISION),
        lambda model: catalog.write(Record(id=model)),
    ]
    for use in uses:
        with pytest.raises(IdError):
            use(model_id)


def test_an_organisation_named_like_a_file_is_refused(catalog: Catalog) -> None:
    with pytest.raises(IdError, match=r"ends in \.json"):
        catalog.write(Record(id="x.json/y"))
    with pytest.raises(IdError, match=r"ends in \.toml"):
        catalog.override("x.toml/y")


def test_a_folder_named_like_a_record_is_named(catalog: Catalog) -> None:
    (catalog.root / "models" / "x.json").mkdir(parents=True)
    with pytest.raises(InputError, match=r"models/x\.json"):
        catalog.ids()
    with pytest.raises(InputError, match=r"models/x\.json.*a folder"):
        catalog.record("x")


def test_a_link_out_of_the_tree_is_named_and_not_followed(catalog: Catalog, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.json").write_text(canonical.dumps(Record(id="a/b")))
    models = catalog.root / "models"
    models.mkdir()
    (models / "a").symlink_to(outside)
    (models / "c.json").symlink_to(outside / "b.json")
    for attempt in (catalog.ids, lambda: catalog.record("c"), lambda: catalog.record("a/b")):
        with pytest.raises(InputError, match=r"models/(a|c\.json)"):
            attempt()
    with pytest.raises(InputError, match="models/a: a link"):
        catalog.write(Record(id="a/new"))
    assert sorted(path.name for path in outside.iterdir()) == ["b.json"]


def test_a_file_whose_name_is_no_id_is_named(catalog: Catalog) -> None:
    (catalog.root / "models" / "a" / "b").mkdir(parents=True)
    (catalog.root / "models" / "a" / "b" / "c.json").write_text("{}")
    with pytest.raises(InputError, match=r"models/a/b/c\.json: not a model id"):
        catalog.ids()


def test_a_record_at_the_path_of_another_is_refused(catalog: Catalog) -> None:
    catalog.write(Record(id="a/b"))
    catalog.path("a/b").rename(catalog.path("a/c"))
    with pytest.raises(InputError, match=r"a/c\.json: is the record of 'a/b', not of 'a/c'"):
        catalog.record("a/c")


def test_an_override_is_read_and_none_is_empty(catalog: Catalog) -> None:
    assert catalog.override("gpt2") == Override()
    path = catalog.override_path("gpt2")
    path.parent.mkdir()
    path.write_text('[tags.task]\nvalue = "fill-mask"\nreason = "r"\nby = "b"\non = 2026-01-31\n')
    assert catalog.override("gpt2").tags["task"].value == "fill-mask"
    path.write_text("[tags.task]\nvalue = 1.5\n")
    with pytest.raises(InputError, match=r"overrides/gpt2\.toml: tags\[\.\.\.\]"):
        catalog.override("gpt2")


def test_cards_are_kept_by_revision_outside_of_the_catalog(catalog: Catalog) -> None:
    text = "---\r\nlang: \ud800\u2028\n"
    catalog.save_card("gpt2", REVISION, text)
    assert catalog.card("gpt2", REVISION) == text
    assert catalog.card("gpt2", "b" * 40) is None
    assert catalog.card("gpt2/gpt2", REVISION) is None
    assert not list(catalog.root.rglob("*.md"))
    with pytest.raises(InputError, match="not a revision"):
        catalog.save_card("gpt2", "../../../etc/passwd", "x")


def test_popularity_comes_back(catalog: Catalog) -> None:
    rows = {"gpt2": Popularity(downloads=3, likes=1, checked="2026-01-31T10:00:00Z")}
    assert catalog.popularity() == {}
    assert catalog.save_popularity(rows)
    assert not catalog.save_popularity(rows)
    assert catalog.popularity() == rows


def test_settings_are_read_once(catalog: Catalog) -> None:
    assert catalog.settings is catalog.settings
    assert catalog.settings.name == "mine"


def test_only_one_at_a_time_holds_the_lock(catalog: Catalog) -> None:
    with catalog.lock(), pytest.raises(ConflictError, match=f"process {os.getpid()}"):  # noqa: SIM117
        with Catalog(catalog.root).lock():
            pass


def test_leftovers_of_a_killed_run_are_ignored_and_cleared(catalog: Catalog) -> None:
    catalog.write(Record(id="a/b"))
    left = catalog.root / "models" / "a" / ".b.json.0badf00d.tmp"
    left.write_text("{")
    mine = catalog.root / "models" / "a" / ".keep"
    mine.write_text("")
    assert catalog.ids() == ["a/b"]
    with catalog.lock():
        assert not left.exists()
    assert mine.exists()


WRITER = """
import sys
from pathlib import Path
from curation.records import Facts, Record
from curation.store.catalog import Catalog
catalog = Catalog(Path(sys.argv[1]))
with catalog.lock():
    for turn in range(10_000):
        for name in "abc":
            catalog.write(Record(id=f"org/{name}", facts=Facts(library=str(turn) * 2_000)))
        print(turn, flush=True)
"""


@pytest.mark.parametrize("turns", [1, 3, 7])
def test_a_kill_leaves_whole_records(catalog: Catalog, turns: int) -> None:
    command = [sys.executable, "-c", WRITER, str(catalog.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        for _ in range(turns):
            assert writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    assert [record.id for record in catalog.records()] == ["org/a", "org/b", "org/c"]
    with catalog.lock():
        names = {path.name for path in (catalog.root / "models" / "org").iterdir()}
    assert names == {"a.json", "b.json", "c.json"}
