"""Two sequences: pairs in order, what came and went, what stands elsewhere, in little time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.word_differences.alignment import aligned, longest_rise


def pairs(olds: list[str], news: list[str]) -> list[tuple[str | None, str | None, bool]]:
    found = aligned(olds, news, key=str, text=str)
    return [(each.old, each.new, each.is_moved) for each in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [("a", "a", False), ("b", "b", False), ("c", "c", False)]),
        ("ac", "abc", [("a", "a", False), (None, "b", False), ("c", "c", False)]),
        ("abc", "ac", [("a", "a", False), ("b", None, False), ("c", "c", False)]),
        ("abc", "cab", [("c", "c", True), ("a", "a", False), ("b", "b", False)]),
        ("aab", "ab", [("a", "a", False), ("a", None, False), ("b", "b", False)]),
        ("", "a", [(None, "a", False)]),
    ],
)
def test_pairs(old: str, new: str, expected: list[tuple[str | None, str | None, bool]]) -> None:
    assert pairs(list(old), list(new)) == expected


def test_what_reads_alike_is_one_thing_that_changed() -> None:
    old = ["増設しました。目標は６か所です。", "土地がない。"]
    new = ["新しい段落が入りました。", "増設しました。目標は８か所です。", "土地がない。"]

    assert pairs(old, new) == [
        (None, new[0], False),
        (old[0], new[1], False),
        (old[1], new[2], False),
    ]


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_nothing_is_lost_and_nothing_told_twice(olds: list[str], news: list[str]) -> None:
    found = pairs(olds, news)

    assert sorted(old for old, _, _ in found if old is not None) == sorted(olds)
    assert [new for _, new, _ in found if new is not None] == news
    assert all(old == new for old, new, is_moved in found if is_moved)


@given(st.lists(st.integers(), unique=True))
def test_a_longest_rise_rises(numbers: list[int]) -> None:
    run = [numbers[at] for at in longest_rise(numbers)]

    assert run == sorted(run)


@pytest.mark.parametrize("word", ["同じ", "{}行目"])
def test_long_sequences_are_paired(word: str) -> None:
    olds = [word.format(number) for number in range(20_000)]
    news = random.Random(1).sample(olds, k=18_000)

    assert [new for _, new, _ in pairs(olds, news) if new is not None] == news
