"""A file that was dropped, for readers that take paths."""

from __future__ import annotations

import pytest

from kpireport.errors import InputError
from kpireport.findings import refuse
from kpireport.workbench.dropped import Dropped


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("計画.xlsx", "計画.xlsx"),
        ("../../etc/passwd", "_._etc_pass"),
        ("C:\\a\\b.docx", "C__a_b.docx"),
        ("\u202ex.pdf", "_x.pdf"),
        ("", "ファイル"),
        ("..", "ファイル"),
        ("あ" * 300 + ".xlsx", "あ" * 70 + ".xlsx"),
    ],
)
def test_names_are_such_as_a_folder_can_have(name: str, shown: str) -> None:
    dropped = Dropped(name, b"x")
    with dropped.as_file() as path:
        assert path.read_bytes() == b"x"
        assert path.name == dropped.shown
    assert not path.exists()
    assert dropped.shown == shown


def test_problems_name_the_file_as_the_person_has_it() -> None:
    with pytest.raises(InputError) as caught, Dropped("計画.xlsx", b"").as_file() as path:
        refuse(path, "読めません。", f"{path} を直してください。")
    (problem,) = caught.value.problems
    assert (problem.file, problem.remedy) == ("計画.xlsx", "計画.xlsx を直してください。")
