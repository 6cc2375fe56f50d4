from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from curation import languages, roots
from curation.errors import InputError

CURATED = tomllib.loads((roots.VOCABULARIES / "languages.toml").read_text(encoding="utf-8"))
MEASURED = tomllib.loads((roots.VOCABULARIES / "language_tokens.toml").read_text(encoding="utf-8"))
# What else the Hub's tags are made of.
NO_LANGUAGE = [
    "tf", "jax", "vit", "bert", "rl", "gpt", "mlx", "sam", "asr", "tts", "ner", "NER", "nlp", "pos",
    "rag", "dpr", "led", "sew", "gan", "moe", "sft", "dpo", "trl", "qa", "kd", "lm", "vl", "py",
    "php", "DA", "NO", "Go", "art", "phi", "unk", "code", "text", "en-de", "en-uk", "nb-bert",
    "my-tag", "ai-soco", "la-canine", "lm-head", "sts-ca", "en_unnorm", "xlm-roberta",
    "license:mit", "arxiv:1907.11692",
]  # fmt: skip
# Names of languages, or parts of them, among other things.
WORDS = [
    "even", "ga", "are", "toba", "bench", "mono", "pole", "dan", "edo", "latin", "indonesia",
    "tonga", "mon", "so", "is", "it",
]  # fmt: skip
TOKENS = [
    "it", "no", "so", "am", "ml", "sd", "ai", "tf", "mt", "cv", "tts", "fin", "ner", "pos", "st",
    "to", "my",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("eng", "en"),
        ("por", "pt"),
        ("ger", "de"),
        ("deu", "de"),
        ("iw", "he"),
        # the standard of a language is the language, a language of its own is not
        ("cmn", "zh"),
        ("arb", "ar"),
        ("pes", "fa"),
        ("zsm", "ms"),
        ("arz", "arz"),
        ("yue", "yue"),
        ("lzh", "lzh"),
        ("nb", "nb"),
        ("nob", "nb"),
        ("nn", "nn"),
        ("no", "no"),
        ("tgl", "tl"),
        ("fil", "fil"),
        ("hbs", "sh"),
        # script and region are dropped
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh-Hant-HK", "zh"),
        ("sr-Latn", "sr"),
        ("ace_Arab", "ace"),
        ("es-419", "es"),
        ("rm-sursilv", "rm"),
        ("zh-yue", "yue"),
        # not codes, but meant as such
        ("jp", "ja"),
        ("cn", "zh"),
        ("vn", "vi"),
        ("multilingual", "mul"),
        # names
        ("english", "en"),
        ("Yorùbá", "yo"),
        ("русский", "ru"),
        ("Brazilian Portuguese", "pt"),
        ("Latin", "la"),
        ("mul", "mul"),
        ("und", "und"),
        ("zxx", "zxx"),
        # unusual, but a language
        ("abi", "abi"),
        ("code", None),
        ("python", None),
        ("noinfo", None),
        ("None", None),
        ("", None),
        ("en_XX", "en"),
        ("english german", None),
        # a family is no language
        ("gem", None),
        ("roa", None),
    ],
)
def test_codes_and_names_become_the_shortest_code(text: str, code: str | None) -> None:
    assert languages.normalize(text) == code


def test_kr_is_kanuri_as_a_code_and_korean_as_authors_write_it() -> None:
    assert languages.normalize("kr") == "kr"
    assert languages.declared("kr") == languages.from_hub_tag("kr") == "ko"


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("pt-br", "pt"), ("Dutch", "nl"), ("unk", None), ("en-de", None)],
)
def test_what_an_author_declares(text: str, code: str | None) -> None:
    assert languages.declared(text) == code


@pytest.mark.parametrize("tag", ["en", "zh", "es", "tl", "ceb", "hsb", "pcm", "no", "is", "cv"])
def test_codes_are_languages_as_hub_tags(tag: str) -> None:
    assert languages.from_hub_tag(tag) == tag


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-br", "pt"),
        ("en-us", "en"),
        ("sv-SE", "sv"),
        ("fy-NL", "fy"),
        ("zh_CN", "zh"),
        ("zh-hant", "zh"),
        ("sr-Latn", "sr"),
        ("csb_Latn", "csb"),
        ("rm-vallader", "rm"),
        ("eng", "en"),
        ("swa", "sw"),
        ("multilingual", "mul"),
        ("French", "fr"),
        ("tieng-viet", "vi"),
    ],
)
def test_locales_and_names_are_languages_as_hub_tags(tag: str, code: str) -> None:
    assert languages.from_hub_tag(tag) == code


@pytest.mark.parametrize("tag", NO_LANGUAGE)
def test_libraries_tasks_and_pairs_are_no_language_as_hub_tags(tag: str) -> None:
    assert languages.from_hub_tag(tag) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("en-de", ("en", "de")),
        ("eng_yor", ("en", "yo")),
        ("en-uk", ("en", "uk")),
        ("ru-en", ("ru", "en")),
        ("pt-br", None),
        ("zh-tw", None),
        ("sv-SE", None),
        ("ru-ru", None),
        ("nb-bert", None),
        ("en", None),
    ],
)
def test_two_codes_are_a_pair_unless_the_second_is_a_region(
    text: str, codes: tuple[str, str] | None
) -> None:
    assert languages.pair(text) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("por-BR", "pt-BR"),
        ("pt", "pt"),
        ("Portuguese", "pt"),
        ("qq-XX", None),
    ],
)
def test_a_region_is_kept_when_asked_for(text: str, code: str | None) -> None:
    assert languages.regional(text) == code


@pytest.mark.parametrize(
    ("code", "name", "slug"),
    [
        ("ru", "Russian", "russian"),
        ("bn", "Bengali", "bengali"),
        ("pt-BR", "Brazilian Portuguese", "brazilian-portuguese"),
        ("nb", "Norwegian Bokmål", "norwegian-bokmal"),
        ("mi", "Māori", "maori"),
        ("mul", "Multiple languages", "multiple-languages"),
        ("zxx", "No linguistic content", "no-linguistic-content"),
        ("abi", "Abidji", "abidji"),
        ("sv-FI", "Swedish (Finland)", "swedish-finland"),
    ],
)
def test_a_code_has_an_english_name(code: str, name: str, slug: str) -> None:
    assert (languages.english_name(code), languages.slug(code)) == (name, slug)


@pytest.mark.parametrize("code", ["", "qq", "klingon warrior", "x" * 500])
def test_what_is_no_code_has_no_name(code: str) -> None:
    with pytest.raises(InputError, match="not a language code"):
        languages.english_name(code)


def test_slugs_are_unique_and_kebab_case() -> None:
    slugs = [languages.slug(code) for code in (*languages.all_codes(), *languages.SPECIAL)]
    assert len(slugs) == len(set(slugs))
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)] == []


def test_listed_codes_are_their_own_shortest_form_and_sorted() -> None:
    codes = languages.all_codes()
    assert list(codes) == sorted(codes)
    assert [code for code in codes if languages.normalize(code) != code] == []
    assert [code for code in languages.other_codes() if languages.normalize(code) is None] == []


@pytest.mark.parametrize("source", CURATED["sources"])
def test_every_language_of_a_source_is_listed(source: str) -> None:
    codes = [languages.normalize(code) for code in CURATED["sources"][source].split()]
    assert set(codes) - set(languages.all_codes()) == set()


def test_names_start_with_the_english_one_and_hold_the_own_one() -> None:
    assert languages.names("ru")[:2] == ("Russian", "русский")
    assert "Tiếng Việt" in languages.names("vi")
    assert languages.names("abi") == ()
    assert all(languages.names(code) for code in languages.all_codes())


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("english", "en"),
        ("mandarin", "zh"),
        ("simplified chinese", "zh"),
        ("farsi", "fa"),
        ("castilian", "es"),
        ("brazilian portuguese", "pt"),
        ("bahasa indonesia", "id"),
        ("tiếng việt", "vi"),
        ("tieng viet", "vi"),
        ("norwegian bokmål", "nb"),
        ("norwegian bokmal", "nb"),
        ("français", "fr"),
        ("francais", "fr"),
        ("中文", "zh"),
        ("日本語", "ja"),
        ("한국어", "ko"),
        ("русском", "ru"),
        ("serbo croatian", "sh"),
        ("ancient greek", "grc"),
        ("hmong", "hmn"),
    ],
)
def test_phrases_hold_names_in_all_their_forms(phrase: str, code: str) -> None:
    assert languages.phrases()[phrase] == code


@pytest.mark.parametrize("word", WORDS)
def test_words_that_mean_something_else_are_no_phrases(word: str) -> None:
    assert word not in languages.phrases()


def test_phrases_are_as_text_is_matched() -> None:
    for phrase in languages.phrases():
        assert phrase == phrase.lower().strip() and len(phrase) > 1
        assert not re.search(r"[-_()]|  ", phrase)


def test_every_language_can_be_found_by_some_phrase_or_is_known_to_mislead() -> None:
    silent = set(languages.all_codes()) - set(languages.phrases().values())
    misleading = {" ".join(name.split("-")) for name in CURATED["misleading"]}
    assert {code for code in silent if languages.names(code)[0].lower() not in misleading} == set()


@pytest.mark.parametrize(
    ("token", "code"),
    [("russian", "ru"), ("german", "de"), ("es", "es"), ("pt", "pt"), ("kr", "ko"), ("cn", "zh")],
)
def test_tokens_of_ids_denote_languages(token: str, code: str) -> None:
    assert languages.codes_in_ids()[token] == code


@pytest.mark.parametrize("token", TOKENS)
def test_ambiguous_tokens_of_ids_denote_none(token: str) -> None:
    assert token not in languages.codes_in_ids()


def test_codes_in_ids_are_those_that_were_measured() -> None:
    names = languages.phrases()
    codes = {token for token in languages.codes_in_ids() if token not in names}
    assert all(
        row["share"] >= 0.9 and row["orgs"] >= 2 and row["agree"] >= 3
        for row in map(MEASURED.__getitem__, codes)
    )


def test_common_codes_names_and_tags_need_no_library() -> None:
    code = (
        "import sys; from curation import languages as l; l.slug('pt-BR'); l.phrases();"
        " l.from_hub_tag('transformers'); l.normalize('zh-Hant-TW'); l.normalize('Python');"
        " sys.exit('langcodes' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_generated_file_is_up_to_date(project: Path) -> None:
    script = project / "scripts" / "build_languages.py"
    found = subprocess.run(
        [sys.executable, script, "--check"],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(project)},
    )
    assert found.returncode == 0, found.stderr.decode()


@pytest.mark.parametrize("section", ["codes", "english", "misleading", "names", "shadowed"])
def test_what_is_curated_is_sorted(section: str) -> None:
    keys = list(CURATED[section])
    if section == "codes":  # two groups, each with its reason
        keys = keys[keys.index("bh") :]
    assert keys == sorted(keys)


@given(st.text(max_size=80))
def test_any_text_gives_a_listed_code_a_valid_one_or_none(text: str) -> None:
    for read in (languages.normalize, languages.declared, languages.from_hub_tag):
        code = read(text)
        assert code is None or re.fullmatch("[a-z]{2,3}", code)


@given(st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}", fullmatch=True))
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    code = languages.normalize(text)
    assert code is None or languages.normalize(code) == code


@given(st.sampled_from(languages.all_codes()))
def test_names_find_their_language_or_a_closer_one(code: str) -> None:
    for name in languages.names(code):
        found = languages.normalize(unicodedata.normalize("NFC", name))
        assert found is not None and len(found) <= len(code)


def test_languages_of_the_gold_labels_are_listed_in_the_form_of_the_guide(project: Path) -> None:
    files = sorted((project.parent / "shared" / "gold").glob("*.jsonl"))
    if not files:
        pytest.skip("the gold labels are not beside the project")
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    codes = {code for row in rows for code in row["languages"]}
    assert [code for code in sorted(codes) if languages.regional(code) != code] == []
    assert {code.partition("-")[0] for code in codes} <= {
        *languages.all_codes(),
        *languages.SPECIAL,
    }


@pytest.mark.slow
def test_tags_of_the_hub_are_languages_as_the_front_matter_says(project: Path) -> None:
    dump = project.parent / "shared" / "hub" / "hub-2022-02.parquet"
    if not dump.exists():
        pytest.skip("the dump of the Hub is not beside the project")
    right = wrong = 0
    for row in pq.read_table(dump, columns=["info", "card"]).to_pylist():
        declared = front_matter_languages(row["card"] or "")
        for tag in json.loads(row["info"]).get("tags", ()) if declared else ():
            if len(tag) <= 3 and (code := languages.from_hub_tag(tag)):
                right += code in declared
                wrong += code not in declared
    assert right > 9000 and right / (right + wrong) > 0.995


def front_matter_languages(card: str) -> set[str]:
    """The languages that a card declares, pairs included."""
    front = re.match(r"---\n(.*?)\n---\n", card, re.DOTALL)
    try:
        said = ryaml.loads(front[1]) if front else None
    except ryaml.InvalidYamlError:
        return set()
    said = said.get("language", ()) if isinstance(said, dict) else ()
    words = [str(word) for word in (said if isinstance(said, list) else [said])]
    alone = {code for word in words if (code := languages.declared(word))}
    return alone.union(*(languages.pair(word) or () for word in words))
