"""Whether the results that the settings ask for would be written over an input.

Comes in: settings with complete paths. Goes out: findings.
"""

from __future__ import annotations

import os
from pathlib import Path

from kpireport.domain.settings import DocumentKind, Settings
from kpireport.findings import Findings
from kpireport.messages import printable


def check_outputs(settings: Settings, log: Findings) -> None:
    """Refuse names under which a result would be written over what it is made of."""
    review, template = settings.review, settings.word.template
    used = [settings.catalogue, *([template] if template else ())]
    used += (review.actuals, *review.earlier) if review else ()
    inputs = {_known(each) for each in used}
    written = (settings.of(kind).outputs.values() for kind in DocumentKind)
    for path in dict.fromkeys(path for paths in written for path in paths):
        if _known(path) in inputs:
            log.add(
                "output.name",
                f"出来上がりの {printable(path.name)} が、入力のファイルと同じものになります。",
                "name か folder を変えてください。そのままでは、入力が上書きされます。",
            )


def _known(path: Path) -> str:
    """A path as it can be compared with others."""
    return os.path.normcase(path.absolute())
