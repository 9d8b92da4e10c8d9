"""Mistakes where several tensors come together in one layer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasviz.analysis.mistakes.situation import Edit, Fix, Mistake, Situation, fix, shape_text

_DIFFER = (
    r"incompatible shapes|matching shapes except|Incompatible input shapes|with the same rank|same shape"
)


def different_shapes(s: Situation) -> Mistake | None:
    """Tensors that cannot be added, joined or multiplied because their shapes differ."""
    if len(s.inputs) < 2 or not re.search(_DIFFER, s.words):
        return None
    parts = ", ".join(
        f"{shape_text(spec)} from '{reference.layer}'"
        for spec, reference in zip(s.inputs, s.references, strict=False)
    )
    rule = "may differ in one axis only" if "axis" in s.config else "must be of the same shape"
    message = f"The inputs of layer '{s.name}' ({s.class_name}) {rule}. It receives {parts}."
    fixes = [*_other_axis(s), *_same_size(s), *_flattened(s), *_joined(s)]
    return Mistake(message, fixes, "different_shapes")


def too_many_inputs(s: Situation) -> Mistake | None:
    """A layer for two tensors that is given three."""
    match = re.search(r"should be called on exactly (\d+) inputs", s.words)
    if match is None or s.bound is None:
        return None
    wanted, call = int(match[1]), s.bound.call
    message = (
        f"Layer '{s.name}' ({s.class_name}) takes exactly {wanted} inputs, and {len(s.inputs)} are connected."
    )
    fixes = []
    if call.args and isinstance(call.args[0], list) and len(call.args[0]) > wanted:
        args = [call.args[0][:wanted], *call.args[1:]]
        edit = {"edit": "call", "layer": s.name, "call": s.call, "args": args, "kwargs": dict(call.kwargs)}
        fixes.append(fix(f"Keep the first {wanted} connections", edit))
    return Mistake(message, fixes, "too_many_inputs")


def _other_axis(s: Situation) -> Iterator[Fix]:
    if "axis" in s.arguments:
        for axis in [-1, *range(1, max(len(spec.shape) for spec in s.inputs))]:
            if axis != s.config.get("axis", -1):
                yield s.set(axis=axis)


def _same_size(s: Situation) -> Iterator[Fix]:
    """One of the layers before is made to give as many features, and of the same height and width."""
    for position, spec in enumerate(s.inputs):
        source = s.source(position)
        for other in s.inputs:
            if source is None or other.shape == spec.shape or not other.shape:
                continue
            config = source.data.get("config")
            if not isinstance(config, dict):
                continue
            wanted = {key: other.shape[-1] for key in ("units", "filters") if key in config}
            padded = {"padding": "same"} if "kernel_size" in config else {}
            spatial = [*wanted, *padded] and spec.shape[1:-1] != other.shape[1:-1]
            for arguments in (
                ({**padded, "strides": 1}, {**wanted, **padded, "strides": 1}) if spatial else (wanted,)
            ):
                if arguments and (padded or "strides" not in arguments):
                    edit = {"edit": "set", "layer": source.name, "arguments": arguments}
                    text = " and ".join(f"{key} to {value}" for key, value in arguments.items())
                    yield fix(f"Set {text} in '{source.name}'", edit)


def _flattened(s: Situation) -> Iterator[Fix]:
    if len({len(spec.shape) for spec in s.inputs}) == 1:
        return
    edits: list[Edit] = []
    for position, spec in enumerate(s.inputs):
        if len(spec.shape) > 2:
            edit = s.insertion("Flatten", position)
            name = (
                f"{edit['new']['config']['name']}_{len(edits) + 1}"
                if edits
                else edit["new"]["config"]["name"]
            )
            edit["new"]["config"]["name"] = s.drawing.unique(name)
            edits.append(edit)
    yield fix("Put a Flatten layer before it", *edits)


def _joined(s: Situation) -> Iterator[Fix]:
    if s.class_name != "Concatenate":
        edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": "Concatenate"}
        yield fix("Use Concatenate instead", {**edit, "config": {"name": s.name}})


RULES = (different_shapes, too_many_inputs)
