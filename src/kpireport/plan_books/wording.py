"""What is said of the plan's file, said of its workbook.

Comes in: sentences of the file's checks, which name items of JSON. Goes out: the same in the
words of the workbook's sheets and columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kpireport.domain.layouts import COLUMN_WORDS, column_word
from kpireport.domain.target_kinds import TargetKind
from kpireport.plan_books import columns as of

_ITEMS = {
    "quantities": "「数量」の列",
    "shared_with": "「上の行と共通」の列",
    "as_of": "「現状値の時点」",
    "first_known": "「最初の実績が起点」",
    "deadline": "「期限」",
    "step": "「増減の数」",
    "yearly_targets": "年度ごとの目標値の列",
    "fiscal_year": "年度",
    "numeric_target": "「数値目標の年度」",
    "baseline": "「現状値」",
    "target": "「目標値」",
    "text": "印刷の文字",
    "kind": "「種類」",
    "name": "「名称」",
    "title": "「名称」",
    "number": "「番号」",
    "numeral": "「番号」",
    "label": "「見出し」",
    "departments": "「所管課」",
    "survey": "「調査の年度」",
    "category": "「区分」",
    "categories": "シート「区分」",
    "cumulative": "「累計で評価」",
    "past": "「過去値」",
    "details": "「欄：…」の列",
    "unit": "「単位」",
    "prefix": "前置き",
    "goals": "シート「基本目標」",
    "sections": "シート「中間の階層」",
    "plans": "シート「戦略計画」",
    "indicators": "シート「指標」",
    "numeric_targets": "シート「数値目標」",
    "directions": "シート「方向性」",
    "introduction": "シート「はじめに」",
    "notes": "注の行",
    "callouts": "シート「表の見方」",
    "how_to_read": "シート「表の見方」",
    "evaluators": "シート「評価者」",
    "comments": "シート「計画ごとの欄」",
    "answers": "シート「指標ごとの欄」",
    "choices": "「選択肢」",
    "is_mark": "「評価」",
    "by": "「評価者」",
    "levels": "シート「階層」",
    "show": "「示し方」",
    "page": "「頁を改める」",
    "two_lines": "２行に分けた",
    "layout": "シート「表の列」",
    "review": "実績版",
    "column": "「列」",
    "header": "「見出し」",
    "width": "「幅」",
    "group": "「まとめの見出し」",
    "years": "「年度」",
    "last": "「最近の何年度分」",
    "former": "「改定前の値も示す」",
    "by_year": "「年度ごとの列」",
    "to_come": "「これからの年度も示す」",
    "words": "「呼び方」",
    "revisions": "シート「改定」",
    "changes": "シート「改定」",
    "change": "「変更の種類」",
    "continues": "「引き継ぐ指標」",
    "into": "シート「改定で加える指標」",
    "after": "「置く所」",
    "labels": "シート「基本情報」の見出し",
    "municipality": "「自治体名」",
    "comments_of": "「コメントを書く階層」",
}
"""What a workbook calls the items of the plan's file that the checks speak of."""

_CHOICES = {
    **of.KINDS.words,
    **of.SHOWN.words,
    **of.ANSWER_KINDS.words,
}

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _kind(match: re.Match[str]) -> str:
    return f"「{of.KIND}」を「{TargetKind(match[1]).facts.in_short}」"


def _quoted_choice(match: re.Match[str]) -> str:
    return f"「{_CHOICES[match[1]]}」"


_KIND_NAMES = "|".join(map(str, TargetKind))
_CHOICE_NAMES = "|".join(sorted(map(re.escape, _CHOICES), key=len, reverse=True))
_RULES: tuple[_Rule, ...] = (
    (
        re.compile(r'"years": \[2020, 2022\].*?"every": 2 の両方を書いてください（.*?）。'),
        "「2020、2022」のように年度を並べるか、「2020から2年ごと」のように書いてください。",
    ),
    (re.compile(r'使えるのは (?:"\w+"（[^）]*）、?)+ です。'), "一覧から選んでください。"),
    (re.compile(r"項目(「[^」]+」)（([^）]+)）がありません"), r"「\2」が書いてありません"),
    (re.compile(r"項目(「[^」]+」)がありません"), r"\1が書いてありません"),
    (re.compile(rf'"kind": "({_KIND_NAMES})"'), _kind),
    (re.compile('"first_known": true'), "「最初の実績が起点」に「はい」"),
    (re.compile('"deadline": ([0-9]+)'), r"「期限」に「\1」"),
    (re.compile('"unit": "([^"]*)"'), r"単位に「\1」"),
    (re.compile(rf"（(?:{'|'.join((*_ITEMS, *_CHOICES, *of.CHANGES.words))})）"), ""),
    (re.compile(rf'"({_CHOICE_NAMES})"'), _quoted_choice),
    (re.compile(rf"「({_CHOICE_NAMES})」"), _quoted_choice),
    (re.compile("この項目を消す"), "このセルを空にする"),
    (re.compile("この項目を消し"), "このセルを空にし"),
    (re.compile("この列を消"), "この行を消"),
    (
        re.compile("印字のとおりに数量を直すか、印字のほうの誤りを直してください。"),
        (
            "印刷の文字が正しければ、「数量」の列のセルを空けてください（印刷の文字から読みます）。"
            "印刷の文字が誤りなら、そちらを直してください。"
        ),
    ),
    (
        re.compile("後から加えたほうに、どこにも使ったことのない記号を付けてください。"),
        "後から加えた行の記号を消してください。空けておけば、新しい記号が付きます。",
    ),
    (re.compile("true か false"), "「はい」か「いいえ」"),
)
_NAMES = "|".join(sorted(_ITEMS, key=len, reverse=True))
_BARE = re.compile(rf'"({_NAMES})"|(?<![A-Za-z0-9_.「\-/])({_NAMES})(?![A-Za-z0-9_\-」.])')
_GAP = re.compile("(?<=[」列]) (?=[ぁ-んァ-ヶ一-龥])|(?<=[ぁ-ん、]) (?=「)")


_COLUMN_NAMES = re.compile(f"「({'|'.join(COLUMN_WORDS)})」")


def in_words_of_columns(text: str) -> str:
    """What is said of a table's columns, these named as staff call them."""
    return _COLUMN_NAMES.sub(lambda match: f"「{column_word(match[1])}」", text)


def in_words_of_the_book(text: str) -> str:
    """What is said of the plan's file, said of the workbook."""
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    text = _BARE.sub(lambda match: _ITEMS[match[1] or match[2]], text)
    return _GAP.sub("", text)
