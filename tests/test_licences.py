from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import licences, roots
from curation.errors import InputError
from curation.licences import normalize

#: The ids that the Hub offers to the authors of cards, as of 2026.
HUB = [
    "afl-3.0", "agpl-3.0", "apache-2.0", "apple-amlr", "apple-ascl", "artistic-2.0",
    "bigcode-openrail-m", "bigscience-bloom-rail-1.0", "bigscience-openrail-m", "bsd",
    "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear", "bsl-1.0", "c-uda", "cc", "cc-by-2.0",
    "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
    "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "cdla-permissive-1.0",
    "cdla-permissive-2.0", "cdla-sharing-1.0", "creativeml-openrail-m", "deepfloyd-if-license",
    "ecl-2.0", "epl-1.0", "epl-2.0", "etalab-2.0", "eupl-1.1", "eupl-1.2",
    "fair-noncommercial-research-license", "gemma", "gfdl", "gpl", "gpl-2.0", "gpl-3.0",
    "grok2-community", "h-research", "intel-research", "isc", "lgpl", "lgpl-2.1", "lgpl-3.0",
    "lgpl-lr", "llama2", "llama3", "llama3.1", "llama3.2", "llama3.3", "llama4", "lppl-1.3c", "mit",
    "mpl-2.0", "ms-pl", "ncsa", "odbl", "odc-by", "ofl-1.1", "open-mdw", "openmdw-1.0",
    "openmdw-1.1", "openrail", "openrail++", "osl-3.0", "other", "pddl", "postgresql", "unknown",
    "unlicense", "wtfpl", "zlib",
]  # fmt: skip


@pytest.mark.parametrize("hub_id", HUB)
def test_a_licence_of_the_hub_keeps_its_id(hub_id: str) -> None:
    assert normalize(hub_id).id == hub_id


@pytest.mark.parametrize(
    ("text", "licence_id"),
    [
        ("Apache 2.0", "apache-2.0"),
        ("Apache-2", "apache-2.0"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("MIT License", "mit"),
        ("The MIT licence", "mit"),
        ("cc-by-4", "cc-by-4.0"),
        ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4.0"),
        ("Creative Commons Attribution 4.0 International", "cc-by-4.0"),
        ("GPLv3", "gpl-3.0"),
        ("GPL v3", "gpl-3.0"),
        ("GNU General Public License v3.0", "gpl-3.0"),
        ("bsd-3", "bsd-3-clause"),
        ("Llama 3.1 Community License Agreement", "llama3.1"),
        ("CreativeML Open RAIL-M", "creativeml-openrail-m"),
        ("academic free license v3.0", "afl-3.0"),
    ],
)
def test_spellings_of_a_licence_are_one(text: str, licence_id: str) -> None:
    assert normalize(text).id == licence_id


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("apache-2.0", "permissive"),
        ("apache", "permissive"),
        ("cc0", "permissive"),
        ("agpl-3.0", "copyleft"),
        ("cc-by-sa-4.0", "copyleft"),
        ("cc-by-nc", "non-commercial"),
        ("cc-by-nd-4.0", "restricted"),
        ("openrail++", "restricted"),
        ("gemma", "restricted"),
        ("llama2", "restricted"),
        ("other", "other"),
        ("unknown", "unknown"),
        ("cc", "unknown"),
    ],
)
def test_a_licence_has_its_category(text: str, category: str) -> None:
    assert normalize(text).category == category


@pytest.mark.parametrize(
    ("text", "spdx", "category"),
    [
        ("0bsd", "0BSD", "permissive"),
        ("MPL-1.1", "MPL-1.1", "copyleft"),
        ("BUSL-1.1", "BUSL-1.1", "restricted"),
        ("cc-by-nc-2.5", "CC-BY-NC-2.5", "non-commercial"),
        ("GPL-3.0+", "GPL-3.0-or-later", "copyleft"),
        ("MIT OR GPL-3.0-only", "MIT OR GPL-3.0-only", "permissive"),
        ("MIT AND CC-BY-NC-4.0", "MIT AND CC-BY-NC-4.0", "non-commercial"),
        ("MIT AND (0BSD OR GPL-2.0-only)", "MIT AND (0BSD OR GPL-2.0-only)", "permissive"),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "copyleft",
        ),
    ],
)
def test_what_is_not_of_the_hub_is_read_as_spdx(text: str, spdx: str, category: str) -> None:
    licence = normalize(text)
    assert (licence.id, licence.spdx, licence.category) == (spdx.lower(), spdx, category)


@pytest.mark.parametrize("text", ["tongyi-qianwen", "MIT AND gemma", "((", "mit or", "bsl 1.1"])
def test_what_is_not_recognised_stays_unknown_and_as_written(text: str) -> None:
    licence = normalize(f" {text} ")
    assert (licence.id, licence.name, licence.spdx) == (text, text, None)
    assert licence.category == "unknown"


@pytest.mark.parametrize("text", ["", "  ", "???"])
def test_nothing_said_is_unknown(text: str) -> None:
    assert normalize(text).id == "unknown"


def test_a_licence_of_scancode_alone_has_no_spdx_id() -> None:
    licence = normalize("LicenseRef-scancode-llama-2-license-2023")
    assert (licence.spdx, licence.category) == (None, "unknown")


def test_overlong_text_is_cut_and_unknown() -> None:
    licence = normalize("mit or " * 1000)
    assert len(licence.id) == 200 and licence.category == "unknown"


@given(st.text(max_size=40) | st.text(alphabet="()+ andorwithMITmit-2.0", max_size=40))
def test_any_text_gives_a_licence(text: str) -> None:
    assert normalize(text).category in licences._STRICTNESS


@pytest.mark.parametrize("licence_id", licences.known())
def test_ids_names_and_spdx_ids_of_the_table_agree(licence_id: str) -> None:
    licence = normalize(licence_id)
    assert normalize(licence.name) == licence
    if licence.spdx:
        assert normalize(licence.spdx) == licence


def test_spdx_ids_of_the_table_are_in_the_list_of_spdx() -> None:
    spdx = [licence.spdx for text in licences.known() if (licence := normalize(text)).spdx]
    listed = licences._licensing().known_symbols
    assert [name for name in spdx if name not in listed] == []


def test_the_table_is_sorted_and_means_one_licence_by_one_spelling() -> None:
    text = (roots.VOCABULARIES / "licences.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    del tables["scancode categories"]
    assert list(tables) == sorted(tables)
    rows = licences._table().rows
    keys = [
        {licences._key(name) for name in licences._spellings(slug, row)}
        for slug, row in rows.items()
    ]
    assert sum(map(len, keys)) == len(set().union(*keys))
    assert [slug for slug, row in rows.items() if not row.reason.strip()] == []


def test_the_hubs_ids_need_no_library() -> None:
    code = (
        "import sys; from curation.licences import normalize; normalize('Apache 2.0');"
        " sys.exit('license_expression' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text", ["[mit", "[mit]\n", "['scancode categories']\n[mit]\nlabel = 'MIT'\n"]
)
def test_a_broken_table_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "licences.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"licences\.toml: not a table"):
        licences._read(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"licences\.toml: cannot be read"):
        licences._read(tmp_path / "licences.toml")
