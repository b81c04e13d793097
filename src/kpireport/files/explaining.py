"""Why something cannot be written, in words for staff, and how to mend it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kpireport.errors import OutputError, Problem


def refusal(path: Path, what: str, remedy: str) -> OutputError:
    """Return the error that says what is wrong with a file, and how to mend it."""
    return OutputError(str(Problem(str(path), "", what, remedy)))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write ``path`` into words for staff."""
    try:
        yield
    except OSError as error:
        what, remedy = explain(path, error)
        raise refusal(path, what, remedy) from error


def explain(path: Path, error: OSError) -> tuple[str, str]:
    """Return what went wrong in writing ``path``, and how to mend it."""
    if os.path.isdir(path):  # noqa: PTH112 -- unlike Path's, it answers for any name
        return (
            "同じ名前のフォルダーがあるため、ファイルを書き込めません。",
            "フォルダーの名前を変えるか、別の出力先を指定してください。",
        )
    if error.errno in (errno.EACCES, errno.EPERM) and path.exists():
        how = f"{_program_of(path)} などで開いていれば閉じ、読み取り専用なら解除して"
        return (
            "ファイルが開かれているか、書き込みが禁止されています。",
            f"{how}、もう一度試してください。",
        )
    if error.errno in _EXPLANATIONS:
        return _EXPLANATIONS[error.errno]
    return (
        "書き込めません" + (f"（システムのエラー番号 {error.errno}）。" if error.errno else "。"),
        "出力先のフォルダーが使えることを確かめて、もう一度試してください。",
    )


def _program_of(path: Path) -> str:
    """Return the program that has most likely opened a file."""
    return _PROGRAMS.get(path.suffix.lower(), "ほかのプログラム")


_PROGRAMS = {
    ".docx": "Word",
    ".pdf": "PDFの閲覧ソフト",
    **dict.fromkeys((".xlsx", ".xlsm", ".csv"), "Excel"),
}
_NOT_ALLOWED = (
    "出力先のフォルダーに書き込む権限がありません。",
    "書き込めるフォルダーを指定するか、フォルダーの管理者に権限を依頼してください。",
)
_NO_SPACE = (
    "ディスクの空きが足りません。",
    "不要なファイルを片付けて空きを増やし、もう一度試してください。",
)
_FOLDER_IS_FILE = (
    "出力先のフォルダーと同じ名前のファイルがあります。",
    "そのファイルの名前を変えるか、別の出力先を指定してください。",
)
_EXPLANATIONS = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: (
        "出力先が読み取り専用のため、書き込めません。",
        "書き込めるフォルダーを指定してください。",
    ),
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EEXIST: _FOLDER_IS_FILE,
    errno.ENOTDIR: _FOLDER_IS_FILE,
    errno.ENAMETOOLONG: (
        "ファイルかフォルダーの名前が長すぎます。",
        "出力する名前を短くしてください。",
    ),
}
