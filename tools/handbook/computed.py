"""What of a page the program computes, kept in the page: it is read as a file too.

Comes in: a page. Goes out: the page with each such part as it is computed now. A part stands
between two comments, of which the first says what it is, and what it is made of::

    <!-- computed: scheme-rules linear -->
    | 評価 | ... |
    <!-- end -->

``scheme-rules`` are the rules of a scheme; ``judgements`` of a scheme and ``schemes-compared``
have a line for each example (:mod:`tools.handbook.judgement_tables`); ``room`` is how a folder
of ``src/kpireport`` works, as its docstring tells it.
"""

from __future__ import annotations

import re
from importlib import import_module
from inspect import cleandoc

from tools.handbook.judgement_tables import judgements, scheme_rules, schemes_compared

_PART = re.compile(
    r"(?P<head><!-- computed: (?P<verb>[\w-]+) ?(?P<word>\S*)(?P<lines>(?:\n[^\n]+)*?)\s?-->\n)"
    r"(?P<body>.*?)(?P<end><!-- end -->)",
    re.DOTALL,
)
_ROLE = re.compile(r":\w+:`(?:~[\w.]*?(?P<last>\w+)|(?P<whole>[^`~]+))`")


def with_computed(page: str) -> str:
    """Return a page with what is computed as it is now.

    Raises:
        ValueError: a part is of no kind that there is, or an example cannot be read.
    """
    return _PART.sub(_computed, page)


def _computed(found: re.Match[str]) -> str:
    lines = "\n".join(_lines(found["verb"], found["word"], found["lines"].split("\n")[1:]))
    return f"{found['head']}\n{lines}\n\n{found['end']}"


def _lines(verb: str, word: str, examples: list[str]) -> list[str]:
    match verb:
        case "scheme-rules":
            return scheme_rules(word)
        case "judgements":
            return judgements(word, examples)
        case "schemes-compared":
            return schemes_compared(examples)
        case "room":
            return _told_by(word)
        case _:
            raise ValueError(f"nothing computes {verb!r}")


def _told_by(module: str) -> list[str]:
    """Return a module's docstring as Markdown: its names as code, as its words."""
    text = cleandoc(import_module(module).__doc__ or "")
    named = _ROLE.sub(lambda found: f"`{found['last'] or found['whole']}`", text)
    return named.replace("``", "`").split("\n")
