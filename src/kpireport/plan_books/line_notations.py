"""How lists and tables of the plan's file are written in a cell, one entry on a line.

Comes in: a value of JSON, or a cell's text. Goes out: the other of the two; see
:mod:`kpireport.plan_books.notations`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.plan_books.notations import AsYear
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json


@dataclass(frozen=True, slots=True)
class AsYearly:
    """Printed values by years, one on a line: ``2025：150人``, or ``令和７年度：150人``."""

    def write(self, value: Json) -> str:
        """Return the lines; nothing where more is said than years and texts."""
        if not isinstance(value, list):
            return ""
        lines = [
            f"{each['fiscal_year']}：{each['text']}"
            for each in value
            if isinstance(each, dict) and set(each) == {"fiscal_year", "text"}
        ]
        return "\n".join(lines) if len(lines) == len(value) else ""

    def read(self, text: str) -> Json:
        """Return the values by years.

        Raises:
            CellError: a line has no year, or nothing beside it.
        """
        return [_of_year(line.strip()) for line in text.split("\n") if line.strip()]


def _of_year(line: str) -> Json:
    year, *rest = re.split("[：:]", line, maxsplit=1)
    said = "".join(rest)
    if not said.strip():
        what = f"{quoted(line)}は、年度と値に分けられません。"
        raise CellError(what, "1行に1年度、「2025：150人」のように書いてください。")
    return {"fiscal_year": AsYear().read(year), "text": said.strip()}


@dataclass(frozen=True, slots=True)
class AsTexts:
    """Texts by the names of their columns, one on a line: ``定義：年度末の数``.

    Attributes:
        words: what staff call the columns that all plans may have, by their names.
        own: what begins the names of a plan's own, which staff say without it; empty where
            there are none.
    """

    words: Mapping[str, str]
    own: str

    def write(self, value: Json) -> str:
        """Return the lines."""
        if not isinstance(value, dict):
            return ""
        return "\n".join(f"{self._word(name)}：{text}" for name, text in value.items())

    def read(self, text: str) -> Json:
        """Return the texts that the lines have."""
        lines = [line.partition("：") for line in text.split("\n") if line.strip()]
        return {self._name(name.strip()): rest.strip() for name, _, rest in lines}

    def _word(self, name: str) -> str:
        own = name.removeprefix(self.own)
        return self.words.get(name, own if self._name(own) == name else name)

    def _name(self, word: str) -> str:
        named = {shown: name for name, shown in self.words.items()}
        is_name = word in self.words or bool(self.own and word.startswith(self.own))
        return word if is_name else named.get(word, f"{self.own}{word}")


@dataclass(frozen=True, slots=True)
class AsNamed:
    """A list of words, one on a line, some with a text: ``拡充：予算を増やす``.

    Attributes:
        name: the item of an object that stands before the colon.
        text: the one that stands behind it; a word without is written as it is.
        may_be_alone: a single word is itself the value, without a list.
    """

    name: str
    text: str
    may_be_alone: bool = False

    def write(self, value: Json) -> str:
        """Return the lines."""
        if isinstance(value, str):
            return value
        return "\n".join(map(self._line, value)) if isinstance(value, list) else ""

    def _line(self, item: Json) -> str:
        if isinstance(item, dict):
            return f"{item.get(self.name)}：{item.get(self.text)}"
        return str(item)

    def read(self, text: str) -> Json:
        """Return what the lines say."""
        lines = [line.partition("：") for line in text.split("\n") if line.strip()]
        items: list[Json] = [
            {self.name: name.strip(), self.text: rest.strip()} if sign else name.strip()
            for name, sign, rest in lines
        ]
        return (
            items[0]
            if self.may_be_alone and isinstance(items[0], str) and len(items) == 1
            else items
        )
