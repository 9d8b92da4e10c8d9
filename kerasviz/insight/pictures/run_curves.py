"""One metric of runs, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.training.run.folder import HISTORY
from kerasviz.writing.expressions import Group, call, lay_out, literal


def write(metric: str, runs: Mapping[str, str], *, scene: Scene, script: Script) -> None:
    """Writes what reads the history of runs and draws a metric.

    Args:
        metric: Its name, without `val_`.
        runs: What people call each run, by what events call it.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.append(f"The {metric} of each epoch, as Keras' CSVLogger writes it.")
    script.imports.need("import pandas as pd")
    script.imports.need("import plotly.express as px")
    script.section("What was measured")
    files = tuple((f"{literal(name)}: ", scene.run_file(run, HISTORY)) for run, name in runs.items())
    script.add(
        *lay_out(Group("", "{}", files), "files = "),
        "found = []",
        "for run, file in files.items():",
        "    history = pd.read_csv(file)",
        '    history["epoch"] += 1  # Keras counts from 0',
        f"    names = ({literal(metric)}, {literal('val_' + metric)})",
        "    measured = [name for name in names if name in history]",
        '    found.append(history.melt("epoch", measured).assign(run=run))',
        "curves = pd.concat(found)",
    )
    script.section("The picture")
    options = {"x": '"epoch"', "y": '"value"', "color": '"run"', "line_dash": '"variable"'}
    script.add(*lay_out(call("px.line", "curves", **options), "figure = "), "figure.show()")
