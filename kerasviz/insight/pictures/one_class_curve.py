"""How well the score of a class tells it from the others."""

from __future__ import annotations

from typing import Literal

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_scores
from kerasviz.writing.expressions import call, lay_out, literal

Curve = Literal["roc", "precision", "calibration"]


def write(curve: Curve, of: int = 1, *, asked: Asked, scene: Scene, script: Script) -> None:
    """Writes what computes and draws one curve.

    Args:
        curve: Which one.
        of: Number of the class or label.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    name = asked.names[min(max(of, 0), len(asked.names) - 1)]
    script.notes.insert(0, f"How well the score of {name!r} tells it from all others.")
    write_scores(script, scene, asked, of if asked.kind == "labels" else None)
    if asked.kind == "classes":
        script.add(f"true, score = true == {of}, score[:, {of}]")
    elif asked.kind == "two" and of == 0:
        script.add(f"true, score = true == 0, {literal(2 * asked.threshold)} - score")
    script.section("The curve")
    if curve == "roc":
        script.imports.need("from sklearn.metrics import roc_curve")
        script.add("x, y, thresholds = roc_curve(true, score)")
        labels = ("false positive rate", "found of the class")
    elif curve == "precision":
        script.imports.need("from sklearn.metrics import precision_recall_curve")
        script.add("y, x, thresholds = precision_recall_curve(true, score)")
        labels = ("recall", "precision")
    else:
        script.imports.need("from sklearn.calibration import calibration_curve")
        script.add("y, x = calibration_curve(true, score, n_bins=10)")
        labels = ("predicted probability", "how often it happened")
    script.imports.need("import plotly.express as px")
    words = (
        "{" + ", ".join(f'"{axis}": {literal(said)}' for axis, said in zip("xy", labels, strict=True)) + "}"
    )
    script.section("The picture")
    script.add(*lay_out(call("px.line", x="x", y="y", labels=words), "figure = "), "figure.show()")
