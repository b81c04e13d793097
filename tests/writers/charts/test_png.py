"""Pictures by Agg alone: what matplotlib's own classes paint, without matplotlib."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from matplotlib import rc_context, rcParamsDefault
from matplotlib._enums import CapStyle, JoinStyle
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from kpireport.writers.charts import draw_chart, png
from kpireport.writers.charts.drawing import (
    Cap,
    DrawnPath,
    DrawnText,
    Go,
    Join,
    Recording,
    Step,
    Stroke,
)
from tests.writers.charts.samples import BARS, BARS_SIZE, LINE_CHARTS, SMALL

DPI = 150
CAPS = {Cap.BUTT: CapStyle.butt, Cap.SQUARE: CapStyle.projecting}
JOINS = {Join.MITER: JoinStyle.miter, Join.ROUND: JoinStyle.round}
READ = ("path.", "agg.")

CURVE = (Step(Go.MOVE, (5, 5)), Step(Go.CURVE, (20, 40, 40, -10, 55, 30)), Step(Go.CLOSE))
CORNER = (Step(Go.MOVE, (10.3, 35.2)), Step(Go.LINE, (30.1, 8.4)), Step(Go.LINE, (50.7, 35.2)))
EDGE = (Step(Go.MOVE, (8.2, 2.3)), Step(Go.LINE, (52.4, 2.3)))
PENS = Recording(
    (60.0, 40.0),
    (
        DrawnPath(CURVE, "#C0D0E0", Stroke(1.5, "#123456", join=Join.ROUND)),
        DrawnPath(CORNER, stroke=Stroke(4.0, join=Join.MITER, cap=Cap.SQUARE)),
        DrawnPath(EDGE, stroke=Stroke(0.7, "#808080", dashes=(3.0, 1.5))),
        DrawnText("年度 Ag", True, 9.0, 6.5, 20.25, "#AA0000"),
    ),
)


@pytest.mark.parametrize(
    "recording",
    [
        PENS,
        draw_chart(LINE_CHARTS["at most"], SMALL),
        draw_chart(LINE_CHARTS["gaps"], SMALL),
        draw_chart(BARS, BARS_SIZE),
    ],
)
def test_agg_paints_what_it_paints_for_matplotlib(recording):
    with rc_context({key: rcParamsDefault[key] for key in rcParamsDefault if key.startswith(READ)}):
        expected = by_matplotlib(recording)
    assert np.array_equal(np.asarray(png._painted(recording, DPI)), expected)


def by_matplotlib(recording):
    """Paint a recording by the classes that matplotlib has for everybody."""
    scale = DPI / 72
    width, height = (side * scale for side in recording.size)
    renderer = RendererAgg(width, height, DPI)
    for each in recording.drawn:
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        place, color = Affine2D().scale(scale), None
        if isinstance(each, DrawnText):
            drawn = png._letters(each)
            gc.set_snap(False)
            size = scale * each.size / 1000
            place = Affine2D().scale(size).translate(scale * each.x, scale * each.baseline)
            color = each.color
        else:
            drawn = png._path(each.steps)
            color = each.fill or None
            if each.stroke:
                gc.set_linewidth(each.stroke.width)
                gc.set_foreground(each.stroke.color)
                gc.set_capstyle(CAPS[each.stroke.cap])
                gc.set_joinstyle(JOINS[each.stroke.join])
                gc.set_dashes(0, each.stroke.dashes or None)
        rgba = (*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1) if color else None
        renderer.draw_path(gc, Path(drawn.vertices, drawn.codes), place, rgba)
    return np.asarray(renderer.buffer_rgba())


LOADED = "import sys; from kpireport.writers.charts import chart_images\n"
MADE = (
    "from tests.writers.charts.samples import LINE_CHARTS, SMALL\n"
    "chart_images(LINE_CHARTS['gaps'], SMALL)\n"
)


@pytest.mark.parametrize(
    "code",
    [
        # alone: nothing of matplotlib but the two
        f"{LOADED}{MADE}print(sorted(n for n in sys.modules if n.split('.')[0] == 'matplotlib'))",
        # and who imports matplotlib besides, before or after, has the same modules
        (
            f"{LOADED}{MADE}from matplotlib.backends import _backend_agg, backend_agg\n"
            "from matplotlib import ft2font\nfrom kpireport.writers.charts import outlines, png\n"
            "print(png._agg is _backend_agg and outlines._ft2font is ft2font)\n"
            "print(backend_agg._RendererAgg is _backend_agg.RendererAgg)"
        ),
        (
            f"import matplotlib.backends.backend_agg as agg\n{LOADED}{MADE}"
            "from kpireport.writers.charts import png\n"
            "print(png._agg is sys.modules['matplotlib.backends._backend_agg'])\n"
            "print(png._agg.RendererAgg is agg._RendererAgg)"
        ),
    ],
    ids=["alone", "before", "after"],
)
def test_the_rest_of_matplotlib_is_not_needed(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split("\n")[:-1] in (
        ["['matplotlib.backends._backend_agg', 'matplotlib.ft2font']"],
        ["True", "True"],
    )
