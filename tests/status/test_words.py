"""The sentences of a board, and the mails that remind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import format_date_and_weekday
from kpireport.status.reminders import Reminder, reminders, reminders_text
from kpireport.status.words import days_left, facts, mark_lines, marks_title, sums
from tests.status.reports import DEADLINE, board_of

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (None, ""),
        (DEADLINE - 3 * DAY, "あと３日です"),
        (DEADLINE, "本日が期限です"),
        (DEADLINE + DAY, "期限を１日過ぎています"),
        (DEADLINE + 12 * DAY, "期限を12日過ぎています"),
    ],
)
def test_how_far_the_deadline_is(tmp_path: Path, today: dt.date | None, said: str):
    assert days_left(board_of(tmp_path, today)) == said


def test_a_day_with_its_weekday():
    assert format_date_and_weekday(dt.date(2019, 4, 30)) == "平成31年４月30日（火）"
    assert format_date_and_weekday(dt.date(2019, 5, 1), NumeralStyle.HALF) == (
        "令和元年5月1日（水）"
    )


def test_the_facts_and_sums(tmp_path: Path):
    made = board_of(tmp_path, DEADLINE + 3 * DAY)
    assert list(facts(made)) == [
        "みどり市総合計画",
        "令和４年７月３日（日）現在",
        "回答期限　令和４年６月30日（木）　期限を３日過ぎています",
        "対象の指標14件：報告済み９件、理由あり２件、未報告２件、要修正１件。要確認の指標１件",
    ]
    assert list(facts(replace(made, today=None, deadline=None, is_sample=True))) == [
        "みどり市総合計画",
        "見本：数値は架空",
        sums(made),
    ]


def test_the_marks_say_what_they_leave_out(tmp_path: Path):
    made = board_of(tmp_path)
    assert marks_title(made) == "評価の見込み（要修正の１件を除く）"
    indicators, numeric_targets = mark_lines(made)
    assert indicators.startswith("指標12件：◎ 達成 ")
    assert numeric_targets == "数値目標１件：… 未報告 １件"


# --- mails -----------------------------------------------------------------------


def mails(folder: Path, today: dt.date | None = None) -> dict[str, Reminder]:
    return {each.department: each for each in reminders(board_of(folder, today))}


def test_who_has_something_to_do_gets_a_mail(tmp_path: Path):
    assert mails(tmp_path).keys() == {"健康課", "学務課", "相談課"}


def test_a_reminder_says_what_is_missing_by_when_and_whom_to_ask(tmp_path: Path):
    mail = mails(tmp_path)["相談課"]
    assert mail.subject == "令和３年度実績の報告について（お願い）"
    assert mail.body == (
        "相談課　ご担当者様\n"
        "\n"
        "お世話になっております。企画課計画担当（内線1234）です。\n"
        "「みどり市総合計画」の令和３年度の実績について、次の指標のご報告をまだいただいていません。\n"
        "お忙しいところ恐れ入りますが、令和４年６月30日（木）までに"
        "ご報告くださいますようお願いいたします。\n"
        "\n"
        "■ ご報告をお願いするもの（２件のうち１件）\n"
        "・計画３　相談件数（記号 calls）\n"
        "　　目標値：現状値から増加　前年度の実績：6,402件\n"
        "\n"
        "報告できない事情があるときは、実績を空欄にし、「報告できない理由」の欄に"
        "その事情をお書きください。\n"
        "行き違いですでにご対応いただいていましたら、ご容赦ください。\n"
        "\n"
        "【照会先】企画課計画担当（内線1234）"
    )


def test_after_the_deadline_it_is_urgent(tmp_path: Path):
    body = mails(tmp_path, DEADLINE + DAY)["相談課"].body
    assert "回答期限の令和４年６月30日（木）を過ぎております。" in body
    assert "至急ご報告くださいますよう" in body


def test_what_is_odd_or_wrong_is_asked_about(tmp_path: Path):
    odd, both = mails(tmp_path)["健康課"], mails(tmp_path)["学務課"]
    assert odd.subject == "令和３年度実績の内容の確認について（お願い）"
    assert (
        "■ ご確認をお願いするもの（１件）\n・計画３　閲覧数（記号 visits）\n　　令和２年度の"
        in odd.body
    )
    assert "accept" not in odd.body
    assert "未報告" not in odd.body
    assert "■ ご報告をお願いするもの（２件のうち１件）" in both.body
    assert "「完了」という進捗状況はありません。" in both.body


def test_without_deadline_and_contact_nothing_is_made_up(tmp_path: Path):
    made = replace(board_of(tmp_path), deadline=None, contact="")
    text = reminders_text(made)
    assert "お世話になっております。\n" in text
    assert "恐れ入りますが、ご報告くださいますよう" in text
    assert "照会先" not in text
    assert "期限" not in text


def test_what_is_asked_for_has_its_unit_and_the_years_own_target(tmp_path: Path):
    """A letter is read without the sheet: 5,300 of what, and by when."""
    made = board_of(tmp_path)
    counted = {"target": "5,300", "unit": "百万円"}
    for more, line in (
        ({}, "目標値：5,300百万円　"),
        ({"aim": "4,900"}, "目標値：4,900百万円（最終 5,300百万円）　"),
        ({"unit": "", "target": "30人"}, "目標値：30人　"),
    ):
        departments = tuple(
            replace(
                each,
                measures=tuple(replace(one, **{**counted, **more}) for one in each.measures),  # type: ignore[arg-type]
            )
            for each in made.departments
        )
        assert line in reminders_text(replace(made, departments=departments))


def test_all_mails_in_one_text(tmp_path: Path):
    text = reminders_text(board_of(tmp_path))
    assert text.startswith("令和３年度実績の報告の状況：催促文（kpireport check で作成）\n")
    assert text.count("宛先：") == text.count("件名：") == 3
    complete = replace(board_of(tmp_path), departments=())
    assert "催促するところはありません。" in reminders_text(complete)
