"""What the checks of the plan's file say is said of a workbook without a word of JSON."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.plan_books.wording import in_words_of_the_book
from kpireport.sources import catalogue_file

SOURCES = Path(catalogue_file.__file__).parent
CHECKS = sorted(
    each
    for pattern in ("*_checks.py", "step_checks.py", "printed_quantities.py", "repeated.py")
    for each in SOURCES.glob(pattern)
    if not each.name.startswith("actuals")
)
_JAPANESE, _FILLED = re.compile("[ぁ-ん]"), "■"
_OF_JSON = re.compile(r'[A-Za-z]+_[a-z]+|[a-z]{3,}|[{}\[\]"]|項目|JSON')


def _sentences(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kept: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.JoinedStr):  # docstrings; parts of f-strings
            kept |= {id(each) for each in ast.walk(node) if each is not node}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr():
                parts = (
                    str(each.value) if isinstance(each, ast.Constant) else _FILLED
                    for each in node.values
                )
                text = "".join(parts).replace('"■"', '"at_least"')
                yield text.replace("項目■（■）", "項目「name」（名称）")
            case ast.Constant(value=str(text)) if id(node) not in kept:
                yield text


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_no_sentence_of_a_check_speaks_of_json(path: Path) -> None:
    sentences = [each for each in _sentences(path) if _JAPANESE.search(each)]
    said = [in_words_of_the_book(each) for each in sentences]
    assert [each for each in said if _OF_JSON.search(each)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'この項目を消すか、"kind" を "at_least" などに直してください。',
            "このセルを空にするか、「種類」を「目標値以上にする」などに直してください。",
        ),
        (
            '減らすなら "kind": "at_most" と書いてください。',
            "減らすなら「目標の種類」を「目標値以下にする」と書いてください。",
        ),
        (
            '"deadline": 2022 と書くか、印字のほうの誤りを直してください。',
            "「期限」に「2022」と書くか、印字のほうの誤りを直してください。",
        ),
        (
            "categories に区分を書くか、category を消してください。",
            "シート「区分」に区分を書くか、「区分」を消してください。",
        ),
        ("「baseline」の列がありません。", "「baseline」の列がありません。"),
    ],
)
def test_items_are_called_as_the_columns_are(said: str, told: str) -> None:
    assert in_words_of_the_book(said) == told
