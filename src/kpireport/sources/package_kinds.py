"""What varies between the packages of Excel and of Word: their names, sizes and remedies.

Comes in: nothing. Goes out: the kinds of package that are opened
(:mod:`kpireport.sources.packages`), as data.
"""

from __future__ import annotations

from dataclasses import replace

from kpireport.quickly import dataclass

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class PackageKind:
    """What one kind of package is called, how much it may hold, how its faults are mended.

    Attributes:
        program: what people open it with.
        noun: what people call it.
        name: the same in full, with its extension.
        older: the extension of the program's files that are no packages.
        relatives: parts by which a file of a related kind is known, and what it is then.
        largest_file: bytes of the file.
        largest_content: bytes of the parts that are read, unpacked.
        most_parts: how many parts it may have.
        save_as: the remedy where it is of another kind.
        save_again: the remedy where it is damaged.
        shrink: the remedy where the file is too large.
        lighten: the remedy where its content is.
    """

    program: str
    noun: str
    name: str
    older: str
    largest_file: int
    largest_content: int
    most_parts: int
    save_as: str
    save_again: str
    shrink: str
    lighten: str
    relatives: tuple[tuple[str, str], ...] = ()

    @property
    def is_another(self) -> str:
        """What is said of a file that is none of this kind."""
        return f"{self.name}ではありません。"


WORKBOOK = PackageKind(
    program="Excel",
    noun="ブック",
    name="Excelのブック（.xlsx）",
    older=".xls",
    largest_file=20 * _MEGABYTE,
    largest_content=64 * _MEGABYTE,
    most_parts=10_000,  # there are some dozens
    save_as="Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで保存してください。",
    save_again="Excelで開けるかを確かめ、保存し直すか、もう一度送ってもらってください。",
    shrink="画像や関係のないシートを消して、保存し直してください。",
    lighten="表の下や右の使っていない行・列を削除して、保存し直してください。",
    relatives=(
        ("xl/workbook.bin", "バイナリブック（.xlsb）です。"),
        ("content.xml", "OpenDocument の表（.ods）です。"),
    ),
)
"""A workbook that people sent."""

EDITED_WORD = PackageKind(
    program="Word",
    noun="文書",
    name="Wordの文書（.docx）",
    older=".doc",
    largest_file=100 * _MEGABYTE,  # pictures may be pasted into it
    largest_content=256 * _MEGABYTE,
    most_parts=50_000,  # some for each chart
    save_as="Wordで開き、「名前を付けて保存」で「Word 文書（*.docx）」を選んで保存してください。",
    save_again="Wordで開けるかを確かめ、保存し直すか、もう一度送ってもらってください。",
    shrink="貼り付けた画像を消して、保存し直してください。",
    lighten="報告書を作り直し、そのWordファイルに、直すところを書き写してください。",
)
"""A document that was built, and edited since."""

PLAN_DOCUMENT = replace(
    EDITED_WORD,
    lighten="指標の表のあるページだけを残して、保存し直してください。",
    relatives=(("content.xml", "OpenDocument の文書（.odt）です。"),),
)
"""A plan's own document (原本), whoever made it."""

WORD_TEMPLATE = replace(
    EDITED_WORD,
    largest_file=20 * _MEGABYTE,
    largest_content=64 * _MEGABYTE,
    most_parts=2_000,
    shrink="大きな画像を縮めるか消して、保存し直してください。",
    lighten="本文や大きな画像を消し、書式とヘッダー・フッターだけを残して保存し直してください。",
)
"""A municipality's own document (様式)."""
