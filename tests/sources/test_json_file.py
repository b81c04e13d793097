"""Files that cannot be read at all, and traps of hand-written JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.sources.json_file import read_json
from tests.sources.catalogues import ROW, problems_of, sound, spoilt, write

CHECK_ABOVE = "（直前の行も見てください）"


def bytes_of(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


# --- the file --------------------------------------------------------------------


def test_a_byte_order_mark_is_accepted(tmp_path: Path):
    path = tmp_path / "catalogue.json"
    path.write_bytes(b"\xef\xbb\xbf" + bytes_of(sound()))
    assert problems_of(path) == []


def test_a_missing_file(tmp_path: Path):
    assert problems_of(tmp_path / "catalog.json") == [
        ": ファイルがありません。 → フォルダーとファイル名のつづりを確かめてください。"
    ]


def test_a_folder(tmp_path: Path):
    assert problems_of(tmp_path) == [
        ": ファイルではなくフォルダーです。 → フォルダーの中のファイルを指定してください。"
    ]


def test_a_path_that_is_none(tmp_path: Path):
    (problem,) = problems_of(tmp_path / "a\0b")
    assert problem.startswith(": ファイルを読めません")


SAVE_AS_UTF8 = "「名前を付けて保存」で文字コードに UTF-8 を選び、保存し直してください。"
ONLY_UTF8 = f"読めるのはUTF-8だけです。 → {SAVE_AS_UTF8}"
CONTENTS = {
    "empty": (
        b"",
        ": ファイルが空です。 → 正しいファイルかどうかを確かめてください。",
    ),
    "blank": (
        b"\xef\xbb\xbf \r\n",
        ": ファイルが空です。 → 正しいファイルかどうかを確かめてください。",
    ),
    "Shift_JIS": (
        '{\n"format": 1,\n"municipality": "練馬区"}'.encode("cp932"),
        f"3行目: 文字コードがShift_JIS（ANSI）のようです。{ONLY_UTF8}",
    ),
    "UTF-16": (
        "{}".encode("utf-16"),
        f"1行目: 文字コードがUTF-16です。{ONLY_UTF8}",
    ),
    "binary": (
        b"PK\x03\x04\x80\xff\xff",
        f"1行目: UTF-8のテキストとして読めない箇所があります。 → {SAVE_AS_UTF8}",
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_contents_that_are_no_text(tmp_path: Path, name: str):
    contents, expected = CONTENTS[name]
    path = tmp_path / "catalogue.json"
    path.write_bytes(contents)
    assert problems_of(path) == [expected]


# --- syntax ----------------------------------------------------------------------

SYNTAX = [
    ('{\n  "a": 1\n  "b": 2\n}', "3行目3文字目: コンマがありません。 → 前の項目の後に , を"),
    ('{\n  "a" 1\n}', "2行目7文字目: コロンがありません。 → 項目名の後に : を"),
    ('{"a": }', "1行目7文字目: 値がありません。 → 値を書くか、余分なコンマを消して"),
    ('{"a": 1,\n}', "行目"),  # line and words differ between Python's versions
    ("{a: 1}", '1行目2文字目: 項目名がありません。 → 項目名を半角の " で囲んで'),
    ('{"a": "練馬}', '1行目7文字目: 文字列が閉じていません。 → 終わりに半角の " を'),
    (
        '{"a": "練\n馬"}',
        "1行目9文字目: 文字列の途中で改行しているか、タブなどの制御文字があります。",
    ),
    ('{"a": "\\x"}', "1行目8文字目: \\ の使い方が誤っています。 → \\ そのものは \\\\ 、改行は \\n"),
    ('{"a": 1}}', "1行目9文字目: 終わりの後にまだ文字があります。 → かっこの数が"),
    ('{"a"：1}', "1行目5文字目: 全角の「：」があります。 → : に直してください。"),
    ('{"a": 1，"b": 2}', "1行目8文字目: 全角の「，」があります。 → , に直してください。"),
    ('{"a": “練馬”}', '1行目7文字目: 全角の「“」があります。 → " に直してください。'),
    (
        '{"a":\u3000１}',
        "1行目6文字目: 全角の「\u3000」があります。 → 半角の空白 に直してください。",
    ),
    ('"a\u0000', "1行目"),
    ("[" * 100_000, ": かっこの入れ子が深すぎます。 → 閉じていないかっこがないか"),
    ('{"a":' * 100_000, ": かっこの入れ子が深すぎます。"),
]


@pytest.mark.parametrize(("text", "expected"), SYNTAX, ids=range(len(SYNTAX)))
def test_a_fault_in_the_syntax(tmp_path: Path, text: str, expected: str):
    problem, *_ = problems_of(write(tmp_path, text))
    assert expected in problem
    assert "Expecting" not in problem


def test_all_faults_of_the_syntax_are_told_at_once(tmp_path: Path):
    text = """{
  "years": { "baseline": 令和３, "target": 令和８ },
  "values": [６, 12,000, True, 5,],
  "name": "値" "unit": 人
}"""
    told = [each.partition(" → ")[0] for each in problems_of(write(tmp_path, text))]
    assert told == [
        "2行目26文字目: 「令和３」は、このままでは値になりません。",
        "2行目41文字目: 「令和８」は、このままでは値になりません。",
        "3行目14文字目: 「６」は、全角の数字です。",
        "3行目20文字目: 数の中にコンマがあります。",
        "3行目25文字目: 「True」のつづりが違います。",
        "3行目32文字目: 最後の項目の後にコンマがあります。",
        "4行目15文字目: コンマがありません。",
        "4行目23文字目: 「人」は、このままでは値になりません。",
    ]


@pytest.mark.parametrize("text", ["null", "[]", "5", '"文字列"', "true", "NaN", "-1e999"])
def test_a_file_that_is_no_object(tmp_path: Path, text: str):
    problems = problems_of(write(tmp_path, text))
    assert problems[-1].startswith(": 項目の組でなければなりません")


# --- traps -----------------------------------------------------------------------


def test_a_key_written_twice_is_reported_with_the_other_problems(tmp_path: Path):
    text = json.dumps(spoilt(("goals[1].title", 5)), ensure_ascii=False)
    row = '"id": "i1", "name": "指標i1"'
    assert row in text
    text = text.replace(row, '"id": "i1", "name": "古い名前", "name": "指標i1"')
    twice, other = problems_of(write(tmp_path, text))
    assert twice == (
        f"{ROW}.name: 項目「name」が同じかっこの中に2回以上あります。"
        " → 正しい方を1つだけ残してください。"
    )
    assert other.startswith("goals[1].title: ")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e9999999999999999999"])
def test_what_is_no_number_is_reported(tmp_path: Path, number: str):
    text = json.dumps(sound()).replace('"value": 6,', f'"value": {number},', 1)
    trap, *_ = problems_of(write(tmp_path, text))
    assert trap == (
        f"{ROW}.baseline.quantities[0].value: 数ではない値（NaN、無限大、大きすぎる数）です。"
        " → 数を書くか、この項目を消してください。"
    )


@pytest.mark.parametrize("number", ["1e999", "1e999999999", "-1e20", "9" * 5000])
def test_a_number_beyond_all_counting_is_refused(tmp_path: Path, number: str):
    text = json.dumps(sound()).replace('"value": 6,', f'"value": {number},', 1)
    assert problems_of(write(tmp_path, text)) == [
        f"{ROW}.baseline.quantities[0].value: 数が大きすぎます。 → けた数を確かめてください。"
    ]


@pytest.mark.parametrize("number", ["1e-999", "1e-999999999", "0.00000001"])
def test_a_number_too_fine_is_refused(tmp_path: Path, number: str):
    text = json.dumps(sound()).replace('"value": 6,', f'"value": {number},', 1)
    (problem,) = problems_of(write(tmp_path, text))
    assert "小数点以下のけた数が多すぎます" in problem


def test_a_name_that_cannot_be_printed_does_not_break_the_report(tmp_path: Path):
    problems = problems_of(write(tmp_path, spoilt(("goals[0].a\ud800\u0007", 1))))
    fault = "項目名「a\\uD800\\u0007」に、使えない文字があります。"
    assert problems == [f"goals[0]: {fault} → その文字を消してください。"]


def test_numbers_are_read_exactly(tmp_path: Path):
    path = write(tmp_path, '{"a": 62.1, "b": 0.1000000000000000055511151231257827}')
    assert read_json(path, Findings("")) == {
        "a": Decimal("62.1"),
        "b": Decimal("0.1000000000000000055511151231257827"),
    }


def test_the_error_can_always_be_printed(tmp_path: Path):
    path = write(tmp_path, spoilt(("goals[0].title", "\ud800\u0000\ufffe"), ("goals[1].\ud800", 1)))
    with pytest.raises(InputError) as caught:
        read_json(tmp_path / "\ud800\n", Findings("\ud800\n"))
    assert str(caught.value).encode()
    for problem in problems_of(path):
        assert problem.encode()
