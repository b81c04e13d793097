"""Images that are kept for the next build: the same as drawn ones, never of anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kpireport.document.charts import LineChart
from kpireport.writers import charts
from kpireport.writers.charts import KeptImages, draw_chart, images, kept_images
from kpireport.writers.charts.drawing import Recording
from kpireport.writers.theme import DEFAULT_THEME
from tests.writers.charts.samples import BARS, BARS_SIZE, SMALL, line_chart

ACCENT = DEFAULT_THEME.accent
CHARTS = [line_chart(f"{number} 20 30") for number in range(3)]


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "images_of", images.images_of, raising=False)


@contextmanager
def counted() -> Iterator[list[object]]:
    """Note what images are made of while the body runs."""
    made: list[object] = []
    make = charts.images_of

    def images_of(drawn: Recording) -> images.ChartImages:
        made.append(drawn)
        return make(drawn)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "images_of", images_of, raising=False)
        yield made


def ask(kept: KeptImages, asked: list[LineChart]) -> int:
    """Have charts drawn; return of how many images were made."""
    with counted() as made:
        for chart in asked:
            kept.images(chart, SMALL, ACCENT)
    return len(made)


def packed(asked: list[LineChart], before: bytes = b"") -> bytes:
    kept = KeptImages(before)
    ask(kept, asked)
    data = kept.packed()
    assert data is not None
    return data


def test_kept_images_are_those_that_would_be_drawn() -> None:
    first = KeptImages()
    drawn = [
        first.images(chart, size, ACCENT) for chart, size in ((CHARTS[0], SMALL), (BARS, BARS_SIZE))
    ]
    assert drawn[0] == charts.chart_images(CHARTS[0], SMALL)
    assert drawn[1] == charts.chart_images(BARS, BARS_SIZE)

    second = KeptImages(first.packed() or b"")
    with counted() as made:
        assert second.images(CHARTS[0], SMALL, ACCENT) == drawn[0]
        assert second.images(BARS, BARS_SIZE, ACCENT) == drawn[1]
    assert not made
    assert second.packed() is None


def test_what_is_drawn_otherwise_is_made_anew() -> None:
    data = packed(CHARTS[:1])
    with counted() as made:
        KeptImages(data).images(CHARTS[0], SMALL, "102030")
        KeptImages(data).images(CHARTS[0], (SMALL[0] + 1, SMALL[1]), ACCENT)
        KeptImages(data).images(line_chart("0 20 31"), SMALL, ACCENT)
    assert len(made) == 3


def test_sizes_of_whatever_kind_are_drawn_alike() -> None:
    draw_chart.cache_clear()
    one = repr(draw_chart(CHARTS[0], (150, 100)))
    draw_chart.cache_clear()
    assert repr(draw_chart(CHARTS[0], (150.0, 100.0))) == one


@pytest.mark.parametrize(
    "damaged",
    [
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda data: data[:10],
        lambda data: data + b"\0",
        lambda data: data[:-7] + bytes([data[-7] ^ 1]) + data[-6:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda _: b"<html>",
    ],
)
def test_what_is_damaged_is_as_if_it_were_not(damaged: Callable[[bytes], bytes]) -> None:
    data = packed(CHARTS)
    kept = KeptImages(damaged(data))
    assert ask(kept, CHARTS) == len(CHARTS)
    assert kept.packed() == data


def test_what_another_program_made_is_as_if_it_were_not(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(CHARTS)
    kept_images._makers.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(kept_images, "version", lambda package: f"{package} of another version")
        assert ask(KeptImages(data), CHARTS) == len(CHARTS)
    kept_images._makers.cache_clear()
    assert ask(KeptImages(data), CHARTS) == 0


def test_what_was_not_used_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_images, "MOST", 2)
    data = packed(CHARTS[2:], packed(CHARTS[1:2], packed(CHARTS[:1])))
    assert ask(KeptImages(data), CHARTS[1:]) == 0
    assert ask(KeptImages(data), CHARTS[:1]) == 1


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = packed(CHARTS)
    monkeypatch.setattr(kept_images, "LARGEST", len(whole) - 1)
    kept = KeptImages()
    assert ask(kept, CHARTS) == 3
    data = kept.packed() or b""
    assert len(data) < len(whole)
    assert ask(KeptImages(data), CHARTS[:2]) == 0
    assert ask(KeptImages(data), CHARTS[2:]) == 1


def test_more_charts_than_are_kept_are_all_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_images, "MOST", 1)
    kept = KeptImages()
    for chart in CHARTS:
        assert kept.images(chart, SMALL, ACCENT) == charts.chart_images(chart, SMALL)
    assert kept.is_full
