"""Mistakes where several tensors come together in one layer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasviz.analysis.mistakes.alignment import alignments
from kerasviz.analysis.mistakes.situation import Edit, Fix, Mistake, Situation, fix, shape_text

_DIFFER = (
    r"incompatible shapes|matching shapes except|Incompatible input shapes|with the same rank|same shape"
)


def different_shapes(s: Situation) -> Mistake | None:
    """Tensors that cannot be added, joined or multiplied because their shapes differ."""
    if len(s.inputs) < 2 or not re.search(_DIFFER, s.words):
        return None
    rule = "must be of the same shape"
    if s.class_name == "Concatenate":
        rule += f", but for axis {s.config.get('axis', -1)}, along which they are joined"
    message = f"The inputs of layer '{s.name}' ({s.class_name}) {rule}. It receives {_received(s)}."
    fixes = [*_other_axis(s), *alignments(s), *_flattened(s), *_joined(s)]
    return Mistake(message, fixes, "different_shapes")


def only_one(s: Situation) -> Mistake | None:
    """A layer that brings several tensors together, with one connected."""
    if not re.search(r"should be called on a list of", s.words) or len(s.inputs) != 1:
        return None
    message = (
        f"Layer '{s.name}' ({s.class_name}) brings several tensors together, and only "
        f"'{s.references[0].layer}' is connected. Connect another, or remove it."
    )
    return Mistake(message, [fix(f"Remove '{s.name}'", {"edit": "remove", "layer": s.name})], "missing_input")


def unlike(s: Situation) -> Mistake | None:
    """Tensors that do not go together in a layer, in any other way."""
    if len(s.inputs) < 2:
        return None
    message = (
        f"The inputs of layer '{s.name}' ({s.class_name}) do not go together. It receives {_received(s)}."
    )
    return Mistake(message, [*_states(s), *_steps(s), *alignments(s)], "different_shapes")


def _received(s: Situation) -> str:
    pairs = zip(s.inputs, s.references, strict=False)
    return ", ".join(f"{shape_text(spec)} from '{reference.layer}'" for spec, reference in pairs)


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
    key = next((key for key in ("axis", "axes") if key in s.arguments), None)
    if key is not None:
        for axis in [-1, *range(1, max(len(spec.shape) for spec in s.inputs))]:
            if axis != s.config.get(key, -1):
                yield s.set(**{key: axis})


def _states(s: Situation) -> Iterator[Fix]:
    """The states that a recurrent layer starts from are as large as it is."""
    for spec in s.inputs[1:]:
        if "units" in s.config and len(spec.shape) == 2 and spec.shape[-1] != s.config["units"]:
            yield s.set(units=spec.shape[-1])


def _steps(s: Situation) -> Iterator[Fix]:
    """One vector in the place of all the sequences becomes a sequence of single numbers."""
    if len(set(s.references)) == 1 and len(s.inputs[0].shape) == 2:
        size = s.inputs[0].shape[-1]
        edit = s.insertion("Reshape", target_shape=[size, 1])
        history = [edit["new"]["config"]["name"], 0, 0]
        others = [
            {"edit": "connect", "layer": s.name, "call": s.call, "position": i, "history": history}
            for i in range(1, len(s.references))
        ]
        yield fix(f"Put a Reshape to {(size, 1)} before it", edit, *others)


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


RULES = (different_shapes, too_many_inputs, only_one)
