"""Which class was taken for which."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_predicted, write_scores
from kerasviz.writing.expressions import call, lay_out, literal, sequence


def write(
    threshold: float | None = None, label: int | None = None, *, asked: Asked, scene: Scene, script: Script
) -> None:
    """Writes what counts the samples by their true and their predicted class.

    Args:
        threshold: Above which score the second of two, or a label, is predicted; None for that of the model.
        label: Of several labels, the one that a sample has or has not.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, "How many samples of each true class were predicted as each class.")
    write_scores(script, scene, asked, (label or 0) if asked.kind == "labels" else None)
    of_label = asked.names[label or 0] if asked.kind == "labels" else ""
    names = [f"not {of_label}", of_label] if of_label else list(asked.names)
    write_predicted(script, asked, threshold)
    script.section("The matrix: a row for each true class")
    script.add(
        *lay_out(sequence([literal(name) for name in names]), "classes = "),
        "counts = np.zeros((len(classes), len(classes)), dtype=int)",
        "np.add.at(counts, (true, predicted), 1)",
    )
    script.imports.need("import plotly.express as px")
    labels = '{"x": "predicted", "y": "true"}'
    drawn = call(
        "px.imshow",
        "counts",
        x="classes",
        y="classes",
        text_auto="True",
        labels=labels,
        title='"Confusion matrix"',
    )
    script.section("The picture")
    script.add(*lay_out(drawn, "figure = "), "figure.show()")
