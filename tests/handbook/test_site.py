"""The site works from a folder: nothing is fetched, any part of a Japanese word is found."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extensions.japanese_search import JapaneseSearch, split
from tests.reports import put_files
from tests.sites import site_files
from tests.tools import run_tool

LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_files(tmp_path_factory.mktemp("site"), site_files())


class _Page(HTMLParser):
    """What a page loads, its images without words, and its headings' levels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.wordless: list[str] = []
        self.levels: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in LOADING:
            self.loaded.append(found.get(LOADING[tag]) or "")
        if tag == "img" and not found.get("alt"):
            self.wordless.append(found.get("src") or "")
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def pages(site: Path) -> dict[str, _Page]:
    return {
        str(path.relative_to(site)): _Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def test_nothing_is_fetched_from_the_network(site: Path) -> None:
    for name, page in pages(site).items():
        assert not [each for each in page.loaded if each.startswith(("http", "//"))], name
    for style in site.rglob("*.css"):
        assert not re.findall(r"url\([\"']?(?:https?:)?//", style.read_text(encoding="utf-8"))


def test_pictures_have_words_and_headings_skip_no_level(site: Path) -> None:
    for name, page in pages(site).items():
        assert not page.wordless, name
        assert page.levels.count(1) <= 1, name
        steps = zip([0, *page.levels], page.levels, strict=False)
        assert all(level <= before + 1 for before, level in steps), (name, page.levels)


def test_any_part_of_a_word_is_in_the_index(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]

    for query in ("書き戻す", "未報告", "封印", "所管課", "課"):
        words = list(split(query)) if len(query) == 1 else [*split(query)][len(query) :]
        assert all(word in terms for word in words), query


QUERIES = ("ＫＰＩを書き戻す", "report.toml", "課", "𠮷野家", "PDF/UA-1", "12のステップ", "ｶﾞｲﾄﾞ")


@pytest.mark.tools
@pytest.mark.parametrize("query", QUERIES)
def test_the_browser_splits_as_the_index_does(query: str) -> None:
    script = f"{JapaneseSearch.js_splitter_code};console.log(JSON.stringify(splitQuery({query!r})))"
    typed = json.loads(run_tool("node", "--eval", script))

    assert typed
    assert set(typed) <= set(split(query))
