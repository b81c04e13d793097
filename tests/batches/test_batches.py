"""Many reports at a time: the same bytes, one that fails stops none, what dies is made again."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import kpireport
from kpireport.batches import Outcome, build_many, running
from kpireport.batches.orders import Delivery, Wish, build_there, fulfil, order_of
from kpireport.cli.commands import main
from kpireport.domain.settings import DocumentKind
from kpireport.installed import how_to_add
from tests.reports import OUTPUTS, files_in, write_report
from tests.review_reports import write_review

# what Dask says of its own sockets and of workers that are killed is not ours
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a folder of four reports, of which 丙 has two faults and 丁 is not there."""
    for name in ("甲市", "乙 町"):
        write_report(tmp_path / name, ("municipality", name))
    write_report(tmp_path / "丙村", ("goals[0].title", 1), ("issued", "x"))
    return tmp_path


def folders(town: Path) -> list[Path]:
    return [town / name for name in ("甲市", "丙村", "乙 町", "丁村")]


def expected(town: Path) -> dict[str, bytes]:
    """Return what builds one by one write, which is taken away again."""
    found = {}
    for name in ("甲市", "乙 町"):
        for path in kpireport.build(town / name):
            found[path.relative_to(town).as_posix()] = path.read_bytes()
            path.unlink()
    return found


def made_in(town: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_in(town).items() if "/out/" in name}


def assert_told(outcomes: list[Outcome], town: Path) -> None:
    found = {each.folder.name: each for each in outcomes}
    assert len(found) == len(outcomes) == 4
    for name in ("甲市", "乙 町"):
        assert found[name].is_done
        assert found[name].written == tuple(town / name / each for each in OUTPUTS)
        assert found[name].seconds > 0
    assert [each.file for each in found["丙村"].problems] == [
        str(town / "丙村" / "catalogue.json")
    ] * 2
    assert str(town / "丁村" / "report.toml") in str(found["丁村"].problems[0])


def test_reports_are_built_side_by_side(town: Path) -> None:
    wanted = expected(town)
    assert_told(list(build_many(folders(town), workers=2)), town)
    assert made_in(town) == wanted


def test_a_folder_named_twice_is_built_once(town: Path) -> None:
    folder = town / "甲市"
    assert len(list(build_many([folder, folder], workers=1))) == 1


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


@pytest.mark.parametrize("shared", [False, True])
def test_a_clusters_workers_make_the_same_bytes(
    town: Path, cluster: LocalCluster, *, shared: bool
) -> None:
    wanted = expected(town)
    outcomes = list(build_many(folders(town), scheduler=cluster.scheduler_address, shared=shared))
    assert_told(outcomes, town)
    assert made_in(town) == wanted


def test_reports_of_a_killed_worker_are_made_again(tmp_path: Path, cluster: LocalCluster) -> None:
    named = [write_report(tmp_path / f"{number}") for number in range(12)]
    with Client(cluster, set_as_default=False) as client:
        (victim, *_) = client.run(os.getpid).values()
    outcomes: list[Outcome] = []
    for outcome in build_many(named, scheduler=cluster.scheduler_address):
        if not outcomes:
            os.kill(victim, signal.SIGKILL)
        outcomes.append(outcome)
    assert sorted(each.folder for each in outcomes) == sorted(named)
    assert all(each.is_done for each in outcomes)
    (once,) = {files_in(folder / "out")["計画.pdf"] for folder in named}
    assert once


@pytest.mark.parametrize("kind", DocumentKind)
def test_any_document_of_a_report_is_made_alike_here_and_elsewhere(
    kind: DocumentKind, tmp_path: Path
) -> None:
    report = write_review(tmp_path, review='accept = ["fresh"]')
    order, outputs, _ = order_of(report, Wish(kind))
    assert build_there(report, Wish(kind)).written == outputs
    assert fulfil(order).contents == tuple(path.read_bytes() for path in outputs)
    assert all((kind in path.stem) is (kind is not DocumentKind.WHOLE) for path in outputs)


def test_another_program_is_refused(town: Path) -> None:
    order, _, _ = order_of(town / "甲市", Wish())
    assert fulfil(order).contents
    delivery = fulfil(replace(order, program="another"))
    assert not delivery.contents
    assert "同じ版" in delivery.fault


def test_a_scheduler_that_does_not_answer_is_told(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpireport.batches import clusters

    monkeypatch.setattr(clusters, "_PATIENCE", 0.5)
    before = files_in(town)
    assert main(["build", "--scheduler", "tcp://127.0.0.1:9", str(town / "甲市")]) == 1
    assert "tcp://127.0.0.1:9 が答えません" in capsys.readouterr().err
    assert files_in(town) == before


def test_without_the_engine_it_says_how_to_get_it(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["build", "--scheduler", "tcp://127.0.0.1:9", str(town / "甲市")]) == 1
    assert f"\n      {how_to_add('cluster')}\n" in capsys.readouterr().err


# --- processes that die -----------------------------------------------------------


class Deadly:
    """Work of which a process dies: of 甲市 when it is tried first, of 丙村 always."""

    def __init__(self) -> None:
        self.tried: set[str] = set()

    def begin(self, folder: Path, executor: Executor) -> Future[Delivery]:
        is_first = folder.name not in self.tried
        self.tried.add(folder.name)
        if folder.name == "丙村" or (folder.name == "甲市" and is_first):
            # a function of this module would have the new process load all that tests load
            dies: Any = signal.raise_signal
            return executor.submit(dies, signal.SIGKILL)
        return executor.submit(Delivery, seconds=2.0)

    def end(self, folder: Path, delivery: Delivery) -> Outcome:
        return Outcome(folder=folder, seconds=delivery.seconds)


def test_what_a_process_died_of_is_tried_once_more_by_itself() -> None:
    named = [Path(name) for name in ("甲市", "乙町", "丙村", "丁村", "戊町")]
    work: Any = Deadly()
    outcomes = list(running._run(named, work, lambda: running._processes(2), 2))
    found = {each.folder.name: each for each in outcomes}
    assert len(outcomes) == len(found) == 5
    assert "この報告書だけを" in found.pop("丙村").fault
    assert all(each.is_done for each in found.values())


class Counted:
    """Work that notes how much of it is under way at once."""

    def __init__(self) -> None:
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def begin(self, _: Path, executor: Executor) -> Future[Delivery]:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        return executor.submit(Delivery)

    def end(self, folder: Path, _: Delivery) -> Outcome:
        with self.lock:
            self.now -= 1
        return Outcome(folder=folder)


def test_no_more_is_under_way_than_there_are_workers() -> None:
    work: Any = Counted()
    named = [Path(str(number)) for number in range(20)]
    outcomes = list(running._run(named, work, lambda: running._processes(1), 3))
    assert len(outcomes) == 20
    assert work.most == 3


# --- the command line -------------------------------------------------------------


def test_a_list_is_built_and_ends_with_a_table(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = town / "一覧.txt"
    listed.write_text("﻿# 町村\n甲市\n\n丙村\n乙 町\n", encoding="utf-8")
    assert main(["build", "--jobs", "1", "--list", str(listed)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"■ {town / '丙村'}\n\n入力に直すところが2か所あります。\n")
    assert printed.out.rstrip().endswith("3件のうち2件を作りました")
    assert printed.out.index("甲市") < printed.out.index("丙村") < printed.out.index("乙 町")
    assert len(made_in(town)) == 4


@pytest.mark.parametrize("option", ["--final", "--draft", "--template=様式.docx"])
def test_what_is_for_one_report_alone_is_refused_for_many(
    option: str, town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(town)
    assert main(["build", option, *map(str, folders(town))]) == 2
    assert "一つだけ" in capsys.readouterr().err
    assert files_in(town) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "一つも書かれていません"), ("甲市".encode("cp932"), "UTF-8 ではありません")],
)
def test_a_list_that_cannot_be_used_is_told(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "一覧.txt"
    listed.write_bytes(content)
    assert main(["build", "--list", str(listed)]) == 2
    assert words in capsys.readouterr().err
