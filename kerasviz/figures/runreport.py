"""Runs as one HTML file that needs nothing else: their curves, plans and versions."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterable, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from kerasviz.figures.curves import COLORS, ROW_HEIGHT, plain
from kerasviz.protocol import JSON, RunSummary
from kerasviz.protocol.text import text
from kerasviz.training.run.difference import flat, planned
from kerasviz.training.run.folder import PLAN, RunFolder
from kerasviz.training.run.keptrun import curves_of, summaries

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 14px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
color: #222 }}
table {{ display: block; overflow-x: auto; border-collapse: collapse; margin: 1rem 0 }}
td, th {{ padding: .25rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd }}
td.differs {{ font-weight: 600 }}
td {{ white-space: pre-wrap }} pre {{ overflow: auto; background: #f6f6f6; padding: 1rem }}
</style></head><body><h1>{title}</h1>
{runs}
<div id="curves"></div>
<h2>{plan}</h2>
{plans}
{documents}
<script type="application/json" id="figure">{figure}</script>
<script type="module">{plotly}
const figure = JSON.parse(document.getElementById("figure").textContent);
window.Plotly.newPlot("curves", figure.data, figure.layout, {{ responsive: true, displaylogo: false }});
</script></body></html>
"""


def report(runs: Sequence[RunFolder], plotly: str) -> str:
    """Writes a report of runs.

    Args:
        runs: Which ones.
        plotly: The JavaScript of Plotly: one that sets `window.Plotly`, or a module that exports it.
    """
    told, plans = summaries(runs), [run.read(PLAN) for run in runs]
    names = [run["name"] for run in told]
    title = names[0] if len(names) == 1 else text("{n} runs", n=len(names))
    curves = [curves_of(run)["curves"]["epoch"] for run in runs]
    figure = overlay(list(zip(names, curves, strict=True)))
    script = re.sub(r"export default (\w+\(\));?\s*$", r"window.Plotly=\1;", plotly)
    return PAGE.format(
        title=html.escape(title),
        runs=_table([text("Run"), *names], _facts(told)),
        plan=html.escape(text("Plan")),
        plans=_table(["", *names], _settings(plans)),
        documents="".join(map(_document, names, plans)),
        figure=(figure.to_json() or "").replace("<", "\\u003c"),
        plotly=script.replace("</script", "<\\/script"),
    )


def overlay(runs: Sequence[tuple[str, JSON]]) -> go.Figure:
    """Draws runs over each other: a row for each metric, a color for each run, validation dashed.

    Args:
        runs: The name of each, and its curves by metric.
    """
    metrics = list(dict.fromkeys(name.removeprefix("val_") for _, curves in runs for name in curves))
    rows = max(len(metrics), 1)
    figure = make_subplots(rows=rows, cols=1, shared_xaxes=True, vertical_spacing=0.2 / rows)
    for number, (run, curves) in enumerate(runs):
        for name, series in curves.items():
            line = go.Scatter(
                x=series["x"],
                y=series["y"],
                name=plain(f"{run} {name}"),
                mode="lines+markers" if len(series["x"]) == 1 else "lines",
                line={
                    "color": COLORS[number % len(COLORS)],
                    "dash": "dash" if name.startswith("val_") else "solid",
                },
            )
            figure.add_trace(line, row=metrics.index(name.removeprefix("val_")) + 1, col=1)
    for row, metric in enumerate(metrics, start=1):
        figure.update_yaxes(title_text=plain(metric), row=row, col=1)
    figure.update_xaxes(title_text="epoch", row=rows, col=1)
    return figure.update_layout(height=ROW_HEIGHT * rows + 80, template="plotly_white")


def _facts(told: Sequence[RunSummary]) -> Iterable[list[str]]:
    yield [text("State"), *(run["state"] for run in told)]
    yield [text("Started"), *(_date(run["started"]) for run in told)]
    yield [text("Seconds"), *(f"{run['elapsed']:.1f}" for run in told)]
    yield [text("Device"), *(run["device"] for run in told)]
    yield [text("Epochs"), *(f"{run['epoch']} / {run['epochs']}" for run in told)]
    yield [text("Parameters"), *(f"{run['parameters'] or 0:,}" for run in told)]
    for metric in dict.fromkeys(metric for run in told for metric in run["last"]):
        yield [metric, *(_value(run, metric) for run in told)]
    yield [text("Changed"), *("\n".join(run["changes"]) for run in told)]
    yield [text("Note"), *(run["note"] for run in told)]


def _value(run: RunSummary, metric: str) -> str:
    last, best = run["last"].get(metric), run["best"].get(metric)
    shown = "" if last is None else f"{last:.6g}"
    if best is None:
        return shown
    value, epoch = f"{best['value']:.6g}", best["epoch"]
    return text("{last} (best {value} in epoch {epoch})", last=shown, value=value, epoch=epoch)


def _settings(plans: Sequence[JSON]) -> Iterable[list[str]]:
    """What the plans say, a row for each value."""
    said = [flat(planned(plan)) for plan in plans]
    for key in dict.fromkeys(key for each in said for key in each):
        yield [key, *(each.get(key, "") for each in said)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["<tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in head) + "</tr>"]
    for first, *values in rows:
        if any(values):
            kind = ' class="differs"' if len(set(values)) > 1 else ""
            cells = "".join(f"<td{kind}>{html.escape(value)}</td>" for value in values)
            lines.append(f"<tr><th>{html.escape(first)}</th>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _document(name: str, plan: JSON) -> str:
    written = html.escape(json.dumps(plan.get("document"), indent=1))
    return f"<details><summary>{html.escape(name)}: keras.json</summary><pre>{written}</pre></details>"


def _date(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M:%S") if seconds else ""
