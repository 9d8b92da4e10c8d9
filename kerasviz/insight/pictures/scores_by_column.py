"""How well the model does on samples of which a column says the same."""

from __future__ import annotations

import dataclasses

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.columngroups import write_groups
from kerasviz.insight.pictures.rightness import write_rightness
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_scores
from kerasviz.insight.pictures.tablefigure import write_table
from kerasviz.protocol.insight import At
from kerasviz.writing.expressions import literal


def write(
    column: str,
    threshold: float | None = None,
    other: At | None = None,
    is_compared: bool = False,
    *,
    asked: Asked,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what measures each group of samples.

    Args:
        column: Of the table.
        threshold: Above which score the second of two, or a label, is predicted; None for that of the model.
        other: Whose weights are compared; None for the model as it is now.
        is_compared: Whether another model is compared.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, f"How well the model does by what {column!r} says of samples.")
    asked = dataclasses.replace(asked, slice=None)
    arrays = write_scores(script, scene, asked, None, scene.at(other) if is_compared else None)
    write_rightness(script, asked, threshold, "score", "measured")
    if is_compared:
        write_rightness(script, asked, threshold, "other_score", "other_measured")
    write_groups(script, arrays, column)
    is_of_numbers = asked.kind == "numbers"
    columns = {
        column: "[name for name, _ in groups]",
        "samples": "[len(rows) for _, rows in groups]",
        "mean absolute error" if is_of_numbers else "right": "means",
    }
    script.add("means = [np.nanmean(measured[rows]) for _, rows in groups]")
    if is_compared:
        script.add("other_means = [np.nanmean(other_measured[rows]) for _, rows in groups]")
        columns["compared"] = "other_means"
    write_table(script, columns, literal(f"By {column}"))
