"""Numbers as Word counts paragraphs with them: １, ①, ⑴, ア, 一, 甲 and so on.

Comes in: a format's name (ST_NumberFormat, 17.18.59) and a number. Goes out: what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FULL_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_HALF_AIUEO = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_FULL_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウ"
    "ヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_DIGITS, _LEGAL = "〇一二三四五六七八九", "〇壱弐参四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_REPEATED = 20
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"


def numeral(form: str, number: int) -> str:
    """Return a number as a format shows it, in plain digits where the format is none of these.

    >>> numeral("aiueoFullWidth", 3), numeral("japaneseCounting", 21)
    ('ウ', '二十一')
    """
    write = _FORMS.get(form)
    return str(number) if write is None or number < 0 else write(number)


def circled(text: str) -> str:
    """Return a number in a circle where there is such a character, other text in brackets."""
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= len(_CIRCLED):
        return _CIRCLED[int(text) - 1]
    return f"（{text}）"


def _of(characters: str) -> Callable[[int], str]:
    """Characters for the first numbers; plain digits for those beyond."""
    return lambda number: characters[number - 1] if 1 <= number <= len(characters) else str(number)


def _repeated(characters: str) -> Callable[[int], str]:
    """Characters that begin anew, each twice: a, b … z, aa, bb (17.18.59, ``lowerLetter``)."""

    def write(number: int) -> str:
        times, place = divmod(number - 1, len(characters))
        return characters[place] * min(times + 1, _MOST_REPEATED) if number else ""

    return write


def _roman(number: int) -> str:
    written = ""
    if number >= 10_000:
        return str(number)
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _counted(digits: str, ten: str = "十") -> Callable[[int], str]:
    """Numbers as they are said: 二十一, 百五; in deeds every 一 is written (壱拾弐)."""
    says_one = ten != "十"

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return "".join(digits[int(each)] for each in str(number))
        written = ""
        for value, name in ((1000, "千"), (100, "百"), (10, ten), (1, "")):
            times, number = divmod(number, value)
            if times:
                written += (digits[times] if times > 1 or not name or says_one else "") + name
        return written

    return write


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(each)] for each in str(number))


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "none": lambda _: "",
        "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
        "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
        "decimalZero": lambda number: f"{number:02}",
        "decimalEnclosedCircle": _of(_CIRCLED),
        "decimalEnclosedCircleChinese": _of(_CIRCLED),
        "decimalEnclosedParen": _of(_PARENTHESISED),
        "decimalEnclosedFullstop": _of(_STOPPED),
        "aiueo": _repeated(_HALF_AIUEO),
        "aiueoFullWidth": _repeated(_FULL_AIUEO),
        "iroha": _repeated(_HALF_IROHA),
        "irohaFullWidth": _repeated(_FULL_IROHA),
        "lowerLetter": _repeated("abcdefghijklmnopqrstuvwxyz"),
        "upperLetter": _repeated("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "japaneseCounting": _counted(_DIGITS),
        "chineseCountingThousand": _counted(_DIGITS),
        "japaneseLegal": _counted(_LEGAL, "拾"),
        "ideographDigital": _digit_by_digit,
        "japaneseDigitalTenThousand": _digit_by_digit,
        "chineseCounting": _digit_by_digit,
        "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    }
)
