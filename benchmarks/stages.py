"""Where the time of one sample review goes: user CPU per stage, as a Markdown table.

The functions that do a stage's work are wrapped by a clock; a stage does not count
what a stage inside it counts. The result is thrown away::

    python benchmarks/stages.py
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns
from typing import Any

LAST_YEAR = "2021"
ROOT = Path(__file__).resolve().parents[1]
IMPORTS, REST = "imports", "the rest of the program"
STAGES = (
    ("kpireport.sources.settings", "load_settings", "reading"),
    ("kpireport.sources.catalogue", "read_plan", "reading"),
    ("kpireport.sources.actuals", "read_reports", "reading"),
    ("kpireport.evaluation", "evaluate", "judging"),
    ("kpireport.document.review", "compose_review", "composing"),
    ("kpireport.writers.fonts", "missing_characters", "checking the fonts' characters"),
    ("kpireport.stages.word", "ExpectedPages.of", "PDF: setting text, layout of pages"),
    ("kpireport.writers.pdf.charts", "draw_chart", "PDF: charts, layout"),
    ("kpireport.writers.pdf.charts", "picture_of", "PDF: charts, operators"),
    ("kpireport.writers.pdf", "paint", "PDF: painting, embedding fonts"),
    ("kpireport.writers.pdf.archive", "finish_pdf", "PDF: structure, metadata, compression"),
    ("kpireport.writers.charts.kept_images", "draw_chart", "Word: charts, layout"),
    ("kpireport.writers.charts.svg", "svg_of", "Word: charts, SVG"),
    ("kpireport.writers.charts.png", "png_of", "Word: charts, PNG"),
    ("kpireport.writers.docx", "write_docx", "Word: text, tables, bars, compression"),
)


class Clock:
    """Shares the process's user CPU out to the stages that are at work."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stack = [REST]
        self._last = 0.0  # all that the process has used, from its start on
        self._turn()

    def _turn(self) -> None:
        """Give the time since the last turn to the stage at work."""
        now = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        stage = self._stack[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._last
        self._last = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside as ``name``."""
        self._turn()
        self._stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def watch(self, module_name: str, function_name: str, stage: str) -> None:
        """Wrap a function of a module or of its class, for those who look it up there."""
        *classes, name = function_name.split(".")
        holder: Any = import_module(module_name)
        for each in classes:
            holder = getattr(holder, each)
        function: Callable[..., object] = getattr(holder, name)

        def watched(*args: Any, **kwargs: Any) -> object:  # noqa: ANN401 - any function's
            with self.stage(stage):
                return function(*args, **kwargs)

        setattr(holder, name, staticmethod(watched) if classes else watched)


def main() -> int:
    """Build the sample review and print what each stage used."""
    clock = Clock()
    with clock.stage(IMPORTS):
        for module, _, _ in STAGES:
            import_module(module)
        build = import_module("kpireport").build
    for stage in STAGES:
        clock.watch(*stage)
    with tempfile.TemporaryDirectory() as folder:
        copytree(
            ROOT / "reports", Path(folder, "reports"), ignore=ignore_patterns("out", ".kpireport")
        )
        copyfile(ROOT / "catalogue.json", Path(folder, "catalogue.json"))
        build(Path(folder, "reports", LAST_YEAR))
    total = sum(clock.spent.values())
    print("| stage | user CPU (s) | share |\n|---|--:|--:|")
    for name in dict.fromkeys((IMPORTS, *(stage for _, _, stage in STAGES), REST)):
        spent = clock.spent.get(name, 0.0)
        print(f"| {name} | {spent:.2f} | {spent / total:.0%} |")
    print(f"| **all** | **{total:.2f}** | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
