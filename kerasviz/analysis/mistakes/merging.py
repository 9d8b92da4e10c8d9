"""Mistakes in layers with several inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasviz.analysis.mistakes.alignment import alignments
from kerasviz.analysis.mistakes.situation import (
    Edit,
    Fix,
    Mistake,
    Situation,
    fix,
    removal,
)
from kerasviz.analysis.mistakes.titles import flatten_title, reshape_title
from kerasviz.analysis.specs import shape_text
from kerasviz.protocol.text import all_of, text

_DIFFER = (
    r"incompatible shapes|matching shapes except|Incompatible input shapes|with the same rank|"
    r"(?<!dimensions to have the )same shape"  # JAX says so of two sizes that a product takes
)


def different_shapes(s: Situation) -> Mistake | None:
    """Tensors that can't be added, joined or multiplied because their shapes differ."""
    if len(s.inputs) < 2 or not re.search(_DIFFER, s.words):
        return None
    if s.class_name == "Concatenate":
        message = text(
            "The inputs of layer {layer} (Concatenate) must have the same shape, except along axis {axis}. "
            "It receives {inputs}.",
            layer=repr(s.name),
            axis=repr(s.config.get("axis", -1)),
            inputs=_received(s),
        )
    else:
        message = text(
            "The inputs of layer {layer} ({class_name}) must have the same shape. It receives {inputs}.",
            layer=repr(s.name),
            class_name=s.class_name,
            inputs=_received(s),
        )
    fixes = [*_other_axis(s), *alignments(s), *_flattened(s), *_joined(s)]
    return Mistake(message, fixes, "different_shapes")


def only_one(s: Situation) -> Mistake | None:
    """A layer that combines several tensors, with only one connected."""
    if not re.search(r"should be called on a list of", s.words) or len(s.inputs) != 1:
        return None
    message = text(
        "Layer {layer} ({class_name}) combines several inputs, but only {source} is connected. Connect "
        "another one, or remove the layer.",
        layer=repr(s.name),
        class_name=s.class_name,
        source=repr(s.references[0].layer),
    )
    return Mistake(message, [removal(s.layer, s.call)], "missing_input")


def unlike(s: Situation) -> Mistake | None:
    """Tensors that do not fit together, in any other way."""
    if len(s.inputs) < 2 or not s.called:
        return None
    message = text(
        "The inputs of layer {layer} ({class_name}) do not fit together. It receives {inputs}.",
        layer=repr(s.name),
        class_name=s.class_name,
        inputs=_received(s),
    )
    return Mistake(message, [*_states(s), *_steps(s), *alignments(s)], "different_shapes")


def _received(s: Situation) -> str:
    return all_of(
        [
            text("{shape} from {layer}", shape=shape_text(spec.shape), layer=repr(reference.layer))
            for spec, reference in zip(s.inputs, s.references, strict=False)
        ]
    )


def too_many_inputs(s: Situation) -> Mistake | None:
    """A layer for two tensors that is given three."""
    match = re.search(r"should be called on exactly (\d+) inputs", s.words)
    if match is None or s.bound is None:
        return None
    wanted, call = int(match[1]), s.bound.call
    message = text(
        "Layer {layer} ({class_name}) takes exactly {wanted} inputs, but {received} are connected.",
        layer=repr(s.name),
        class_name=s.class_name,
        wanted=wanted,
        received=len(s.inputs),
    )
    fixes = []
    if call.args and isinstance(call.args[0], list) and len(call.args[0]) > wanted:
        args = [call.args[0][:wanted], *call.args[1:]]
        edit = {"edit": "call", "layer": s.name, "call": s.call, "args": args, "kwargs": dict(call.kwargs)}
        fixes.append(fix(text("Keep only the first {wanted} connections", wanted=wanted), edit))
    return Mistake(message, fixes, "too_many_inputs")


def _other_axis(s: Situation) -> Iterator[Fix]:
    key = next((key for key in ("axis", "axes") if key in s.arguments), None)
    if key is not None:
        for axis in [-1, *range(1, max(len(spec.shape) for spec in s.inputs))]:
            if axis != s.config.get(key, -1):
                yield s.set(**{key: axis})


def _states(s: Situation) -> Iterator[Fix]:
    """Yields units of a recurrent layer that match its initial states."""
    for spec in s.inputs[1:]:
        if "units" in s.config and len(spec.shape) == 2 and spec.shape[-1] != s.config["units"]:
            yield s.set(units=spec.shape[-1])


def _steps(s: Situation) -> Iterator[Fix]:
    """Yields a Reshape that makes one vector, given for all sequences, a sequence of single numbers."""
    if len(set(s.references)) == 1 and len(s.inputs[0].shape) == 2:
        size = s.inputs[0].shape[-1]
        edit = s.insertion("Reshape", target_shape=[size, 1])
        history = [edit["new"]["config"]["name"], 0, 0]
        others = [
            {"edit": "connect", "layer": s.name, "call": s.call, "position": i, "history": history}
            for i in range(1, len(s.references))
        ]
        yield fix(reshape_title(s.name, (size, 1)), edit, *others)


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
    yield fix(flatten_title(s.name), *edits)


def _joined(s: Situation) -> Iterator[Fix]:
    if s.class_name != "Concatenate":
        edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": "Concatenate"}
        yield fix(text("Use Concatenate instead"), {**edit, "config": {"name": s.name}})


RULES = (different_shapes, too_many_inputs, only_one)
