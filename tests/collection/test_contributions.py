"""Several departments' words on one plan: joined in order, and taken apart again."""

from __future__ import annotations

import pytest

from kpireport.collection.contributions import composed, parts_of

ORDER = ("保育課", "企画課", "教育課")


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        ({}, ""),
        ({"企画課": ""}, ""),
        ({"企画課": "文"}, "文"),
        ({"企画課": "文", "保育課": ""}, "文"),
        ({"企画課": "文", "保育課": "文"}, "文"),
        (
            {"教育課": "う", "企画課": "い\nい", "保育課": "あ"},
            "（保育課）あ\n（企画課）い\nい\n（教育課）う",
        ),
        ({"総務課": "え", "企画課": "い"}, "（企画課）い\n（総務課）え"),
    ],
)
def test_texts_are_joined_in_order(texts: dict[str, str], joined: str):
    assert composed(texts, ORDER) == joined


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("文", {}),
        ("", {}),
        ("文中の（保育課）は、頭ではない。", {}),
        ("（保育課）あ\n（企画課）い\nい", {"保育課": "あ", "企画課": "い\nい"}),
        ("前書き\n（企画課）い", {"": "前書き", "企画課": "い"}),
        ("（企画課）い\n（企画課）ろ", {"企画課": "い\nろ"}),
    ],
)
def test_joined_texts_are_taken_apart(text: str, parts: dict[str, str]):
    assert parts_of(text, ORDER) == parts


def test_nothing_is_lost_on_the_way():
    said = {"保育課": "あ\nあ", "教育課": "う（企画課）う"}
    assert parts_of(composed(said, ORDER), ORDER) == said
    assert parts_of("文", ()) == {}
