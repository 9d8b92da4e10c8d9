"""Data with too few or too many dimensions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from kerasviz.analysis.mistakes.inside import unwrapped
from kerasviz.analysis.mistakes.situation import (
    Fix,
    Mistake,
    Situation,
    ancestors,
    class_arguments,
    fix,
    layer_classes,
)
from kerasviz.analysis.mistakes.titles import flatten_title, remove_title, reshape_title, shape_title
from kerasviz.analysis.reading import LayerConfig, is_input
from kerasviz.analysis.specs import shape_text
from kerasviz.config.parts import part_of
from kerasviz.protocol.text import text

MOST_CHANNELS = 4
"""Most channels of an image; a last dimension that is larger is taken as its width."""


def dimensions(s: Situation) -> Mistake | None:
    """Data with too few or too many dimensions, e.g. a Conv2D on what was flattened."""
    wanted = _wanted_dimensions(s.words)
    if wanted is None or len(s.inputs) != 1:
        return None
    received = s.inputs[0]
    have = len(received.shape)
    inside = s.config.get("layer")
    counted = _batch_counted(s, wanted)
    if counted is not None:
        source, right = counted
        message = text(
            "Layer {layer} ({class_name}) expects {wanted} dimensions including the batch, but receives "
            "{shape}: the first number in the shape of {source} is its batch size. Set the shape to {right}.",
            layer=repr(s.name),
            class_name=s.class_name,
            wanted=wanted,
            shape=shape_text(received.shape),
            source=repr(source.name),
            right=shape_text(right),
        )
        return Mistake(message, [_shaped(source, right), *_reshaped(s, wanted)], "batch_in_shape")
    if have == wanted and isinstance(inside, dict):
        message = text(
            "Layer {layer} ({class_name}) passes each step of {shape} to {inside}, which expects {wanted} "
            "dimensions including the batch.",
            layer=repr(s.name),
            class_name=s.class_name,
            shape=shape_text(received.shape),
            inside=str(inside.get("class_name")),
            wanted=wanted,
        )
    else:
        message = text(
            "Layer {layer} ({class_name}) expects {wanted} dimensions including the batch, but receives "
            "{count}: {shape}.",
            layer=repr(s.name),
            class_name=s.class_name,
            wanted=wanted,
            count=have,
            shape=shape_text(received.shape),
        )
    others = [*_sibling(s), *_reshaped(s, wanted)]
    if have and (received.shape[-1] or 0) > MOST_CHANNELS and not _learned(s):
        others.reverse()  # an image without its channels
    fixes = [
        *_as_data(s),
        *_batch_once(s, wanted),
        *_sequences_returned(s),
        *_undone(s),
        *_reordered(s),
        *unwrapped(s),
    ]
    return Mistake(message, [*fixes, *others], "dimensions")


def _learned(s: Situation) -> bool:
    """Tells whether a layer with weights comes before, so that the input holds features."""
    names = {name for r in s.references for name in ancestors(s.drawing, r) | {r.layer}}
    return any(outcome.params for (name, _), outcome in s.drawing.outcomes.items() if name in names)


def _wanted_dimensions(words: str) -> int | None:
    match = re.search(r"expected (?:min_|max_)?ndim=(\d+), found", words)
    if match:
        return int(match[1])
    match = re.search(r"with at least (\d+) dimensions", words)
    if match:
        return int(match[1])
    match = re.search(r"received kernel of shape (\([\d, ]+\))", words)
    return match[1].count(",") + 1 if match else None


def _batch_counted(s: Situation, wanted: int) -> tuple[LayerConfig, list[int | None]] | None:
    """Returns the Input whose first dimension was taken for the batch, and the shape that was meant."""
    source = _input(s)
    shape = part_of(source.data, "config").get("batch_shape") if source is not None else None
    if source is None or not isinstance(shape, list) or not shape or shape[0] is None:
        return None
    lacks = wanted - len(s.inputs[0].shape)
    if lacks == 1:
        return source, [None, *shape]
    return (source, [None, *shape, 1]) if lacks == 2 and len(shape) >= 2 else None


def _input(s: Situation) -> LayerConfig | None:
    """Returns the Input that the data comes from, if it is only one."""
    names = {name for r in s.references for name in ancestors(s.drawing, r) | {r.layer}}
    inputs = [layer for name in names if (layer := s.drawing.layers.get(name)) and is_input(layer.data)]
    return inputs[0] if len(inputs) == 1 else None


def _shaped(source: LayerConfig, shape: list[int | None]) -> Fix:
    edit = {"edit": "set", "layer": source.name, "arguments": {"batch_shape": shape}, "remove": ["shape"]}
    return fix(shape_title(source.name, shape), edit)


def _as_data(s: Situation) -> Iterator[Fix]:
    """Yields the fix that gives the Input the shape of the chosen data."""
    source, data = _input(s), s.drawing.data
    if source is not None and data is not None:
        yield _shaped(source, [None, *data.shape])


def _batch_once(s: Situation, wanted: int) -> Iterator[Fix]:
    """Yields a fix for an Input whose shape wrongly includes the batch, so that it begins with None twice."""
    before = s.source()
    shape = list(s.inputs[0].shape)
    if before is not None and is_input(before.data) and len(shape) > wanted and shape[:2] == [None, None]:
        yield _shaped(before, shape[1:])


def _undone(s: Situation) -> Iterator[Fix]:
    """Yields the remove_title of a layer without weights that reduced the dimensions."""
    before = s.source()
    if before is not None and len(before.links) == 1 and len(before.links[0]) == 1:
        if s.drawing.outcomes[before.name, 0].params:
            return
        inputs = s.drawing.specs(before.links[0][0])
        if inputs and len(inputs[0].shape) > len(s.inputs[0].shape):
            yield fix(remove_title(before.name), {"edit": "remove", "layer": before.name})


def _sequences_returned(s: Situation) -> Iterator[Fix]:
    """Yields a fix for a recurrent layer before, which returns its last output only."""
    before = s.source()
    while before is not None and isinstance(before.data.get("config"), dict):
        config = before.data["config"]
        inner = config.get("layer")  # of a wrapper such as Bidirectional
        recurrent = inner if isinstance(inner, dict) else before.data
        if "return_sequences" in class_arguments(str(recurrent.get("class_name"))):
            arguments: dict[str, Any] = {"return_sequences": True}
            if recurrent is inner:
                arguments = {"layer": {**inner, "config": {**inner["config"], **arguments}}}
            edit = {"edit": "set", "layer": before.name, "arguments": arguments}
            yield fix(text("Return the whole sequence from {layer}", layer=repr(before.name)), edit)
            return
        sources = before.links[0] if len(before.links) == 1 else ()
        before = s.drawing.layers.get(sources[0].layer) if len(sources) == 1 else None


def _reordered(s: Situation) -> Iterator[Fix]:
    dims = s.config.get("dims")
    if isinstance(dims, list):
        axes = range(1, len(s.inputs[0].shape))
        kept = [axis for axis in dims if axis in axes]
        yield s.set(dims=[*kept, *(axis for axis in axes if axis not in kept)])


def _reshaped(s: Situation, wanted: int) -> Iterator[Fix]:
    """Yields layers that add or join dimensions."""
    sample = list(s.inputs[0].shape[1:])
    if wanted == 2:
        yield s.insert(flatten_title(s.name), "Flatten")
    if None in sample:
        return
    sizes = [d or 0 for d in sample]
    missing = wanted - 1 - len(sizes)
    targets: list[list[int]] = []
    if missing == 2 and len(sizes) == 1 and sizes[0]:
        targets.append(square(sizes[0]))
    if missing > 0:
        targets.append([*sizes, *[1] * missing])
    elif missing < 0:
        targets.append([*sizes[: wanted - 2], math.prod(sizes[wanted - 2 :])])
    for target in targets:
        yield s.insert(reshape_title(s.name, target), "Reshape", target_shape=target)


def _sibling(s: Situation) -> Iterator[Fix]:
    """Yields the same layer for another number of dimensions, e.g. Conv1D for Conv2D."""
    name = re.sub(r"[123]D", f"{len(s.inputs[0].shape) - 2}D", s.class_name)
    if name == s.class_name or name not in layer_classes():
        return
    config = {k: v[0] if isinstance(v, list) and v else v for k, v in s.config.items()}
    edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": name, "config": config}
    yield fix(text("Use {name} instead", name=name), edit)


def square(size: int) -> list[int]:
    """Returns the shape of the largest square image with `size` values, and its channels."""
    side = max(n for n in range(1, math.isqrt(size) + 1) if size % n**2 == 0)
    return [side, side, size // side**2] if side > 1 else [1, 1, size]
