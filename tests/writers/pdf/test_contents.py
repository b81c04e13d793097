"""目次 in PDF: title, dots, status and number on one line."""

from __future__ import annotations

from kpireport.document.blocks import Block, Contents, Document, Heading, Section
from kpireport.document.styles import HeadingStyle
from kpireport.writers.pdf.contents import EntryItem
from kpireport.writers.pdf.writer import lay_out, write_pdf
from tests.documents import METADATA, document
from tests.writers.pdf.reader import read_pages, read_structure

STATUS = "◎１ △１ ×２"


def plan(number: int, *, name: str = "名前", status: str = STATUS) -> Heading:
    return Heading(f"p{number}", 2, f"計画{number}　{name}", HeadingStyle.SECTION, status=status)


def test_a_status_ends_before_the_numbers_room_on_every_line() -> None:
    made = document(Contents(2), plan(1), plan(2, status="◎10"), plan(3, status=""))
    chars = read_pages(write_pdf(made))[0].chars
    text = "".join(char["text"] for char in chars)
    ends = [chars[text.index(each) + len(each) - 1]["x1"] for each in (STATUS, "◎10")]
    assert abs(ends[0] - ends[1]) < 0.1
    size = 10.5
    right = 595.28 - 20 * 72 / 25.4
    assert abs(right - ends[0] - 2.5 * size) < 0.5


def test_a_reader_hears_the_status_before_the_page() -> None:
    links = list(read_structure(write_pdf(document(Contents(2), plan(1)))).find_all("Link"))
    assert links[-1].text == f"計画1　名前{STATUS}1"
    assert links[-1].links[0].description == f"計画1　名前 {STATUS} 1ページ"


def test_a_long_name_goes_on_in_a_second_line_rather_than_run_into_the_status() -> None:
    chars = read_pages(write_pdf(document(Contents(2), plan(1, name="長" * 60))))[0].chars
    text = "".join(char["text"] for char in chars)
    at = text.index(STATUS) - 1
    assert text[: at + 1].count("長") == 60
    assert chars[at]["x1"] < chars[at + 1]["x0"]
    names = [char for char in chars[: at + 1] if char["text"] == "長"]
    assert len({round(char["y0"]) for char in names}) == 2
    assert all(char["x1"] < chars[at + 1]["x0"] for char in names)


def test_two_landscape_pages_hold_a_long_list() -> None:
    headings = [Heading(f"g{n}", 1, f"目標{n}", HeadingStyle.CHAPTER) for n in range(11)]
    plans = [plan(number) for number in range(21)]
    for landscape, most in ((False, 1), (True, 2)):
        blocks: tuple[Block, ...] = (Contents(2), *headings, *plans)
        pages = lay_out(Document(METADATA, (Section(blocks, landscape=landscape),))).pages
        holding = [page for page in pages if any(isinstance(i.item, EntryItem) for i in page.items)]
        assert len(holding) == most
