"""Misspelt names: what is suggested instead."""

from __future__ import annotations

import pytest

from kpireport.messages import did_you_mean, which_key

IDS = ("p01", "p02", "p02-01", "p02-02", "p02-10", "p12-01", "n01")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("p2", "p02"),
        ("p002", "p02"),
        ("ｐ０２", "p02"),
        ("P02", "p02"),
        (" p02 ", "p02"),
        ("p2-1", "p02-01"),
        ("p02_01", "p02-01"),
        ("p02.01", "p02-01"),
        ("p0201", "p02-01"),
        ("Ｐ０２－１０", "p02-10"),
    ],
)
def test_a_name_that_differs_in_its_spelling_alone_is_the_one(written: str, meant: str) -> None:
    assert did_you_mean(written, IDS) == f"もしかして 「{meant}」 ですか。"


@pytest.mark.parametrize("written", ["p02-03", "p20-01", "p02-1O"])
def test_wrong_digits_find_what_looks_alike(written: str) -> None:
    assert "「p02-" in did_you_mean(written, IDS)


def test_a_name_like_no_other_lists_all() -> None:
    assert did_you_mean("あいう", ("a", "b")) == "使えるのは 「a」、「b」 です。"
    assert did_you_mean("-", ("a", "b")) == "使えるのは 「a」、「b」 です。"


def test_nothing_to_choose_from() -> None:
    assert did_you_mean("a", ()).startswith("選べるものがまだ書かれていません。")


def test_of_many_the_first_are_told_and_how_many_there_are():
    told = did_you_mean("あいう", [f"n{number:03}" for number in range(113)])
    assert told.startswith("使えるのは 「n000」、「n001」、")
    assert told.endswith("「n019」、ほか93件です。")


def test_a_name_in_the_place_of_a_key_tells_the_key():
    names = {"own": "担当課", "board": "外部評価委員会", "other": ""}
    assert which_key("外部評価委員会", names) == "「外部評価委員会」は、「board」 と書きます。"
    assert which_key("bord", names) == "もしかして 「board」 ですか。"
    assert which_key("", names) == "使えるのは 「board」、「other」、「own」 です。"
