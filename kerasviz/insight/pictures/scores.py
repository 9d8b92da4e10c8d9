"""What a model predicts of a part of the data, beside what is true, as code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.config.parts import part_of
from kerasviz.data.judging import of_outputs
from kerasviz.insight.pictures.columngroups import write_groups
from kerasviz.insight.pictures.masksof import MASK_OF
from kerasviz.insight.pictures.samplelooks import Looks
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.task import UNKNOWN, Kind
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.writing.expressions import literal


@dataclass(frozen=True)
class Asked:
    """What one output predicted of a part.

    Attributes:
        part: Of the data.
        output: Number of the output.
        outputs: Names of all of them.
        kind: Of the task.
        names: Of classes, labels or numbers.
        threshold: Above which score the second of two, or a label, is predicted.
        logits: Whether the model gives logits.
        has_pair: Whether the second of two has a score of its own.
        positions: Predictions of each sample.
        has_unknown: Whether of some items nobody knows what is true.
        slice: The column, and the number of the group, whose samples these are; None for all.
        looks: What samples look like.
        has_truth: Whether it is known what is true of any item.
        has_mask: Whether masks of layers leave positions out.
        has_weights: Whether weights of positions do.
        source: Of new data, where it is from, as a plan has it; None for a part of the plan's data.
    """

    part: Part
    output: int
    outputs: tuple[str, ...]
    kind: Kind
    names: tuple[str, ...]
    threshold: float
    logits: bool
    has_pair: bool
    positions: int
    has_unknown: bool = False
    slice: tuple[str, int] | None = None
    looks: Looks = "values"
    has_truth: bool = True
    has_mask: bool = False
    has_weights: bool = False
    source: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """Of the output."""
        return self.outputs[self.output]


def asked_of(
    outputs: Sequence[Predicted],
    output: int,
    of_slice: tuple[str, int] | None,
    looks: Looks,
    source: Mapping[str, Any] | None = None,
) -> Asked:
    """Tells what the code of a result needs to know."""
    predicted = outputs[output]
    task = predicted.task
    return Asked(
        predicted.part,
        output,
        tuple(each.name for each in outputs),
        task.kind,
        task.names,
        task.threshold,
        task.logits,
        task.kind == "two" and task.scores.ndim == 2,
        task.positions,
        task.kind in ("classes", "two") and bool((task.true == UNKNOWN).any()),
        of_slice,
        looks,
        task.kind == "other" or task.is_known,
        predicted.has_mask,
        predicted.has_weights,
        source,
    )


def write_scores(
    script: Script,
    scene: Scene,
    asked: Asked,
    of: int | None = None,
    other: Scene | None = None,
    *,
    has_all: bool = False,
) -> Arrays:
    """Writes what predicts the part: `true` and `score` hold what is true, and what the model gives.

    Each has an item for every sample, or position in one; of labels and numbers it has rows of them. Where
    nothing is known to be true there is no `true`.

    Args:
        script: Gets the statements.
        scene: What the picture is of.
        asked: What was predicted.
        of: The label or number; None for all of them.
        other: Another model, that predicts the same samples: `other_score` holds what it gives.
        has_all: Whether items that do not count stay, with -1 in `true`, and False in `known`.

    Returns:
        The variables with the samples, of which `rows` has the numbers where only some are shown.

    Raises:
        RequestError: With code `no_code`, where it has none.
    """
    model = scene.write_model(script)
    beside = None if other is None else other.write_model(script, "other")
    arrays = (
        scene.write_part(script, asked.part)
        if asked.source is None
        else scene.write_new(script, asked.source, has_truth=asked.has_truth)
    )
    if asked.slice is not None:
        column, number = asked.slice
        write_groups(script, arrays, column)
        script.add(f"rows = groups[{number}][1]")
    script.imports.numpy()
    if asked.has_truth and asked.has_unknown and asked.has_mask:
        script.define(*MASK_OF)
    script.section(
        "What the model predicts, and what is true" if asked.has_truth else "What the model predicts"
    )
    x = arrays.values()[0]
    script.add(*_scores(asked, f"{model}.predict({x}, verbose=0)", "score"))
    if beside is not None:
        script.add(*_scores(asked, f"{beside}.predict({x}, verbose=0)", "other_score"))
    if asked.has_truth:
        script.add(f"true = np.asarray({_of_output(asked, arrays, 1)})" + _rows(asked))
    script.add(*_compared(asked, "true" if asked.has_truth else "", "score", of))
    if beside is not None:
        script.add(*_compared(asked, "", "other_score", of))
    if asked.has_truth and asked.has_unknown:
        script.add(*_known(scene, asked, arrays, model))
        scores = ("score", *(["other_score"] if beside is not None else []), "true")
        script.add(
            *(
                ["true = np.where(known, true, -1)  # -1: it does not count"]
                if has_all
                else [f"{name} = {name}[known]" for name in scores]
            )
        )
    return arrays


def write_predicted(script: Script, asked: Asked, threshold: float | None, score: str = "score") -> None:
    """Writes which class, or which labels, a score predicts: `predicted` holds their numbers."""
    name = score.replace("score", "predicted")
    at = asked.threshold if threshold is None else threshold
    script.add(
        f"{name} = {score}.argmax(axis=-1)"
        if asked.kind == "classes"
        else f"{name} = ({score} > {literal(float(at))}).astype(int)"
    )


def _of_output(asked: Asked, arrays: Arrays, role: int) -> str:
    """The expression for the targets, or the weights, of the output that is asked for."""
    found = arrays.names[role]
    if arrays.structures[role] == "dict":
        return f"{found}[{literal(asked.name)}]"
    return f"{found}[{asked.output}]" if arrays.structures[role] == "list" else found


def _rows(asked: Asked) -> str:
    return "" if asked.slice is None else "[rows]"


def _known(scene: Scene, asked: Asked, arrays: Arrays, model: str) -> list[str]:
    """What says which items count: `known`."""
    loss = of_outputs(part_of(scene.document, "compile_config").get("loss"), list(asked.outputs))
    chosen = loss[asked.output] if loss else None
    ignored = part_of(chosen, "config").get("ignore_class") if isinstance(chosen, dict) else None
    lines, said = [], ["(true >= 0)"]
    if isinstance(ignored, int):
        said.append(f"(true != {ignored})")
        lines.append(f"# The loss leaves class {ignored} out.")
    if asked.has_mask:
        output = f", {asked.output}" if asked.output else ""
        lines.append(f"mask = mask_of({model}, {arrays.values()[0]}{output}){_rows(asked)}")
        said.append("np.repeat(mask.ravel(), len(true) // mask.size)")
    if asked.has_weights and len(arrays.names) > 2:
        lines.append(f"weights = np.asarray({_of_output(asked, arrays, 2)}){_rows(asked)}")
        said.append("np.repeat(weights.ravel() != 0, len(true) // weights.size)")
    return [*lines, f"known = {' & '.join(said)}"]


def _scores(asked: Asked, predicted: str, name: str) -> list[str]:
    """What the model gives, as probabilities where these are of classes."""
    lines = [f"{name} = {predicted}"]
    if len(asked.outputs) > 1:
        lines = [f"{name} = keras.tree.flatten({predicted})[{asked.output}]"]
    if asked.slice is not None:
        lines.append(f"{name} = {name}[rows]")
    if asked.logits and asked.kind != "numbers":
        turned = "softmax" if asked.kind == "classes" or asked.has_pair else "sigmoid"
        lines.append(f"{name} = keras.ops.convert_to_numpy(keras.ops.{turned}({name}))")
    return lines


def _compared(asked: Asked, true: str, score: str, of: int | None) -> list[str]:
    """What brings what is true and a score to one item each; without the truth where it has no name."""
    columns = "" if of is None else f"[:, {of} : {of + 1}]"
    lines: list[tuple[str, str]]
    if asked.kind == "numbers":
        lines = [
            (true, f"true.reshape(len(true), -1){columns}"),
            (score, f"{score}.reshape(len({score}), -1){columns}"),
        ]
    elif asked.kind == "labels":
        column = "" if of is None else f"[:, {of}]"
        lines = [
            (true, f"(true.reshape(len(true), -1){column} > 0).astype(int)"),
            (score, f"{score}.reshape(len({score}), -1){column}"),
        ]
    elif asked.kind == "classes" or asked.has_pair:
        flat = f"{score}.reshape(-1, {score}.shape[-1])"
        lines = [
            (true, f"true.argmax(axis=-1) if true.shape == {score}.shape else true"),
            (true, "true.ravel().astype(int)"),
            (score, flat if asked.positions > 1 else ""),
            (score, f"{score}[:, 1] / {score}.sum(axis=-1)" if asked.has_pair else ""),
        ]
    else:
        lines = [(true, "(true.ravel() > 0).astype(int)"), (score, f"{score}.ravel()")]
    return [f"{name} = {value}" for name, value in lines if name and value]
