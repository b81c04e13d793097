"""``report.toml`` of a new year: last year's moved on, or a first one.

Comes in: last year's file and what it says, the years. Goes out: the new file's text, and
what in it is worth a look. What only last year could know is emptied, what names the year
is moved on, everything else, comments and layout included, stays as it was.
"""

from __future__ import annotations

import calendar
import codecs
import datetime as dt
import os
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TypeAlias, cast

import tomlkit
from tomlkit.items import Array, Comment, Whitespace

from kpireport.collection.year_words import move_years
from kpireport.domain.settings import ReviewSettings, Settings
from kpireport.domain.years import FiscalYear, format_date, format_fiscal_year
from kpireport.editing.toml_items import edited, set_value
from kpireport.quickly import dataclass
from kpireport.sources.settings_items import item_at

ACTUALS_FILE = "actuals.xlsx"

_TEMPLATE = Path(__file__).with_name("report-template.toml")
_COLLECTION = """\
[collection]
# 各課の回答期限。配るブックの表紙に、曜日を付けて印刷します。「{deadline_words}」とも書けます。
# deadline = {deadline}

# 各課からの照会先。"" のままなら、[review] の contact です。
contact = ""

# 配るブック、返ってきたブック、取り込んだものの控えを置くフォルダー。書かなければ、この名前です。
# sheets = "sheets"
# inbox = "inbox"
# received = "received"
"""
_YEARLY = """
# どの目標値と比べるか。計画に年度ごとの目標値があるので "yearly"（その年度の目標値）としました。
# "final" なら、年度の目安（現状値から目標値まで、年度ごとに均等に進むとした値）と比べます。
# scheme を "given" か "none" にするときは、この行を消します。
against = "yearly"
"""
_DEADLINE = (5, 13)  # a month and a day in the example
_SATURDAY = 5

_Table: TypeAlias = MutableMapping[str, object]


@dataclass(frozen=True, slots=True)
class NextSettings:
    """The new file, the name of the actuals beside it, and what people should look at."""

    data: bytes
    actuals: str
    notes: tuple[str, ...]


# --- a first year ----------------------------------------------------------------


def first_settings(
    catalogue: Path, folder: Path, year: FiscalYear, *, has_yearly: bool
) -> NextSettings:
    """The settings of a folder that has no year before it.

    Args:
        catalogue: the plan's file.
        folder: the new report's folder, which the file's paths count from.
        year: the year that is reported.
        has_yearly: whether the plan has targets of years before the last: they are what the
            report then shows beside the actuals, and so what its marks are of.
    """
    text = _filled(_escaped(_relative(catalogue, folder)), year, has_yearly=has_yearly)
    notes = (*_FIRST_NOTES, _YEARLY_NOTE) if has_yearly else _FIRST_NOTES
    return NextSettings(text.encode(), ACTUALS_FILE, notes)


def _filled(catalogue: str, year: FiscalYear, *, has_yearly: bool = False) -> str:
    """A first year's file; whatever it explains by an example is of that year."""
    following = year.year + 1
    printed = format_fiscal_year(year.next.of_calendar)
    words = {
        "era_year": format_fiscal_year(year),
        "year": str(year.year),
        "last_year": str(year.year - 1),
        "next_year": str(following),
        "day": f"{printed}９月１日",
        "catalogue": catalogue,
        "issued": f"{printed}（{following}年）９月",
        "collection": _collection(year),
        "against": _YEARLY if has_yearly else "",
    }
    text = _TEMPLATE.read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


_FIRST_NOTES = (
    "各課の回答期限（[collection] の deadline）と、問い合わせ先（[review] の contact）",
    "表紙の資料番号と会議の名前（[cover] の council_label と committee）",
)
_NO_DEADLINE = "各課の回答期限（[collection] の deadline）を書いてください。"
_YEARLY_NOTE = (
    "評価で比べるもの（[evaluation] の against）。計画に年度ごとの目標値があるので、その年度の"
    '目標値と比べます（"yearly"）。年度の目安で評価するなら "final" に直します。'
)


def _relative(catalogue: Path, folder: Path) -> str:
    """The plan's place as seen from the folder; complete where they share no drive."""
    try:
        return Path(os.path.relpath(catalogue.absolute(), folder.absolute())).as_posix()
    except ValueError:
        return catalogue.absolute().as_posix()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _collection(year: FiscalYear) -> str:
    day = dt.date(year.year + 1, *_DEADLINE)
    return _COLLECTION.format(deadline=day.isoformat(), deadline_words=format_date(day))


def _with_own_remarks(data: bytes, old: FiscalYear, new: FiscalYear) -> bytes:
    """Last year's file with our own remarks of this year; those of people stay."""
    ours = (_filled("", year).splitlines() for year in (old, new))
    remarks = {was: now for was, now in zip(*ours, strict=True) if was.startswith("# ")}
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    moved = (remarks.get(line.rstrip("\r\n"), "") for line in lines)
    kept = (
        now + line[len(line.rstrip("\r\n")) :] if now else line
        for line, now in zip(lines, moved, strict=True)
    )
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + "".join(kept).encode()


# --- the year after another ------------------------------------------------------


def next_settings(data: bytes, last: Settings, folder: Path, year: FiscalYear) -> NextSettings:
    """Last year's settings for the next year, for a folder beside last year's.

    Args:
        data: last year's file.
        last: what it says; a review's.
        folder: the new report's folder.
        year: the year that is reported.
    """
    review = last.review
    if review is None:
        raise ValueError("a year starts from a review's settings")
    moving = _Moving(last, review, folder, year)
    made = _with_own_remarks(edited(data, moving.edit), review.fiscal_year, year)
    return NextSettings(made, moving.actuals, tuple(moving.notes))


@dataclass(slots=True)
class _Moving:
    """The changes to one file, and what they leave for people to look at."""

    last: Settings
    review: ReviewSettings
    folder: Path
    year: FiscalYear
    notes: list[str] = field(default_factory=list)

    @property
    def actuals(self) -> str:
        """The new workbook's name: last year's, if that was a workbook beside its settings."""
        old = self.review.actuals
        beside = self.folder.parent / str(self.review.fiscal_year.year)
        is_own = old.parent == beside and old.suffix.lower() == ".xlsx"
        return old.name if is_own else ACTUALS_FILE

    def edit(self, document: tomlkit.TOMLDocument) -> None:
        """Change the file's tables."""
        self._move_heading(document)
        set_value(document, "date", self._day(self.last.date))
        self._keep_place(document, "catalogue", self.last.catalogue)
        word = document.get("docx")
        if isinstance(word, MutableMapping) and self.last.word.template:
            self._keep_place(word, "template", self.last.word.template)
        self._edit_review(cast("_Table", document["review"]))
        self._edit_output(cast("_Table", document["output"]))
        for name in ("cover", "metadata"):
            section = document.get(name)
            if isinstance(section, MutableMapping):
                _change(section, self._moved, *section)
        if self.last.council_label or self.last.committee:
            self.notes.append(
                "表紙の資料番号と会議の名前（[cover] の council_label と committee）は、"
                f"前の{self.year.word}のままです。"
            )
        if self.review.is_sample:
            self.notes.append(
                f"引き継いだ{self.year.word}は見本（sample = true）でした。件名などに"
                "「見本」という字が残っていないかを確かめてください。"
            )
        self._edit_collection(document)

    def _moved(self, text: str) -> str:
        return move_years(text, self.review.fiscal_year, self.year)

    def _move_heading(self, document: tomlkit.TOMLDocument) -> None:
        """Move the year in the comments above the first setting; others are people's own."""
        for _, item in document.body:
            if isinstance(item, Comment):
                item.trivia.comment = self._moved(item.trivia.comment)
            elif not isinstance(item, Whitespace):
                return

    def _edit_review(self, section: _Table) -> None:
        set_value(section, "fiscal_year", self.year.year)
        for name, value in (("draft", True), ("sample", False)):
            set_value(section, name, value)
        set_value(section, "accept", [])
        said = [name for name in ("results", "problems") if section.get(name)]
        for name in said:
            set_value(section, name, [])
        if said:
            self.notes.append(f"{_titles(said)}は、空にしました（前の{self.year.word}のもの）。")
        _change(section, self._moved, "title", "issued")
        if self.actuals != self.review.actuals.name or "earlier" in section:
            written = section.get("earlier", [])
            earlier = list(cast("list[str]", written)) if "earlier" in section else []
            if not earlier:
                earlier = [self._seen(path) for path in self.review.earlier]
            section["earlier"] = [self._seen(self.review.actuals), *earlier]
        if "actuals" in section or self.actuals != ACTUALS_FILE:
            set_value(section, "actuals", self.actuals)
        kept = [name for name in ("introduction", "survey") if section.get(name)]
        if kept:
            self.notes.append(f"{_titles(kept)}は、前の{self.year.word}の文のままです。")

    def _keep_place(self, section: _Table, name: str, path: Path) -> None:
        """Have the new file name the same file where that is in last year's own folder."""
        there = self.folder / str(section.get(name, ""))
        if there.resolve() != path.resolve():
            set_value(section, name, self._seen(path))

    def _seen(self, path: Path) -> str:
        return _relative(path, self.folder)

    def _edit_output(self, section: _Table) -> None:
        _change(section, self._moved, "name", "folder")
        folder = Path(os.path.normpath(self.folder / str(section.get("folder", "out"))))
        if (folder, section["name"]) == (self.last.output_dir, self.last.output_name):
            section["name"] = f"{section['name']}-{self.year.year}"
            self.notes.append(
                f"ファイルの名前（[output] の name）には、前の{self.year.word}のファイルを上書き"
                f"しないように、{self.year.word}を付けました。"
            )

    def _edit_collection(self, document: tomlkit.TOMLDocument) -> None:
        section = document.get("collection")
        if not isinstance(section, MutableMapping):
            document.add(tomlkit.nl())
            for key, item in tomlkit.parse(_collection(self.year)).body:
                document.append(key, item)
            self.notes.append(_NO_DEADLINE)
            return
        _change(section, self._moved, "sheets", "inbox", "received")
        deadline = self.last.collection.deadline if self.last.collection else None
        if deadline is None:
            self.notes.append(_NO_DEADLINE)
        else:
            new = self._workday(deadline)
            set_value(section, "deadline", new)
            self.notes.append(f"各課の回答期限（[collection] の deadline）を {new} としました。")

    def _day(self, day: dt.date) -> dt.date:
        """The same day so many years later; 28 February for the 29th."""
        year = day.year + self.year.year - self.review.fiscal_year.year
        return dt.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))

    def _workday(self, day: dt.date) -> dt.date:
        """The same day later; the Friday before a Saturday or Sunday."""
        new = self._day(day)
        return new - dt.timedelta(days=max(0, new.weekday() - _SATURDAY + 1))


def _change(section: _Table, change: Callable[[str], str], *names: str) -> None:
    """Change texts, and those in lists; what need not be changed stays as it is written."""
    for name in names:
        value = section.get(name)
        if isinstance(value, Array):
            for number, each in enumerate(list(value)):
                if isinstance(each, str) and change(each) != each:
                    value[number] = change(each)
        elif isinstance(value, str) and change(value) != value:
            set_value(section, name, change(value))


def _titles(names: Sequence[str]) -> str:
    """Items of ``[review]`` as people call them, with their names in the file."""
    items = (item_at(f"review.{name}") for name in names)
    titles = "、".join(item.title for item in items if item)
    return f"{titles}（[review] の {'、'.join(names)}）"
