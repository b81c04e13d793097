"""Which sentence says why something is behind."""

from __future__ import annotations

import pytest

from kpireport.document.pieces import pieces_of
from kpireport.document.sentences import (
    Grounds,
    goes_on,
    grounds_in,
    refers_back,
    says_what_counts,
    sentences,
    without_link,
)

NONE, WEAK, STRONG = Grounds.NONE, Grounds.WEAK, Grounds.STRONG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一つ。二つ。", ["一つ。", "二つ。"]),
        ("一つ\n二つ。", ["一つ", "二つ。"]),
        ("句点がない", ["句点がない"]),
        ("", []),
        ("。", []),
    ],
)
def test_sentences(text: str, expected: list[str]):
    assert list(sentences(text)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("大雨により会場を閉じた。", STRONG),
        ("工事が延びたため、開館できなかった。", STRONG),
        ("会員の減少から、解散する団体があった。", STRONG),
        ("担い手が足りません。", STRONG),
        ("用地の取得に時間を要しています。", STRONG),
        ("講師の確保が難しい。", STRONG),
        ("改修に費用がかかることが、貸出しの妨げになっています。", STRONG),
        ("道路の狭さが支障となっています。", STRONG),
        ("空き店舗は、所有者の同意がありません。", STRONG),
        ("移転先が決まりません。", WEAK),
        ("買い手が見つからず、手放す方が増えた。", WEAK),
        ("まず、窓口を広げました。", NONE),
        ("改修と重なる学校があり、目標を下回りました。", WEAK),
        ("手続が滞り、利用者が減りました。", STRONG),
        ("見回りを続け、苦情が減りました。", WEAK),
        ("40校に広げました。", NONE),
        ("再開した。", NONE),
        ("７校で新たに開始した。", NONE),
        ("来場者は目標に届きませんでした。", NONE),
        ("前年度から増やしましたが、目標には届いていません。", NONE),
        ("目標の達成が課題です。", NONE),
        ("特に課題はありません。", NONE),
        ("人手の不足は解消しました。", NONE),
        ("国から補助を受けた。", NONE),
        ("広げるための会議を開いた。", NONE),
        ("着手には至っていません。", NONE),
        ("", NONE),
    ],
)
def test_how_well_a_sentence_says_why(sentence: str, expected: Grounds):
    assert grounds_in(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "printed", "expected"),
    [
        ("着手率は65.0％であり、変わりません。", "65.0％", WEAK),
        ("着手率は65.0％と変わりません。", "65.0％", NONE),
        ("着手率は６５．０％と変わりません。", "65.0％", NONE),
        ("利用者は1,903人と増えません。", "年間1,903人", NONE),
        ("設備の選定にも入れません。", "業者の選定", WEAK),
        ("業者の選定はまだない。", "業者の選定（準備）", NONE),
    ],
)
def test_what_is_printed_beside_it_is_no_reason(sentence: str, printed: str, expected: Grounds):
    assert grounds_in(sentence, (printed,)) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("特定の園を希望する方を除く。", True),
        ("県の施行する路線を含む。", True),
        ("利用者が減った。", False),
    ],
)
def test_what_is_counted(sentence: str, expected: bool):
    assert says_what_counts(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("人口の増加が影響しています。", True),
        ("所有者が多い建物では、時間がかかります。", True),
        ("要因は雨です。", True),
        ("これは雨によるものです。", True),
        ("子どもの参加が少ない。", True),
        ("また、雨が続きました。", False),
        ("一方で雨が続きました。", False),
        ("避難所は不足しています。", False),
        ("避難所の人材も不足しています。", False),
    ],
)
def test_whether_a_sentence_goes_on(sentence: str, expected: bool):
    assert goes_on(sentence) is expected


def test_what_ties_a_sentence_to_another():
    assert without_link("また、店が足りません。") == "店が足りません。"
    assert without_link("店が足りません。") == "店が足りません。"
    assert without_link("・一方で、店が足りません。") == "店が足りません。"
    assert refers_back("そのため、開けません。")
    assert not refers_back("雨のため、開けません。")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("窓口の移転", "窓口の移転先がない。", ["窓口の移転"]),
        ("窓口の移転", "移転する窓口がない。", ["窓口", "移転"]),
        ("みどり園の整備", "みどりの丘を整備する。", ["整備"]),  # three letters of hiragana
        ("まちあるきの参加", "まちあるきが減った。", ["まちあるき"]),
        ("相談する体制", "実施する。", []),
        ("ＥＶの導入", "EVは高い。", ["EV"]),
        ("窓口・会議", "窓口会議", ["窓口", "会議"]),
        ("窓口", "", []),
    ],
)
def test_the_pieces_in_common(name: str, text: str, expected: list[str]):
    assert list(pieces_of(name, text)) == expected
