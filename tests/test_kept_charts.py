"""The images of charts that a build keeps in the report's folder: nobody needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest

from kpireport.archiving import archive
from kpireport.batches.orders import Wish, order_of
from kpireport.conductor import build
from kpireport.domain.settings import DocumentKind
from kpireport.stages import kept_charts
from kpireport.stages.kept_charts import CHARTS_FILE
from kpireport.writers import charts
from tests.reports import files_in, write_report
from tests.review_reports import FIGURES, OUTPUTS, small_rows, write_review
from tests.test_files import without_privileges

KEPT = CHARTS_FILE.as_posix()


@contextmanager
def counted() -> Iterator[list[object]]:
    """Note what images are made of while the body runs."""
    made: list[object] = []
    make = charts.images_of

    def images_of(drawn: object) -> object:
        made.append(drawn)
        return make(drawn)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "images_of", images_of, raising=False)
        yield made


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a review that was built once."""
    folder = write_review(tmp_path)
    build(folder)
    assert (folder / KEPT).is_file()
    return folder


def built(report: Path) -> tuple[dict[str, bytes], int]:
    """Build; return the files, and of how many charts images were made."""
    with counted() as made:
        build(report)
    files = files_in(report)
    return {name: files[name] for name in OUTPUTS}, len(made)


def test_charts_that_stay_the_same_are_not_drawn_again(report: Path) -> None:
    before = files_in(report)
    files, made = built(report)
    assert made == 0
    assert files_in(report) == before

    (report / KEPT).unlink()
    afresh, drawn = built(report)
    assert afresh == files
    assert drawn > 1
    assert files_in(report) == before


def test_the_one_that_changed_is_drawn(report: Path) -> None:
    *others, last = FIGURES["crime"]
    assert last
    figures = {**FIGURES, "crime": (*others[:1], "1,234件", last)}
    write_review(report.parent, rows=small_rows(2021, figures))
    files, made = built(report)
    assert 0 < made < 4
    (report / KEPT).unlink()
    assert built(report)[0] == files


@pytest.mark.parametrize("damage", [b"", b"PK\3\4", None])
def test_what_is_damaged_is_replaced(report: Path, damage: bytes | None) -> None:
    before = files_in(report)
    kept = before[KEPT]
    (report / KEPT).write_bytes(kept[:-1] + b"!" if damage is None else damage)
    _, made = built(report)
    assert made > 1
    assert files_in(report) == before


def test_a_folder_that_cannot_be_written_to_is_left_alone() -> None:
    with TemporaryDirectory() as top:  # others may not enter pytest's own
        Path(top).chmod(0o755)
        report = write_review(Path(top))
        build(report)
        files, _ = built(report)
        (report / KEPT).unlink()
        (report / KEPT).parent.rmdir()
        (report / "out").chmod(0o777)
        for name in OUTPUTS:
            (report / name).chmod(0o666)
        report.chmod(0o555)
        with without_privileges():
            again, _ = built(report)
        assert again == files
        assert not (report / KEPT).parent.exists()
        report.chmod(0o755)


@pytest.mark.parametrize("blocked", [KEPT, ".kpireport"])
def test_another_thing_of_its_name_is_left_alone(report: Path, blocked: str) -> None:
    files, _ = built(report)
    (report / KEPT).unlink()
    if blocked == KEPT:
        (report / KEPT).mkdir()
    else:
        (report / KEPT).parent.rmdir()
        (report / ".kpireport").write_bytes(b"mine")
    assert built(report)[0] == files
    assert (report / KEPT).is_dir() or (report / ".kpireport").read_bytes() == b"mine"


def test_one_that_is_too_large_is_not_read(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_charts, "_LARGEST", 10)
    assert built(report)[1] > 1


def test_a_build_that_fails_writes_nothing_of_it(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(report)
    (report / KEPT).unlink()

    def fail(_laid_out: object, **_options: object) -> bytes:
        raise RuntimeError("a defect of the writer")

    monkeypatch.setattr("kpireport.writers.pdf.paint", fail)
    with pytest.raises(RuntimeError, match="a defect"):
        build(report)
    assert files_in(report) == {name: each for name, each in before.items() if name != KEPT}


def test_the_digest_leaves_those_of_the_review(report: Path) -> None:
    build(report, document=DocumentKind.DIGEST)
    assert built(report)[1] == 0


def test_a_plan_keeps_nothing(tmp_path: Path) -> None:
    build(write_report(tmp_path))
    assert KEPT not in files_in(tmp_path)


def test_they_are_no_input(report: Path) -> None:
    order, _, names = order_of(report, Wish())
    assert not any("charts.cache" in name for name in (*order.inputs, *names.values()))


def test_an_archive_has_its_charts_drawn(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report / KEPT).unlink()
    with monkeypatch.context() as patch:
        false = charts.ChartImages(b"<false/>", b"false")
        patch.setattr(charts, "images_of", lambda _: false, raising=False)
        build(report)
    build(report)
    assert b"false" in media_of((report / OUTPUTS[0]).read_bytes())

    with ZipFile(archive(report, as_zip=True).path) as opened:
        names = opened.namelist()
        (word,) = (name for name in names if name.endswith(".docx"))
        assert b"false" not in media_of(opened.read(word))
    assert not any("charts.cache" in name for name in names)


def media_of(word: bytes) -> list[bytes]:
    """Return the pictures of a Word file."""
    with ZipFile(BytesIO(word)) as opened:
        return [opened.read(name) for name in opened.namelist() if name.startswith("word/media/")]
