"""What all tests share in a process: nothing is drawn, and no Java started, over and over.

Nor is a disk waited for, nor garbage looked for where none can be.

Processes of their own (as :func:`tests.review_reports.run_commands` starts) share none of it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpireport.cli import building
from kpireport.validation import verapdf
from kpireport.writers import charts
from kpireport.writers.charts.drawing import Recording
from tests import browser, warm
from tests import verapdf as running_verapdf

HERE = Path(__file__).parent
# half a minute and more each: begun last, one of them would run alone, the other cores idle
LONGEST = (
    *("offline/test_folders.py", "workbench/test_whole_year.py", "workbench/test_in_browser.py"),
    *("handbook/test_pages.py", "writers/pdf/test_validators.py", "writers/html/test_browser.py"),
    *("plan_documents/test_other_documents.py", "batches/test_batches.py"),
    *("document/test_sheets_of_marked_plans.py", "handbook/test_pictures.py"),
    *("writers/docx/test_template_sieve.py", "writers/docx/test_tools.py"),
    *("archiving/test_verifying.py", "test_towns.py", "offline/test_every_system.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; each keeps its own order."""
    order = {HERE / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))


def pytest_collection_finish() -> None:
    """Look for garbage more seldom, and never among the tests themselves.

    Looking takes a fifth of the time otherwise: what was collected, and what is kept for the
    tests that follow, is gone through again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(autouse=True, scope="session")
def _no_disk_waited_for() -> Iterator[None]:
    """Have the kernel look at what would be flushed, without waiting until the disk has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(autouse=True, scope="session")
def _drawn_once() -> Iterator[None]:
    """Keep the images of the charts in Word files: two fifths of the time of a build.

    That drawing twice makes the same bytes is the subject of tests/writers/charts.
    """
    known: dict[str, object] = {}

    def images_of(drawn: Recording) -> object:
        from kpireport.writers.charts import images

        key = repr(drawn)
        if key not in known:
            known[key] = images.images_of(drawn)
        return known[key]

    def chart_images(*chart: Any, **look: Any) -> object:
        return images_of(charts.draw_chart(*chart, **look))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "images_of", images_of, raising=False)
        patch.setattr(charts, "chart_images", chart_images, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_core() -> Iterator[None]:
    """Have commands build as on one core: a process for Word shares nothing of the above."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "cores", lambda: 1)
        yield


@pytest.fixture(autouse=True, scope="session")
def _java_started_once() -> Iterator[None]:
    """Ask one process of veraPDF's, where the product starts one for each question."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verapdf, "subprocess", SimpleNamespace(run=running_verapdf.run))
        yield
    running_verapdf.end()


@pytest.fixture(autouse=True, scope="session")
def _warm_process_ended() -> Iterator[None]:
    yield
    warm.end()


@pytest.fixture(autouse=True, scope="module")
def _browser_ended() -> Iterator[None]:
    """Leave no event loop of a browser to the next file, whose tests may run one themselves."""
    yield
    browser.end()
