"""Several departments' words on one plan: joined in order, and taken apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.collection.contributions import composed, consists_of, own_part

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


TEXTS = {"保育課": "あ\nあ", "企画課": "い"}


@pytest.mark.parametrize(
    ("text", "department", "part"),
    [
        ("（保育課）あ\nあ\n（企画課）ろ", "企画課", "ろ"),
        ("（保育課）う\n（企画課）い", "保育課", "う"),
        ("（保育課）あ\nあ\n（企画課）い\n（教育課）え", "教育課", "え"),
        ("（保育課）あ\nあ\n（企画課）", "企画課", ""),
        ("（保育課）ほか\n（企画課）ろ", "企画課", None),  # another's text, or only like it
        ("文", "企画課", None),
        ("", "企画課", None),
    ],
)
def test_a_department_may_change_its_own_part_of_the_whole(
    text: str, department: str, part: str | None
):
    assert own_part(text, department, TEXTS, ORDER) == part


def test_who_is_alone_in_a_cell_is_handed_no_joined_text():
    assert own_part("（企画課）い", "企画課", {"企画課": "い"}, ORDER) is None


@given(
    st.dictionaries(
        st.sampled_from(ORDER),
        st.text("あ（企画課）\n", min_size=1, max_size=12).map(str.strip).filter(bool),
        min_size=2,
    ),
    st.data(),
)
def test_every_part_is_found_again_whatever_it_says(said: dict[str, str], data: st.DataObject):
    cell = composed(said, ORDER)
    assert consists_of(cell, said)
    if len({*said.values()}) == 1:
        return
    department = data.draw(st.sampled_from(sorted(said)))
    assert own_part(cell, department, said, ORDER) in (
        said[department],
        said[department].removeprefix(f"（{department}）").strip(),
    )
