r"""Search in Japanese that works from a shared folder, without a server.

Comes in: the words of the pages, and later what a reader types. Goes out: pairs of
neighbouring characters (bigrams), the same on both sides, so that any part of any word
is found. Sphinx's own Japanese index is made of words that a segmenter finds, but its
script in the browser does not segment what is typed (sphinx-doc/sphinx#13395): 書き戻し
would find nothing, for the index has 書き and 戻し.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.util.typing import ExtensionMetadata

# kana, kanji with 々〆〇, and their supplementary planes; words of other scripts stay whole
_JAPANESE = "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_JAPANESE}]+|[^\W{_JAPANESE}]+")
_IS_JAPANESE = re.compile(rf"[{_JAPANESE}]")

_SPLIT_QUERY = """
var splitQuery = (query) => {
  const japanese = "\\u3005-\\u3007\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff"
    + "\\u3400-\\u9fff\\u{20000}-\\u{3ffff}";
  const word = "[\\\\p{L}\\\\p{N}\\\\p{M}_]";
  const run = new RegExp(`[${japanese}]+|(?:(?![${japanese}])${word})+`, "gu");
  const isJapanese = new RegExp(`[${japanese}]`, "u");
  return (query.normalize("NFKC").match(run) || []).flatMap((each) => {
    const characters = [...each];
    if (characters.length === 1 || !isJapanese.test(each)) return [each];
    return characters.slice(1).map((character, at) => characters[at] + character);
  });
};
"""


def split(text: str) -> Iterator[str]:
    """Yield what a text is found by: words, and of Japanese each character and each pair.

    >>> list(split("ＫＰＩを書き戻す"))
    ['KPI', 'を', '書', 'き', '戻', 'す', 'を書', '書き', 'き戻', '戻す']
    """
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        yield from run if _IS_JAPANESE.match(run) else (run,)
        if _IS_JAPANESE.match(run):
            yield from (first + second for first, second in itertools.pairwise(run))


class JapaneseSearch(SearchLanguage):
    """Bigrams of Japanese text; single characters too, for one may be all that is typed."""

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = _SPLIT_QUERY

    def split(self, input: str) -> list[str]:  # noqa: A002 -- Sphinx's name
        """Split a page's text."""
        return list(split(input))

    def word_filter(self, word: str) -> bool:
        """Keep every word but bare numbers, which Sphinx's script drops from queries too."""
        return not word.isdigit()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the language with Sphinx."""
    app.add_search_language(JapaneseSearch)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
