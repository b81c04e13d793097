"""Objects behind a finished PDF: found again by an independent reader, the same every time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from kpireport.writers.pdf.update import Update
from tests.tools import run_tool


@pytest.fixture(scope="module")
def base() -> bytes:
    stream = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo.Title = pikepdf.String("題名")
        pdf.save(
            stream,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return stream.getvalue()


def updated(base: bytes, count: int) -> tuple[bytes, list[int]]:
    """Return the file with ``count`` objects behind it, listed in its catalogue."""
    update = Update(base)
    first = update.reserve()  # put last: a reserved number may wait
    numbers = [update.add(f"<< /Number {number} >>") for number in range(1, count)]
    update.put(first, "<< /Number 0 >>")
    with pikepdf.open(BytesIO(base)) as pdf:
        root = pdf.Root.unparse(resolved=True).removesuffix(b">>")
        references = " ".join(f"{number} 0 R" for number in (first, *numbers))
        update.put(pdf.Root.objgen[0], root + f"/Added [{references}] >>".encode())
    return update.finish(), [first, *numbers]


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 1000])
def test_every_object_is_found(base: bytes, count: int) -> None:
    data, numbers = updated(base, count)
    assert data.startswith(base)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert [int(each.Number) for each in pdf.Root.Added] == list(range(count))
        assert [each.objgen for each in pdf.Root.Added] == [(number, 0) for number in numbers]
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo.Title) == "題名"


def test_the_same_objects_give_the_same_bytes(base: bytes) -> None:
    assert updated(base, 300) == updated(base, 300)


def test_the_file_is_known_by_its_content(base: bytes) -> None:
    """ISO 32000-1, 14.4: the first identifier stays, the second changes with the file."""
    identifiers = []
    for data in (base, updated(base, 1)[0], updated(base, 2)[0]):
        with pikepdf.open(BytesIO(data)) as pdf:
            identifiers.append([bytes(each) for each in pdf.trailer.ID])
    assert len({first for first, _ in identifiers}) == 1
    assert len({second for _, second in identifiers}) == 3


@pytest.mark.tools
def test_qpdf_finds_no_fault(base: bytes, tmp_path: Path) -> None:
    path = tmp_path / "updated.pdf"
    path.write_bytes(updated(base, 500)[0])
    assert "No syntax or stream encoding errors" in run_tool("qpdf", "--check", path)
