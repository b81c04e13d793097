"""The staff's handbook as pages to read without a network: where they are.

Comes in: nothing. Goes out: the path of the first page. A wheel that was made after
``make site`` carries the pages in this package (``tools/wheel_hook.py``); beside its source
they are where ``make site`` leaves them.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.errors import MissingToolError

_FIRST = "index.html"


def handbook_page() -> Path:
    """Return the handbook's first page, for a browser.

    Raises:
        MissingToolError: this kpireport came without the pages, and they are not made yet.
    """
    package = Path(__file__).resolve().parent
    source = package.parents[2] / "docs"
    for folder in (package / "site", source / "site"):
        if (folder / _FIRST).is_file():
            return folder / _FIRST
    raise MissingToolError(_how_to_get(source))


def _how_to_get(source: Path) -> str:
    words = source / "index.md"
    if words.is_file():
        return (
            "手引のページは、まだ作られていません。\n"
            "  → kpireport のフォルダーで make site を実行すると、作られます。\n"
            f"  → 文だけなら、今すぐ読めます: {words}"
        )
    return (
        "この kpireport には、手引のページが入っていません。\n"
        "  → 手引の入った配布物（kpireport の ZIP など）から、入れ直してください。"
    )
