"""Mistakes in the input of a layer: one function for each kind, based on what Keras says and on specs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kerasviz.analysis.mistakes.dimensions import MOST_CHANNELS, dimensions, square
from kerasviz.analysis.mistakes.situation import (
    Fix,
    Mistake,
    Situation,
    fix,
    layer_classes,
)
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.reading import is_input
from kerasviz.analysis.specs import shape_text
from kerasviz.protocol.text import text


def too_small(s: Situation) -> Mistake | None:
    """A kernel or pool that is larger than its input."""
    if "output size would be zero or negative" not in s.words:
        return None
    received = s.inputs[0]
    message = text(
        "The window of layer {layer} ({class_name}) is larger than its input {shape}, so the output would be "
        "empty. Use padding, a smaller window, or smaller strides in the layers before it.",
        layer=repr(s.name),
        class_name=s.class_name,
        shape=shape_text(received.shape),
    )
    fixes = [*_channels_last(s), s.set(padding="same")]
    fixes += [
        s.set(**{key: 1}) for key in ("dilation_rate", "kernel_size", "pool_size") if key in s.arguments
    ]
    same = [name for name, layer in s.drawing.layers.items() if layer.data.get("class_name") == s.class_name]
    later = same[same.index(s.name) :] if s.name in same else []
    edits = [{"edit": "set", "layer": name, "arguments": {"padding": "same"}} for name in later]
    fixes.append(fix(set_title({"padding": "same"}, later), *edits))
    return Mistake(message, fixes, "too_small")


def _channels_last(s: Situation) -> Iterator[Fix]:
    """Yields a fix for an Input whose channels come first, as in other libraries."""
    source, shape = s.source(), list(s.inputs[0].shape)
    if (
        source is None
        or not is_input(source.data)
        or len(shape) != 4
        or not 1 <= (shape[1] or 0) <= MOST_CHANNELS
    ):
        return
    arguments = {"batch_shape": [shape[0], *shape[2:], shape[1]]}
    edit = {"edit": "set", "layer": source.name, "arguments": arguments, "remove": ["shape"]}
    title = text(
        "Set the shape of {layer} to {shape} (channels last)",
        layer=repr(source.name),
        shape=shape_text(arguments["batch_shape"][1:]),
    )
    yield fix(title, edit)


def unknown_size(s: Situation) -> Mistake | None:
    """Weights whose number depends on an unknown dimension."""
    if "fully-defined" not in s.words or not s.inputs:
        return None
    message = text(
        "The weights of layer {layer} ({class_name}) depend on a size that is unknown: it receives {shape}. "
        "Set all sizes in the Input layer.",
        layer=repr(s.name),
        class_name=s.class_name,
        shape=shape_text(s.inputs[0].shape),
    )
    return Mistake(message, [*_pooled(s)], "unknown_size")


def reshape(s: Situation) -> Mistake | None:
    """A Reshape to a shape that holds another number of values."""
    target = s.config.get("target_shape")
    if "total size of the tensor must be unchanged" not in s.words or not isinstance(target, list):
        return None
    known = math.prod(d for d in s.inputs[0].shape[1:] if d)
    message = text(
        "Layer {layer} can't reshape {count} values to {shape}: the product of the sizes must be {count}. "
        "Use -1 for a size that is computed.",
        layer=repr(s.name),
        count=known,
        shape=shape_text(target),
    )
    others = [[*target[:i], -1, *target[i + 1 :]] for i in reversed(range(len(target)))]
    image = [square(known)[: len(target)]] if len(target) in (2, 3) and known else []
    targets = [*others, *image, [*target, -1], [-1]]
    return Mistake(message, [s.set(target_shape=t) for t in targets], "reshape")


def axis(s: Situation) -> Mistake | None:
    """An axis that the data does not have."""
    key = next((key for key in ("axis", "axes") if key in s.config), None)
    if key is None or not re.search(r"out of range|out of bounds|out-of-bounds", s.words):
        return None
    message = text(
        "Layer {layer} uses axis {axis}, which its input {shape} does not have. The last axis is -1.",
        layer=repr(s.name),
        axis=repr(s.config[key]),
        shape=_shapes(s),
    )
    return Mistake(message, [s.set(**{key: -1})], "axis")


def missing_input(s: Situation) -> Mistake | None:
    """A layer that needs several inputs, with only one connected."""
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
        title = text("Connect {layer} to that input, too", layer=repr(s.references[0].layer))
        fixes.append(fix(title, edit))
    if match is None:
        message = text(
            "Layer {layer} ({class_name}) needs several inputs, but only one is connected.",
            layer=repr(s.name),
            class_name=s.class_name,
        )
    else:
        message = text(
            "Layer {layer} ({class_name}) needs another input: {input} is not connected.",
            layer=repr(s.name),
            class_name=s.class_name,
            input=repr(match[1]),
        )
    return Mistake(message, fixes, "missing_input")


def shared(s: Situation) -> Mistake | None:
    """A shared layer that is called on different sizes."""
    if s.first is None or not s.inputs:
        return None
    message = text(
        "Layer {layer} is called {count} times with the same weights. They were made for {first} and do not "
        "fit {shape}. Use an independent layer there.",
        layer=repr(s.name),
        count=len(s.layer.calls),
        first=", ".join(shape_text(spec.shape) for specs in s.first.inputs for spec in specs),
        shape=_shapes(s),
    )
    edit = {"edit": "unshare", "layer": s.name, "call": s.call, "name": s.drawing.unique(s.name)}
    return Mistake(message, [fix(text("Use an independent layer here"), edit)], "shared")


def cropping(s: Situation) -> Mistake | None:
    """A crop that leaves nothing."""
    if "cropping" not in s.config or not re.search("smaller than the (corresponding|input)", s.words):
        return None
    message = text(
        "Layer {layer} crops more than its whole input {shape}.",
        layer=repr(s.name),
        shape=shape_text(s.inputs[0].shape),
    )
    return Mistake(message, [s.set(cropping=1), s.set(cropping=0)], "too_small")


def _shapes(s: Situation) -> str:
    return ", ".join(shape_text(spec.shape) for spec in s.inputs)


def _pooled(s: Situation) -> Iterator[Fix]:
    """Yields global pooling: unlike Flatten, it does not make unknown sizes part of the features."""
    before = s.source()
    if before is None or not before.links or not before.links[0]:
        return
    inputs = s.drawing.specs(before.links[0][0])
    name = f"GlobalAveragePooling{len(inputs[0].shape) - 2}D" if inputs else ""
    if name in layer_classes():
        edit = {"edit": "class", "layer": before.name, "module": "keras.layers", "class_name": name}
        title = text("Use {name} instead of {layer}", name=name, layer=repr(before.name))
        yield fix(title, {**edit, "config": {"name": before.name}})


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
