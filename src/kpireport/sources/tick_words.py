"""The signs with which people say yes, no or not yet in a cell.

Comes in: a cell's text. Goes out: what it says, where that is one of the usual signs.
"""

from __future__ import annotations

from enum import Enum, auto

from kpireport.domain.numerals import fold_width

_YES = {*"○〇◯✓✔☑レ", "v", "済", "済み", "確認済", "確認済み", "1", "ok", "yes", "true", "はい"}
_NOT_YET = {"", "-", "―", "未", "□", "☐"}
_NO = {*"××✕✗", "いいえ", "no", "false", "0"}


class Sign(Enum):
    """What a cell to tick says."""

    YES = auto()
    NO = auto()
    NOT_YET = auto()
    UNCLEAR = auto()


def sign_in(text: str) -> Sign:
    """What the text of a cell to tick says.

    >>> sign_in("○"), sign_in("済み"), sign_in(" "), sign_in("たぶん")
    (<Sign.YES: 1>, <Sign.YES: 1>, <Sign.NOT_YET: 3>, <Sign.UNCLEAR: 4>)
    """
    plain = fold_width(text).strip().lower()
    for sign, words in ((Sign.YES, _YES), (Sign.NO, _NO), (Sign.NOT_YET, _NOT_YET)):
        if plain in words:
            return sign
    return Sign.UNCLEAR
