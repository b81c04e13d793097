"""What stands before a plan's first goal: its cover and its introduction.

Comes in: the texts before the first goal. Goes out: the cover and introduction of the plan's
file, and which of the texts they have taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from itertools import takewhile

from kpireport.plan_books.rows import Object
from kpireport.plan_documents.joining import lines_of, one_line
from kpireport.plan_documents.levels import heading_of, is_framed
from kpireport.plan_documents.outline import append
from kpireport.plan_documents.table_notes import NOTE
from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.vocabulary import INTRODUCTIONS, squeezed
from kpireport.quickly import dataclass

_ISSUED = re.compile(
    r"[（(]?(?:令和|平成|昭和)?(?:元|[0-9]{1,4})(?:\([0-9]{4}年?\))?年(?:\([0-9]{4}年?\))?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:策定|改定|改訂|発行|版|現在)?[)）]?"
)
_MUNICIPALITY = r"[一-鿿ぁ-んァ-ヶー]{1,8}?(?:市|町|村|区|都|道|府|県)"
_ISSUER = re.compile(rf"{_MUNICIPALITY}(?:役所|役場|企画.*|総務.*|政策.*)?")
_IN_TITLE = re.compile(
    rf"(?:第?[0-9０-９一二三四五六七八九十]+(?:次|期))?({_MUNICIPALITY})(?![民政街内立域長議場])"
)
_PLAN = re.compile(rf"{_MUNICIPALITY}.*(?:計画|戦略|ビジョン|プラン|構想|大綱)(?![にのをはがで])")
_LONGEST_TITLE = 50
_POINT = re.compile(r"\s*([⑴-⒇]|[(（][0-9０-９]{1,2}[)）])[\s　\t]*(.*)", re.DOTALL)


@dataclass(slots=True)
class Front:
    """The cover and the introduction.

    Attributes:
        basics: them, as the plan's file has them.
        taken: the texts that they say.
    """

    basics: Object = field(default_factory=dict)
    taken: list[SourceText] = field(default_factory=list)


def front_of(texts: Sequence[SourceText]) -> Front:
    """Read the texts before the first goal."""
    front = Front()
    start = next((at for at, each in enumerate(texts) if _is_introduction(each)), len(texts))
    _read_cover(front, texts[:start])
    if start < len(texts):
        _read_introduction(front, texts[start:])
    return front


def _is_introduction(text: SourceText) -> bool:
    title = squeezed(heading_of(text.text).title)
    is_set_off = text.level > 0 or text.is_large
    return is_set_off and bool(re.fullmatch(INTRODUCTIONS, title))


def _read_cover(front: Front, texts: Sequence[SourceText]) -> None:
    cover: Object = {}
    level = 0
    plain_title = _plain_title(texts)
    for text in texts:
        issue = _issue(text.text)
        if issue and not issue.keys() & cover.keys() and ("issued" in issue or "title" in cover):
            cover |= issue
        elif text in plain_title:
            append(cover, "title", one_line(text.text))
        elif plain_title:
            break
        elif (text.level or text.is_large) and not cover.keys() & {"issued", "issuer"}:
            if "title" in cover and (text.level != level or heading_of(text.text).label):
                break
            level = text.level
            for line in lines_of(text.text):
                append(cover, "title", line)
        else:
            continue
        front.taken.append(text)
    if cover:
        front.basics["cover"] = cover
    if name := _municipality(cover):
        front.basics["municipality"] = name


def _plain_title(texts: Sequence[SourceText]) -> Sequence[SourceText]:
    """The first lines of a document that are its title, though nothing sets them off.

    They are short and no sentences, and either the first calls itself a plan, or the line behind
    them says when or by whom the plan was made. The title of a sheet stands so.
    """
    lines = list(takewhile(_may_be_of_title, texts))
    after = texts[len(lines)] if len(lines) < len(texts) else None
    is_issued = after is not None and bool(_issue(after.text))
    if lines and (is_issued or _PLAN.search(lines[0].text)):
        return lines if is_issued else lines[:1]
    return ()


def _may_be_of_title(text: SourceText) -> bool:
    is_set_off = text.level > 0 or text.is_large
    is_short = len(text.text) <= _LONGEST_TITLE and "\n" not in text.text.strip()
    is_other = bool(re.search(r"[。:：]|^[※＊*（(注]", text.text))
    return is_short and not is_set_off and not is_other and not _issue(text.text)


def _issue(text: str) -> Object:
    """When and by whom a plan was made, as a line says either or both of it."""
    words, plain = text.split(), squeezed(text)
    for key, pattern in (("issued", _ISSUED), ("issuer", _ISSUER)):
        if pattern.fullmatch(plain):
            return {key: one_line(text)}
    for at in range(1, len(words)):
        for issued, issuer in ((words[:at], words[at:]), (words[at:], words[:at])):
            is_issued = _ISSUED.fullmatch(squeezed("".join(issued)))
            if is_issued and _ISSUER.fullmatch(squeezed("".join(issuer))):
                return {"issued": "　".join(issued), "issuer": "　".join(issuer)}
    return {}


def _municipality(cover: Object) -> str:
    issuer, title = cover.get("issuer"), cover.get("title")
    for text in (issuer, *(title if isinstance(title, list) else ())):
        if isinstance(text, str) and (match := _IN_TITLE.match(text.strip())):
            return match[1]
    return ""


def _read_introduction(front: Front, texts: Sequence[SourceText]) -> None:
    first, *others = texts
    introduction: Object = {"title": one_line(first.text)}
    front.taken.append(first)
    for text in others:
        is_below_title = text is others[0] and is_framed(text.text)
        if (
            text.level
            and not is_below_title
            and (text.level <= first.level or "heading" in introduction)
        ):
            break
        if text.level or (text.is_large and "heading" not in introduction):
            introduction["heading"] = one_line(text.text)
        else:
            _take(introduction, text.text)
        front.taken.append(text)
    front.basics["introduction"] = introduction


_LONG = 30  # characters of a line that may have been merely full


def _goes_on(introduction: Object, text: str) -> bool:
    """Take a text that goes on where the one before ended without an end."""
    key = next((each for each in ("notes", "points", "paragraphs") if each in introduction), "")
    items = introduction.get(key)
    if not isinstance(items, list) or text.lstrip().startswith(("…", "・", "※")):
        return False
    last = items[-1]
    lines = last.get("lines") if isinstance(last, dict) else items
    if not isinstance(lines, list) or not isinstance(lines[-1], str):
        return False
    if len(lines[-1]) < _LONG or re.search(r"[。．）)」]$", lines[-1]):
        return False
    lines[-1] = one_line(f"{lines[-1]}\n{text}")
    return True


def _take(introduction: Object, text: str) -> None:
    for pattern, key in ((_POINT, "points"), (NOTE, "notes")):
        if match := pattern.fullmatch(text):
            append(introduction, key, {"label": match[1], "lines": [*lines_of(match[2])]})
            return
    if _goes_on(introduction, text):
        return
    notes = introduction.get("notes")
    if isinstance(notes, list) and text.lstrip().startswith(("…", "・・・")):
        last = notes[-1]
        if isinstance(last, dict):
            append(last, "lines", text.strip())
            return
    append(introduction, "paragraphs", one_line(text))
