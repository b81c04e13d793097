"""Rows that the end of a page cuts."""

from __future__ import annotations

from tests.plan_documents.hand_made import doubts, heading, objects, read, rows, table


def test_a_row_whose_name_too_is_cut_is_one_row() -> None:
    head = ("指標", "現状値（R3）", "目標値（R8）", "担当課")
    understood = read(
        heading("総合計画"),
        table(head, ("地域活動に参加する", "42％", "60％", "企画課・")),
        table(
            head,
            ("市民の割合", "", "", "生涯学習課"),
            ("相談の件数", "3件", "5件", "福祉課"),
            page=2,
        ),
    )
    assert rows(understood) == [
        ("地域活動に参加する市民の割合", "42％", "60％"),
        ("相談の件数", "3件", "5件"),
    ]
    assert objects(understood)[0]["departments"] == ["企画課", "生涯学習課"]
    assert "ページの境で切れた行" in doubts(understood)


def test_a_numbered_row_without_figures_is_its_own_behind_a_page() -> None:
    head = ("番号", "指標", "現状値（R3）", "目標値（R8）")
    understood = read(
        heading("総合計画"),
        table(head, ("1", "市民の割合", "42％", "60％")),
        table(head, ("2", "相談の件数", "", ""), page=2),
    )
    assert [each["name"] for each in objects(understood)] == ["市民の割合", "相談の件数"]
