"""How a value of the plan's file is written in a cell, and read from one.

Comes in: a value of JSON, or a cell's text. Goes out: the other of the two. A notation need
not be able to write every value: what does not come back as it was is kept beside the row
(:mod:`kpireport.plan_books.patches`), so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Protocol

from kpireport.domain.layouts import COLUMN_WORDS, OF_KEYS, LayoutName, column_word
from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear, parse_year_like
from kpireport.errors import CellError
from kpireport.messages import did_you_mean, quoted
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

NONE, NO = "―", "いいえ"
"""Stand for what there is none of, though the printed text could be read so."""


class Notation(Protocol):
    """How values of one kind stand in cells."""

    def write(self, value: Json) -> str:
        """Return the cell's text; empty for a value that cannot be written so."""

    def read(self, text: str) -> Json:
        """Return the value of a cell's text, which is not empty.

        Raises:
            CellError: it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class AsText:
    """The text itself."""

    def write(self, value: Json) -> str:
        """Return the text."""
        return value if isinstance(value, str) else ""

    def read(self, text: str) -> Json:
        """Return the text."""
        return text


@dataclass(frozen=True, slots=True)
class AsLines:
    """A list of texts, each on a line of its own, or parted by the ``sign``."""

    sign: str = "\n"

    def write(self, value: Json) -> str:
        """Return the texts, joined."""
        if not isinstance(value, list):
            return ""
        texts = [each for each in value if isinstance(each, str)]
        return self.sign.join(texts) if len(texts) == len(value) else ""

    def read(self, text: str) -> Json:
        """Return the texts that the cell has."""
        parts = re.split(r"[、，\n]" if self.sign == "、" else re.escape(self.sign), text)
        return [each.strip() for each in parts if each.strip()]


@dataclass(frozen=True, slots=True)
class AsYear:
    """A year as its number: ``2021``; ``令和３年度`` is read too."""

    def write(self, value: Json) -> str:
        """Return the number."""
        return str(value) if isinstance(value, int) else ""

    def read(self, text: str) -> Json:
        """Return the year.

        Raises:
            CellError: it is none.
        """
        year = _year(text)
        if year is None:
            what = f"{quoted(text)}は年度として読めません。"
            raise CellError(what, "「2021」か「令和３年度」のように書いてください。")
        return year


def _year(text: str) -> int | None:
    some = FiscalYear(1)
    for kind in (some, some.of_calendar):
        try:
            return parse_year_like(fold_width(text).replace(",", "").strip(), kind).year
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class OrNone:
    """As another notation has it, or ``―``: there is none, and nothing is read into the row."""

    notation: Notation

    def write(self, value: Json) -> str:
        """Return the cell's text."""
        return self.notation.write(value)

    def read(self, text: str) -> Json:
        """Return the value; ``None`` where the cell says that there is none.

        Raises:
            CellError: it cannot be read.
        """
        return None if text.strip() == NONE else self.notation.read(text)


@dataclass(frozen=True, slots=True)
class AsYears:
    """A list of years, parted by 、."""

    def write(self, value: Json) -> str:
        """Return the numbers."""
        return "、".join(map(str, value)) if isinstance(value, list) else ""

    def read(self, text: str) -> Json:
        """Return the years.

        Raises:
            CellError: one of them is none.
        """
        return [AsYear().read(each) for each in re.split(r"[、，,\s]+", text.strip()) if each]


@dataclass(frozen=True, slots=True)
class AsNumber:
    """A number."""

    def write(self, value: Json) -> str:
        """Return its digits."""
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return f"{Decimal(value):f}" if is_number else ""  # type: ignore[arg-type]

    def read(self, text: str) -> Json:
        """Return the number.

        Raises:
            CellError: it is none.
        """
        number = number_of(text)
        if number is None:
            what = f"{quoted(text)}は数として読めません。"
            raise CellError(what, "単位を付けずに、数字だけを書いてください。")
        return number


def number_of(text: str) -> Decimal | None:
    """The number that a text is, signs and width as people write them."""
    digits = re.sub(r"[△▲−－]", "-", fold_width(text)).replace(",", "").strip()
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@dataclass(frozen=True, slots=True)
class AsChoice:
    """One of some values, each as a word that staff know."""

    words: Mapping[str, str]

    def write(self, value: Json) -> str:
        """Return the word."""
        return self.words.get(value, "") if isinstance(value, str) else ""

    def read(self, text: str) -> Json:
        """Return the value; it may be written as itself.

        Raises:
            CellError: there is no such word.
        """
        for value, word in self.words.items():
            if fold_width(text).strip() in (fold_width(word), value):
                return value
        raise CellError(f"{quoted(text)}は選べません。", did_you_mean(text, self.words.values()))


@dataclass(frozen=True, slots=True)
class AsSome:
    """Several of some values, each as a word that staff know, parted by 、."""

    words: Mapping[str, str]

    def write(self, value: Json) -> str:
        """Return the words."""
        written = (
            [AsChoice(self.words).write(each) for each in value] if isinstance(value, list) else []
        )
        return "、".join(written) if all(written) else ""

    def read(self, text: str) -> Json:
        """Return the values.

        Raises:
            CellError: one of the words is none.
        """
        parts = [each.strip() for each in re.split(r"[、，・\n]", text) if each.strip()]
        return [AsChoice(self.words).read(each) for each in parts]


@dataclass(frozen=True, slots=True)
class AsCount:
    """A whole number, from 1."""

    def write(self, value: Json) -> str:
        """Return its digits."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""

    def read(self, text: str) -> Json:
        """Return the number.

        Raises:
            CellError: it is none.
        """
        number = number_of(text)
        if number is None or number != int(number):
            raise CellError(
                f"{quoted(text)}は個数として読めません。", "「3」のように書いてください。"
            )
        return int(number)


@dataclass(frozen=True, slots=True)
class AsColumn:
    """The name of a table's column as staff call it; a name itself is read too.

    What is none of them may be the key of a level: the file's checks know these.
    """

    def write(self, value: Json) -> str:
        """Return the word."""
        return column_word(value) if isinstance(value, str) else ""

    def read(self, text: str) -> Json:
        """Return the name."""
        plain = re.sub(r"\s", "", fold_width(text))
        for name, word in (*COLUMN_WORDS.items(), *_OTHER_WORDS):
            if plain == fold_width(word):
                return str(name)
        for before, words in OF_KEYS.items():
            if fold_width(text).startswith(fold_width(words)):
                return f"{before}{text[len(words) :].strip()}"
        return text


_OTHER_WORDS = ((LayoutName.DEFINITION, "定義"), (LayoutName.DEFINITION, "計算方法"))


@dataclass(frozen=True, slots=True)
class AsFlag:
    """Yes, or nothing; ``says_no`` where a no is another thing than nothing."""

    yes: str = "はい"
    says_no: bool = False

    def write(self, value: Json) -> str:
        """Return the word for yes, or for no where that is said."""
        if value is False and self.says_no:
            return NO
        return self.yes if value is True else ""

    def read(self, text: str) -> Json:
        """Return whether it says yes.

        Raises:
            CellError: it says neither.
        """
        plain = fold_width(text).strip()
        if plain in (self.yes, "○", "〇", "◯", "レ", "✓", "1", "true", "TRUE"):
            return True
        if plain in (NO, "×", "-", "―", "0", "false", "FALSE"):
            return False
        what = f"{quoted(text)}は読めません。"
        raise CellError(what, f"当てはまるなら「{self.yes}」と書き、でなければ空けてください。")


_QUANTITY = re.compile(
    r"(?:(?P<prefix>[^：\n]+)：)?(?P<about>約)?(?P<number>[-−△▲]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)"
    r"(?P<unit>.*)"
)


@dataclass(frozen=True, slots=True)
class AsQuantities:
    """Numbers with their units: ``165所／定員：14,760人``; ``―`` for none."""

    def write(self, value: Json) -> str:
        """Return the numbers."""
        if not isinstance(value, list):
            return ""
        return "／".join(_quantity_text(each) for each in value) or NONE

    def read(self, text: str) -> Json:
        """Return the numbers.

        Raises:
            CellError: one of them cannot be read.
        """
        if text.strip() == NONE:
            return []
        return [_read_quantity(each.strip()) for each in text.split("／")]


def _quantity_text(quantity: Json) -> str:
    if not isinstance(quantity, dict):
        return ""
    value, prefix = quantity.get("value"), quantity.get("prefix", "")
    number = (
        f"{value:,f}"
        if isinstance(value, Decimal)
        else f"{value:,}"
        if isinstance(value, int)
        else ""
    )
    about = "約" if quantity.get("approximate") else ""
    return f"{prefix}{'：' if prefix else ''}{about}{number}{quantity.get('unit', '')}"


def _read_quantity(text: str) -> Json:
    match = _QUANTITY.fullmatch(text)
    number = number_of(match["number"]) if match else None
    if match is None or number is None:
        what = f"{quoted(text)}は数量として読めません。"
        raise CellError(
            what, "「12人」か「定員：14,760人」のように、数と単位を書き、二つ目は ／ で続けます。"
        )
    quantity: dict[str, Json] = {"value": number}
    if match["unit"]:
        quantity["unit"] = match["unit"]
    if match["prefix"]:
        quantity["prefix"] = match["prefix"]
    if match["about"]:
        quantity["approximate"] = True
    return quantity


@dataclass(frozen=True, slots=True)
class AsSurvey:
    """The years of a survey: ``2020、2022``, or ``2020から2年ごと``."""

    def write(self, value: Json) -> str:
        """Return the years."""
        if not isinstance(value, dict):
            return ""
        if set(value) == {"from", "every"}:
            return f"{value['from']}から{value['every']}年ごと"
        return AsYears().write(value.get("years")) if set(value) == {"years"} else ""

    def read(self, text: str) -> Json:
        """Return the years.

        Raises:
            CellError: they cannot be read.
        """
        match = re.fullmatch(r"(.+?)から([0-9]{1,2})年(?:度)?ごと", fold_width(text).strip())
        if match is None:
            return {"years": AsYears().read(text)}
        return {"from": AsYear().read(match[1]), "every": int(match[2])}


def words_of(described: Mapping[StrEnum, str]) -> AsChoice:
    """The notation of a closed set, each with its word."""
    return AsChoice({str(each): word for each, word in described.items()})
