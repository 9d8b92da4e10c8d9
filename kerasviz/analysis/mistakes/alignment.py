"""Mends that make the tensors of one layer alike; whether they do is for Keras to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from kerasviz.analysis.mistakes.situation import Edit, Fix, Situation, ancestors, fix, layer_classes, shown
from kerasviz.analysis.reading import LayerConfig, Reference
from kerasviz.analysis.specs import Shape, TensorSpec

WIDTHS = ("units", "filters", "output_dim")
"""Arguments that say how many features a layer gives."""

NEAR = 3
"""Layers further up that are looked at."""


def alignments(s: Situation) -> Iterator[Fix]:
    """Yields what makes the inputs alike, the likeliest first."""
    pairs = list(_pairs(s))
    for mend in (_sequences, _repeated, _turned, _features, _padding, _projected, _strides, _enlarged):
        for position, target in pairs:
            yield from mend(s, position, target)
    yield from _padding_above(s)
    for mend in (_zeros, _dense):
        for position, target in pairs:
            yield from mend(s, position, target)


def _pairs(s: Situation) -> Iterator[tuple[int, Shape]]:
    """Yields each input that may be the odd one, with the shape that it should have."""
    shapes = [spec.shape for spec in s.inputs]
    if not all(shapes):
        return  # a single number, which has no axis to be aligned
    (common, count), *_ = Counter(shapes).most_common()
    if count > 1:
        yield from ((i, common) for i, shape in enumerate(shapes) if shape != common)
        return
    above = [ancestors(s.drawing, reference) for reference in s.references]
    # A skip is as it was meant: what went the long way is the odd one. Else the smaller one is made larger.
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
    """Yields the layers that lead to one input alone, the last one first."""
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


def _told(layer: LayerConfig, arguments: dict[str, Any]) -> str:
    parts = " and ".join(f"{key} to {shown(value)}" for key, value in arguments.items())
    return f"Set {parts} in '{layer.name}'"


def _sequences(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A recurrent layer gives its whole sequence, where its last output was meant."""
    for layer in _branch(s, position):
        if len(target) == 2 and _arguments(layer).get("return_sequences") is True:
            yield fix(f"Let '{layer.name}' return its last output only", _set(layer, return_sequences=False))


def _repeated(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A vector goes with each step of a sequence."""
    if len(s.inputs[position].shape) == 2 and len(target) == 3 and target[1]:
        title = f"Repeat '{s.references[position].layer}' {target[1]} times"
        yield s.insert(title, "RepeatVector", position, n=target[1])


def _turned(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """The axes are the same in another order."""
    shape = list(s.inputs[position].shape)
    if None not in shape[1:] and Counter(shape[1:]) == Counter(target[1:]):
        dims = []
        for size in target[1:]:
            dims.append(shape.index(size, 1))
            shape[dims[-1]] = None
        yield s.insert(
            f"Turn '{s.references[position].layer}' with a Permute", "Permute", position, dims=dims
        )


def _width(s: Situation, position: int, target: Shape) -> tuple[LayerConfig, dict[str, Any]] | None:
    for layer in _branch(s, position):
        key = next((key for key in WIDTHS if key in _arguments(layer)), None)
        if key is not None:
            return layer, {key: target[-1]}
    return None


def _features(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """The layer that makes the features makes as many as the other."""
    found = None if s.class_name == "Concatenate" else _width(s, position, target)
    if found is not None and {**_arguments(found[0]), **found[1]} != _arguments(found[0]):
        yield fix(_told(*found), _set(found[0], **found[1]))


def _padding(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """The windows on the way are padded, so that nothing is lost at the edges."""
    layers = [layer for layer in _branch(s, position) if _shrinks(layer)]
    for chosen in [[layer] for layer in layers[:NEAR]] + ([layers] if len(layers) > 1 else []):
        edits = [_set(layer, padding="same") for layer in chosen]
        names = " and ".join(repr(layer.name) for layer in chosen)
        yield fix(f"Set padding to same in {names}", *edits)
        yield fix(f"Set padding to same and strides to 1 in {names}", *edits, *_still(chosen))
        width = _width(s, position, target)
        if width is not None:
            title = f"Set padding to same in {names}, {_told(*width)[4:]}"
            yield fix(title, *edits, _set(width[0], **width[1]))


def _still(layers: Sequence[LayerConfig]) -> list[Edit]:
    return [_set(layer, strides=1) for layer in layers]


def _shrinks(layer: LayerConfig) -> bool:
    config = _arguments(layer)
    return not {"kernel_size", "pool_size"}.isdisjoint(config) and config.get("padding", "valid") == "valid"


def _padding_above(s: Situation) -> Iterator[Fix]:
    """A window further up, before the branches part."""
    names = {name for reference in s.references for name in ancestors(s.drawing, reference)}
    above = [
        layer
        for layer in s.drawing.layers.values()
        if layer.name in names and _shrinks(layer) and "kernel_size" in _arguments(layer)
    ]
    for layer in above[: -NEAR - 1 : -1]:
        yield fix(_told(layer, {"padding": "same"}), _set(layer, padding="same"))


def _projected(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A convolution of size 1 on the shortcut, as residual networks have it."""
    shape = s.inputs[position].shape
    name = f"Conv{len(shape) - 2}D"
    if s.class_name == "Concatenate" or len(shape) != len(target) or name not in layer_classes():
        return
    ratios = {_ratio(a, b) for a, b in zip(shape[1:-1], target[1:-1], strict=True)}
    if len(ratios) == 1 and (ratio := ratios.pop()):
        arguments = {"filters": target[-1], "kernel_size": 1, "strides": ratio, "padding": "same"}
        yield s.insert(
            f"Put a {name} of size 1 that gives {target[1:]} before it", name, position, **arguments
        )


def _ratio(a: int | None, b: int | None) -> int:
    """Returns the step that leads from one size to another that is smaller and more than 1, or 0."""
    step = -(-a // b) if a and b else 0
    return step if a and b and a > b > 1 and -(-a // step) == b else 0


def _strides(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A layer on the way makes steps, or enlarges, by as much as is missing."""
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
                    yield fix(_told(layer, {key: scaled}), _set(layer, **{key: scaled}))
        if "pool_size" in config:
            arguments = {"strides": 1, "padding": "same"}
            yield fix(_told(layer, arguments), _set(layer, **arguments))


def _enlarged(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """What was made smaller is made as large as before."""
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
            yield s.insert(
                f"Put an {name} behind '{s.references[position].layer}'", name, position, size=size
            )


def _scaled(value: Any, numerator: int, denominator: int) -> Any:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(v, int) and v * numerator % denominator == 0 for v in values):
        return None
    scaled = [v * numerator // denominator for v in values]
    return scaled if isinstance(value, list) else scaled[0]


def _zeros(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A frame of zeros around what is a little smaller, or a cut around what is larger."""
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
    wanted = shown([b for _, b in sizes])
    if min(lacks) >= 0:
        title = f"Pad '{s.references[position].layer}' with zeros to {wanted}"
        yield s.insert(title, f"ZeroPadding{rank}D", position, padding=value)
    elif max(lacks) <= 0:
        title = f"Crop '{s.references[position].layer}' to {wanted}"
        yield s.insert(title, f"Cropping{rank}D", position, cropping=value)


def _dense(s: Situation, position: int, target: Shape) -> Iterator[Fix]:
    """A Dense layer gives the features that are wanted."""
    spec: TensorSpec = s.inputs[position]
    if s.class_name != "Concatenate" and spec.shape[-1] != target[-1] and len(spec.shape) > 1:
        title = f"Put a Dense of {target[-1]} units behind '{s.references[position].layer}'"
        yield s.insert(title, "Dense", position, units=target[-1])
