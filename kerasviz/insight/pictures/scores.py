"""What a model predicts of a part of the data, beside what is true, as code."""

from __future__ import annotations

from dataclasses import dataclass

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.task import Kind
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import literal


@dataclass(frozen=True)
class Asked:
    """What one output predicted of a part.

    Attributes:
        part: Of the data.
        output: Number of the output.
        name: Of the output.
        kind: Of the task.
        names: Of classes, labels or numbers.
        threshold: Above which score the second of two, or a label, is predicted.
        logits: Whether the model gives logits.
        has_pair: Whether the second of two has a score of its own.
        positions: Predictions of each sample.
    """

    part: Part
    output: int
    name: str
    kind: Kind
    names: tuple[str, ...]
    threshold: float
    logits: bool
    has_pair: bool
    positions: int


def asked_of(predicted: Predicted, output: int) -> Asked:
    """Tells what the code of a result needs to know."""
    task = predicted.task
    return Asked(
        predicted.part,
        output,
        predicted.name,
        task.kind,
        task.names,
        task.threshold,
        task.logits,
        task.kind == "two" and task.scores.ndim == 2,
        task.positions,
    )


def write_scores(script: Script, scene: Scene, asked: Asked, of: int | None = None) -> None:
    """Writes what predicts the part: `true` and `score` hold what is true, and what the model gives.

    Args:
        script: Gets the statements.
        scene: What the picture is of.
        asked: What was predicted.
        of: The class, label or number; None for all of them.

    Raises:
        RequestError: With code `no_code`, where it has none.
    """
    if asked.positions > 1:
        raise RequestError("no_code", text("There is no code of predictions for each position yet."))
    model = scene.write_model(script)
    arrays = scene.write_part(script, asked.part)
    x, y = arrays.values()[0], arrays.names[1]
    if arrays.structures[1] == "dict":
        y = f"{y}[{literal(asked.name)}]"
    elif arrays.structures[1] == "list":
        y = f"{y}[{asked.output}]"
    script.imports.numpy()
    script.section("What the model predicts, and what is true")
    predicted = f"{model}.predict({x}, verbose=0)"
    script.add(
        f"score = keras.tree.flatten({predicted})[{asked.output}]"
        if asked.output or arrays.structures[1] != "array"
        else f"score = {predicted}"
    )
    if asked.kind == "numbers":
        columns = "" if of is None else f"[:, {of} : {of + 1}]"
        script.add(
            f"score = score.reshape(len(score), -1){columns}",
            f"true = np.asarray({y}).reshape(len(score), -1){columns}",
        )
        return
    if asked.logits:
        turned = "softmax" if asked.kind == "classes" or asked.has_pair else "sigmoid"
        script.add(f"score = keras.ops.convert_to_numpy(keras.ops.{turned}(score))")
    script.add(f"true = np.asarray({y})")
    if asked.kind == "classes" or asked.has_pair:
        script.add("true = true.argmax(axis=-1) if true.shape == score.shape else true.ravel().astype(int)")
        if asked.has_pair:
            script.add("score = score[:, 1] / score.sum(axis=-1)")
    elif asked.kind == "two":
        script.add("true, score = (true.ravel() > 0).astype(int), score.ravel()")
    else:
        script.add(
            f"true = (true.reshape(len(score), -1)[:, {of or 0}] > 0).astype(int)",
            f"score = score.reshape(len(score), -1)[:, {of or 0}]",
        )
