"""Words that only point elsewhere (同上, 前年度と同じ, 別紙のとおり) in texts that are printed.

Comes in: what somebody wrote. Goes out: the words by which it says nothing of its own. In a
form one sees what they point at; in the printed document nothing stands above. 特になし is
an answer, and so is a sentence that says in what something is the same.
"""

from __future__ import annotations

import re

from kpireport.domain.numerals import fold_width

_YEAR = r"(?:前|昨|去|先|例|一昨)年度?|前回|前期|(?:令和|平成|R|H)?(?:元|[0-9]{1,4})年度?"
_PART = r"実績|コメント|主な取組|取組|課題|今後の方向性?|理由|説明|記載|記入|内容|回答|報告|文"
_BESIDE = r"(?:上|下|左|右|前|次)(?:記|欄|段|項|行|の欄|の行|の指標)?"
_OTHER = (
    r"(?:ほか|他)の(?:欄|指標|計画)|(?:この|同じ)計画|指標[0-9]+|(?:No\.?)?[0-9]+(?:番|-[0-9]+)?"
)
_PAPER = r"(?:別紙|別添|別表|別途|添付)(?:資料|書類|ファイル)?[0-9]*"
_WHERE = (
    rf"(?:(?:{_YEAR}|{_BESIDE}|{_OTHER}|{_PAPER}|[A-Za-z]+[0-9]+(?:-[0-9]+)*|{_PART})の?)+"
    rf"(?:(?:{_PART})の?)*(?:欄|部分)?"
)
_SAME = r"(?:同じく?|同様|同文|同一|変わらず|変わりなし|変更なし|変わりありません|変更ありません)"
_AS_THERE = (
    rf"(?:(?:から|より|[にとを])?(?:{_SAME}|参照|準じる|準ずる)|の?(?:とおり|通り|どおり)"
    r"|に(?:記載|記入)(?:のとおり|の通り|済み?|した?)?)"
)
_UNCHANGED = (
    r"(?:特に|とくに)?(?:内容に?)?(?:変更|変わり|変化|異動|修正|訂正)(?:点|事項|箇所)?[はも]?"
    r"(?:なし|無し|無|ない|ありません|ございません)|変わらず|(?:従来|従前|これまで)(?:どおり|通り|と同[じ様])"
)
_REFERENCE = re.compile(
    rf"""(?:
    (?:以下)?同[上左右前文様]+ | (?:以下)?同じ | 同 | 仝 | [〃々"”“″〟]+ | '' | ´´ | 上に同じ
    | {_WHERE}{_AS_THERE} | {_PAPER} | {_UNCHANGED}
    )(?:です|である|とする|とします|のこと|ください|して下さい|してください|します|しています)?""",
    re.VERBOSE,
)
_NONE = re.compile(
    r"(?:(?:現時点|現在|今年度|当該?年度|本年度)(?:で|において)?は?)?(?:特に|とくに|特段の?|大きな)?"
    r"(?:課題|問題|問題点)?[はも]?(?:特に|とくに|特段)?"
    r"(?:なし|無し|無い|ない|ありません|ございません|[-―—─ー]+)(?:です)?"
)
_NOT_SAID = re.compile(r"[\s。．.、,・･:：;；!！…]")
_BRACKETS = re.compile(r"^[(「『【〔\[※*\-]+|[)」』】〕\]]+$")
_HEADING = re.compile(r"^[(【〔][^()【】〔〕]+[)】〕]")


def reference_in(text: str) -> str:
    """The words of a text that only point elsewhere, if it says nothing else; else empty.

    Of a text that several departments wrote, each after its name, it is enough that one of
    them says nothing.
    """
    parts: list[list[str]] = [[]]
    for line in filter(None, map(str.strip, text.split("\n"))):
        said = _HEADING.sub("", fold_width(line)).strip()
        if said and said != fold_width(line):
            parts.append([])
        parts[-1].append(line)
    for lines in filter(None, parts):
        if all(map(_is_reference, lines)):
            return "\n".join(lines)
    return ""


def says_none(text: str) -> bool:
    r"""Whether a text says that there is nothing, and nothing else: ``特になし``, ``―``.

    Of a text that several departments wrote, all of them do.

    >>> says_none("特になし。"), says_none("（保育課）課題は特にありません\n（企画課）―")
    (True, True)
    >>> says_none("特になし。ただし、土地が足りない。"), says_none("")
    (False, False)
    """
    lines = [each for each in map(str.strip, text.split("\n")) if each]
    return bool(lines) and all(map(_is_none, lines))


def _is_none(line: str) -> bool:
    said = _NOT_SAID.sub("", _HEADING.sub("", fold_width(line)))
    return _NONE.fullmatch(said) is not None


def _is_reference(line: str) -> bool:
    plain = fold_width(line)
    return any(
        _REFERENCE.fullmatch(_BRACKETS.sub("", _NOT_SAID.sub("", each)))
        for each in (plain, _HEADING.sub("", plain))
        if each
    )
