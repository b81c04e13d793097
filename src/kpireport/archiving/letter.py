"""お読みください.txt: what an archive is, for whoever opens it in fifty years.

Comes in: the list of the archive's files. Goes out: a Japanese text. It tells how to
check the files with nothing but a program for SHA-256, which every system has, and
how the documents can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpireport.archives.manifest import MANIFEST, SUMS, Built, Locations, Role
from kpireport.archiving.versions import versions

ROLE_NAMES = {
    Role.PDF: "報告書（PDF/A-3a）。作るのに使ったファイルが添付されています",
    Role.WORD: "報告書（Word）。PDFと同じ内容です",
    Role.WEB: "報告書（ウェブのページ）。PDFと同じ内容で、ブラウザーで開けます",
    Role.DATA: "指標ごとの実績と評価（Excel）",
    Role.SETTINGS: "設定",
    Role.CATALOGUE: "計画",
    Role.ACTUALS: "実績",
    Role.EARLIER: "前の年度までの実績",
    Role.TEMPLATE: "Wordの様式",
    Role.LETTER: "このファイル",
}

_TEXT = """\
{title}
{heading}の保存（{issuer}）

作成日: {era}（{iso}）
この日付は、報告書の日付か、作成のときに指定された日時です。

■ ここにあるもの
{files}
{manifest}
    目録。上の全てのファイルの大きさと照合値（SHA-256）、
    作るのに使ったプログラムの版があります。
{sums}
    照合値の一覧。下の手順で使います。
{accepted}
■ 変わっていないかを確かめるには（専用のプログラムは要りません）
照合値（SHA-256）は、ファイルの中身が１文字でも変わると別の値になります。
・Linux など: このフォルダーで「sha256sum -c {sums}」を実行します。
・macOS: このフォルダーで「shasum -a 256 -c {sums}」を実行します。
・Windows: PowerShell で「Get-FileHash ファイル名」を実行し、出た値を {sums} と
  見比べます（大文字と小文字の違いは構いません）。
一覧の中身まで全て書き換えられると、この手順では分かりません。保存したときに表示された
「封印」（{manifest} の最後の方にある seal の値）を、決裁文書など別の所に控えておき、
それと見比べてください。
PDFの添付は、PDFを表示するプログラムの「添付ファイル」から取り出せます。inputs に
あるものと同じです。

■ 同じ報告書をもう一度作るには
kpireport（版 {version}）で、このフォルダーを指定して「kpireport verify フォルダー」を
実行すると、照合値を全て確かめ、inputs にあるものから報告書を作り直して、１バイトまで
同じかどうかを知らせます。違うときは、最初に違うページを知らせます。
作り直した文書を取り出すときは、inputs を別の場所に写して、次を実行します。
    {epoch}kpireport build {folder}
（このときのPDFには添付がないので、保存したPDFとはファイルとして違います。）
{elsewhere}プログラムの版が変わると、ファイルとしては違うものになることがあります。版は
{manifest} の versions にあります。
kpireport がなくても、inputs の設定（.toml）と計画（.json）は文字だけのファイル、実績は
表計算のファイルなので、開いて読めます。
"""

_ACCEPTED = """
■ 確かめて、そのままにしたところ（設定の accept）
{told}
"""

_ELSEWHERE = """\
その前に、{settings} に書かれた場所を、inputs/elsewhere の中のファイルの
場所に直してください（verify には要りません）。
"""


def letter_text(
    *,
    title: str,
    heading: str,
    issuer: str,
    built: Built,
    inputs: Locations,
    files: Sequence[tuple[str, Role]],
    accepted: Mapping[str, str],
) -> bytes:
    """Return the text.

    Args:
        title: the report's.
        heading: which edition it is.
        issuer: the municipality.
        built: when it was made.
        inputs: where they are.
        files: those of the list with what they are.
        accepted: the ids of what was odd and right, each with the reason, empty for none.
    """
    told = "\n".join(f"{path}\n    {ROLE_NAMES[role]}" for path, role in files)
    has_far = any(path.startswith("inputs/elsewhere/") for path, _ in files)
    epoch = built.source_date_epoch
    return _TEXT.format(
        title=title,
        heading=heading,
        issuer=issuer,
        era=built.era,
        iso=built.iso,
        files=told,
        manifest=MANIFEST,
        sums=SUMS,
        version=versions()["kpireport"],
        accepted=_accepted(accepted),
        epoch="" if epoch is None else f"SOURCE_DATE_EPOCH={epoch} ",
        elsewhere=_ELSEWHERE.format(settings=inputs.settings) if has_far else "",
        folder=inputs.settings.rpartition("/")[0],
    ).encode()


def _accepted(accepted: Mapping[str, str]) -> str:
    if not accepted:
        return ""
    told = "\n".join(
        f"・{id_}　{remark or '（理由の記入なし）'}" for id_, remark in accepted.items()
    )
    return _ACCEPTED.format(told=told)
