"""What a column of a table is by itself: from the words of its header, or from its contents.

Comes in: the texts of a header from top to bottom, or what stands below it. Goes out: the
column's role, with its year, and why it was taken for that. What columns are beside one another
is settled by :mod:`~kpireport.plan_documents.headers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kpireport.domain.numerals import fold_width
from kpireport.domain.units import UNITS, canonical_unit
from kpireport.plan_documents.joining import lines_of, one_line
from kpireport.plan_documents.times import without_years, year_in, years_in
from kpireport.plan_documents.vocabulary import (
    LABELS_OF_PLACES,
    LEVELS,
    SERIES_OF_ACTUALS,
    SERIES_OF_TARGETS,
    TIMES_OF_PLACES,
    Role,
    role_of_part,
    role_of_whole,
    squeezed,
)
from kpireport.quickly import dataclass

_LONGEST = 80  # characters of a header, with the white space that is set in it
_REMARKS = re.compile(r"[(]?上段.*下段[^)]*[)]?|[※＊*].*$|^[○●◎□■◆・]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_GOES_ON = re.compile(r"[）)】\]][^\s（）()【】\[\]※＊*0-9０-９]+$")
_IN_ANY_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_UNIT = re.compile(r"(?:単位[:：]?|^)([^():：]{1,6})$")
_NO_UNITS = ("単位", "年間", "年")  # in brackets behind a header: 指標（単位）, 目標値（年間）
_DEPARTMENT = re.compile(r".{1,14}(?:課|室|部|局|係|センター|館|所|事務局|委員会|担当|グループ)")
_NUMBERED = re.compile(
    r"\s*[0-9０-９]{1,2}(?:(?:[-－][0-9０-９]{1,2})+[\s　]+(?:[^\s0-9０-９].*)"
    r"|[\s　.．、]+(?P<name>[^\s0-9０-９]{3,})\s*$)"
)
_PLAIN = re.compile(r"[△▲約+-]?[0-9][0-9,.]*(?P<unit>[^0-9]*?)(?:以上|以下|未満|程度)?(?:\(.*\))?")
_FIGURE = re.compile(r"[△▲約-]?[0-9][0-9,.]*.{0,8}|[-―－–—]|現状.*|.*(?:増加|減少|維持|向上)")


@dataclass(frozen=True, slots=True)
class Caption:
    """The header of a column: its texts from top to bottom, each once."""

    texts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """It in a line."""
        return "　".join(map(one_line, self.texts))


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a column was taken for.

    Attributes:
        index: the column, from 0.
        caption: its header.
        role: what it is.
        why: in words for staff.
        year: of its figures, if it has one.
        is_sure: nobody need look at it.
        unit: of its figures, as the header says it.
        is_year_alone: its header says no more than a year.
        twin: how many columns before it have the same header and are texts as it is.
    """

    index: int
    caption: Caption
    role: Role
    why: str
    year: int | None = None
    is_sure: bool = True
    unit: str = ""
    is_year_alone: bool = False
    twin: int = 0


@lru_cache(maxsize=1024)  # each header is asked about several times, and stands on many pages
def words_in(text: str) -> str:
    """What a header says, without remarks, years and brackets; what is in brackets, if all is."""
    plain = squeezed(_REMARKS.sub("", without_years(one_line(text))))
    bare = _IN_BRACKETS.sub("", plain)
    return bare or "".join(_IN_BRACKETS.findall(plain))


def is_header_text(text: str) -> bool:
    """Whether a cell can be one of a header: words of a role, or a year and no more."""
    if not text.strip() or len(text) > _LONGEST or len(squeezed(text)) > 40:
        return False
    words = words_in(text)
    if not words:
        return bool(years_in(text))
    return bool(role_of_whole(words) or words in (*LABELS_OF_PLACES, *TIMES_OF_PLACES)) or bool(
        years_in(text) and role_of_part(words)
    )


def has_role(text: str) -> bool:
    """Whether a text is the word of a role by itself."""
    words = words_in(text) if len(text) <= _LONGEST else ""
    return bool(words) and len(words) <= 24 and role_of_whole(words) is not None


def is_of_figures(text: str) -> bool:
    """Whether it is the word of a column of figures, as every header of indicators has."""
    words = words_in(text)
    role = role_of_whole(words) or role_of_part(words) if words else None
    return role in (Role.BASELINE, Role.TARGET, Role.YEARLY, Role.ACTUAL)


# --- a column by itself --------------------------------------------------------------


def by_words(index: int, caption: Caption) -> Assigned | None:
    """What a column's header says that it is; ``None`` where it says nothing."""
    year = next(filter(None, map(year_of, caption.texts[::-1])), None)
    unit = next(filter(None, map(_unit_in, caption.texts[::-1])), "")
    for find, is_sure in ((role_of_whole, True), (role_of_part, False)):
        is_time = False
        for text in caption.texts[::-1]:
            words = words_in(text)
            if not words or words in LABELS_OF_PLACES:
                continue
            role = find(words)
            if words in TIMES_OF_PLACES and text is not caption.texts[0]:
                is_time = True
                continue
            if role is None:
                if find is not role_of_whole:
                    continue
                break
            role = _time_of(role) if is_time else role
            if role in LEVELS and year is not None:
                role = Role.TARGET  # 計画 above or before a year: what is planned for it
            if role is not None:
                why = f"見出し「{one_line(text)}」から"
                return Assigned(index, caption, role, why, year, is_sure, unit)
    return None


def year_of(text: str) -> int | None:
    """The year of a header; the last, where it names several."""
    return year_in(text) or (years_in(text)[-1] if years_in(text) else None)


def _time_of(role: Role) -> Role | None:
    return {Role.BASELINE: Role.BASELINE_TIME, Role.TARGET: Role.TARGET_TIME}.get(role)


def _unit_in(text: str) -> str:
    for inner in _IN_ANY_BRACKETS.findall(one_line(text)):
        match = _UNIT.search(inner.strip())
        if match and match[1] not in _NO_UNITS and ("単位" in inner or is_unit(match[1])):
            return match[1].strip()
    return ""


def without_unit(word: str) -> str:
    """A header's word without the unit that it says in brackets."""
    return _IN_ANY_BRACKETS.sub(lambda each: "" if _unit_in(each[0]) else each[0], word).strip()


def is_unit(text: str) -> bool:
    """Whether a text is a unit and no more: ``人``, ``％``, ``人/年``."""
    plain = fold_width(text).strip()
    known = {fold_width(each) for each in UNITS}
    return bool(plain) and all(
        fold_width(canonical_unit(each)) in known or each in ("年", "回", "万円", "億円", "千人")
        for each in re.split(r"[/・]", plain)
    )


# --- a column by its contents --------------------------------------------------------


def by_contents(index: int, caption: Caption, texts: Sequence[str]) -> Assigned | None:
    """What a column's contents say that it is; ``None`` where they leave it open."""
    filled = [one_line(each) for each in texts if each.strip()]
    if not filled:
        return None
    for role, words, is_one in (
        (Role.UNIT, "単位", is_unit),
        (Role.SERIES, "目標と実績の別", is_series),
        (Role.DEPARTMENTS, "課の名前", is_department),
        (Role.NUMBER, "番号", is_number),
    ):
        if role is Role.NUMBER and any(map(words_in, caption.texts)):
            continue  # a header that says something else
        if all(map(is_one, filled)) and _is_plausible(role, filled):
            return Assigned(index, caption, role, f"中身から（{words}）", is_sure=False)
    return None


def _is_plausible(role: Role, filled: Sequence[str]) -> bool:
    """Whether contents that would do are not there by chance."""
    if role is Role.NUMBER:
        numbers = [re.sub(r"[^0-9]", "", fold_width(each)) for each in filled]
        return len(set(filled)) == len(filled) and numbers == sorted(numbers, key=int)
    if role is Role.SERIES:
        return len(set(map(squeezed, filled))) > 1
    return True


def is_series(text: str) -> bool:
    """Whether a cell says that its row has targets, or actuals."""
    return bool(re.fullmatch(f"{SERIES_OF_TARGETS}|{SERIES_OF_ACTUALS}", squeezed(text)))


def is_department(text: str) -> bool:
    """Whether a text is the name of departments, one or more."""
    parts = [each for each in re.split(r"[、，,・/／\s]|(?<=課)(?=.)", text) if each.strip()]
    return bool(parts) and all(_DEPARTMENT.fullmatch(each.strip()) for each in parts)


def is_number(text: str) -> bool:
    """Whether a text is the number of a row and no more."""
    return bool(re.fullmatch(r"(?:no\.?)?[(]?[0-9]{1,3}(?:-[0-9]{1,3})*[)]?|[①-⑳]", squeezed(text)))


def is_figure(text: str) -> bool:
    """Whether a text looks like a printed value, and not like a numbered name."""
    match = _NUMBERED.match(text)
    if match and not (match["name"] and is_unit(match["name"])):
        return False
    return bool(_FIGURE.fullmatch(squeezed(text)))


def is_plain_figure(text: str) -> bool:
    """Whether a text is a number, with a known unit or none, and no more."""
    match = _PLAIN.fullmatch(squeezed(text))
    return match is not None and (not match["unit"] or is_unit(match["unit"]))


def heading_lines(text: str) -> tuple[str, str]:
    """A header's word and the remark below or behind it, as printed: 目標値, （令和３年度末）."""
    joined = one_line(text)
    lines = lines_of(text)
    if lines and role_of_whole(words_in(lines[0])) and not years_in(lines[0]):
        first = lines[0]
    else:
        match = re.match(r"[^（(【\[0-9０-９※]+", joined)
        first = match[0].strip() if match else joined
        if years_in(first) or not role_of_whole(words_in(first)):
            return joined, ""
    rest = (
        joined.removeprefix(first) if joined.startswith(first) else one_line("\n".join(lines[1:]))
    )
    if _GOES_ON.search(rest):
        return joined, ""
    first_bare = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", first)
    return first_bare, rest.strip()


@dataclass(frozen=True, slots=True)
class Headline:
    """A column's header as it is printed: what stands above it, its word, the remark below."""

    above: str
    word: str
    note: str


def headline(column: Assigned) -> Headline:
    """A column's header in its parts; its word is the lowest text that says what it is."""
    texts = column.caption.texts
    if not texts:
        return Headline("", "", "")
    own = [at for at, each in enumerate(texts) if role_of_whole(words_in(each)) is column.role]
    at = own[-1] if own else len(texts) - 1
    word, note = heading_lines(texts[at])
    below = "".join(map(one_line, texts[at + 1 :]))
    return Headline("　".join(map(one_line, texts[:at])), word, note or below)
