"""What is wrong with the syntax of a JSON file (RFC 8259): all of it that can be told at once.

Comes in: a text that a parser refused. Goes out: each place with what is wrong there. A
parser stops at its first complaint, and calls 令和３ a missing value; here the text is cut
into words and signs, and whatever cannot stand where it stands is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpireport.domain.numerals import fold_width
from kpireport.messages import quoted
from kpireport.quickly import dataclass

MOST_FAULTS = 50

_SIGNS, _WIDE = r"\[\]{},:", "，、：“”＂｛｝［］\u3000"
_END = rf"(?=[ \t\r\n{_SIGNS}{_WIDE}]|$)"
_TOKEN = re.compile(
    r'(?P<space>[ \t\r\n]+)|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<open>"[^\n]*)'
    rf"|(?P<sign>[{_SIGNS}])|(?P<name>(?:true|false|null){_END})"
    rf"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?{_END})"
    rf"|(?P<quoted>“[^“”\n]*”|＂[^＂\n]*＂)|(?P<wide>[{_WIDE}])"
    rf'|(?P<word>[^ \t\r\n"{_SIGNS}{_WIDE}]+)'
)
_NARROW = {"，": ",", "、": ",", "：": ":", "“": '"', "”": '"', "＂": '"', "｛": "{", "｝": "}"}
_NARROW |= {"［": "[", "］": "]", "\u3000": "半角の空白"}
_ENDS_VALUE = {"string", "number", "name", "word"}
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where in the text, from 0, what is wrong, and how to mend it."""

    at: int
    what: str
    remedy: str


def is_wide(char: str) -> bool:
    """Whether a character is the full-width form of a sign of JSON."""
    return char in _NARROW


def syntax_faults(text: str) -> list[SyntaxFault]:
    """Return what can be told of a text that is no JSON, the first faults first."""
    faults = []
    for fault in _faults(text):
        faults.append(fault)
        if len(faults) == MOST_FAULTS:
            break
    return faults


def _faults(text: str) -> Iterator[SyntaxFault]:
    before = ""  # the sign or the kind of the last token that is not space
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or ""
        if kind == "space":
            continue
        sign = token[0] if kind == "sign" else kind
        if kind == "quoted":
            yield _wide(token)
            sign = "string"
        elif kind == "wide":
            yield _wide(token)
            sign = _NARROW[token[0]] if token[0] in "，、：｛｝［］" else before
        elif kind == "word":
            yield _word(token)
        elif kind == "open":
            yield SyntaxFault(
                token.start(), "文字列が閉じていません。", '終わりに半角の " を入れてください。'
            )
            return  # what follows may be inside or outside of it
        elif sign in {"]", "}"} and before == ",":
            yield SyntaxFault(
                text.rindex(",", 0, token.start()),
                "最後の項目の後にコンマがあります。",
                "そのコンマを消してください。",
            )
        elif _lacks_comma(before, sign):
            yield SyntaxFault(
                token.start(), "コンマがありません。", "前の項目の後に , を入れてください。"
            )
        before = sign


def _lacks_comma(before: str, sign: str) -> bool:
    return (before in _ENDS_VALUE or before in {"]", "}"}) and (
        sign in _ENDS_VALUE or sign in {"[", "{"}
    )


def _wide(token: re.Match[str]) -> SyntaxFault:
    return SyntaxFault(
        token.start(),
        f"全角の{quoted(token[0][0])}があります。",
        f"{_NARROW[token[0][0]]} に直してください。文字列の外の記号はすべて半角です。",
    )


def _word(token: re.Match[str]) -> SyntaxFault:
    """What somebody wrote where only a string, a number, true, false or null can stand."""
    word = token[0]
    plain = fold_width(word)
    if re.fullmatch("0[0-9]+", word) and token.string[: token.start()].endswith(","):
        return SyntaxFault(
            token.start(), "数の中にコンマがあります。", "桁区切りのコンマを消してください。"
        )
    if plain != word and _NUMBER.fullmatch(plain):
        return SyntaxFault(
            token.start(),
            f"{quoted(word)}は、全角の数字です。",
            f"半角で {plain} と書いてください。",
        )
    if plain.lower() in {"true", "false", "null"}:
        return SyntaxFault(
            token.start(),
            f"{quoted(word)}のつづりが違います。",
            f"半角の小文字で {plain.lower()} と書いてください。",
        )
    return SyntaxFault(
        token.start(),
        f"{quoted(word)}は、このままでは値になりません。",
        '文字なら半角の " で囲み、年度なら西暦の数（令和３年度は 2021）を、数なら半角の数字だけを'
        "書いてください。",
    )
