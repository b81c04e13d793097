"""What the rooms say of commands, said of pages.

Comes in: how something is to be mended, as every room says it to whoever typed a command. Goes
out: the same for whoever looks at a page: where to press, and no option. What speaks of no
command stays as it is.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_COLLECTING, _DOCUMENT, _FINISHING = (
    f"「{page}」の画面" for page in ("集める", "報告書", "確定と保存")
)
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            "回答のほうに直すなら --replace .+? --keep .+? を付けて、もう一度実行して",
            f"{_COLLECTING}で、回答と、いま書いてあるもののどちらにするかを選んで",
        ),
        (
            "回答のほうに直すなら、--replace .+? を付けて実行してください。",
            f"回答のほうに直すなら、{_COLLECTING}で選んでください。",
        ),
        (
            "kpireport collect に --keep .+? を付けて実行してください。",
            f"{_COLLECTING}で「いまのまま残す」を選んでください。",
        ),
        (
            "書いた後は、--keep .+? を付けて実行すれば、尋ねません。",
            f"書いた後に、{_COLLECTING}で「いまのまま残す」を選べば、尋ねません。",
        ),
        ("kpireport collect の --use で、", f"{_COLLECTING}で、"),
        ("kpireport collect をもう一度実行すると", f"{_COLLECTING}で調べ直すと"),
        ("kpireport collect を --dry-run を付けずに実行すると", f"{_COLLECTING}で調べると"),
        ("kpireport sheets(?: --renew)? で", f"{_COLLECTING}で"),
        (
            "様式を、kpireport pull の --template で指定して",
            f"様式を、{_DOCUMENT}の「Word の様式」で選んで",
        ),
        (r"kpireport template 雛形\.docx で作った雛形", f"{_DOCUMENT}で作った様式の雛形"),
        ("kpireport build で", f"{_DOCUMENT}で"),
        ("kpireport (?:archive|verify) で", f"{_FINISHING}で"),
        (
            r"設定（report\.toml の \[review\]）の accept に \"[^\"]*\" を加えます。",
            "「状況」の画面で、印を付けて確認済みにします。",
        ),
    )
)


_ID = re.compile(r"[A-Za-z]+[0-9]*(?:-[A-Za-z0-9]+)+")


def whole_ids(text: object) -> Markup:
    """Return a text whose ids (記号) are not broken at the end of a line.

    >>> whole_ids("延べ利用者数、記号 p01-02 <市>")
    Markup('延べ利用者数、記号 <span class="id">p01-02</span> &lt;市&gt;')
    """
    return Markup(_ID.sub(r'<span class="id">\g<0></span>', str(escape(text))))  # noqa: S704 -- escaped


def in_pages(text: str) -> str:
    """Return a sentence as pages say it.

    >>> in_pages("kpireport sheets --renew で作り直してください。")
    '「集める」の画面で作り直してください。'
    """
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return text
