"""読み合わせ: rows ticked by two people, in one window or in two, and in the workbook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from lxml import html

from kpireport.cli import main
from kpireport.plan_proofs.ticks import read_proof
from tests.plan_proofs.proofs import (
    BOTH,
    add_original,
    proof_of,
    prove,
    rows,
    tick_all,
    write,
)
from tests.workbench.plans import PLAN, write_town
from tests.workbench.windows import Window, said

PROOF = f"{PLAN}/proof"
ROW = "指標 p01-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town's folder: a plan's file, with its workbook, which knows the original."""
    file = write_town(tmp_path_factory.mktemp("読み合わせ") / "みどり市")
    book = file.parent / "計画.xlsx"
    assert main(["plan", "export", str(file), str(book)]) == 0
    cells = {"表1 行2": ("保育所の定員", "350人", "402人"), "7頁": ("章の扉の言葉です",)}
    add_original(book, cells, {"p01-01": "表1 行2"})
    return file.parent


@pytest.fixture
def plan(made: Path, tmp_path: Path) -> Path:
    """The plan's file of that town."""
    return Path(shutil.copytree(made, tmp_path / "みどり市")) / "catalogue.json"


@pytest.fixture
def window(plan: Path) -> Iterator[Window]:
    """A window on that town."""
    opened = Window(plan.parent)
    yield opened
    opened.close()


@pytest.fixture
def begun(window: Window) -> Window:
    """The same, the proof begun."""
    window.post(f"{PROOF}/begin")
    return window


def fields(page: html.HtmlElement) -> dict[str, str]:
    """What a browser sends of the row."""
    sent: dict[str, str] = {}
    for each in page.xpath("//*[@form='ticks'] | //form[@id='ticks']//input[@name='back']"):
        if each.get("type") == "radio" and each.get("checked") is None:
            continue
        text = each.text if each.tag == "textarea" else each.get("value")
        sent[each.get("name")] = (text or "").removeprefix("\n")
    kind, _, own = ROW.partition(" ")
    (number,) = (
        name.partition(":")[2]
        for name, text in sent.items()
        if name.startswith("key:") and text == f"{kind}\t{own}"
    )
    own_names = {name for name in sent if name.rpartition(":")[2] == number}
    return {"row": number, "back": sent["back"], **{name: sent[name] for name in own_names}}


def ticked(page: html.HtmlElement, **texts: str) -> dict[str, str]:
    """The row's form with something written into it."""
    sent = fields(page)
    for title, text in texts.items():
        assert f"{title}:{sent['row']}" in sent
        sent[f"{title}:{sent['row']}"] = text
    return sent


def tick(window: Window, query: str, **texts: str) -> Response:
    """Tick a row as a page of its part is shown."""
    return window.post(f"{PROOF}/tick", ticked(window.page(f"{PROOF}?{query}"), **texts))


def part_of(window: Window) -> str:
    """The part of the document that the indicators stand in."""
    parts: list[str] = window.page(PROOF).xpath("//select[@name='part']/option/text()")
    return parts[-1]


def test_a_proof_is_begun_and_is_the_commands(window: Window, plan: Path) -> None:
    assert "計画.xlsx から取ります" in said(window.page(PROOF))
    assert not proof_of(plan).exists()
    window.post(f"{PROOF}/begin")
    made = rows(proof_of(plan))
    proof_of(plan).unlink()
    assert prove(plan.parent / "計画.xlsx") == 0
    assert made == rows(proof_of(plan))


def test_a_row_stands_beside_its_original_with_what_differs(begun: Window) -> None:
    page = begun.page(f"{PROOF}?part={part_of(begun)}")
    (row,) = page.xpath("//tr[contains(., 'p01-01')]")
    words = said(row)
    assert "表1 行2" in words
    assert "402人" in words
    assert "現状値350人から420人以上に増やす" in words
    assert "違い 目標値：原本は「" in words
    assert "行のない原本" in said(page)


def test_two_people_tick_a_row_and_it_is_done(begun: Window, plan: Path) -> None:
    query = f"part={part_of(begun)}"
    tick(begun, query=query, 読み手="○", 聞き手="○", 気付き="定員は年度末")
    written = rows(proof_of(plan))[ROW]
    assert [written[title] for title in (*BOTH, "気付き")] == ["○", "○", "定員は年度末"]
    page = begun.page(f"{PROOF}?{query}")
    assert "二人の印がそろった行は1行です" in said(page)
    assert "済み" in said(page.xpath("//tr[contains(., 'p01-01')]")[0])
    assert "p01-01" not in said(begun.page(f"{PROOF}?{query}&only=open").find_class("proof")[0])


def test_each_ticks_in_a_window_of_their_own(begun: Window, plan: Path) -> None:
    other = Window(plan.parent, person="保育課")
    query = f"part={part_of(begun)}"
    reads, listens = (
        each.page(f"{PROOF}?{query}&as={role}")
        for each, role in ((begun, "reader"), (other, "listener"))
    )
    number = fields(reads)["row"]
    assert f"聞き手:{number}" not in fields(reads)
    begun.post(f"{PROOF}/tick", ticked(reads, 読み手="○"))
    other.post(f"{PROOF}/tick", ticked(listens, 聞き手="×"))
    other.close()
    written = rows(proof_of(plan))[ROW]
    assert [written[title] for title in BOTH] == ["○", "×"]
    assert "違う（×）" in said(begun.page(f"{PROOF}?only=wrong"))


def test_what_somebody_wrote_meanwhile_is_told_and_stays(begun: Window, plan: Path) -> None:
    page = begun.page(f"{PROOF}?part={part_of(begun)}")
    write(proof_of(plan), ROW, {"読み手": "×"})
    answer = begun.post(f"{PROOF}/tick", ticked(page, 読み手="○", 聞き手="○"))
    assert answer.status_code == 422
    assert "「×」に書き換えられています" in said(answer)
    assert [rows(proof_of(plan))[ROW][title] for title in BOTH] == ["×", ""]
    again = html.fromstring(answer.text)
    assert fields(again)[f"読み手:{fields(again)['row']}"] == "○"
    begun.post(f"{PROOF}/tick", fields(again))
    assert [rows(proof_of(plan))[ROW][title] for title in BOTH] == ["○", "○"]


def test_a_row_that_the_plan_says_otherwise_by_now_is_not_ticked(begun: Window, plan: Path) -> None:
    page = begun.page(f"{PROOF}?part={part_of(begun)}")
    plan.write_text(plan.read_text("utf-8").replace("保育所の定員", "保育所の総定員"), "utf-8")
    answer = begun.post(f"{PROOF}/tick", ticked(page, 読み手="○"))
    assert answer.status_code == 422
    assert "画面を開いた後に、計画で変わっています" in said(answer)
    assert rows(proof_of(plan))[ROW]["読み手"] == ""


def test_ticks_of_a_row_that_changes_fall_off(begun: Window, plan: Path) -> None:
    query = f"part={part_of(begun)}"
    tick(begun, query=query, 読み手="○", 聞き手="○")
    plan.write_text(plan.read_text("utf-8").replace("保育所の定員", "保育所の総定員"), "utf-8")
    page = begun.page(f"{PROOF}?{query}")
    assert "印の後に変わった行が1行あります" in said(page)
    assert "印の後に変わりました" in said(page.xpath("//tr[contains(., 'p01-01')]")[0])


def test_a_tick_is_saved_as_it_is_made(begun: Window, plan: Path) -> None:
    page = begun.page(f"{PROOF}?part={part_of(begun)}")
    sent = {"csrf": begun.desk.csrf, **ticked(page, 読み手="○", 聞き手="○")}
    answer = begun.client.post(f"{PROOF}/tick", data=sent, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "済み" in said(answer)
    assert "1行です" in said(answer)
    seen = html.fromstring(answer.text).xpath("//input[starts-with(@name, 'seen:読み手')]/@value")
    assert seen == ["○"]
    assert rows(proof_of(plan))[ROW]["聞き手"] == "○"


def test_names_and_the_day_stand_in_the_workbook(begun: Window, plan: Path) -> None:
    names = {"読み手の名前": "佐藤", "聞き手の名前": "鈴木", "読み合わせた日": "令和４年６月１日"}
    begun.post(f"{PROOF}/names", {f"name:{title}": text for title, text in names.items()})
    given = read_proof(proof_of(plan))
    assert given is not None
    assert given.names == tuple(names.values())
    long = begun.post(f"{PROOF}/names", {"name:読み手の名前": "長" * 101})
    assert long.status_code == 422
    given = read_proof(proof_of(plan))
    assert given is not None
    assert given.names == tuple(names.values())


def test_a_workbook_goes_out_and_comes_back_ticked(
    begun: Window, plan: Path, tmp_path: Path
) -> None:
    query = f"part={part_of(begun)}"
    tick(begun, query=query, 読み手="×")
    copy = tmp_path / "持ち帰り.xlsx"
    copy.write_bytes(begun.get(f"{PROOF}/book").content)
    tick_all(copy, *BOTH)
    files = [("book", (copy.name, copy.read_bytes()))]
    refused = begun.post(f"{PROOF}/take", files=files)
    assert refused.status_code == 422
    assert "いまは「×」、入れるブックでは「○」です" in said(refused)
    assert rows(proof_of(plan))[ROW]["聞き手"] == ""
    begun.post(f"{PROOF}/take", {"instead": "1"}, files)
    assert {each["読み手"] + each["聞き手"] for each in rows(proof_of(plan)).values()} == {"○○"}


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no workbook"], ids=["empty", "half a zip", "a text"]
)
def test_what_is_no_proof_is_refused(begun: Window, plan: Path, data: bytes) -> None:
    before = proof_of(plan).read_bytes()
    answer = begun.post(f"{PROOF}/take", files=[("book", ("x.xlsx", data))])
    assert answer.status_code == 422
    assert proof_of(plan).read_bytes() == before


def test_another_workbook_is_no_proof(begun: Window, plan: Path) -> None:
    book = (plan.parent / "計画.xlsx").read_bytes()
    answer = begun.post(f"{PROOF}/take", files=[("book", ("計画.xlsx", book))])
    assert answer.status_code == 422
    assert "見出し" in said(answer)


@pytest.mark.parametrize(
    "change",
    [
        {"読み手": "たぶん"},
        {"気付き": "長" * 301},
        {"気付き": "\x07"},
        {"key": "指標\tない"},
        {"key": "ない"},
        {"said": "0"},
    ],
    ids=str,
)
def test_what_no_form_sends_is_refused(begun: Window, plan: Path, change: dict[str, str]) -> None:
    before = proof_of(plan).read_bytes()
    sent = fields(begun.page(f"{PROOF}?part={part_of(begun)}"))
    sent |= {f"{name}:{sent['row']}": text for name, text in change.items()}
    assert begun.post(f"{PROOF}/tick", sent).status_code == 422
    assert proof_of(plan).read_bytes() == before


@pytest.mark.parametrize("query", ["page=-1", "page=99999", "page=x", "as=x", "only=x", "part=x"])
def test_addresses_that_no_link_has_do_no_harm(begun: Window, query: str) -> None:
    assert begun.get(f"{PROOF}?{query}").status_code == 200


def test_a_proof_open_in_excel_is_not_written(begun: Window, plan: Path) -> None:
    proof = proof_of(plan)
    proof.with_name(f"~${proof.name}").touch()
    answer = tick(begun, query=f"part={part_of(begun)}", 読み手="○")
    assert answer.status_code == 422
    assert "Excel で開かれている" in said(answer)
    assert rows(proof)[ROW]["読み手"] == ""


def test_a_page_to_print_is_the_commands(begun: Window, plan: Path, tmp_path: Path) -> None:
    printed = tmp_path / "読み合わせ.html"
    assert prove(plan.parent / "計画.xlsx", "--html", printed) == 0
    assert begun.get(f"{PROOF}/print").content == printed.read_bytes()
