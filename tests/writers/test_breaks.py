"""What a line would tear where it breaks: nothing, a phrase, a word, a date, a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.writers.breaks import INSIDE_A_PHRASE, Breaking, find_breaks
from tests.writers.test_linebreak import lines

LEAST_INSIDE_A_WORD = 1.8  # dearer than one line more


def costs(text: str) -> dict[str, float]:
    """What a break costs, by the text with the break in it; what may not break is not there."""
    return {
        f"{text[: each.end]}|{text[each.end :]}": each.cost
        for each in find_breaks(text, Breaking.NARROW)
    }


def test_a_date_breaks_behind_its_year_or_month_rather_than_in_its_era() -> None:
    found = costs("令和４年１月１日")
    assert 0 < found["令和４年|１月１日"] == found["令和４年１月|１日"] < LEAST_INSIDE_A_WORD
    assert found["令和|４年１月１日"] > LEAST_INSIDE_A_WORD
    assert lines("22.0％（令和３年９月末）", 6.5) == ["22.0％", "（令和３年", "９月末）"]


@pytest.mark.parametrize(
    "torn",
    [
        # between an era and its year, within a date
        "令和|４年１月",
        "（令和|４年１月）",
        "(H31年4月|1日現在）",
        "(H31年|4月1日現在）",
        "平成|30年度末",
        "令和|元年度",
        "令|和元年度",
        # in words
        "薬|局",
        "対象者のいる薬|局数",
        "実|施",
        "サポー|ト",
        "大泉学|園町",
        "市街|地",
        "(お|ひさまぴよぴよ)",
        # behind a prefix and before a suffix
        "市街地再|開発",
        "再|開発の推進",
        "健康づ|くり",
        "健康づく|りの推進",
        "対象者のいる薬局|数",
        "実施か所|数",
        "全|世帯",
    ],
)
def test_what_is_torn_costs_more_than_a_line_more(torn: str) -> None:
    text = torn.replace("|", "")
    found = costs(text)
    assert torn not in found or found[torn] >= LEAST_INSIDE_A_WORD


@pytest.mark.parametrize(
    "torn",
    [
        "６か|所",
        "６|か所",
        "10カ|国",
        "2,173人|分",
        "３ヶ|月",
        "２箇|所",
        "実施か|所数",
        "16|園",
        "87.5|％",
        "※|１",
        "◎ |達成",
        "＋|1.0",
    ],
)
def test_a_number_and_its_counter_are_never_parted(torn: str) -> None:
    assert torn not in costs(torn.replace("|", ""))


@pytest.mark.parametrize(
    "free",
    [
        "市街地再開発の|推進",
        "健康づくりの|推進",
        "令和４年１月に|開始",
        "整備完了|（６か所）",
        "（仮称）|大泉",
        "現状値から|上昇",
    ],
)
def test_between_phrases_it_costs_nothing(free: str) -> None:
    assert costs(free.replace("|", ""))[free] == 0.0


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("対象者のいる薬局数", 6, ["対象者のいる", "薬局数"]),
        ("市街地再開発の推進", 6, ["市街地", "再開発の推進"]),
        ("健康づくりの推進", 4, ["健康", "づくりの", "推進"]),
        ("健康づくりの推進", 5, ["健康づくり", "の推進"]),
        ("(H31年4月1日現在）", 7, ["(H31年4月1日", "現在）"]),
        ("令和４年１月に開始", 6, ["令和４年１月", "に開始"]),
        ("（令和４年１月）", 8, ["（令和４年１月）"]),
        ("整備完了６か所", 5, ["整備完了", "６か所"]),
        ("明らか所見を", 4, ["明らか", "所見を"]),  # no counter
    ],
)
def test_narrow_cells_are_broken_where_a_reader_would(
    text: str, width: float, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("（４ルート）", ["（４ルート）"]),
        ("整備（実施中）", ["整備", "（実施中）"]),
        ("大泉学園町駅予定地", ["大泉学園町駅", "予定地"]),
        ("22.0％（令和３年９月末）", ["22.0％", "（令和３年", "９月末）"]),
    ],
)
def test_words_are_what_no_line_should_tear_in_brackets_too(text: str, words: list[str]) -> None:
    ends = [each.end for each in find_breaks(text, Breaking.NARROW) if not each.tears]
    found = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert "".join(found) == text
    assert found == words


def test_prose_weighs_nothing() -> None:
    assert {each.cost for each in find_breaks("市街地再開発の推進", Breaking.FILLED)} == {0.0}


_TEXTS = st.text("再開発薬局数令和４年１月31日か所ヶ月％（）「」、。のをアイー12HR ＋", max_size=30)


@given(_TEXTS)
def test_breaks_are_in_order_and_end_with_the_text(text: str) -> None:
    ends = [each.end for each in find_breaks(text, Breaking.NARROW)]
    assert ends == sorted(set(ends))
    assert not text or ends[-1] == len(text)
    assert all(0 < end <= len(text) for end in ends)
    assert all(each.cost >= 0 for each in find_breaks(text, Breaking.NARROW))
    assert INSIDE_A_PHRASE < LEAST_INSIDE_A_WORD


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("A 達成 → B おおむね達成", "A 達成 → B |おおむね達成"),
        ("計画１　Ａ 達成", "計画１　Ａ |達成"),
        ("◎ 達成", "◎ |達成"),
    ],
)
def test_a_mark_stays_with_its_word(text: str, torn: str) -> None:
    assert torn not in costs(text)
    assert "計画 |の推進" in costs("計画 の推進")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        # an era, its year and 度末 are one thing
        ("未着手（期限 令和３年度末）", 8, ["未着手（期限 ", "令和３年度末）"]),
        ("原則：平成30年度末", 6.5, ["原則：", "平成30年度末"]),
        # numbers with what is counted, and from one to another
        ("20～60歳代の肥満者", 6, ["20～60歳代の", "肥満者"]),
        ("答えた若者（18～39歳）", 7, ["答えた若者", "（18～39歳）"]),
        ("９事業所で実施", 5, ["９事業所で", "実施"]),
        ("◎ 中３勉強会の出席率", 8, ["◎ 中３勉強会の", "出席率"]),
        # a mark and its name; of several years
        ("評価は △ やや遅れ", 6, ["評価は ", "△ やや遅れ"]),
        ("A 達成 → B おおむね達成", 8, ["A 達成 → ", "B おおむね達成"]),
        ("△△○の推移", 3.5, ["△△○", "の推移"]),
        # what is in brackets, and an office on a line of its own
        ("特色ある公園等の整備〔道路公園課〕", 10, ["特色ある公園等の整備", "〔道路公園課〕"]),
        ("FAQの職員活用〔情報政策課〕", 9, ["FAQの職員活用", "〔情報政策課〕"]),
        ("まちの実現〔健康推進課〕", 7, ["まちの実現", "〔健康推進課〕"]),
        ("数値目標（Ⅰ）", 5, ["数値目標", "（Ⅰ）"]),
        # katakana: whole as long as it fits, else between its words
        ("児童生徒用タブレットパソコンの配備", 10, ["児童生徒用", "タブレットパソコンの", "配備"]),
        ("教員用タブレットパソコン", 8, ["教員用タブレット", "パソコン"]),
        ("交通インフラの整備", 4, ["交通", "インフラ", "の整備"]),
        ("オンラインによる実施", 5, ["オンライン", "による実施"]),
        ("新商品・新サービスの開発", 9, ["新商品・", "新サービスの開発"]),
        # words that ICU does not know
        ("区民協働による創造", 5, ["区民協働に", "よる創造"]),
        ("地域で安心して暮らす", 5, ["地域で", "安心して", "暮らす"]),
        ("介護予防の推進", 4, ["介護予防", "の推進"]),
        ("保護者が高まったと答えた割合", 8, ["保護者が", "高まったと", "答えた割合"]),
    ],
)
def test_cells_keep_whole_what_is_read_as_one(text: str, width: float, expected: list[str]) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize("torn", ["令和|３年度末", "令和３年度|末", "△ やや|遅れ", "20～|60歳代"])
def test_prose_keeps_it_whole_too(torn: str) -> None:
    ends = {each.end for each in find_breaks(torn.replace("|", ""), Breaking.FILLED)}
    assert torn.index("|") not in ends


def test_only_narrow_cells_part_a_compound_in_katakana() -> None:
    text, at = "タブレットパソコン", 5
    balanced = {each.end: each.cost for each in find_breaks(text, Breaking.BALANCED)}
    assert {each.end: each.cost for each in find_breaks(text, Breaking.NARROW)}[at] < balanced[at]
