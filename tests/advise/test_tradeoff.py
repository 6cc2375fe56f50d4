from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.advise.population import population
from curation.advise.tradeoff import Tradeoff, breadth, tradeoff
from curation.errors import UsageError
from curation.model import Model

pytest.importorskip("scipy", reason="needs the extra 'advise'")

KINDS = ("domain", "language", "task")


def told(number: int, size: int | None, narrow: int, task: str = "fill-mask") -> Model:
    scope = "specialized" if narrow else "general"
    name = f"acme/m{number:03}"
    return Model(id=name, scope=scope, kinds=KINDS[:narrow], task=task, parameters=size)


def measured(*held: Model) -> Tradeoff:
    return tradeoff(population(held))


@pytest.fixture(scope="module")
def falling() -> Tradeoff:
    """The smaller the narrower, without exception."""
    return measured(*(told(n, 10 ** (6 + n // 5), 3 - n // 5) for n in range(20)))


def test_a_perfect_order_is_found(falling: Tradeoff) -> None:
    assert falling.correlation.spearman == 1.0
    assert falling.correlation.kendall == 1.0
    assert falling.verdict == "smaller is narrower"
    assert falling.n == 20


def test_its_mirror_is_found() -> None:
    found = measured(*(told(n, 10 ** (6 + n // 5), n // 5) for n in range(20)))
    assert found.correlation.spearman == -1.0
    assert found.verdict == "smaller is broader"


def test_shares_of_bins_have_intervals(falling: Tradeoff) -> None:
    bins = falling.tiers
    assert list(bins) == ["up to 100M", "100M to 1B"]
    assert (bins["up to 100M"].count, bins["up to 100M"].n) == (15, 15)
    low, high = bins["up to 100M"].interval
    assert 0.75 < low < 1.0 == high


def test_only_stated_sizes_and_known_scopes_count() -> None:
    held = (told(1, 100, 1), told(2, None, 1), Model(id="acme/x", scope="unknown", parameters=100))
    found = measured(*held)
    assert (found.models, found.sizeless, found.scopeless, found.n) == (3, 1, 1, 1)


def test_too_few_or_constant_tell_nothing() -> None:
    assert measured(told(1, 100, 1)).correlation.spearman is None
    constant = measured(*(told(n, 100 + n, 0) for n in range(20)))
    assert constant.correlation.spearman is None
    assert constant.verdict == "no relation shown"
    assert measured().narrow is None


def test_what_breaks_the_pattern_is_named() -> None:
    held = [told(n, 1000 + n, 1) for n in range(20)]
    held += [told(90, 1, 0), told(91, 10**9, 3)]
    found = measured(*held)
    assert [one.id for one in found.small_but_broad] == ["acme/m090"]
    assert found.large_but_narrow[0].id == "acme/m091"


def test_only_the_outer_quarters_break_it() -> None:
    found = measured(*(told(n, 1000 + n, 0 if n < 10 else 1) for n in range(20)))
    assert [one.size for one in found.small_but_broad] == [1000, 1001, 1002, 1003, 1004]
    assert [one.size for one in found.large_but_narrow] == [1019, 1018, 1017, 1016]


def test_the_methods_are_named(falling: Tradeoff) -> None:
    assert "1,000 resamples" in falling.methods["correlation intervals"]


def test_tasks_with_enough_models_have_a_row(falling: Tradeoff) -> None:
    assert [row.task for row in falling.tasks] == ["fill-mask"]
    few = measured(*(told(n, n + 1, n % 2, f"task-{n}") for n in range(12)))
    assert few.tasks == ()


def test_bytes_have_the_tiers_of_the_catalog() -> None:
    models = [Model(id=f"a/{n}", scope="general", bytes=10**n) for n in (6, 9, 12)]
    found = tradeoff(population(models))
    assert found.measure == "bytes"
    assert list(found.tiers) == ["lightweight", "standard", "xlarge"]


def test_the_same_data_give_the_same_intervals(falling: Tradeoff) -> None:
    again = measured(*(told(n, 10 ** (6 + n // 5), 3 - n // 5) for n in range(20)))
    assert again == falling


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 3)), max_size=9))
def test_counts_add_up(pairs: list[tuple[int, int]]) -> None:
    held = [told(n, size, narrow) for n, (size, narrow) in enumerate(pairs)]
    found = measured(*held)
    assert sum(one.n for one in found.tiers.values()) == found.n == len(pairs)
    assert all(breadth(one) == 0 for one in found.small_but_broad)


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_plot_is_the_same_each_time(tmp_path: Path, falling: Tradeoff, suffix: str) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra 'plot'")
    from curation.advise.plot import draw

    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    draw(falling, first, "test")
    draw(falling, second, "test")
    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) > 2000
    if suffix == ".svg":
        text = first.read_text(encoding="utf-8")
        assert "smaller is narrower" in text
        assert "n = 15" in text


def test_a_source_is_no_formula(tmp_path: Path, falling: Tradeoff) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra 'plot'")
    from curation.advise.plot import draw

    draw(falling, tmp_path / "plot.svg", r"$\frac{$_<b>.jsonl")
    text = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert r"$\frac{$_&lt;b&gt;.jsonl: 20 of 20 models" in text
    assert "pale: fewer than 10 models" in text
    assert ">100%<" in text


def test_a_plot_in_another_format_is_refused(tmp_path: Path, falling: Tradeoff) -> None:
    from curation.advise.plot import draw

    with pytest.raises(UsageError, match="no format for a plot"):
        draw(falling, tmp_path / "plot.gif", "test")


def test_nothing_to_plot_is_said(tmp_path: Path) -> None:
    from curation.advise.plot import draw

    with pytest.raises(UsageError, match="nothing to plot"):
        draw(measured(), tmp_path / "plot.svg", "test")
