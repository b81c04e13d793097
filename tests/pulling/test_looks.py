"""Words that are struck out, raised, or not to be seen: no part of a text, and told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.pulling.edited import (
    NAMESPACE,
    W,
    built,
    control,
    edited,
    find_text,
    pulled,
    refused,
    with_part,
    write,
)

STYLES = "word/styles.xml"
STRUCK = {
    "direct": "<w:strike/>",
    "double": "<w:dstrike/>",
    "switched": '<w:strike w:val="true"/>',
}
UNSEEN = {
    "white on white": '<w:color w:val="FFFFFF"/>',
    "theme": '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
    "on shade": '<w:color w:val="FFFF00"/><w:shd w:val="clear" w:fill="ffff00"/>',
    "on highlight": '<w:color w:val="FF0000"/><w:highlight w:val="red"/>',
    "solid": '<w:color w:val="102030"/><w:shd w:val="solid" w:color="102030" w:fill="FFFFFF"/>',
}
SEEN = {
    "white on black": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
    "left to Word": '<w:color w:val="auto"/>',
    "red": '<w:color w:val="FF0000"/>',
    "switched off": '<w:strike w:val="0"/><w:dstrike w:val="false"/>',
    "on the line": '<w:vertAlign w:val="baseline"/><w:position w:val="0"/>',
    "pattern": '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>',
}


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def elements(markup: str) -> list[Any]:
    return list(etree.fromstring(f'<x xmlns:w="{NAMESPACE}">{markup}</x>'))


def surveyed(*runs: str, paragraph: str = "") -> bytes:
    """The Word file with these runs as the survey's text."""

    def change(root: Any) -> None:
        found = control(root, "survey").find(f"{W}sdtContent/{W}p")
        for old in found.findall(f"{W}r"):
            found.remove(old)
        found.extend(elements("".join(runs)))
        if paragraph:
            properties = found.find(f"{W}pPr")
            for each in elements(paragraph):
                for old in properties.findall(each.tag):
                    properties.remove(old)
                properties.append(each)

    return edited(change)


def with_style(data: bytes, kind: str, properties: str, inner: str = "rPr") -> bytes:
    """The file with a style ``New``, based on another that says all there is to say."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = etree.fromstring(package.read(STYLES))
    styles.extend(
        elements(
            f'<w:style w:type="{kind}" w:styleId="Old"><w:name w:val="旧"/>'
            f"<w:{inner}>{properties}</w:{inner}></w:style>"
            f'<w:style w:type="{kind}" w:styleId="New"><w:name w:val="新"/>'
            '<w:basedOn w:val="Old"/></w:style>'
        )
    )
    return with_part(data, STYLES, etree.tostring(styles))


def texts_and_notes(folder: Path, data: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    found = pulled(write(folder), data)
    assert found.refusals == ()
    return [each.new for each in found.changes], [(each.place, each.what) for each in found.notes]


@pytest.mark.parametrize("look", STRUCK)
def test_struck_words_are_withdrawn_and_told(tmp_path: Path, look: str) -> None:
    data = surveyed(run("定員は"), run("1", STRUCK[look]), run("2人です。"))
    assert texts_and_notes(tmp_path, data) == (
        ["定員は2人です。"],
        [("調査の概要", "取り消し線の付いた「1」は、使いません。")],
    )


@pytest.mark.parametrize("kind", ["character", "paragraph"])
def test_a_style_strikes_words_too(tmp_path: Path, kind: str) -> None:
    is_run = kind == "character"
    struck = run("1", '<w:rStyle w:val="New"/>' if is_run else "")
    left = run("2人です。", "" if is_run else '<w:strike w:val="0"/>')
    paragraph = "" if is_run else '<w:pStyle w:val="New"/>'
    data = with_style(surveyed(struck, left, paragraph=paragraph), kind, "<w:strike/>")
    texts, notes = texts_and_notes(tmp_path, data)
    assert texts == ["2人です。"]
    assert ("調査の概要", "取り消し線の付いた「1」は、使いません。") in notes


def test_a_text_that_is_wholly_struck_is_asked_about(tmp_path: Path) -> None:
    report = write(tmp_path)
    found = pulled(report, surveyed(run("調査の説明。", "<w:strike/>")), apply=True)
    assert (found.changes, found.written) == ((), ())
    (refusal,) = found.refusals
    assert refusal.place == "調査の概要"
    assert "取り消し線の付いた「調査の説明。」は、使いません。" in refusal.what


def test_a_tracked_deletion_is_withdrawn(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="甲"><w:r><w:delText>1</w:delText></w:r></w:del>'
    texts, notes = texts_and_notes(tmp_path, surveyed(run("定員は"), deleted, run("2人です。")))
    assert texts == ["定員は2人です。"]
    assert any("変更履歴が1件" in what for _, what in notes)


@pytest.mark.parametrize("moved", ['<w:vertAlign w:val="superscript"/>', '<w:position w:val="6"/>'])
def test_a_raised_digit_is_a_notes_mark_and_no_figure(tmp_path: Path, moved: str) -> None:
    data = surveyed(run("施設は8"), run("2", moved), run("か所。広さは5m"), run("2", moved))
    assert texts_and_notes(tmp_path, data)[0] == ["施設は8か所。広さは5m2"]
    assert (
        "調査の概要",
        "上付きか下付きの「2」は、注の印とみて、使いません。",
    ) in texts_and_notes(tmp_path / "again", data)[1]


@pytest.mark.parametrize("look", UNSEEN)
def test_words_in_the_colour_behind_them_are_passed_over(tmp_path: Path, look: str) -> None:
    data = surveyed(run("定員は2人です。"), run("内緒。", UNSEEN[look]))
    assert texts_and_notes(tmp_path, data) == (
        ["定員は2人です。"],
        [("調査の概要", "背景と同じ色で見えない「内緒。」は、使いません。")],
    )


@pytest.mark.parametrize("look", SEEN)
def test_words_that_can_be_seen_count(tmp_path: Path, look: str) -> None:
    data = surveyed(run("定員は2人です。"), run("3年目。", SEEN[look]))
    assert texts_and_notes(tmp_path, data)[0] == ["定員は2人です。3年目。"]


def test_a_paragraph_may_be_of_the_colour(tmp_path: Path) -> None:
    blue = '<w:color w:val="0000FF"/>'
    shade = '<w:shd w:val="clear" w:fill="0000FF"/>'
    data = surveyed(run("内緒。", blue), run("見える。"), paragraph=shade)
    assert texts_and_notes(tmp_path, data)[0] == ["見える。"]


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ("<w:strike/>", "［取り消し線「98.6％」］"),
        ('<w:color w:val="FFFFFF"/>', "［背景と同じ色の文字「98.6％」］"),
        ('<w:color w:val="00FF00"/>', "［背景と同じ色の文字「98.6％」］"),
    ],
)
def test_a_figure_that_is_withdrawn_or_unseen_is_refused(
    tmp_path: Path, look: str, shown: str
) -> None:
    def change(root: Any) -> None:
        found = find_text(root, "98.6％", "重要業績評価指標の実績").getparent()
        for old in found.findall(f"{W}rPr"):
            found.remove(old)
        found.insert(0, elements(f"<w:rPr>{look}</w:rPr>")[0])
        if "00FF00" in look:
            cell = next(found.iterancestors(f"{W}tc"))
            cell.find(f"{W}tcPr").append(elements('<w:shd w:val="clear" w:fill="00FF00"/>')[0])

    ((_, old, new),) = refused(write(tmp_path), edited(change))
    assert (old, new) == ("98.6％＊１", f"{shown}＊１")


def test_nothing_of_a_file_as_it_was_built_is_unseen(tmp_path: Path) -> None:
    found = pulled(write(tmp_path), built())
    assert (found.changes, found.refusals, found.notes) == ((), (), ())
