"""The pages, each with what it shows and what can be done on it.

Comes in: an :class:`~kpireport.workbench.asking.Asked` or
:class:`~kpireport.workbench.asking.Posted`. Goes out: a response. Each module lists its
addresses; ``application`` has no others.
"""

from __future__ import annotations

from kpireport.workbench.pages import (
    collecting,
    differences,
    documents,
    exchanging,
    finishing,
    home,
    plan_forms,
    plans,
    reminding,
    revising,
    running,
    settings,
    values,
    word_edits,
    word_templates,
    years,
)
from kpireport.workbench.pages.addresses import Acted, Shown

_PAGES = (
    home,
    years,
    collecting,
    values,
    documents,
    differences,
    word_edits,
    word_templates,
    finishing,
    settings,
    exchanging,
    plan_forms,
    plans,
    reminding,
    revising,
    running,
)

SHOWN: tuple[Shown, ...] = tuple(each for page in _PAGES for each in page.SHOWN)
ACTED: tuple[Acted, ...] = tuple(each for page in _PAGES for each in page.ACTED)
