from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.advise import match, wishes
from curation.advise.weight import Span, weight
from curation.errors import UsageError
from curation.model import Model
from curation.records import Result

MB = 10**6
DETECTOR = Model(
    id="acme/objects",
    scope="general",
    task="object-detection",
    languages=("zxx",),
    license="apache-2.0",
    bytes=160 * MB,
)
SIGNATURES = Model(
    id="acme/signatures",
    scope="specialized",
    kinds=("task",),
    task="object-detection",
    subtask="signature-detection",
    languages=("zxx",),
    license="agpl-3.0",
    bytes=20 * MB,
)
SPANISH = Model(
    id="acme/oye",
    scope="specialized",
    kinds=("language",),
    task="automatic-speech-recognition",
    languages=("es",),
    license="cc-by-nc-4.0",
    bytes=300 * MB,
)
ENGLISH = Model(
    id="acme/hear",
    scope="general",
    task="automatic-speech-recognition",
    languages=("en",),
    license="mit",
    bytes=90 * MB,
)
ALL = (DETECTOR, SIGNATURES, SPANISH, ENGLISH)


def ids(need: str, *models: Model, **asked: Any) -> list[str]:
    return [one.id for one in match(need, models or ALL, wishes(**asked)).fits]


def lacks(need: str, model: Model, **asked: Any) -> str:
    (one,) = match(need, [model], wishes(**asked)).nearest
    return "; ".join(one.lacks)


def warnings(need: str, model: Model, **asked: Any) -> str:
    (one,) = match(need, [model], wishes(**asked)).fits
    return "; ".join(one.warnings)


def test_a_narrow_need_gets_the_specialist_a_broad_one_the_generalist() -> None:
    assert ids("find signatures on cheques") == ["acme/signatures"]
    assert ids("detect objects in a picture") == ["acme/objects"]


def test_a_narrow_model_says_what_it_is_narrow_to() -> None:
    told = lacks("detect objects", SIGNATURES)
    assert told == "signature detection only, not general object detection"


def test_one_language_is_said() -> None:
    assert warnings("transcribe speech", SPANISH) == (
        "Spanish only; licence cc-by-nc-4.0 is non-commercial"
    )
    assert lacks("transcribe speech", SPANISH, language="German") == "Spanish only, not German"
    assert ids("transcribe speech") == ["acme/hear", "acme/oye"]
    assert ids("transcribe speech", language="es") == ["acme/oye"]
    assert ids("transcribe Spanish calls") == ["acme/oye"]


def test_a_language_that_is_not_known_passes_for_english_only() -> None:
    mute = Model(id="acme/mute", scope="general", task="text-to-speech", languages=("und",))
    assert warnings("text to speech", mute, language="en") == "language not known"
    assert "nothing says that it knows Swahili" in lacks("text to speech", mute, language="sw")


def test_many_languages_are_asked_for_and_warned_of() -> None:
    many = Model(
        id="acme/babel",
        scope="general",
        task="automatic-speech-recognition",
        languages=("mul",),
    )
    assert ids("transcribe speech in many languages", many, *ALL) == ["acme/babel"]
    assert "do not name Basque" in warnings("transcribe speech", many, language="eu")


@pytest.mark.parametrize(
    ("license", "told"),
    [
        ("cc-by-nc-4.0", "licence cc-by-nc-4.0 is non-commercial"),
        ("openrail", "licence openrail is restricted"),
        ("mit", ""),
        ("agpl-3.0", ""),
        (None, ""),
    ],
)
def test_a_licence_that_forbids_uses_is_warned_of_unasked(license: str | None, told: str) -> None:
    one = Model(id="a/x", scope="general", task="object-detection", license=license)
    assert "; ".join(match("object detection", [one]).fits[0].warnings) == told


def test_licences_are_judged_by_kind_and_by_id() -> None:
    assert ids("transcribe speech", licence="permissive") == ["acme/hear"]
    assert "is non-commercial" in lacks("transcribe speech", SPANISH, licence="permissive")
    assert ids("transcribe speech", licence="MIT") == ["acme/hear"]
    assert "mit, not apache-2.0" in lacks("transcribe speech", ENGLISH, licence="apache-2.0")
    unsaid = Model(id="acme/x", scope="general", task="object-detection")
    assert "licence not stated" in warnings("object detection", unsaid, licence="permissive")


@pytest.mark.parametrize(
    ("licence", "fitting"),
    [
        ("permissive", ["mit"]),
        ("copyleft", ["mit", "agpl-3.0"]),
        ("restricted", ["mit", "agpl-3.0", "openrail"]),
        ("Non-Commercial", ["mit", "agpl-3.0", "openrail", "cc-by-nc-4.0"]),
    ],
)
def test_a_class_of_licences_allows_the_freer_ones(licence: str, fitting: list[str]) -> None:
    held = [
        Model(id=f"a/{name}", scope="general", task="text-to-speech", license=name)
        for name in ("mit", "agpl-3.0", "openrail", "cc-by-nc-4.0", "other")
    ]
    assert sorted(ids("text to speech", *held, licence=licence)) == sorted(
        f"a/{name}" for name in fitting
    )
    told = lacks("text to speech", held[-1], licence=licence)
    assert told == f"licence other is of its own kind, not {licence.lower()}"


def test_a_size_is_met_broken_or_unknown() -> None:
    assert ids("transcribe speech", max_size="100MB") == ["acme/hear"]
    assert lacks("transcribe speech", SPANISH, max_size="100MB") == "300 MB, over 100 MB"
    unsaid = Model(id="acme/x", scope="general", task="object-detection")
    assert "size unknown" in warnings("object detection", unsaid, max_size="100MB")


def test_the_least_of_the_sizes_counts() -> None:
    assert ids("transcribe speech, under 100 MB") == ["acme/hear"]
    assert ids("transcribe speech, under 1 GB", max_size="100MB") == ["acme/hear"]
    assert ids("transcribe speech, under 100 MB", max_size="1GB") == ["acme/hear"]


def test_a_count_of_parameters_bounds_the_size() -> None:
    giant = Model(id="a/giant", task="text-generation", scope="general", parameters=35 * 10**9)
    assert lacks("chat", giant, max_size="2GB") == "at least 35 GB, over 2 GB"
    assert weight(giant) == Span(35 * 10**9, 140 * 10**9)
    small = Model(id="a/small", task="text-generation", scope="general", parameters=100 * MB)
    assert ids("chat", small, max_size="400MB") == ["a/small"]
    assert "size not known well enough" in warnings("chat", small, max_size="200MB")


def test_a_platform_must_be_that_of_the_artefact() -> None:
    browser = Model(
        id="a/web",
        scope="specialized",
        kinds=("platform",),
        task="object-detection",
        platforms=("browser",),
    )
    assert ids("object detection", browser, *ALL, platform="browser") == ["a/web"]
    assert "not made for browser" in lacks("object detection", DETECTOR, platform="browser")
    assert warnings("object detection", browser) == "made for browser"


@pytest.mark.parametrize(
    ("said", "platform"),
    [("phone", "mobile"), ("on a phone", "mobile"), ("Laptop", "desktop"), ("TFLite", "mobile")],
)
def test_a_platform_may_be_called_as_people_call_it(said: str, platform: str) -> None:
    assert wishes(platform=said).platform == platform


def test_a_medium_may_come_out_and_a_video_has_sound() -> None:
    voice = Model(id="a/voice", scope="general", task="text-to-speech", languages=("en",))
    assert ids("voice output", voice) == ["a/voice"]
    assert ids("transcribe videos", *ALL) == ["acme/hear", "acme/oye"]


def test_what_is_not_wanted_does_not_fit() -> None:
    told = lacks("object detection, not for signatures", SIGNATURES)
    assert told.endswith("made for signature detection, which is not wanted")
    assert lacks("transcribe, not English", ENGLISH) == "English only, which is not wanted"
    tweets = Model(id="a/t", task="text-classification", domains=("finance", "social-media"))
    assert "made for social media, which is not wanted" in lacks(
        "classify texts, not tweets", tweets
    )
    browser = Model(id="a/w", task="object-detection", platforms=("browser",))
    assert "which is not wanted" in lacks("object detection, not in the browser", browser)


def test_names_keep_their_capitals() -> None:
    apple = Model(id="a/mlx", scope="general", task="text-generation", platforms=("apple",))
    assert lacks("chat in the browser", apple) == "not made for browser; made for Apple"
    guard = Model(id="a/nsfw", task="image-classification", subtask="nsfw-detection")
    assert match("nsfw filter", [guard]).fits[0].why == ("made for NSFW detection",)
    assert match("nsfw filter", [guard]).fits[0].warnings == ()


def test_the_way_of_a_translation_counts() -> None:
    held = [
        Model(id=f"a/opus-mt-{way}", scope="general", task="translation", languages=("de", "en"))
        for way in ("de-en", "en-de", "any")
    ]
    assert ids("translate English into German", *held) == ["a/opus-mt-en-de", "a/opus-mt-any"]
    assert ids("German into English", *held) == ["a/opus-mt-de-en", "a/opus-mt-any"]
    assert ids("translate into German", *held) == ["a/opus-mt-en-de", "a/opus-mt-any"]
    assert ids("translate from German", *held) == ["a/opus-mt-de-en", "a/opus-mt-any"]
    assert lacks("German into English", held[1]) == (
        "from English into German by its id, not the other way"
    )
    assert "nothing says whether" in warnings("German into English", held[2])


def test_what_is_named_first_counts_more() -> None:
    both = [
        Model(id=f"a/{task}", scope="general", task=task, languages=("en",))
        for task in ("question-answering", "sentence-similarity", "feature-extraction")
    ]
    found = ids("find similar questions in our FAQ", *both)
    assert found == ["a/sentence-similarity", "a/feature-extraction", "a/question-answering"]


def test_of_a_field_alone_only_a_model_for_all_of_it_fits() -> None:
    bank = Model(
        id="a/bank",
        kinds=("domain", "task"),
        task="text-classification",
        subtask="sentiment-analysis",
        domains=("finance",),
    )
    words = Model(id="a/words", kinds=("domain",), task="fill-mask", domains=("finance",))
    assert ids("detect fraud in bank transfers", bank, words) == ["a/words"]
    assert "what it is to do was not understood" in lacks("detect fraud in banks", bank)
    assert "sentiment analysis only" in lacks("detect fraud in banks", bank)
    assert warnings("detect fraud in banks", words).endswith("this is a model for fill-mask")
    assert ids("banks", bank, words) == ["a/bank", "a/words"]
    assert warnings("banks", bank).startswith("the need names only a field")


def test_what_a_model_takes_in_counts() -> None:
    faces = Model(id="a/age", task="image-classification", subtask="age-estimation")
    assert ids("estimate the age of a person from a photo", faces) == ["a/age"]
    assert "takes in image, not audio" in lacks("a speaker's age from the voice", faces)


def test_a_need_that_is_not_understood_is_not_answered() -> None:
    answer = match("frobnicate the gizmo", ALL)
    assert (answer.fits, answer.nearest) == ((), ())
    assert not answer.reading.understood
    assert match("frobnicate the signatures of gizmos", ALL).fits[0].id == "acme/signatures"


def test_declared_results_are_carried_with_their_dataset() -> None:
    result = Result(task="asr", dataset="Common Voice", metric="WER", value=9.8)
    (one,) = match("transcribe speech", [Model(**_fields(ENGLISH), results=(result,))]).fits
    assert one.declared == (result,)


def _fields(model: Model) -> dict[str, Any]:
    return {"id": model.id, "scope": model.scope, "task": model.task, "languages": ("en",)}


def test_every_answer_reminds_that_small_may_be_narrow() -> None:
    assert "may be narrow" in match("object detection", ALL).reminder


def test_no_models_no_answer() -> None:
    answer = match("object detection", [])
    assert (answer.fits, answer.nearest, answer.searched) == ((), (), 0)


@pytest.mark.parametrize(
    ("need", "asked", "told"),
    [
        ("", {}, "the need is empty"),
        ("  ?! ", {}, "the need is empty"),
        ("chat", {"language": "tlhx"}, "no language 'tlhx'"),
        ("chat", {"language": "und"}, "no language 'und'"),
        ("chat", {"platform": "brwser"}, "no platform 'brwser'"),
        ("chat", {"max_size": "0"}, "holds no model"),
        ("chat", {"max_size": "big"}, "not a size"),
        ("chat", {"max_size": "-2GB"}, "not a size"),
        ("chat", {"licence": "no such thing"}, "no licence 'no such thing'"),
        (
            "transcribe Spanish calls",
            {"language": "de"},
            "the need says Spanish, the wish is German",
        ),
        (
            "chat in the browser",
            {"platform": "mobile"},
            "the need says browser, the wish is mobile",
        ),
        ("chat, not German", {"language": "de"}, "the need says not German, the wish is German"),
        ("chat, not on a phone", {"platform": "phone"}, "the need says not mobile, the wish is"),
    ],
)
def test_what_makes_no_sense_is_one_clear_line(need: str, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError) as error:
        match(need, ALL, wishes(**asked))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_wish_may_repeat_the_need() -> None:
    assert ids("transcribe Spanish calls", language="es") == ["acme/oye"]


@given(st.text(max_size=600))
def test_no_need_breaks_it(need: str) -> None:
    try:
        answer = match(need, ALL)
    except UsageError as error:
        assert "empty" in str(error)
    else:
        assert len(answer.fits) <= len(ALL)


@given(st.permutations(ALL))
def test_the_order_of_the_models_does_not_matter(models: list[Model]) -> None:
    assert match("transcribe speech", models) == match("transcribe speech", ALL)
