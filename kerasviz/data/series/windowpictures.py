"""Windows of a series as small drawings: what the model sees, and what it is to predict."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping

import numpy as np

from kerasviz.data.series.cut import Cut
from kerasviz.data.series.timeseries import TimeSeries
from kerasviz.protocol.preview import PreviewSample

MOST = 6
SIDE = 192
_EDGE = 8
_DATE = len("2024-12-31")
_INPUT, _PAST, _NEXT = (150, 150, 150, 130), (33, 118, 210, 255), (230, 110, 0, 255)


def window_samples(
    series: TimeSeries, inputs: list[str], target: str, cut: Cut, starts: np.ndarray
) -> Callable[[], list[PreviewSample]]:
    """Picks some windows to draw: inputs in grey, the target in blue, and orange where it is predicted.

    Args:
        series: The rows.
        inputs: The columns that a model sees.
        target: The column that is predicted.
        cut: How windows are cut.
        starts: The first rows of all windows.

    Returns:
        Draws them; it holds their rows alone.
    """
    chosen = starts[np.linspace(0, len(starts) - 1, min(MOST, len(starts))).astype(int)]
    rows = {name: series.values[:, at] for at, name in enumerate(series.columns)}
    picked = [
        (
            _label(series, int(start) + cut.span),
            {name: column[start : start + cut.last + 1].copy() for name, column in rows.items()},
        )
        for start in chosen
    ]

    def draw() -> list[PreviewSample]:
        return [
            PreviewSample(
                values=[], label=label, file=None, picture=_drawing(window, inputs, target, cut), text=None
            )
            for label, window in picked
        ]

    return draw


def _label(series: TimeSeries, row: int) -> str | None:
    """Which series it is, and when what is predicted begins."""
    said = [] if series.number is None else [series.label_of(row)]
    said += [] if series.when is None else [str(series.when.iloc[row])[:_DATE]]
    return ", ".join(said) or None


def _drawing(window: Mapping[str, np.ndarray], inputs: list[str], target: str, cut: Cut) -> str:
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (SIDE, SIDE))
    draw = ImageDraw.Draw(image)
    seen = np.arange(cut.length) * cut.sampling
    after = cut.span - 1 + np.arange(cut.horizon + 1)
    lines = [(name, seen, _INPUT) for name in inputs if name != target]
    past = seen if target in inputs else seen[:0]
    for name, rows, colour in (*lines, (target, past, _PAST), (target, after, _NEXT)):
        values = window[name]
        low, high = float(values.min()), float(values.max())
        points = [
            (
                _EDGE + (SIDE - 2 * _EDGE) * row / max(1, cut.last),
                SIDE - _EDGE - (SIDE - 2 * _EDGE) * (values[row] - low) / ((high - low) or 1),
            )
            for row in rows
        ]
        if len(points) > 1:
            draw.line(points, fill=colour, width=1 if colour == _INPUT else 3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
