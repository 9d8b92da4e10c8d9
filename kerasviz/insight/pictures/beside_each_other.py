"""Two models on the same samples: which of them is right where, or nearer to the truth."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.rightness import write_rightness
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_scores
from kerasviz.protocol.insight import At
from kerasviz.writing.expressions import call, lay_out, literal, sequence


def write(
    other: At | None = None,
    threshold: float | None = None,
    *,
    asked: Asked,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what counts samples by which model is right; of numbers, by which is nearer to the truth.

    Args:
        other: Whose weights are compared; None for the model as it is now.
        threshold: Above which score the second of two, or a label, is predicted; None for that of the model.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, "Two models on the same samples: how many each is right about.")
    write_scores(script, scene, asked, None, scene.at(other))
    write_rightness(script, asked, threshold, "score", "this")
    write_rightness(script, asked, threshold, "other_score", "that")
    script.section("How many samples which of the two is right about")
    if asked.kind == "numbers" or asked.positions > 1:
        nearer, farther = ("<", ">") if asked.kind == "numbers" else (">", "<")
        names = ["this is nearer", "the other has a smaller error", "equally near"]
        counts = [f"(this {nearer} that).sum()", f"(this {farther} that).sum()", "(this == that).sum()"]
    else:
        names = ["only this is correct", "only the other is correct", "both are right", "none is right"]
        counts = [
            "((this == 1) & (that == 0)).sum()",
            "((this == 0) & (that == 1)).sum()",
            "((this == 1) & (that == 1)).sum()",
            "((this == 0) & (that == 0)).sum()",
        ]
    script.add(
        *lay_out(sequence([literal(name) for name in names]), "names = "),
        *lay_out(sequence([*counts]), "counts = "),
    )
    script.imports.need("import plotly.express as px")
    script.section("The picture")
    labels = '{"x": "", "y": "samples"}'
    drawn = call("px.bar", x="names", y="counts", text="counts", labels=labels, title='"Two models"')
    script.add(*lay_out(drawn, "figure = "), "figure.show()")
