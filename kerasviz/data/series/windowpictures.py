"""Windows of a series as small drawings: what the model sees, and what it is to predict."""

from __future__ import annotations

import base64
import io

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
) -> list[PreviewSample]:
    """Draws some windows: inputs in grey, the target in blue, and orange where it is predicted.

    Args:
        series: The rows.
        inputs: The columns that a model sees.
        target: The column that is predicted.
        cut: How windows are cut.
        starts: The first rows of all windows.
    """
    chosen = starts[np.linspace(0, len(starts) - 1, min(MOST, len(starts))).astype(int)]
    return [
        PreviewSample(
            values=[],
            label=_label(series, int(start) + cut.span),
            file=None,
            picture=_drawing(series, inputs, target, cut, int(start)),
            text=None,
        )
        for start in chosen
    ]


def _label(series: TimeSeries, row: int) -> str | None:
    """Which series it is, and when what is predicted begins."""
    said = [] if series.number is None else [series.label_of(row)]
    said += [] if series.when is None else [str(series.when.iloc[row])[:_DATE]]
    return ", ".join(said) or None


def _drawing(series: TimeSeries, inputs: list[str], target: str, cut: Cut, start: int) -> str:
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (SIDE, SIDE))
    draw = ImageDraw.Draw(image)
    seen = start + np.arange(cut.length) * cut.sampling
    after = start + cut.span - 1 + np.arange(cut.horizon + 1)
    lines = [(name, seen, _INPUT) for name in inputs if name != target]
    past = seen if target in inputs else seen[:0]
    for name, rows, colour in (*lines, (target, past, _PAST), (target, after, _NEXT)):
        values = series.values[:, series.columns.index(name)]
        whole = values[start : start + cut.span + cut.horizon]
        low, high = float(whole.min()), float(whole.max())
        points = [
            (
                _EDGE + (SIDE - 2 * _EDGE) * (row - start) / max(1, cut.span + cut.horizon - 1),
                SIDE - _EDGE - (SIDE - 2 * _EDGE) * (values[row] - low) / ((high - low) or 1),
            )
            for row in rows
        ]
        if len(points) > 1:
            draw.line(points, fill=colour, width=1 if colour == _INPUT else 3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
