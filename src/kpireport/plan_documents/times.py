"""Years in the headers of a document's tables.

Comes in: a header's text. Goes out: its fiscal years, and the words without them.
"""

from __future__ import annotations

import re

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import ERAS

_ERAS = {spelling: era for era in ERAS for spelling in (era.name, era.name[0], era.letter)}
_ERA = "|".join(sorted(_ERAS, key=len, reverse=True))
_YEAR = re.compile(
    rf"(?:(?<![A-Za-z])(?P<era>{_ERA})[.・]?\s*(?P<number>元|[0-9]{{1,2}})(?![0-9])"
    rf"|(?<![0-9.,])(?P<western>(?:19|20)[0-9]{{2}})(?![0-9]))"
    r"(?P<tail>\s*\(\s*(?:(?:19|20)[0-9]{2}|[一-鿿A-Z]{1,2}\.?(?:元|[0-9]{1,2}))\s*年?度?\s*\)\s*)?"
    r"\s*(?:年度|年)?(?:\s*[0-9]{1,2}月(?:\s*[0-9]{1,2}日)?)?\s*(?:末日?)?(?:\s*(?:時点|現在))?"
)


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names, in order."""
    found = []
    for match in _YEAR.finditer(_plain(text)):
        if match["western"]:
            found.append(int(match["western"]))
        else:
            number = 1 if match["number"] == "元" else int(match["number"])
            found.append(_ERAS[match["era"]].western_year(number))
    return tuple(dict.fromkeys(found))


def year_in(text: str) -> int | None:
    """The year that a text names, if it is one."""
    years = years_in(text)
    return years[0] if len(years) == 1 else None


def without_years(text: str) -> str:
    """The text in half width without its years, and without brackets that had nothing else."""
    left = _YEAR.sub("", _plain(text))
    left = re.sub(r"原則:?", "", left)
    return re.sub(r"\(\s*\)|\[\s*\]", "", left).strip()


def _plain(text: str) -> str:
    return re.sub(r"[〔【]", "(", re.sub(r"[〕】]", ")", fold_width(text)))
