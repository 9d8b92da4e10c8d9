"""How far predicted numbers are from the true ones."""

from __future__ import annotations

from typing import Literal

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_scores
from kerasviz.writing.expressions import call, lay_out


def write(
    view: Literal["points", "histogram"] = "points",
    of: int | None = None,
    *,
    asked: Asked,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what compares predicted numbers with the true ones and draws them.

    Args:
        view: A point for each sample, or how the differences are spread.
        of: Which of the numbers of a sample; None for all of them.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, "How far predicted numbers are from the true ones.")
    write_scores(script, scene, asked, of)
    script.imports.need("import plotly.express as px")
    script.section("The picture")
    if view == "points":
        labels = '{"x": "truth", "y": "prediction"}'
        drawn = call("px.scatter", x="true.ravel()", y="score.ravel()", labels=labels)
        script.add(*lay_out(drawn, "figure = "))
    else:
        script.add("errors = (score - true).ravel()", "counts, edges = np.histogram(errors, bins=40)")
        script.add(*lay_out(call("px.bar", x="(edges[:-1] + edges[1:]) / 2", y="counts"), "figure = "))
    script.add("figure.show()")
