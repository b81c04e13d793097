"""What is another in two texts, in 【 】."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.comparing import highlighted

SENTENCE = "認可保育所を{}所とし、入所を希望する全ての児童を受け入れることができました。"


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (
            SENTENCE.format("14,760"),
            SENTENCE.format("14,860"),
            (SENTENCE.format("【14,760】"), SENTENCE.format("【14,860】")),
        ),
        (
            SENTENCE.format(5),
            SENTENCE.format(5) + "目標を達成しました。",
            (SENTENCE.format(5) + "【】", SENTENCE.format(5) + "【目標を達成しました。】"),
        ),
        ("８か所", "９か所", ("８か所", "９か所")),
        (
            "都の児童相談所の職員が区の窓口で相談に応じる支援を開始しました。",
            "令和４年１月からスマートフォンによる電子システムの運用を始めています。",
            (
                "都の児童相談所の職員が区の窓口で相談に応じる支援を開始しました。",
                "令和４年１月からスマートフォンによる電子システムの運用を始めています。",
            ),
        ),
    ],
)
def test_only_what_is_another_is_marked(old: str, new: str, marked: tuple[str, str]) -> None:
    told = highlighted(old, new)

    assert (told.old, told.new) == marked


@given(st.text("あいう、。10 \n", max_size=80), st.text("あいう、。10 \n", max_size=80))
def test_without_the_marks_both_are_as_they_were(old: str, new: str) -> None:
    told = highlighted(old, new)

    for text, marked in ((old, told.old), (new, told.new)):
        assert marked.replace("【", "").replace("】", "") == text


def test_very_long_texts_are_marked() -> None:
    long = "".join(f"{number}件の報告があり、" for number in range(20_000))
    told = highlighted(f"あ{long}い", f"う{long[::-1]}え")

    assert told.old.replace("【", "").replace("】", "") == f"あ{long}い"


def test_pieces_say_which_of_them_the_other_text_has_not() -> None:
    told = highlighted(SENTENCE.format("14,760"), SENTENCE.format("14,860"))

    assert [each.text for each in told.old_pieces if each.is_own] == ["14,760"]
    assert [each.text for each in told.new_pieces if each.is_own] == ["14,860"]
    assert "".join(each.text for each in told.new_pieces) == SENTENCE.format("14,860")
