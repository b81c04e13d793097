"""Long work: one after the other, cancelled between steps, every failure told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kpireport.conductor import Progress
from kpireport.errors import InputError, OutputError, Problem
from kpireport.workbench.jobs import Done, Jobs, JobState
from tests.workbench.windows import Window, said

PROBLEM = Problem("actuals.xlsx", "実績!D2", "数ではありません。", "数にしてください。")


def test_what_was_made_is_told(tmp_path: Path) -> None:
    def work(tell: Progress) -> Done:
        tell(1, 2, "書いています")
        return Done((tmp_path / "review.docx",), (PROBLEM,))

    jobs = Jobs()
    job = jobs.start("実績版を作る", "/", work)
    jobs.wait()
    assert (job.state, job.done.warnings, job.percent) == (JobState.DONE, (PROBLEM,), 50)
    assert jobs.find(job.id) is job
    assert jobs.unfinished == ()
    jobs.stop()


def test_a_cancelled_job_ends_at_its_next_step() -> None:
    begun, go_on = threading.Event(), threading.Event()
    reached = []

    def work(tell: Progress) -> Done:
        tell(0, 2, "読んでいます")
        begun.set()
        go_on.wait(10)
        tell(1, 2, "書いています")
        reached.append("the end")
        return Done()

    jobs = Jobs()
    first, second = jobs.start("一", "/", work), jobs.start("二", "/", work)
    assert begun.wait(10)
    first.is_cancelled = second.is_cancelled = True
    go_on.set()
    jobs.wait()
    assert (first.state, second.state) == (JobState.CANCELLED, JobState.CANCELLED)
    assert reached == []
    jobs.stop()


def test_what_was_written_when_it_was_cancelled_is_done(tmp_path: Path) -> None:
    def work(tell: Progress) -> Done:
        tell(0, 1, "書いています")
        begin.wait(10)
        job.is_cancelled = True
        tell(1, 1, "できました")
        return Done((tmp_path / "review.docx",))

    jobs, begin = Jobs(), threading.Event()
    job = jobs.start("作る", "/", work)
    begin.set()
    jobs.wait()
    assert (job.state, job.done.written) == (JobState.DONE, (tmp_path / "review.docx",))
    jobs.stop()


@pytest.mark.parametrize(
    ("error", "problems", "fault"),
    [
        (InputError((PROBLEM,)), (PROBLEM,), ""),
        (OutputError("開かれています。"), (), "開かれています。"),
        (ValueError("x"), (), "プログラムの誤りで止まりました（ValueError: x）。"),
    ],
)
def test_a_failure_is_told(error: Exception, problems: tuple[Problem, ...], fault: str) -> None:
    def work(_: Progress) -> Done:
        raise error

    jobs = Jobs()
    job = jobs.start("作る", "/", work)
    jobs.wait()
    assert (job.state, job.problems, job.fault) == (JobState.FAILED, problems, fault)
    jobs.stop()


@pytest.mark.parametrize(
    ("done", "shows", "leads_to"),
    [
        (Done(), "", "/back"),
        (Done(found="x"), "/shows", "/shows/{id}"),
        (Done(), "/shows", "/back"),
        (Done(said="封印"), "", ""),
        (Done(warnings=(PROBLEM,)), "", ""),
        (Done((Path("review.docx"),)), "", ""),
    ],
)
def test_who_looks_on_is_led_on_where_there_is_no_more_to_say(
    window: Window, done: Done, shows: str, leads_to: str
) -> None:
    job = window.desk.jobs.start("調べる", "/back", lambda _tell: done, shows=shows)
    window.desk.jobs.wait()
    asked = window.client.get(f"/jobs/{job.id}", headers={"hx-request": "true"})
    assert asked.headers.get("hx-redirect", "") == leads_to.format(id=job.id)
    assert "できました" in said(window.get(f"/jobs/{job.id}"))  # whoever comes back to it


def test_what_is_to_be_told_waits_for_the_page_that_it_is_about(window: Window) -> None:
    job = window.desk.jobs.start("調べる", "/", lambda _tell: Done())
    window.desk.jobs.wait()
    window.desk.note("1ファイルは、受け付けられません。")
    assert "受け付けられません" not in said(window.get(f"/jobs/{job.id}"))
    assert "受け付けられません" in said(window.get("/"))
