"""What a need is taken to mean."""

from __future__ import annotations

import pytest

from curation.advise.direction import way
from curation.advise.reading import read
from curation.advise.telling import declared, understood
from curation.records import Result


@pytest.mark.parametrize(
    ("need", "tasks"),
    [
        ("detecting objects", ("object-detection",)),
        ("sort my pictures", ("image-classification",)),
        ("whats in a photo", ("image-classification",)),
        ("tl;dr", ("summarization",)),
        ("named entities in letters", ("token-classification",)),
        ("German to English", ("translation",)),
        ("find similar questions in our FAQ", ("sentence-similarity", "question-answering")),
    ],
)
def test_a_task_is_understood_however_it_is_said(need: str, tasks: tuple[str, ...]) -> None:
    assert read(need).tasks == tasks


@pytest.mark.parametrize(
    ("need", "without"),
    [
        ("sentiment of stock news, not tweets", {"domains": ("social-media",)}),
        ("object detection, not for signatures", {"subtasks": ("signature-detection",)}),
        ("transcribe calls that are not in English", {"languages": ("en",)}),
        ("chat, but not in the browser", {"platforms": ("browser",)}),
        ("embeddings, neither English nor Chinese", {"languages": ("en", "zh")}),
        ("chat with non-English customers", {"languages": ("en",)}),
        ("mails that are not spam", {}),
        ("spam or not spam", {}),
        ("not safe for work pictures", {}),
        ("object detection, but not only signatures", {}),
    ],
)
def test_what_is_denied_is_not_wanted(need: str, without: dict[str, tuple[str, ...]]) -> None:
    reading = read(need)
    assert reading.without == without
    wanted = (*reading.subtasks, *reading.domains, *reading.languages, *reading.platforms)
    assert not {slug for slugs in without.values() for slug in slugs} & {*wanted}


def test_a_task_leads_narrow_uses_that_are_none_of_it() -> None:
    reading = read("text to image, not safe for work allowed")
    assert (reading.tasks, reading.subtasks) == (("text-to-image",), ())
    assert set(reading.rest) >= {"safe"}
    assert read("classify texts by sentiment").subtasks == ("sentiment-analysis",)
    assert read("sentiment of transcripts").subtasks == ("sentiment-analysis",)


def test_words_of_denial_are_understood() -> None:
    assert read("chat, neither English nor Chinese, except for code").rest == ()


def test_a_denial_that_leaves_nothing_to_do_is_part_of_the_work() -> None:
    assert read("mails that are not spam").subtasks == ("spam-detection",)
    assert read("not only detect signatures").subtasks == ("signature-detection",)


def test_not_only_one_is_more() -> None:
    assert read("object detection, not only signatures").subtasks == ()
    assert read("transcribe, not only English").languages == ("mul",)


@pytest.mark.parametrize(
    ("need", "pair"),
    [
        ("translate English into German", ("en", "de")),
        ("translate into German from English", ("en", "de")),
        ("Chinese-English translation", ("zh", "en")),
        ("translate between English and German", (None, None)),
        ("translate into German", (None, "de")),
        ("translate from German", ("de", None)),
        ("translate German", (None, None)),
        ("from German to German", ("de", None)),
    ],
)
def test_the_way_of_a_translation(need: str, pair: tuple[str | None, str | None]) -> None:
    reading = read(need)
    assert (reading.source, reading.target) == pair


@pytest.mark.parametrize(
    ("id", "pair"),
    [
        ("Helsinki-NLP/opus-mt-zh-en", ("zh", "en")),
        ("acme/t5-English-to-Chinese", ("en", "zh")),
        ("acme/wmt19-eng-zho", ("en", "zh")),
        ("Helsinki-NLP/opus-mt-ROMANCE-en", None),
        ("acme/chinese", None),
        ("zh-en/model", None),
        ("", None),
    ],
)
def test_an_id_may_say_the_way(id: str, pair: tuple[str, str] | None) -> None:
    assert way(id, ("en", "zh")) == way(id, ("zh", "en")) == pair


def test_maltese_is_not_machine_translation() -> None:
    assert way("Helsinki-NLP/opus-mt-en-mt", ("en", "mt")) == ("en", "mt")


@pytest.mark.parametrize(
    ("need", "most"),
    [
        ("chat model under 200MB", 200 * 10**6),
        ("chat on 8 GB of RAM, at most 1.5GiB", 3 * 2**29),
        ("a 7B chat model", None),
        ("chat, 0 MB", None),
    ],
)
def test_a_size_within_the_need_is_a_bound(need: str, most: int | None) -> None:
    reading = read(need)
    assert reading.max_bytes == most
    assert reading.tasks == ("text-generation",)
    assert not {"mb", "gb", "200mb", "under", "ram"} & {*reading.rest} or most is None


@pytest.mark.parametrize("need", ["detect weapons in pictures", "representations", "make it work"])
def test_general_words_and_single_words_guess_nothing(need: str) -> None:
    assert not read(need).understood


def test_a_field_alone_is_no_task() -> None:
    reading = read("a model for legal texts")
    assert (reading.tasks, reading.subtasks, reading.domains) == ((), (), ("legal",))
    assert reading.rest == ()
    assert read("detect fraud in bank transfers").rest == ("fraud", "transfers")


def test_a_field_that_the_use_names_is_no_other_wish() -> None:
    reading = read("nsfw filter")
    assert (reading.subtasks, reading.domains, reading.fields) == (
        ("nsfw-detection",),
        ("adult",),
        (),
    )
    assert read("spam filter for banks").fields == ("finance",)


@pytest.mark.parametrize(
    ("need", "subtask"),
    [
        ("spam filter", "spam-detection"),
        ("emotion classifier", "emotion-detection"),
        ("sarcasm detector", "sarcasm-detection"),
        ("grammar corrector", "grammar-correction"),
    ],
)
def test_what_does_it_may_stand_for_doing_it(need: str, subtask: str) -> None:
    assert read(need).subtasks == (subtask,)


def test_what_was_understood_is_said() -> None:
    need = "sentiment of German stock news about mergers on a phone, not tweets"
    assert list(understood(read(need))) == [
        (
            "understood: sentiment analysis; field: finance and news; language: German;"
            " platform: mobile; not social media"
        ),
        "not understood: mergers",
    ]
    assert list(understood(read("German into English"))) == [
        "understood: translation (a guess); from German into English"
    ]
    assert list(understood(read("frobnicate"))) == [
        "what the model is to do was not understood: say it in other words"
    ]


def test_declared_results_stand_by_what_they_were_measured_on() -> None:
    results = [
        Result(task="asr", dataset=data, metric=metric, value=value, split=split)
        for data, metric, value, split in (
            ("Common Voice", "WER", 9.8, "test"),
            ("Libri", "WER", 3.0, None),
            ("Common Voice", "CER", "2.4", "test"),
            ("Common Voice", "WER", 8.1, "dev"),
        )
    ]
    assert list(declared(results, "0123456789" * 4)) == [
        "declared by its card at 0123456: WER 9.8, CER 2.4 on Common Voice (test)",
        "declared by its card at 0123456: WER 3.0 on Libri",
        "declared by its card at 0123456: WER 8.1 on Common Voice (dev)",
    ]
    assert list(declared(results[1:2], None)) == ["declared by its card: WER 3.0 on Libri"]
