"""What the layers of a model do with samples of sizes that its inputs leave open."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from kerasviz.analysis.computation import Snapshot
from kerasviz.analysis.wholemodel import explained
from kerasviz.config.parts import part_of
from kerasviz.protocol import KerasError
from kerasviz.protocol.text import text

BATCH = 7
"""Samples in a batch that is only computed with: a number that few shapes have by chance."""


def at_sizes(document: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]) -> KerasError | None:
    """Finds the layer that can't take samples of some shapes, or that mixes samples.

    Args:
        document: Keras JSON.
        shapes: Of one sample, by the name of the Input.

    Returns:
        What is wrong at the layer; None where nothing is known to be.
    """
    _, of_nodes, _ = explained(_sized(document, shapes, None))
    if not of_nodes:
        snapshot, _, _ = explained(_sized(document, shapes, BATCH))
        return _mixed(snapshot) or _whole_numbers(snapshot)
    message = text(
        "With samples of shape {shapes}: {message}",
        shapes=", ".join(map(str, shapes.values())),
        message=of_nodes[0]["message"],
    )
    return KerasError(**{**of_nodes[0], "message": message, "fix": None})


def _sized(
    document: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]], batch: int | None
) -> dict[str, Any]:
    """Copies a model with inputs of these shapes."""
    sized = {key: copy.deepcopy(document.get(key)) for key in ("module", "class_name", "config")}
    layers = part_of(sized, "config").get("layers")
    for item in layers if isinstance(layers, list) else []:
        shape = shapes.get(part_of(item, "config").get("name", ""))
        if item.get("class_name") == "InputLayer" and shape is not None:
            first = (item["config"].get("batch_shape") or [None])[0]
            item["config"]["batch_shape"] = [first or batch, *shape]
    return sized


def _mixed(snapshot: Snapshot) -> KerasError | None:
    """Finds the first layer that gives another number of samples, where the last one does so."""
    rows = {
        node[0]: outcome.outputs[0].shape[0]
        for node, state in snapshot.states.items()
        if (outcome := state.outcome) is not None and outcome.outputs and outcome.outputs[0].shape
    }
    samples = next(iter(rows.values()), None)
    if samples is None or next(reversed(rows.values())) == samples:
        return None
    layer, found = next((layer, count) for layer, count in rows.items() if count != samples)
    message = text(
        "Layer {layer} turns {samples} samples into {found}, so outputs and targets do not go together. "
        "Leave the first axis, that of the samples, as it is.",
        layer=repr(layer),
        found=str(found),
        samples=samples,
    )
    return KerasError(code="samples", layer=layer, message=message, detail=None, fix=None)


def _whole_numbers(snapshot: Snapshot) -> KerasError | None:
    """Finds the layer that makes the whole numbers which the last one gives: they have no gradient."""
    made = [
        (node[0], outcome.outputs[0].dtype)
        for node, state in snapshot.states.items()
        if (outcome := state.outcome) is not None and outcome.outputs
    ]
    layer = None
    for name, dtype in reversed(made):
        if dtype.startswith(("float", "bfloat", "complex")):
            break
        layer = name, dtype
    if layer is None or len(made) < 2:
        return None
    message = text(
        "Layer {layer} gives whole numbers ({dtype}), through which nothing is learned. Remove it, or train "
        "the model without it.",
        layer=repr(layer[0]),
        dtype=layer[1],
    )
    return KerasError(code="samples", layer=layer[0], message=message, detail=None, fix=None)
