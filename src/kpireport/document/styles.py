"""What the parts of a document are: semantic names that the theme gives a look each.

Comes in: nothing. Goes out: to the blocks (:mod:`kpireport.document.blocks`), the
composition, which names them, and the writers, which know their fonts and colours.
"""

from __future__ import annotations

from enum import StrEnum


class SpanStyle(StrEnum):
    """What a run of text inside a paragraph is."""

    PLAIN = "plain"
    STRONG = "strong"
    NOTE_MARK = "note-mark"  # ※１ beside the word that the note explains


class TextStyle(StrEnum):
    """What a paragraph is; the theme gives each its look."""

    BODY = "body"  # prose, first line indented
    NOTE = "note"
    TABLE_NOTE = "table.note"  # ※１ below a table
    LIST_ITEM = "list.item"  # ⑴ a numbered point
    CALLOUT = "callout"  # ① the explanation of a callout
    MASTHEAD = "masthead"  # the plan's name above a heading, the day below: in place of a cover
    COVER_LABEL = "cover.label"  # 資料３, in a box
    COVER_COMMITTEE = "cover.committee"
    COVER_TITLE = "cover.title"
    COVER_YEAR = "cover.year"  # 令和３年度実績報告書, large below the plan's name
    COVER_DATE = "cover.date"
    COVER_ISSUER = "cover.issuer"
    BAND_LABEL = "band.label"  # 基本目標: distributed over the cell's width
    BAND_LABEL_NOTE = "band.label.note"
    BAND_TITLE = "band.title"  # the goal's own words
    BAND_PROSE = "band.prose"  # first line indented
    BAND_TARGET = "band.target"  # ● a numeric target
    BAND_ITEM = "band.item"  # ・ a direction
    BAND_PART = "band.part"  # ① a part of the directions
    TABLE_HEADER = "table.header"  # 戦略計画: distributed
    TABLE_HEADER_NOTE = "table.header.note"
    TABLE_LABEL = "table.label"  # 計画１
    TABLE_TEXT = "table.text"
    TABLE_SUBTEXT = "table.subtext"  # the indented name of a group's sub-row
    TABLE_VALUE = "table.value"  # centred
    DENSE_HEADER = "dense.header"  # the same in a table of many columns
    DENSE_HEADER_NOTE = "dense.header.note"
    DENSE_LABEL = "dense.label"
    DENSE_TEXT = "dense.text"
    DENSE_SUBTEXT = "dense.subtext"
    DENSE_VALUE = "dense.value"
    DENSE_MARK = "dense.mark"  # ◎
    DENSE_COUNT = "dense.count"  # how many there are, digits below digits
    CAPTION = "caption"  # above a table or figure
    COMMENT = "comment"  # a department's words
    COVER_NOTICE = "cover.notice"  # 見本：数値は架空


class HeadingStyle(StrEnum):
    """How a heading looks; its level is independent of it."""

    CHAPTER = "chapter"  # はじめに
    BOXED = "boxed"  # the goal's numeral in its box
    PLAIN = "plain"  # 【表の見方】
    SECTION = "section"  # a part of a chapter
    SUBSECTION = "subsection"
    PLACE = "place"  # a goal's and a plan's line above the heading of a sheet of theirs
    ROW = "row"  # nothing is printed: the row of a table that it belongs to is what it names


class CellStyle(StrEnum):
    """What a cell is; the theme gives each its shade, padding and alignment."""

    HEADER = "header"
    BAND_LABEL = "band.label"
    PLAN = "plan"
    GROUP = "group"
    TEXT = "text"
    VALUE = "value"
    PROSE = "prose"  # side by side with other prose
    DENSE_HEADER = "dense.header"
    DENSE = "dense"
    DENSE_COUNT = "dense.count"  # how many there are, off the rule at its right


class TableStyle(StrEnum):
    """What a table is."""

    BAND = "band"  # the goal's three labelled rows
    KPI = "kpi"
    SUMMARY = "summary"
