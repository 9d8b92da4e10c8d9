"""Inputs and outputs of a model that the chosen data does not have."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from kerasviz.analysis.mistakes.compiling import model_outputs
from kerasviz.analysis.mistakes.situation import Drawing, Edit, Mistake, ancestors, fix
from kerasviz.analysis.mistakes.titles import shape_title
from kerasviz.analysis.reading import Reference, is_input, is_sequential
from kerasviz.analysis.specs import shape_text
from kerasviz.analysis.structure import histories
from kerasviz.config.parts import part_of
from kerasviz.data.shapes import matches, only_folds
from kerasviz.protocol.text import all_of, text


def _data_shape(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields an Input whose size differs from the selected data."""
    data = drawing.data
    inputs = [layer for layer in drawing.layers.values() if is_input(layer.data)]
    if data is None or len(inputs) != 1:
        return
    specs = next((o.outputs for (name, _), o in drawing.outcomes.items() if name == inputs[0].name), ())
    if not specs:
        return
    expected = specs[0].shape[1:]
    if matches(data.shape, expected) or only_folds(data.shape, expected):
        return
    message = text(
        "Samples of {data} have the shape {shape}, but input {layer} expects {expected}.",
        data=data.name,
        shape=shape_text(data.shape),
        layer=repr(inputs[0].name),
        expected=shape_text(expected),
    )
    fixes = []
    # A model that takes vectors can take the samples as vectors, too.
    # The first number may have been meant for the sample. A model of vectors can take the samples as vectors.
    meant = tuple(d for d in specs[0].shape if d is not None)
    vectors = [(math.prod(data.shape),)] if len(expected) == 1 and len(meant) == 1 else []
    counted = [meant] if len(meant) > len(expected) and only_folds(data.shape, meant) else []
    for right in [*counted, *vectors, data.shape]:
        arguments = {"batch_shape": [None, *right]}
        edit = {"edit": "set", "layer": inputs[0].name, "arguments": arguments, "remove": ["shape"]}
        fixes.append(fix(shape_title(inputs[0].name, [None, *right]), edit))
    yield inputs[0].name, Mistake(message, fixes, "data_shape")


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what does not fit the data, with the layer of each mistake."""
    yield from _data_shape(drawing)
    yield from _surplus_outputs(drawing)


def _surplus_outputs(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields each output of a model with several, where the data has one target: any of them can go."""
    data, loss = drawing.data, part_of(drawing.model, "compile_config").get("loss")
    if data is None or not data.has_one_target or loss is None or is_sequential(drawing.model):
        return
    outputs = [layer.name for _, layer in model_outputs(drawing)]
    if len(outputs) < 2 or len(set(outputs)) < len(outputs) or _is_partial(loss, len(outputs)):
        return  # outputs without a loss need no target
    for name in outputs:
        message = text(
            "The model has {count} outputs ({outputs}), but {data} has one target for each sample. Remove an "
            "output, or train on arrays with a target for each.",
            count=len(outputs),
            outputs=all_of([repr(each) for each in outputs]),
            data=data.target_name,
        )
        title = text("Remove the output {layer}", layer=repr(name))
        yield name, Mistake(message, [fix(title, *_removal(drawing, name, outputs))], "one_target")


def _is_partial(loss: Any, outputs: int) -> bool:
    """Whether a loss leaves out some of several outputs."""
    if isinstance(loss, dict) and "class_name" not in loss:
        return sum(each is not None for each in loss.values()) < outputs
    return isinstance(loss, list) and None in loss


def _removal(drawing: Drawing, name: str, outputs: list[str]) -> list[Edit]:
    """Returns the edits that remove an output, with the layers that lead to it alone."""
    listed = list(histories(drawing.model["config"].get("output_layers")))
    kept = [reference for reference in listed if reference.layer != name]
    needed = {each for reference in kept for each in ancestors(drawing, reference) | {reference.layer}}
    branch = {name, *ancestors(drawing, Reference(name, 0, 0))} - needed
    edits: list[Edit] = [{"edit": "remove", "layer": each} for each in drawing.layers if each in branch]
    edits.append({"edit": "outputs", "outputs": [[r.layer, r.call, r.tensor or 0] for r in kept]})
    values: dict[str, Any] = {}
    for part, value in part_of(drawing.model, "compile_config").items():
        if isinstance(value, dict) and "class_name" not in value and name in value:
            values[part] = {key: item for key, item in value.items() if key != name}
        elif isinstance(value, list) and part in ("loss", "loss_weights") and len(value) == len(outputs):
            values[part] = [item for key, item in zip(outputs, value, strict=True) if key != name]
    return [*edits, {"edit": "compile", "values": values}] if values else edits
