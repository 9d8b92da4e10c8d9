"""Mistakes in what a layer is given: one function for each kind, driven by what Keras says and by specs."""

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
    shape_text,
)
from kerasviz.analysis.reading import is_input

MOST_COLOURS = 4
"""Channels that a picture may have; a last dimension that is larger is its width."""


def dimensions(s: Situation) -> Mistake | None:
    """Data with too few or too many dimensions, e.g. a Conv2D on what was flattened."""
    wanted = _wanted_dimensions(s.words)
    if wanted is None or len(s.inputs) != 1:
        return None
    received = s.inputs[0]
    have = len(received.shape)
    takes = f"takes data of {wanted} dimensions, of which the first counts samples"
    message = (
        f"Layer '{s.name}' ({s.class_name}) {takes}, but receives {shape_text(received)}, which has {have}."
    )
    inside = s.config.get("layer")
    if have == wanted and isinstance(inside, dict):
        message = (
            f"Layer '{s.name}' ({s.class_name}) gives each step of {shape_text(received)} to the "
            f"{inside.get('class_name')} inside, which {takes}."
        )
    others = [*_sibling(s), *_reshaped(s, wanted)]
    if have and (received.shape[-1] or 0) > MOST_COLOURS and not _learned(s):
        others.reverse()  # an image without its channels
    fixes = [*_batch_once(s, wanted), *_sequences_returned(s), *_undone(s), *_reordered(s), *unwrapped(s)]
    return Mistake(message, [*fixes, *others], "dimensions")


def too_small(s: Situation) -> Mistake | None:
    """A kernel or pool that is larger than what is left of the image."""
    if "output size would be zero or negative" not in s.words:
        return None
    received = s.inputs[0]
    message = (
        f"Layer '{s.name}' ({s.class_name}) looks at windows larger than its input, {shape_text(received)}, "
        "so nothing would be left. Pad its input, or make its window or the strides before it smaller."
    )
    fixes = [*_colours_last(s), s.set(padding="same")]
    fixes += [
        s.set(**{key: 1}) for key in ("dilation_rate", "kernel_size", "pool_size") if key in s.arguments
    ]
    same = [name for name, layer in s.drawing.layers.items() if layer.data.get("class_name") == s.class_name]
    later = same[same.index(s.name) :] if s.name in same else []
    edits = [{"edit": "set", "layer": name, "arguments": {"padding": "same"}} for name in later]
    fixes.append(fix(f"Set padding to same in {' and '.join(map(repr, later))}", *edits))
    return Mistake(message, fixes, "too_small")


def _learned(s: Situation) -> bool:
    """Tells whether a layer with weights comes before, which makes features of the data."""
    names = {name for r in s.references for name in ancestors(s.drawing, r) | {r.layer}}
    return any(outcome.params for (name, _), outcome in s.drawing.outcomes.items() if name in names)


def _colours_last(s: Situation) -> Iterator[Fix]:
    """The shape of an Input as other libraries have it, with the colours in front."""
    source, shape = s.source(), list(s.inputs[0].shape)
    if (
        source is None
        or not is_input(source.data)
        or len(shape) != 4
        or not 1 <= (shape[1] or 0) <= MOST_COLOURS
    ):
        return
    arguments = {"batch_shape": [shape[0], *shape[2:], shape[1]]}
    edit = {"edit": "set", "layer": source.name, "arguments": arguments, "remove": ["shape"]}
    yield fix(
        f"Set the shape of '{source.name}' to {tuple(arguments['batch_shape'][1:])}: colours come last", edit
    )


def unknown_size(s: Situation) -> Mistake | None:
    """Weights whose number depends on a dimension that is not known."""
    if "fully-defined" not in s.words or not s.inputs:
        return None
    message = (
        f"Layer '{s.name}' ({s.class_name}) needs to know the sizes that its weights depend on, but receives "
        f"{shape_text(s.inputs[0])}. Give the Input layer the sizes it leaves open."
    )
    return Mistake(message, [*_pooled(s)], "unknown_size")


def reshape(s: Situation) -> Mistake | None:
    """A Reshape into another number of values than there are."""
    target = s.config.get("target_shape")
    if "total size of the tensor must be unchanged" not in s.words or not isinstance(target, list):
        return None
    known = math.prod(d for d in s.inputs[0].shape[1:] if d)
    message = (
        f"Layer '{s.name}' is to make {tuple(target)} of {known} values, which can't be: the product of "
        f"the sizes must be {known}. -1 stands for the size that fits."
    )
    others = [[*target[:i], -1, *target[i + 1 :]] for i in reversed(range(len(target)))]
    square = [_square(known)[: len(target)]] if len(target) in (2, 3) and known else []
    targets = [*others, *square, [*target, -1], [-1]]
    return Mistake(message, [s.set(target_shape=t) for t in targets], "reshape")


def _square(size: int) -> list[int]:
    """Returns the largest square picture of so many numbers, with its channels."""
    side = max(n for n in range(1, math.isqrt(size) + 1) if size % n**2 == 0)
    return [side, side, size // side**2] if side > 1 else [1, 1, size]


def axis(s: Situation) -> Mistake | None:
    """An axis that the data does not have."""
    key = next((key for key in ("axis", "axes") if key in s.config), None)
    if key is None or not re.search(r"out of range|out of bounds|out-of-bounds", s.words):
        return None
    shapes = ", ".join(map(shape_text, s.inputs))
    message = (
        f"Layer '{s.name}' works along axis {s.config[key]}, which its input, {shapes}, does not have. "
        "The last one is -1."
    )
    return Mistake(message, [s.set(**{key: -1})], "axis")


def missing_input(s: Situation) -> Mistake | None:
    """A layer that takes several tensors, with only one connected."""
    match = re.search(r"missing a required argument: '(\w+)'", s.words)
    in_list = re.search(r"must be called on a list of inputs", s.words)
    if (match is None and in_list is None) or not s.bound:
        return None
    call, fixes = s.bound.call, []
    if call.args and not s.sequential:
        first = call.args[0]
        args, kwargs = (
            ([[first, first]], {}) if match is None else ([first], {**call.kwargs, match[1]: first})
        )
        edit = {"edit": "call", "layer": s.name, "call": s.call, "args": args, "kwargs": kwargs}
        fixes.append(fix(f"Connect '{s.references[0].layer}' there too", edit))
    what = f"'{match[1]}'" if match else "a second one"
    message = f"Layer '{s.name}' ({s.class_name}) takes more than one input: {what} is not connected."
    return Mistake(message, fixes, "missing_input")


def shared(s: Situation) -> Mistake | None:
    """A layer that is used twice, on data of different sizes."""
    if s.first is None or not s.inputs:
        return None
    one = ", ".join(shape_text(spec) for specs in s.first.inputs for spec in specs)
    message = (
        f"Layer '{s.name}' is used {len(s.layer.calls)} times with the same weights, made for {one}. "
        f"They do not fit {', '.join(map(shape_text, s.inputs))}. Use a layer of its own there."
    )
    edit = {"edit": "unshare", "layer": s.name, "call": s.call, "name": s.drawing.unique(s.name)}
    return Mistake(message, [fix("Use a layer of its own here", edit)], "shared")


def cropping(s: Situation) -> Mistake | None:
    """A crop that leaves nothing."""
    if "cropping" not in s.config or not re.search("smaller than the (corresponding|input)", s.words):
        return None
    message = f"Layer '{s.name}' cuts away more than there is: it receives {shape_text(s.inputs[0])}."
    return Mistake(message, [s.set(cropping=1), s.set(cropping=0)], "too_small")


def _wanted_dimensions(words: str) -> int | None:
    match = re.search(r"expected (?:min_|max_)?ndim=(\d+), found", words)
    if match:
        return int(match[1])
    match = re.search(r"with at least (\d+) dimensions", words)
    if match:
        return int(match[1])
    match = re.search(r"received kernel of shape (\([\d, ]+\))", words)
    return match[1].count(",") + 1 if match else None


def _batch_once(s: Situation, wanted: int) -> Iterator[Fix]:
    """The shape of an Input begins with None twice: it has no place for the number of samples."""
    before = s.source()
    shape = list(s.inputs[0].shape)
    if before is not None and is_input(before.data) and len(shape) > wanted and shape[:2] == [None, None]:
        arguments = {"batch_shape": shape[1:]}
        edit = {"edit": "set", "layer": before.name, "arguments": arguments, "remove": ["shape"]}
        yield fix(f"Set the shape of '{before.name}' to {tuple(shape[2:])}", edit)


def _undone(s: Situation) -> Iterator[Fix]:
    """The layer before took dimensions away, and has no weights: without it all is well."""
    before = s.source()
    if before is not None and len(before.links) == 1 and len(before.links[0]) == 1:
        if s.drawing.outcomes[before.name, 0].params:
            return
        inputs = s.drawing.specs(before.links[0][0])
        if inputs and len(inputs[0].shape) > len(s.inputs[0].shape):
            yield fix(f"Remove '{before.name}'", {"edit": "remove", "layer": before.name})


def _sequences_returned(s: Situation) -> Iterator[Fix]:
    """A recurrent layer before keeps its last output only."""
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
            yield fix(f"Let '{before.name}' return the whole sequence", edit)
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
    """Dimensions are added or joined by a layer in front."""
    sample = list(s.inputs[0].shape[1:])
    if wanted == 2:
        yield s.insert("Put a Flatten layer before it", "Flatten")
    if None in sample:
        return
    sizes = [d or 0 for d in sample]
    missing = wanted - 1 - len(sizes)
    targets: list[list[int]] = []
    if missing == 2 and len(sizes) == 1 and sizes[0]:
        targets.append(_square(sizes[0]))
    if missing > 0:
        targets.append([*sizes, *[1] * missing])
    elif missing < 0:
        targets.append([*sizes[: wanted - 2], math.prod(sizes[wanted - 2 :])])
    for target in targets:
        yield s.insert(f"Put a Reshape to {tuple(target)} before it", "Reshape", target_shape=target)


def _sibling(s: Situation) -> Iterator[Fix]:
    """The same layer for another number of dimensions, e.g. Conv1D for Conv2D."""
    name = re.sub(r"[123]D", f"{len(s.inputs[0].shape) - 2}D", s.class_name)
    if name == s.class_name or name not in layer_classes():
        return
    config = {k: v[0] if isinstance(v, list) and v else v for k, v in s.config.items()}
    edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": name, "config": config}
    yield fix(f"Use {name} instead", edit)


def _pooled(s: Situation) -> Iterator[Fix]:
    """Flatten makes the open sizes part of the features; global pooling does not."""
    before = s.source()
    if before is None or not before.links or not before.links[0]:
        return
    inputs = s.drawing.specs(before.links[0][0])
    name = f"GlobalAveragePooling{len(inputs[0].shape) - 2}D" if inputs else ""
    if name in layer_classes():
        edit = {"edit": "class", "layer": before.name, "module": "keras.layers", "class_name": name}
        yield fix(f"Use {name} instead of '{before.name}'", {**edit, "config": {"name": before.name}})


RULES = (
    shared,
    missing_input,
    dimensions,
    too_small,
    unknown_size,
    reshape,
    axis,
    cropping,
)
