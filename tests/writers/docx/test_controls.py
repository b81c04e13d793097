"""The marks around the texts that staff may edit: which there are, and what they tell."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kpireport.document.blocks import Document, Paragraph, Span
from kpireport.document.sources import editable_texts, identity, text_sum
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from tests.documents import document, heading, real_plan
from tests.review_reports import sample_document
from tests.writers.docx.reader import W, parts, text


def body(made: Document) -> Any:
    return parts(write_docx(made))["word/document.xml"]


@cache
def sample_body() -> Any:
    return body(sample_document(2021))


def controls(root: Any) -> list[tuple[str, str]]:
    """The tags of the controls and the texts in them."""
    found = []
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None:
            content = control.find(f"{W}sdtContent")
            paragraphs = content.findall(f"{W}p") or [content]
            found.append((tag.get(f"{W}val"), "\n".join(map(text, paragraphs))))
    return found


def test_every_editable_text_of_a_review_is_in_a_control() -> None:
    found = controls(sample_body())
    texts = list(editable_texts(sample_document(2021)))
    assert [(tag.removeprefix("kpi:").split("#")[0], shown) for tag, shown in found] == texts
    assert [tag.split("#")[1] for tag, _ in found] == [text_sum(each) for _, each in texts]
    assert {source.split(":")[0] for source, _ in texts} >= {"introduction", "override", "issues"}


def test_controls_are_locked_numbered_and_bookmarked() -> None:
    root = sample_body()
    properties = [
        control.find(f"{W}sdtPr")
        for control in root.iter(f"{W}sdt")
        if control.find(f"{W}sdtPr/{W}tag") is not None
    ]
    numbers = [each.find(f"{W}id").get(f"{W}val") for each in properties]
    assert len(set(numbers)) == len(numbers)
    assert all(each.find(f"{W}lock").get(f"{W}val") == "sdtLocked" for each in properties)
    names = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    assert sum(name.startswith(("kpi_p_", "kpi_r_")) for name in names) == len(numbers)
    assert max(map(len, names)) <= 40


def test_paragraphs_of_one_source_are_in_one_control() -> None:
    made = document(
        paragraph("一", TextStyle.BODY, "survey"),
        paragraph("二", TextStyle.BODY, "survey"),
        paragraph("三", TextStyle.BODY, "introduction"),
        heading("h2", "章"),
        paragraph("四", TextStyle.BODY, "survey"),
    )
    found = [(tag.split("#")[0], shown) for tag, shown in controls(body(made))]
    assert found == [("kpi:survey", "一\n二"), ("kpi:introduction", "三"), ("kpi:survey", "四")]


def test_a_long_source_has_a_tag_that_word_takes() -> None:
    source = f"explanation:{'x' * 40}:2021"
    spans = (Span("前："), Span("文", source=source))
    ((tag, shown),) = controls(body(document(Paragraph(spans, TextStyle.BODY))))
    assert re.fullmatch(r"kpi:[0-9a-f]{16}#[0-9a-f]{8}", tag)
    assert shown == "文"


def test_a_document_tells_which_it_is() -> None:
    names = [each.get(f"{W}name") for each in body(real_plan()).iter(f"{W}bookmarkStart")]
    assert f"kpireport_{identity(real_plan())}" in names


def test_only_the_documents_own_words_make_it_another() -> None:
    one = document(paragraph("文", TextStyle.BODY), paragraph("直す前", TextStyle.BODY, "survey"))
    edited = document(paragraph("文", TextStyle.BODY), paragraph("後", TextStyle.BODY, "survey"))
    other = document(paragraph("数", TextStyle.BODY), paragraph("直す前", TextStyle.BODY, "survey"))
    assert identity(one) == identity(edited) != identity(other)


def test_every_frame_is_called_by_what_is_in_it() -> None:
    names = {
        each.find(f"{W}tag").get(f"{W}val").split("#")[0]: each.find(f"{W}alias").get(f"{W}val")
        for each in sample_body().iter(f"{W}sdtPr")
        if each.find(f"{W}tag") is not None
    }
    assert names["kpi:introduction"] == "はじめに"
    assert all(name.endswith(" 課題") for tag, name in names.items() if ":issues:" in tag)
    plans = {name for tag, name in names.items() if ":issues:" in tag}
    assert all(name.startswith("計画") for name in plans)
    assert len(plans) == sum(":issues:" in tag for tag in names)
    assert max(map(len, names.values())) <= 64
