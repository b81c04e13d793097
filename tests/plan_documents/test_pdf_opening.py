"""PDFs that are protected, damaged, or made to fill the memory."""

from __future__ import annotations

import io
import os

import pikepdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.plan_documents.pdf_tables import read_pdf_tables
from tests.plan_documents.pages import Pages, only_table, read, rows, texts


def refused(path) -> tuple[str, str]:
    """What is said of a file that is not read: once, and how to mend it."""
    with pytest.raises(InputError) as caught:
        read_pdf_tables(path, Findings(path))
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    return problem.what, problem.remedy


def written(folder, data: bytes):
    path = folder / "計画.pdf"
    path.write_bytes(data)
    return path


def made(contents: bytes, **resources) -> bytes:
    """A PDF of one page that draws so."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(contents)
    page.Resources = pikepdf.Dictionary(**resources)
    return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", "計画".encode(), b"%PDF-1.7\n%%EOF", bytes(1000)]
)
def test_what_is_no_pdf(tmp_path, data):
    assert refused(written(tmp_path, data)) == (
        "PDF として読めません。",
        "PDF のファイルか、壊れていないかを確かめてください。",
    )


def test_no_file(tmp_path):
    assert refused(tmp_path / "ない.pdf")[0] == "ファイルがありません。"


def test_folder(tmp_path):
    assert refused(tmp_path)[0] == "ファイルではなくフォルダーです。"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe(tmp_path):
    path = tmp_path / "pipe.pdf"
    os.mkfifo(path)

    assert "パイプ" in refused(path)[0]


@pytest.mark.parametrize("password", ["", "secret"])
def test_protected(tmp_path, password):
    file = io.BytesIO()
    protection = StandardEncryption(password, ownerPassword="owner", canCopy=0)
    canvas = Canvas(file, encrypt=protection)
    canvas.drawString(50, 700, "secret")
    canvas.save()

    assert refused(written(tmp_path, file.getvalue()))[0] == "パスワードなどで保護されています。"


def test_damaged_file_is_read_as_far_as_it_can_be(tmp_path):
    pages = Pages()
    pages.grid((50, 150, 250), (100, 130, 160))
    pages.cells((50, 150), (100, 130), [["甲", "乙"], ["丙", "丁"]])
    data = pages.data()
    cut = data[: data.rindex(b"xref")]

    assert rows(only_table(read(cut, tmp_path))) == [["甲", "乙"], ["丙", "丁"]]


def test_too_many_pages(tmp_path):
    pdf = pikepdf.new()
    for _ in range(1_001):
        pdf.add_blank_page()

    assert refused(written(tmp_path, saved(pdf)))[0] == "ページが多すぎます（1,000ページまで）。"


def test_stream_that_unpacks_to_much(tmp_path):
    assert refused(written(tmp_path, made(bytes(65 * 2**20))))[0] == "PDF の中身が大きすぎます。"


@pytest.mark.parametrize(
    "contents",
    [
        b"0 0 m 1 1 l S\n" * 320_000,
        b"0 0 1 1 re f " * 160_000,
        b"BT /F 9 Tf (a)Tj " * 160_000,
        b"BT /F 9 Tf (" + b"a" * 30_000 + b") Tj ET",
    ],
    ids=["bytes", "areas", "texts", "characters"],
)
def test_page_that_draws_too_much_is_left_out(tmp_path, contents):
    font = pikepdf.Dictionary(
        F=pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    path = written(tmp_path, made(contents, Font=font))
    log = Findings(path)

    document = read_pdf_tables(path, log)

    assert (document.parts, document.pages) == ((), 1)
    (warning,) = log.warnings
    assert warning.place == "1ページ"
    assert "このページは読んでいません" in warning.what


def test_forms_that_draw_each_other(tmp_path):
    """Ten forms, each of which draws the next ten times."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    inner = pdf.make_stream(b"0 0 m 9 9 l S", Type=pikepdf.Name.XObject)
    inner.Subtype = pikepdf.Name.Form
    inner.BBox = [0, 0, 9, 9]
    for _ in range(9):
        outer = pdf.make_stream(b"/F Do " * 10)
        outer.Subtype = pikepdf.Name.Form
        outer.BBox = [0, 0, 9, 9]
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = outer
    page.Contents = pdf.make_stream(b"/F Do")
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
    path = written(tmp_path, saved(pdf))
    log = Findings(path)

    assert read_pdf_tables(path, log).parts == ()
    assert [each.place for each in log.warnings] == ["1ページ"]


def test_form_that_draws_itself(tmp_path):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    form = pdf.make_indirect(pdf.make_stream(b"/F Do"))
    form.Subtype = pikepdf.Name.Form
    form.BBox = [0, 0, 9, 9]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.Contents = pdf.make_stream(b"/F Do")
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    path = written(tmp_path, saved(pdf))
    log = Findings(path)

    assert read_pdf_tables(path, log).parts == ()
    assert [each.place for each in log.warnings] == ["1ページ"]


def test_table_in_a_form(tmp_path):
    pages = Pages()
    pages.canvas.beginForm("table")
    pages.grid((50, 150, 250), (100, 130, 160))
    pages.cells((50, 150), (100, 130), [["甲", "乙"], ["丙", "丁"]])
    pages.canvas.endForm()
    pages.canvas.translate(100, -50)
    pages.canvas.doForm("table")

    table = only_table(pages.read(tmp_path))

    assert rows(table) == [["甲", "乙"], ["丙", "丁"]]
    assert table.lefts == (round(150 / 595, 4), round(250 / 595, 4))


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [0, 0, 1e9, 1e9], ["a"], [0, 0, 1e39, 842]])
def test_odd_page_sizes(tmp_path, box):
    pdf = pikepdf.open(io.BytesIO(made(b"0 0 m 100 0 l S")))
    pdf.pages[0].obj.MediaBox = pikepdf.Array(box)
    path = written(tmp_path, saved(pdf))

    assert read_pdf_tables(path, Findings(path)).parts == ()


@pytest.mark.parametrize("number", ["1e38", "-99999999999999999999", "nan", "0.0000001"])
def test_odd_numbers(tmp_path, number):
    line = f"{number} 0 0 {number} 0 {number} cm 0 0 m {number} 0 l 0 {number} l S 0 0 9 9 re f"
    path = written(tmp_path, made(line.encode()))

    assert read_pdf_tables(path, Findings(path)).parts == ()


def test_pattern_of_rules_is_no_table(tmp_path):
    pages = Pages()
    for step in range(700):
        pages.across(50 + step, 50, 550)
        pages.upright(50 + step / 2, 50, 750)
    pages.text(100, 800, "地図")

    path = written(tmp_path, pages.data())
    log = Findings(path)

    document = read_pdf_tables(path, log)

    assert texts(document) == ["地図"]
    assert list(document.tables()) == []
    (warning,) = log.warnings
    assert warning.place == "1ページ"
    assert "表ではないと見て" in warning.what


def test_fonts_that_do_not_say_their_characters(tmp_path):
    pages = Pages()
    pages.cells((50, 200), (100, 125, 150), [["指標", "目標値"], ["保育所", "181所"]])
    with pikepdf.open(io.BytesIO(pages.data())) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
                del each["/ToUnicode"]
        data = saved(pdf)

    what, remedy = refused(written(tmp_path, data))

    assert "文字を読み取れません" in what
    assert "OCR" in remedy
