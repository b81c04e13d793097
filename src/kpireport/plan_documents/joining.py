"""Texts of cells as they are meant: lines that were merely full are joined.

Comes in: a cell's text with its lines. Goes out: the text as the plan says it. Japanese is
joined without a space. Where a break may be meant, it stays, and the reader is told so.
"""

from __future__ import annotations

import re
import unicodedata

BULLET = re.compile(
    r"\s*(?:[・●○◆◇■□▪•‣◎▶►➢✓]|[-－‐–—―]\s?(?=\S{2})|[①-⑳㈠-㈩⑴-⒇❶-❿]|[(（][0-9０-９]{1,2}[)）]"
    r"|[0-9０-９]{1,2}[.．)）](?![0-9０-９])|[ア-ン][.．)）])"
)
MARK = re.compile(r"[^\w\s]{1,2}|[※＊*注(（]?[0-9０-９]{1,2}[)）.．]?|[Ⅰ-ⅿ①-⑳⑴-⒛]")
"""What stands before words and belongs to them: a bullet, a number."""

_OPENING = re.compile(r"[（(〔［\[【※＊*「『]")
_HANGING = re.compile(r"[、，,・／/（(「『〔［【：:－–~～〜のをにへとがはやでも]$")
_ACTS = [
    "実施",
    "配置",
    "拡大",
    "開催",
    "検討",
    "整備",
    "開始",
    "構築",
    "開設",
    "充実",
    "作成",
    "策定",
    "測量",
    "推進",
    "増設",
    "増員",
    "設置",
    "導入",
    "完了",
    "着手",
    "設計",
    "工事",
    "調査",
    "改修",
    "運用",
    "活動",
    "継続",
    "強化",
    "支援",
    "見直し",
    "公表",
    "配布",
    "普及",
    "連携",
    "確保",
    "維持",
    "向上",
    "増加",
    "減少",
    "供用",
    "改定",
    "移転",
    "検証",
    "発行",
    "達成",
    "促進",
    "周知",
    "啓発",
]


def lines_of(text: str) -> list[str]:
    """The lines that say something, without white space at their ends."""
    return [line.strip() for line in re.split(r"[\n\r\v\f]", text) if line.strip()]


def one_line(text: str) -> str:
    """All lines joined: names and headers."""
    joined = ""
    for line in lines_of(text):
        joined = _joined(joined, line)
    return joined


def name_of(text: str) -> str:
    """A name: joined, but for lines that begin with a bullet."""
    parts: list[str] = []
    for line in lines_of(text):
        if parts and not BULLET.match(line):
            parts[-1] = _joined(parts[-1], line)
        else:
            parts.append(line)
    return "\n".join(parts)


def value_of(text: str, room: int = 0) -> tuple[str, bool]:
    """A value, and whether a break that may be none was kept.

    Args:
        text: the cell's.
        room: how wide the column's widest line is (:func:`width_of`); 0 where that is not known.
    """
    parts: list[str] = []
    is_open = False
    last = ""
    for line in lines_of(text):
        if not parts or BULLET.match(line):
            parts.append(line)
        elif _is_meant(parts[-1], last, line, room):
            parts.append(line)
            is_open = True
        else:
            parts[-1] = _joined(parts[-1], line)
        last = line
    return "\n".join(parts), is_open


def _is_meant(before: str, last: str, line: str, room: int) -> bool:
    """Whether a line that needs no bullet begins something new."""
    if _OPENING.match(line) or _HANGING.search(before) or _depth(before) > 0:
        return False
    if before.endswith(tuple(_ACTS)) and line.endswith(tuple(_ACTS)) and len(line) > 1:
        return True
    if re.search(r"[ぁ-ん]$", before) or len(line) <= 2 or re.search(r"[0-9０-９.．]$", before):
        return False
    if re.match(r"[0-9０-９約]", line) and re.search(r"[0-9０-９]", before):
        return True
    return bool(room) and width_of(last) + min(width_of(line), 8) <= room - 4


def _depth(text: str) -> int:
    return len(re.findall(r"[（(「『〔［【]", text)) - len(re.findall(r"[）)」』〕］】]", text))


def width_of(text: str) -> int:
    """The width of a text in characters of half width."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def _joined(before: str, after: str) -> str:
    """Two lines as one: a space between Latin words alone."""
    is_latin = bool(
        re.search(r"[A-Za-z0-9,.;)]$", before) and re.match(r"[A-Za-z(]", after)
    ) and bool(re.search(r"[A-Za-z]$|[A-Za-z][,.;)]$", before))
    return f"{before} {after}" if is_latin else before + after


def without_continued(text: str) -> str:
    """A name without the remark that it goes on: ``（続き）``."""
    return re.sub(
        r"\s*[（(]\s*(?:続き|つづき|続|前頁(?:の)?続き|前ページ(?:の)?続き)\s*[)）]\s*$", "", text
    )
