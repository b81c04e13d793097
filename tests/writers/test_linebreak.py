"""Lines break as JIS X 4051 and JLREQ allow, and where they look best."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.writers.breaks import Breaking, find_breaks
from kpireport.writers.linebreak import split_lines

EM = 10.0


def lines(text: str, characters: float, *, balanced: bool = True) -> list[str]:
    """Break ``text`` in a column of so many full-width characters."""
    advances = [EM / 2 if ord(char) < 0x2000 else EM for char in text]
    width = characters * EM
    breaking = Breaking.NARROW if balanced else Breaking.FILLED
    ends = split_lines(text, advances, (width, width), breaking)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        # the bracket begins a line rather than being cut
        ("165所（定員14,760人）", 10, ["165所", "（定員14,760人）"]),
        ("20.5％（平成30年９月末）", 10, ["20.5％", "（平成30年９月末）"]),
        ("97.2％(H31年4月1日現在）", 10, ["97.2％", "(H31年4月1日現在）"]),
        ("457床（115床増）※令和4年度", 9, ["457床（115床増）", "※令和4年度"]),
        # between phrases, not inside a word
        ("モデル校での活用状況の検証", 10, ["モデル校での", "活用状況の検証"]),
        ("現状値から上昇", 5, ["現状値から", "上昇"]),
        (
            "電子黒板・教員用タブレットパソコン全校配備",
            12,
            ["電子黒板・教員用", "タブレットパソコン", "全校配備"],
        ),
        # nor between an era and its year
        ("原則：平成30年度末", 7.5, ["原則：", "平成30年度末"]),
        ("令和元年度実績", 5.5, ["令和元年度", "実績"]),
        ("都と共同で取り組む仕組みの構築", 10, ["都と共同で取り組む", "仕組みの構築"]),
        # a number stays with its counter
        ("心理５人、保健師４人", 5.5, ["心理５人、", "保健師４人"]),
        ("整備完了６か所", 6.5, ["整備完了", "６か所"]),
        ("寄附額84,215千円", 7, ["寄附額", "84,215千円"]),
        ("差は＋1.0ポイント", 7.5, ["差は", "＋1.0ポイント"]),
        ("基金の残高1億2,000万円", 8, ["基金の", "残高1億2,000万円"]),
        ("延長12.5キロメートル", 9, ["延長", "12.5キロメートル"]),
        ("排出量912ｇ", 5, ["排出量", "912ｇ"]),
        # a unit stays whole where there is no number
        ("増減ポイント", 4, ["増減", "ポイント"]),
        ("寄附額百万円", 4, ["寄附額", "百万円"]),
        # too narrow for both: the number, then the unit
        ("150,000千円", 4.5, ["150,000", "千円"]),
        ("＋1.0ポイント", 4.5, ["＋1.0", "ポイント"]),
        # fits: one line
        ("６か所", 3, ["６か所"]),
    ],
)
def test_a_narrow_cell_breaks_where_a_reader_would(
    text: str, width: float, expected: list[str]
) -> None:
    assert lines(text, width) == expected


def test_prose_fills_its_lines() -> None:
    text = "地方公共団体は、国の長期ビジョンを踏まえて、戦略を定める。"
    assert lines(text, 12, balanced=False) == [
        "地方公共団体は、国の長期",
        "ビジョンを踏まえて、戦略",
        "を定める。",
    ]


def test_prose_does_not_end_in_a_line_of_two_characters() -> None:
    assert lines("さらに計画を令和元年に策定しました。", 16, balanced=False) == [
        "さらに計画を令和元年に策定しま",
        "した。",
    ]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        (
            "相談の窓口の整備の計画の検討に入りました。",
            19,
            ["相談の窓口の整備の計画の検討に", "入りました。"],
        ),
        ("対象を広げるための制度を整えます。", 15, ["対象を広げるための制度を", "整えます。"]),
        ("相談の窓口を設けます。", 8, ["相談の窓口を", "設けます。"]),
        ("計画の目標は、令和元年度の値です。", 14, ["計画の目標は、令和元年度の", "値です。"]),
        # a phrase that is more than half of the line above is no last line
        (
            "令和３年度に地域包括支援センターです。",
            17,
            ["令和３年度に地域包括支援センター", "です。"],
        ),
    ],
)
def test_a_last_line_of_prose_that_is_not_justified_is_a_phrase(
    text: str, width: float, expected: list[str]
) -> None:
    advances = [EM] * len(text)
    ends = split_lines(text, advances, (width * EM, width * EM), Breaking.RAGGED)
    assert [text[start:end] for start, end in pairwise([0, *ends])] == expected


def test_no_word_is_cut_where_two_lines_more_spare_it() -> None:
    assert lines("ユニバーサルスポーツフェスティバルの地域展開", 9.5) == [
        "ユニバーサル",
        "スポーツ",
        "フェスティバルの",
        "地域展開",
    ]


def test_a_word_wider_than_the_column_is_cut_anywhere() -> None:
    assert lines("A" * 25, 5) == ["A" * 10, "A" * 10, "A" * 5]


@pytest.mark.parametrize(
    "text", ["評価は「○ 順調」が８指標です", "進捗率37.5％ ≥ 年度の目安33.3％", "◎ 達成、× 遅れ"]
)
@pytest.mark.parametrize("balanced", [True, False])
def test_no_line_ends_with_a_sign_that_stands_before_something(text: str, balanced: bool) -> None:
    for width in range(6, 24):
        for line in lines(text, width, balanced=balanced)[:-1]:
            assert line.rstrip()[-1] not in "◎○×≥", (width, line)


def test_no_line_begins_at_a_glued_mark() -> None:
    text = "重要業績評価指標（KPI）※１を設定"
    advances = [EM] * len(text)
    at = text.index("※")
    for width in range(8, 18):
        room = (width * EM, width * EM)
        ends = split_lines(text, advances, room, Breaking.FILLED, glued={at + 1}, marks={at})
        assert at not in ends
        assert at + 1 not in ends


NEVER_FIRST = "、。，．）」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％・：；！？"
NEVER_LAST = "（「『【"


@given(
    st.text("子育て支援12,、。（）「」ーっょ％KPI", min_size=1, max_size=80),
    st.integers(6, 20),
    st.booleans(),
)
def test_nothing_is_lost_and_kinsoku_holds(text: str, width: int, balanced: bool) -> None:
    broken = lines(text, width, balanced=balanced)
    assert "".join(broken) == text
    advances = {char: 0.5 if ord(char) < 0x2000 else 1 for char in text}
    for above, below in pairwise(broken):
        assert sum(advances[char] for char in above) <= width + 1e-6
        # a run without any break that is wider than the column has to be cut somewhere
        if len(lines(above + below, 1000)) == 1 and _has_break(above + below, len(above)):
            assert below[0] not in NEVER_FIRST
            assert above[-1] not in NEVER_LAST


def _has_break(text: str, at: int) -> bool:

    return any(candidate.end == at for candidate in find_breaks(text, Breaking.NARROW))


@pytest.mark.parametrize("breaking", Breaking)
@pytest.mark.parametrize("room", [10.0, 0.0, -3.0])
def test_a_text_without_letters_is_one_line_whatever_the_room(room: float, breaking: Breaking):
    assert split_lines("", (), (room, room), breaking) == [0]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("再編（２ルート）＊２", 6, ["再編", "（２ルート）", "＊２"]),
        ("（実施中）＊１", 5, ["（実施中）", "＊１"]),
        ("35,210人＊１", 6, ["35,210人＊１"]),
    ],
)
def test_a_notes_mark_begins_a_line_rather_than_tear_a_word(
    text: str, width: float, expected: list[str]
) -> None:
    at = text.index("＊")
    advances = [EM / 2 if ord(char) < 0x2000 else EM for char in text]
    room = (width * EM, width * EM)
    ends = split_lines(text, advances, room, Breaking.NARROW, glued={at + 1}, marks={at})
    assert [text[start:end] for start, end in pairwise((0, *ends))] == expected


def test_no_last_line_of_a_wide_cell_is_a_word_alone() -> None:
    text = (
        "年度の目安＝（その年度－現状値の年度）÷（目標の年度－現状値の年度）。目標の年度からは100％"
    )
    assert lines(text, 52)[-1] != "100％"
    assert lines(text, 52)[-1].endswith("からは100％")
