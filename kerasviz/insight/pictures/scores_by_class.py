"""How well each class, or each label, is found."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_predicted, write_scores
from kerasviz.insight.pictures.tablefigure import write_table
from kerasviz.writing.expressions import call, lay_out, literal, sequence


def write(threshold: float | None = None, *, asked: Asked, scene: Scene, script: Script) -> None:
    """Writes what measures precision, recall and F1 of each class.

    Args:
        threshold: Above which score the second of two, or a label, is predicted; None for that of the model.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, "Precision, recall and F1 of each class.")
    write_scores(script, scene, asked)
    write_predicted(script, asked, threshold)
    script.imports.need("from sklearn.metrics import precision_recall_fscore_support")
    script.section("The table: a row for each class")
    measured = call(
        "precision_recall_fscore_support",
        "true",
        "predicted",
        labels=f"range({len(asked.names)})",
        average="None",
        zero_division="0",
    )
    right = "(predicted == true)"
    if asked.kind == "labels":
        right += ".all(axis=1)"
    script.add(
        *lay_out(sequence([literal(name) for name in asked.names]), "classes = "),
        *lay_out(measured, "precision, recall, f1, samples = "),
        f"accuracy = {right}.mean()",
    )
    columns = {
        "class": "classes",
        "precision": "precision.round(3)",
        "recall": "recall.round(3)",
        "F1": "f1.round(3)",
        "samples": "samples",
    }
    write_table(script, columns, 'f"{accuracy:.2%} are predicted right"')
