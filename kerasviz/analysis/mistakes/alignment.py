"""Fixes that make the inputs of one layer fit; Keras decides whether they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from kerasviz.analysis.mistakes.situation import (
    Edit,
    Fix,
    Situation,
    ancestors,
    fix,
    layer_classes,
)
from kerasviz.analysis.mistakes.titles import last_output_title, set_title
from kerasviz.analysis.reading import LayerConfig, Reference
from kerasviz.analysis.specs import Shape, TensorSpec, shape_text
from kerasviz.protocol.text import Text, all_of, text

WIDTHS = ("units", "filters", "output_dim")
"""Arguments that set how many features a layer outputs."""

NEAR = 3
"""Number of earlier layers that are considered."""


def alignments(s: Situation) -> Iterator[Fix]:
    """Yields fixes that make the inputs fit, the likeliest first."""
    pairs = list(_pairs(s))
    for rule in (_sequences, _repeated, _turned, _features, _padding, _projected, _strides, _enlarged):
        for position, target in pairs:
            yield from rule(s, position, target)
    yield from _padding_above(s)
    for rule in (_zeros, _dense):
        for position, target in pairs:
            yield from rule(s, position, target)


def _pairs(s: Situation) -> Iterator[tuple[int, Shape]]:
    """Yields each input that may be wrong, with the shape that it should have."""
    shapes = [spec.shape for spec in s.inputs]
    if not all(shapes):
        return  # a single number, which has no axes
    (common, count), *_ = Counter(shapes).most_common()
    if count > 1:
        yield from ((i, common) for i, shape in enumerate(shapes) if shape != common)
        return
    above = [ancestors(s.drawing, reference) for reference in s.references]
    # A skip connection is taken as right and the longer branch as wrong. Else the smaller input is enlarged.
    pairs = sorted(
        permutations(range(len(shapes)), 2),
        key=lambda pair: (
            s.references[pair[1]].layer not in above[pair[0]],
            len(shapes[pair[0]]),
            shapes[pair[0]][-1] or 0,
        ),
    )
    for odd, right in pairs:
        if shapes[odd] != shapes[right]:
            yield odd, shapes[right]


def _branch(s: Situation, position: int) -> Iterator[LayerConfig]:
    """Yields the layers that lead to one input only, the last one first."""
    others = {
        name
        for i, reference in enumerate(s.references)
        if i != position
        for name in ancestors(s.drawing, reference) | {reference.layer}
    }
    reference: Reference | None = s.references[position]
    while reference is not None:
        layer = s.drawing.layers.get(reference.layer)
        if layer is None or layer.name in others or len(layer.links) != 1:
            return
        yield layer
        reference = layer.links[0][0] if len(layer.links[0]) == 1 else None


def _arguments(layer: LayerConfig) -> dict[str, Any]:
    config = layer.data.get("config")
    return config if isinstance(config, dict) else {}


def _set(layer: LayerConfig, **arguments: Any) -> Edit:
    return {"edit": "set", "layer": layer.name, "arguments": arguments}


def _sequences(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A recurrent layer returns its whole sequence instead of its last output."""
    for layer in _branch(s, position):
        if len(target) == 2 and _arguments(layer).get("return_sequences") is True:
            yield fix(last_output_title(layer.name), _set(layer, return_sequences=False))


def _repeated(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A vector is combined with each step of a sequence."""
    if len(s.inputs[position].shape) == 2 and len(target) == 3 and target[1]:
        title = text(
            "Repeat {layer} {count} times", layer=repr(s.references[position].layer), count=target[1]
        )
        yield s.insert(title, "RepeatVector", position, n=target[1])


def _turned(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """The axes are the same in another order."""
    shape = list(s.inputs[position].shape)
    if None not in shape[1:] and Counter(shape[1:]) == Counter(target[1:]):
        dims = []
        for size in target[1:]:
            dims.append(shape.index(size, 1))
            shape[dims[-1]] = None
        title = text("Add a Permute layer after {layer}", layer=repr(s.references[position].layer))
        yield s.insert(title, "Permute", position, dims=dims)


def _width(s: Situation, position: int, target: Shape) -> tuple[LayerConfig, dict[str, Any]] | None:
    for layer in _branch(s, position):
        key = next((key for key in WIDTHS if key in _arguments(layer)), None)
        if key is not None:
            return layer, {key: target[-1]}
    return None


def _features(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """The layer that makes the features gets the width of the other input."""
    found = None if s.class_name == "Concatenate" else _width(s, position, target)
    if found is not None and {**_arguments(found[0]), **found[1]} != _arguments(found[0]):
        yield fix(set_title(found[1], [found[0].name]), _set(found[0], **found[1]))


def _padding(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """Layers on the way get padding, so that nothing is lost at the edges."""
    layers = [layer for layer in _branch(s, position) if _shrinks(layer)]
    for chosen in [[layer] for layer in layers[:NEAR]] + ([layers] if len(layers) > 1 else []):
        edits = [_set(layer, padding="same") for layer in chosen]
        names = [layer.name for layer in chosen]
        yield fix(set_title({"padding": "same"}, names), *edits)
        yield fix(set_title({"padding": "same", "strides": 1}, names), *edits, *_still(chosen))
        width = _width(s, position, target)
        if width is not None:
            yield fix(_padded_title(chosen, *width), *edits, _set(width[0], **width[1]))


def _padded_title(padded: Sequence[LayerConfig], layer: LayerConfig, width: dict[str, Any]) -> Text:
    """Returns the title of a fix that pads layers and sets the width of one."""
    if list(padded) == [layer]:
        return set_title({"padding": "same", **width}, [layer.name])
    ((argument, value),) = width.items()
    return text(
        "Set padding to same in {padded}, and {argument} to {value} in {layer}",
        padded=all_of([repr(each.name) for each in padded]),
        argument=argument,
        value=repr(value),
        layer=repr(layer.name),
    )


def _still(layers: Sequence[LayerConfig]) -> list[Edit]:
    return [_set(layer, strides=1) for layer in layers]


def _shrinks(layer: LayerConfig) -> bool:
    config = _arguments(layer)
    return not {"kernel_size", "pool_size"}.isdisjoint(config) and config.get("padding", "valid") == "valid"


def _padding_above(s: Situation) -> Iterator[Fix]:
    """A window in an earlier layer, before the branches split."""
    names = {name for reference in s.references for name in ancestors(s.drawing, reference)}
    above = [
        layer
        for layer in s.drawing.layers.values()
        if layer.name in names and _shrinks(layer) and "kernel_size" in _arguments(layer)
    ]
    for layer in above[: -NEAR - 1 : -1]:
        yield fix(set_title({"padding": "same"}, [layer.name]), _set(layer, padding="same"))


def _projected(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A convolution of size 1 on the shortcut, as in residual networks."""
    shape = s.inputs[position].shape
    name = f"Conv{len(shape) - 2}D"
    if s.class_name == "Concatenate" or len(shape) != len(target) or name not in layer_classes():
        return
    ratios = {_ratio(a, b) for a, b in zip(shape[1:-1], target[1:-1], strict=True)}
    if len(ratios) == 1 and (ratio := ratios.pop()):
        arguments = {"filters": target[-1], "kernel_size": 1, "strides": ratio, "padding": "same"}
        title = text(
            "Add a {class_name} of size 1 with output {shape} before {layer}",
            class_name=name,
            shape=shape_text(target[1:]),
            layer=repr(s.name),
        )
        yield s.insert(title, name, position, **arguments)


def _ratio(a: int | None, b: int | None) -> int:
    """Returns the stride from one size to a smaller one that is more than 1, or 0."""
    step = -(-a // b) if a and b else 0
    return step if a and b and a > b > 1 and -(-a // step) == b else 0


def _strides(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A layer on the way gets the strides or the scale that make the sizes equal."""
    shape = s.inputs[position].shape
    sizes = next(
        ((a, b) for a, b in zip(shape[1:-1], target[1:-1], strict=False) if a and b and a != b), None
    )
    if sizes is None:
        return
    for layer in list(_branch(s, position))[: 2 * NEAR]:
        config = _arguments(layer)
        for key in ("strides", "size"):
            for n, d in (sizes, sizes[::-1]):
                scaled = _scaled(config.get(key), n, d)
                if scaled is not None:
                    yield fix(set_title({key: scaled}, [layer.name]), _set(layer, **{key: scaled}))
        if "pool_size" in config:
            arguments = {"strides": 1, "padding": "same"}
            yield fix(set_title(arguments, [layer.name]), _set(layer, **arguments))


def _enlarged(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """What was made smaller is enlarged again."""
    shape = s.inputs[position].shape
    pairs = list(zip(shape[1:-1], target[1:-1], strict=False))
    name = f"UpSampling{len(pairs)}D"
    if (
        len(shape) == len(target)
        and name in layer_classes()
        and all(a and b and b % a == 0 for a, b in pairs)
    ):
        factors = [(b or 0) // (a or 1) for a, b in pairs]
        if max(factors) > 1:
            size = factors[0] if len(factors) == 1 else factors
            title = text(
                "Add an {class_name} layer after {layer}",
                class_name=name,
                layer=repr(s.references[position].layer),
            )
            yield s.insert(title, name, position, size=size)


def _scaled(value: Any, numerator: int, denominator: int) -> Any:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(v, int) and v * numerator % denominator == 0 for v in values):
        return None
    scaled = [v * numerator // denominator for v in values]
    return scaled if isinstance(value, list) else scaled[0]


def _zeros(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """Zero padding around a smaller input, or cropping of a larger one."""
    shape = s.inputs[position].shape
    rank = len(shape) - 2
    if len(target) != len(shape) or rank not in (1, 2, 3):
        return
    sizes = [(a, b) for a, b in zip(shape[1:-1], target[1:-1], strict=True) if a and b]
    lacks = [b - a for a, b in sizes]
    if len(lacks) != rank or not any(lacks):
        return
    frame = [[abs(lack) // 2, abs(lack) - abs(lack) // 2] for lack in lacks]
    value = frame[0] if rank == 1 else frame
    wanted, source = shape_text(b for _, b in sizes), repr(s.references[position].layer)
    if min(lacks) >= 0:
        title = text("Pad {layer} with zeros to {shape}", layer=source, shape=wanted)
        yield s.insert(title, f"ZeroPadding{rank}D", position, padding=value)
    elif max(lacks) <= 0:
        title = text("Crop {layer} to {shape}", layer=source, shape=wanted)
        yield s.insert(title, f"Cropping{rank}D", position, cropping=value)


def _dense(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A Dense layer changes the number of features."""
    spec: TensorSpec = s.inputs[position]
    if s.class_name != "Concatenate" and spec.shape[-1] != target[-1] and len(spec.shape) > 1:
        title = text(
            "Add a Dense layer with {units} units after {layer}",
            units=repr(target[-1]),
            layer=repr(s.references[position].layer),
        )
        yield s.insert(title, "Dense", position, units=target[-1])
