"""Plotly figures of runs."""

from __future__ import annotations

import html
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from kerasviz.protocol import Series
from kerasviz.protocol.text import text
from kerasviz.training.run.run import Run

COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
"""Colors of Okabe and Ito, which color-blind readers can distinguish."""
ROW_HEIGHT = 260


def plot(run: Any) -> go.Figure:
    """Plots the loss and each metric over the epochs: training solid, validation dashed.

    Args:
        run: The result of `fit`, its `history` dict, a `kerasviz.LiveCharts` or a `kerasviz.Editor`.

    Returns:
        A figure with one row for each metric.

    Raises:
        TypeError: If it is none of these.
        ValueError: If no epoch is finished yet.

    Example:
    ```python
    kerasviz.plot(model.fit(x, y, epochs=5))
    ```
    """
    curves = _epoch_curves(run)
    metrics = sorted(
        (name for name in curves if not name.startswith("val_")), key=lambda name: name != "loss"
    )
    if not metrics:
        raise ValueError(
            text("Expected a run with at least one finished epoch, received: a run without any.")
        )
    figure = make_subplots(rows=len(metrics), cols=1, shared_xaxes=True, vertical_spacing=0.2 / len(metrics))
    for row, metric in enumerate(metrics, start=1):
        color = COLORS[(row - 1) % len(COLORS)]
        for name, dash in ((metric, "solid"), (f"val_{metric}", "dash")):
            if name in curves:
                line = go.Scatter(
                    x=curves[name]["x"],
                    y=curves[name]["y"],
                    name=plain(name),
                    mode="lines+markers" if len(curves[name]["x"]) == 1 else "lines",
                    line={"color": color, "dash": dash},
                )
                figure.add_trace(line, row=row, col=1)
        figure.update_yaxes(title_text=plain(metric), row=row, col=1)
    figure.update_xaxes(title_text="epoch", row=len(metrics), col=1)
    figure.update_layout(
        height=ROW_HEIGHT * len(metrics) + 80, template="plotly_white", hovermode="x unified"
    )
    return figure


def _epoch_curves(run: Any) -> dict[str, Series]:
    recorded = getattr(run, "run", None)
    if isinstance(recorded, Run):
        return recorded.history.to_json()["epoch"]
    values = getattr(run, "history", run)
    if not isinstance(values, dict):
        raise TypeError(
            text(
                "Expected the result of fit, its history, or a kerasviz.LiveCharts or Editor after training. "
                "Received: {kind}.",
                kind=type(run).__name__,
            )
        )
    epochs = getattr(run, "epoch", None)
    return {
        name: Series(x=[epoch + 1 for epoch in epochs or range(len(points))], y=list(points))
        for name, points in values.items()
    }


def plain(name: str) -> str:
    """Escapes the name of a metric: Plotly renders some HTML, and formulas where MathJax is loaded."""
    return html.escape(name[:80], quote=False).replace("$", "&#36;")
