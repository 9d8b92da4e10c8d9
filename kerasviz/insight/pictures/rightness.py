"""How right the model is about each sample, as code."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scores import Asked, write_predicted


def write_rightness(script: Script, asked: Asked, threshold: float | None, score: str, name: str) -> None:
    """Writes the share of each sample that is right, or how far its numbers are from the true ones.

    Args:
        script: Gets the statements.
        asked: What was predicted.
        threshold: Above which score the second of two, or a label, is predicted; None for that of the model.
        score: The variable of the score.
        name: The variable that gets it, `(samples,)`.
    """
    if asked.kind == "numbers":
        script.add(f"{name} = np.abs({score} - true).mean(axis=1)  # of each sample")
        return
    write_predicted(script, asked, threshold, score)
    predicted = score.replace("score", "predicted")
    right = f"({predicted} == true)"
    if asked.kind == "labels":
        right += ".all(axis=1)"
    elif asked.positions > 1:
        right += f".reshape(-1, {asked.positions}).mean(axis=1)"
    script.add(f"{name} = {right}" + ("" if asked.positions > 1 else ".astype(float)") + "  # of each sample")
