"""報告書: its pages beside where their values come from; its files made, sent, checked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from openpyxl import load_workbook

from kpireport import build
from kpireport.document.texts import row_id
from kpireport.domain.settings import DocumentKind
from kpireport.reports import Report
from kpireport.validation import PdfReport, Verdict
from kpireport.workbench.jobs import JobState
from kpireport.writers.html import html_parts
from tests.review_reports import write_review
from tests.workbench.windows import Window, said

PAGE = "/reports/2021/document"
PREVIEW = "/reports/2021/preview"


@pytest.fixture
def ready(sound: Path) -> Iterator[Window]:
    """A window on a town whose year can be built."""
    opened = Window(sound)
    yield opened
    opened.close()


def change_value(town: Path, id_: str, value: str) -> None:
    """Write another value of 2021 into the workbook, as somebody with Excel would."""
    path = town / "2021" / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["実績"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == id_ and row[titles["年度"] - 1].value == 2021:
            row[titles["実績"] - 1].value = value
    book.save(path)


def seen(window: Window) -> str:
    """The address that the page asks for what has changed since."""
    (address,) = window.page(PAGE).xpath("//*[@id='pages']/@hx-get")
    return str(address)


# --- the pages -------------------------------------------------------------------


def test_the_pages_are_those_of_a_build_and_nothing_is_written(ready: Window, sound: Path) -> None:
    shown = ready.page(PREVIEW)
    parts = html_parts(Report.open(sound / "2021").document)
    sections = shown.xpath("//main/section")
    assert [each.get("id") for each in sections] == [each.id for each in parts]
    for section, part in zip(sections, parts, strict=True):
        written = html.fragment_fromstring(part.markup.decode())
        assert "".join(section.itertext()) == "".join(written.itertext())
    assert not (sound / "2021" / "out").exists()


def test_the_pages_run_nothing_and_stand_in_our_frames_alone(ready: Window) -> None:
    policy = ready.get(PREVIEW).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert (
        "frame-ancestors 'self'"
        in (ready.get("/reports/2021/facts/share").headers["content-security-policy"])
    )
    assert "frame-ancestors 'none'" in ready.get(PAGE).headers["content-security-policy"]


def test_every_row_leads_to_where_it_comes_from(ready: Window, sound: Path) -> None:
    shown = ready.page(PREVIEW)
    plan = Report.open(sound / "2021").plan
    for measure in plan.measures():
        (row,) = shown.xpath(f"//tr[@id='{row_id(measure.id)}']")
        links = row.xpath(".//a[@target='facts'][not(ancestor::*[@rowspan])]")
        assert {each.get("href") for each in links} == {f"/reports/2021/facts/{measure.id}"}
        assert len(links) > 2
        reachable = [each for each in links if each.get("tabindex") is None]
        assert len(reachable) == 1
        facts = ready.page(links[0].get("href"))
        assert "".join(measure.name.split()) in said(facts)
    assert ready.page(PAGE).xpath("//iframe[@name='facts']")


def test_a_value_tells_what_it_is_and_its_cell(ready: Window, sound: Path) -> None:
    report = Report.open(sound / "2021").inspected()
    found = next(
        each
        for each in report.found
        if getattr(each.fact, "measure_id", "") == "share" and each.fact.fiscal_year.year == 2021
    )
    words = said(ready.page("/reports/2021/facts/share"))
    assert f"actuals.xlsx：{found.place}" in words
    review = report.review
    assert review is not None
    judgement = review.judgement(review.measures["share"])
    for each in (judgement.mark.label, "評価の理由", "進捗率", "年度の目安", "目標値以上にする"):
        assert each in words
    links = ready.page("/reports/2021/facts/share").xpath("//a[@target='_parent']/@href")
    assert links[0] == "/reports/2021/values/share"
    assert ready.page(links[1]).xpath("//*[@name='cell:名称'][@value='受入率']")


def test_a_plans_comments_tell_their_cells(tmp_path: Path) -> None:
    write_review(tmp_path, comments=[["p1", None, 2021, "増設しました。", "土地がない。", None]])
    window = Window(tmp_path)
    words = said(window.page("/reports/2021/facts/p1"))
    assert "令和３年度の主な取組増設しました。2021/actuals.xlsx：計画コメント!D2" in words
    assert "令和３年度の課題土地がない。2021/actuals.xlsx：計画コメント!E2" in words
    window.close()


def test_every_chapter_is_in_the_contents(ready: Window) -> None:
    chapters = ready.page(PREVIEW).xpath("//main/section/@id")
    links = ready.page(PAGE).xpath("//details//a[@target='preview']/@href")
    assert [each.rpartition("#")[2] for each in links] == chapters


def test_what_the_plan_does_not_have_is_not_found(ready: Window) -> None:
    assert ready.get("/reports/2021/facts/p99").status_code == 404
    assert "ページの中の指標や値を選ぶと" in said(ready.page("/reports/2021/facts"))


def test_an_indicator_is_found_by_id_and_by_name(ready: Window) -> None:
    for wanted in ("share", "受入率", "share　受入率"):
        page = ready.page(f"{PAGE}?find={wanted}")
        (pages,) = page.xpath("//iframe[@name='preview']/@src")
        (facts,) = page.xpath("//iframe[@name='facts']/@src")
        assert pages.endswith("#row-share")
        assert facts == "/reports/2021/facts/share"
    lost = ready.page(f"{PAGE}?find=ない指標")
    assert "「ない指標」という指標は、計画にありません" in said(lost)
    assert lost.xpath("//input[@aria-invalid='true']/@aria-describedby") == ["not-found"]


def test_only_what_changed_is_named_once_an_input_is_another(ready: Window, sound: Path) -> None:
    ask = seen(ready)
    assert ready.get(ask).status_code == 204
    before = {each.get("id"): said(each) for each in ready.page(PREVIEW).xpath("//main/section")}
    change_value(sound, "share", "98.1％")
    answer = ready.get(ask)
    assert answer.status_code == 200
    after = {each.get("id"): said(each) for each in ready.page(PREVIEW).xpath("//main/section")}
    part, pane = html.fragments_fromstring(answer.text.strip())
    told = part.xpath("//*[@role='status']//a[@target='preview']/@href")
    named = [each.rpartition("#")[2] for each in told]
    changed = [id_ for id_, text in after.items() if before[id_] != text]
    assert set(changed) <= set(named) < set(after)
    assert changed
    (src,) = part.xpath(".//iframe/@src")
    assert src.endswith("#row-share")
    assert (pane.get("id"), pane.get("src")) == ("facts", "/reports/2021/facts/share")
    assert ready.get(str(part.get("hx-get"))).status_code == 204


def test_pages_after_a_change_are_those_that_another_window_begins_with(
    ready: Window, sound: Path
) -> None:
    ready.page(PREVIEW)
    change_value(sound, "share", "98.1％")
    shown = ready.get(PREVIEW).text
    other = Window(sound)
    assert other.get(PREVIEW).text == shown
    other.close()


def test_a_file_saved_without_a_change_moves_nothing(ready: Window, sound: Path) -> None:
    ask = seen(ready)
    settings = sound / "2021" / "report.toml"
    settings.write_bytes(settings.read_bytes() + b"\n")
    assert ready.get(ask).status_code == 204


def test_faults_stand_in_the_place_of_the_pages(window: Window) -> None:
    page = window.page(PAGE)
    assert "直すまで報告書を作れません" in said(page)
    assert page.xpath("//*[@id='pages']//*[contains(@class, 'problem')]")
    assert not page.xpath("//iframe[@name='preview']")
    assert window.get(PREVIEW).status_code == 422


@pytest.mark.parametrize("which", ["digest", "sheets"])
def test_the_documents_beside_it_are_shown_as_well(which: str, ready: Window, sound: Path) -> None:
    report = Report.open(sound / "2021")
    beside = report.as_document(DocumentKind(which))
    shown = said(ready.page(f"{PREVIEW}?of={which}"))
    for part in html_parts(beside.document):
        assert " ".join(html.fragment_fromstring(part.markup.decode()).text_content().split()) in (
            shown
        )


def test_a_plans_edition_has_its_page_and_no_edits(town: Path) -> None:
    folder = town / "plan"
    folder.mkdir()
    settings = 'edition = "plan"\ncatalogue = "../catalogue.json"\ndate = 2020-04-01\n'
    (folder / "report.toml").write_text(f'{settings}[output]\nname = "計画"\n', encoding="utf-8")
    window = Window(town)
    page = window.page("/reports/plan/document")
    assert "直した Word" not in said(page)
    assert window.get("/reports/plan/preview").status_code == 200
    assert "現状値" in said(window.page("/reports/plan/facts/share"))
    for id_ in ("share", "p1", Report.open(folder).plan.goals[0].numeric_targets[0].id):
        (form,) = window.page(f"/reports/plan/facts/{id_}").xpath("//a[@target='_parent']/@href")
        assert window.page(form).xpath("//*[@name='cell:名称']/@value")
    window.post("/reports/plan/build", {"of": "digest"})
    assert sorted(each.name for each in (folder / "out").iterdir()) == ["計画.docx", "計画.pdf"]
    window.close()


# --- the files -------------------------------------------------------------------


def test_what_is_built_is_what_the_command_builds(
    ready: Window, sound: Path, tmp_path: Path
) -> None:
    answer = ready.post("/reports/2021/build")
    assert JobState.DONE in said(ready.page(answer.url.path))
    out = sound / "2021" / "out"
    made = {each.name: each.read_bytes() for each in out.iterdir()}
    assert "いまの入力のとおり" in said(ready.page(PAGE))
    for path in build(sound / "2021", moment=ready.desk.clock.moment()):
        assert made.pop(path.name) == path.read_bytes()
    assert not made


@pytest.mark.parametrize(("of", "ending"), [("digest", "-digest"), ("sheets", "-sheets")])
def test_the_documents_beside_it_are_built(
    of: str, ending: str, ready: Window, sound: Path
) -> None:
    ready.post("/reports/2021/build", {"of": of})
    assert {each.stem for each in (sound / "2021" / "out").iterdir()} == {f"実績{ending}"}


def test_a_build_that_is_cancelled_writes_nothing(
    ready: Window, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpireport.stages.writing import Writing

    begun, go_on = threading.Event(), threading.Event()
    whole = Writing.files

    def held(writing: Writing, tell: object) -> object:
        begun.set()
        assert go_on.wait(30)
        return whole(writing, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(Writing, "files", held)
    sent = {"csrf": ready.desk.csrf}
    answer = ready.client.post("/reports/2021/build", data=sent)
    assert begun.wait(30)
    ready.client.post(f"{answer.url.path}/cancel", data=sent)
    go_on.set()
    ready.desk.jobs.wait()
    assert JobState.CANCELLED in said(ready.page(answer.url.path))
    assert not (sound / "2021" / "out").exists()


def test_files_are_sent_with_their_type_and_name(ready: Window, sound: Path) -> None:
    settings = sound / "2021" / "report.toml"
    text = settings.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name ="))
    formats = 'formats = ["docx", "pdf", "xlsx", "html"]'
    settings.write_text(text.replace(name, f"{name}\n{formats}"), encoding="utf-8")
    ready.post("/reports/2021/build")
    types = {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "html": "text/html; charset=utf-8",
    }
    links = ready.page(PAGE).xpath("//a[@download]/@href")
    assert [unquote(each).rpartition(".")[2] for each in links] == list(types)
    for link, kind in zip(links, types, strict=True):
        answer = ready.get(link)
        assert answer.headers["content-type"] == types[kind]
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith('attachment; filename="__.')
        assert unquote(disposition.rpartition("filename*=UTF-8''")[2]) == f"実績.{kind}"
        assert answer.content == (sound / "2021" / "out" / f"実績.{kind}").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "report.toml",
        "actuals.xlsx",
        "..%2Freport.toml",
        "%2e%2e%2factuals.xlsx",
        "秘密.pdf",
        "実績",
    ],
)
def test_names_that_the_settings_do_not_have_lead_nowhere(
    name: str, ready: Window, sound: Path
) -> None:
    ready.post("/reports/2021/build")
    (sound / "2021" / "out" / "秘密.pdf").write_bytes(b"%PDF-1.7")
    answer = ready.get(f"/reports/2021/files/{name}")
    assert answer.status_code == 404
    assert "attachment" not in answer.headers.get("content-disposition", "")


def test_a_link_out_of_the_folder_is_not_followed(
    ready: Window, sound: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "ほかの人のもの.pdf"
    secret.write_bytes(b"%PDF-1.7")
    (sound / "2021" / "out").mkdir()
    (sound / "2021" / "out" / "実績.pdf").symlink_to(secret)
    assert ready.get("/reports/2021/files/実績.pdf").status_code == 404
    assert "開いているフォルダーの外" in said(ready.page(PAGE))


def test_files_that_are_older_than_their_inputs_are_told(ready: Window, sound: Path) -> None:
    ready.post("/reports/2021/build")
    change_value(sound, "share", "98.1％")
    assert "作った後に入力が変わっています" in said(ready.page(PAGE))


def test_pdfs_are_checked_as_the_command_checks_them(
    ready: Window, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "まだ PDF がありません" in said(ready.post("/reports/2021/check-files"))
    ready.post("/reports/2021/build")
    given: list[Path] = []

    def checked(paths: tuple[Path, ...]) -> tuple[PdfReport, ...]:
        given.extend(paths)
        verdicts = (Verdict("2a", conforms=True, checks=9), Verdict("ua1", True, 9))
        return tuple(PdfReport(path, verdicts) for path in paths)

    monkeypatch.setattr("kpireport.validation.check_pdfs", checked)
    answer = ready.post("/reports/2021/check-files")
    words = said(ready.page(answer.url.path))
    assert given == [sound / "2021" / "out" / "実績.pdf"]
    assert "PDF/A-2a: 適合しています" in words
    assert "PDF/UA-1: 適合しています" in words
    assert words.count(str(sound)) == 1  # at the top of the page, and nowhere else
