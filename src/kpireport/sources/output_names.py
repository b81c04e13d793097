"""The names of files and folders that settings give, as pydantic reads them.

Comes in: what was written. Goes out: the name, or what is wrong with it.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from kpireport.domain.settings import OutputFormat
from kpireport.messages import quoted
from kpireport.sources.fields import Text
from kpireport.sources.file_names import LONGEST_NAME, NOT_IN_FILE_NAMES, is_file_name
from kpireport.sources.validation import fault

_OUR_EXTENSION = re.compile(rf"\.(?:{'|'.join(OutputFormat)})$", re.IGNORECASE)
_EXTENSIONS = "".join(f"「.{each}」" for each in OutputFormat)
_LONGEST_PART = 255  # characters: no system takes more


def _without_extension(name: str) -> str:
    """The name without an extension of ours: whoever writes 実績.docx means 実績."""
    return _OUR_EXTENSION.sub("", name)


def _check_file_name(name: str) -> str:
    if not name or _OUR_EXTENSION.search(name):
        raise fault(
            f"{quoted(name)}はファイル名に使えません。" if name else "名前がありません。",
            f"{_EXTENSIONS}を付けない名前を書いてください。作る種類は formats に書きます。",
        )
    bad = NOT_IN_FILE_NAMES.search(name)
    if bad:
        raise fault(
            f"{quoted(name)}に、ファイル名に使えない文字{quoted(bad[0])}があります。",
            "その文字を使わない名前にしてください。フォルダーは folder に書きます。",
        )
    if not is_file_name(name):
        raise fault(
            f"{quoted(name)}はファイル名に使えません。",
            f"前後に空白や . のない、{LONGEST_NAME}字までの名前にしてください。",
        )
    return name


def check_each_once(formats: list[OutputFormat]) -> list[OutputFormat]:
    """Refuse a kind of file that is asked for twice."""
    if len(set(formats)) < len(formats):
        raise fault("同じ種類が2回書かれています。", "それぞれ1回だけ書いてください。")
    return formats


def check_place(written: str) -> str:
    """Refuse a path with a part that no system can have."""
    if any(len(part) > _LONGEST_PART for part in re.split(r"[/\\]", written)):
        raise fault(
            f"{quoted(written)}は、名前が長すぎます（{len(written):,}字）。",
            f"ファイルとフォルダーの名前を、それぞれ{LONGEST_NAME}字までにしてください。",
        )
    return written


Place: TypeAlias = Annotated[Text, AfterValidator(check_place)]
FileName: TypeAlias = Annotated[
    Text, AfterValidator(_without_extension), AfterValidator(_check_file_name)
]
Format: TypeAlias = Annotated[OutputFormat, Field(strict=False)]
