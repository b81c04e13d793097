"""JSON files written by hand: their values, with the traps of hand-writing reported.

Comes in: the path of a UTF-8 file of JSON (RFC 8259). Goes out: plain ``dict``,
``list``, ``str``, ``bool``, ``None`` and exact numbers (``int``, ``Decimal``;
a binary float would turn 62.1 into something else). Reported beyond syntax:
a key written twice in one object, of which a parser would silently drop the
first, and numbers that are none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn, TypeAlias

from kpireport.findings import MOST_FAULTS, Findings
from kpireport.messages import PathStep, path_text, quoted
from kpireport.sources.json_syntax import SyntaxFault, is_wide, syntax_faults
from kpireport.sources.text_file import read_text

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | Decimal | float | bool | None"

_LONGEST_INTEGER = 100  # digits; int() refuses some thousands, and no plan counts so far

_SYNTAX = (
    ("Expecting value", "値がありません。", "値を書くか、余分なコンマを消してください。"),
    (
        "Expecting ',' delimiter",
        "コンマがありません。",
        "前の項目の後に , を入れてください。",
    ),
    ("Expecting ':' delimiter", "コロンがありません。", "項目名の後に : を入れてください。"),
    (
        "Expecting property name",
        "項目名がありません。",
        '項目名を半角の " で囲んでください。最後の項目の後のコンマは消してください。',
    ),
    (
        "Illegal trailing comma",
        "最後の項目の後にコンマがあります。",
        "そのコンマを消してください。",
    ),
    ("Unterminated string", "文字列が閉じていません。", '終わりに半角の " を入れてください。'),
    (
        "Invalid control character",
        "文字列の途中で改行しているか、タブなどの制御文字があります。",
        "文字列は1行で書き、改行は \\n と書いてください。",
    ),
    (
        "Invalid \\",
        "\\ の使い方が誤っています。",
        "\\ そのものは \\\\ 、改行は \\n と書いてください。",
    ),
    (
        "Extra data",
        "終わりの後にまだ文字があります。",
        "かっこの数が合っているか確かめてください。",
    ),
)
_VAGUE = ("Expecting value", "Expecting ','", "Illegal trailing", "Unterminated")
_OTHER_SYNTAX = ("計画のファイルとして読めません。", "かっこ、コンマ、引用符を確かめてください。")


class _RepeatedKeys(dict[str, Json]):
    """An object in which a key was written more than once; the last value stands."""

    def __init__(self, pairs: list[tuple[str, Json]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in counts.items() if count > 1)


def read_json(path: Path, log: Findings) -> Json:
    """The file's value; what can be read but not meant is noted in ``log``.

    Raises:
        InputError: if the file cannot be read or is not JSON.
    """
    return parse_json(read_text(path, log), log)


def parse_json(text: str, log: Findings) -> Json:
    """The value of a file's text; see :func:`read_json`."""
    hooks = _Hooks()
    try:
        value: Json = json.loads(
            text,
            parse_float=hooks.read_decimal,
            parse_int=hooks.read_integer,
            parse_constant=hooks.read_constant,
            object_pairs_hook=hooks.read_object,
        )
    except json.JSONDecodeError as error:
        _fail_syntax(error, log)
    except RecursionError:
        log.fail("", "かっこの入れ子が深すぎます。", "閉じていないかっこがないか確かめてください。")
    if hooks.met_trap:
        _log_traps(value, log)
    return value


class _Hooks:
    """What the parser calls for each number and object.

    The parser does not tell them where they are: a trap leaves a mark (a float, or
    an object of repeated keys), and only a file that has one is searched for it.
    """

    def __init__(self) -> None:
        self.met_trap = False

    def read_integer(self, digits: str) -> int | Decimal:
        return int(digits) if len(digits) <= _LONGEST_INTEGER else Decimal(digits)

    def read_decimal(self, digits: str) -> Decimal | float:
        try:
            return Decimal(digits)
        except InvalidOperation:  # an exponent beyond what Decimal can hold
            return self.read_constant("Infinity")

    def read_constant(self, name: str) -> float:
        self.met_trap = True
        return float(name)

    def read_object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        value = dict(pairs)
        if len(value) == len(pairs):
            return value
        self.met_trap = True
        return _RepeatedKeys(pairs)


def _fail_syntax(error: json.JSONDecodeError, log: Findings) -> NoReturn:
    """Tell all faults of the syntax; the parser's own words where no other are found."""
    what, remedy = next(
        (rest for message, *rest in _SYNTAX if error.msg.startswith(message)), _OTHER_SYNTAX
    )
    told = SyntaxFault(error.pos, what, f"{remedy}（直前の行も見てください）")
    faults = syntax_faults(error.doc)
    if not faults or faults[0].at > error.pos:
        faults.insert(0, told)
    elif not error.msg.startswith(_VAGUE) and not is_wide(
        error.doc[error.pos :][:1]
    ):  # the parser knows what it was reading
        faults[0] = told
    for fault in faults:
        log.add(_place(error.doc, fault.at), fault.what, fault.remedy)
    log.settle()
    raise error  # there is a fault: settling has raised it


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"{line}行目{at - text.rfind(chr(10), 0, at)}文字目"


def _log_traps(value: Json, log: Findings) -> None:
    count = 0
    for count, (place, what, remedy) in enumerate(_traps(value), start=1):
        if count <= MOST_FAULTS:
            log.add(path_text(place), what, remedy)
    log.add_more(count - MOST_FAULTS)


def _traps(value: Json) -> Iterator[tuple[tuple[PathStep, ...], str, str]]:
    for place, item in _walk(value):
        if isinstance(item, _RepeatedKeys):
            for key in item.repeated:
                what = f"項目{quoted(key)}が同じかっこの中に2回以上あります。"
                yield (*place, key), what, "正しい方を1つだけ残してください。"
        elif isinstance(item, float):
            what = "数ではない値（NaN、無限大、大きすぎる数）です。"
            yield place, what, "数を書くか、この項目を消してください。"


def _walk(value: Json) -> Iterator[tuple[tuple[PathStep, ...], Json]]:
    """Yield every value with its place; without recursion, as nesting may be deep."""
    waiting: list[tuple[tuple[PathStep, ...], Json]] = [((), value)]
    while waiting:
        place, item = waiting.pop()
        yield place, item
        children: list[tuple[PathStep, Json]] = []
        if isinstance(item, dict):
            children = list(item.items())
        elif isinstance(item, list):
            children = list(enumerate(item))
        waiting.extend(((*place, step), child) for step, child in reversed(children))
