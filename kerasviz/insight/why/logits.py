"""A model whose output is logits: without the softmax or sigmoid at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kerasviz.analysis.reading import is_model, is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.config.parts import part_of
from kerasviz.insight.why.answers import Squash
from kerasviz.protocol import JSON

_SQUASHES: dict[Any, Squash] = {"softmax": "softmax", "sigmoid": "sigmoid"}
_LAYERS: dict[Any, Squash] = {"Softmax": "softmax"}
"""Layers that do nothing else."""


def with_logits(document: JSON, output: int) -> tuple[JSON, Squash | None]:
    """Takes the last softmax or sigmoid of an output away.

    Args:
        document: Config of a model.
        output: Which of its outputs, counted from 0.

    Returns:
        The config, and what was taken away: the config as it is and None, where there was nothing.
    """
    config = part_of(document, "config")
    layers = config.get("layers")
    if not isinstance(layers, Sequence) or not layers:
        return document, None
    if is_sequential(document):
        at, tensor = len(layers) - 1, output
    else:
        ends = list(histories(config.get("output_layers")))
        names = [layer.get("config", {}).get("name") for layer in layers]
        if output >= len(ends) or ends[output].layer not in names:
            return document, None
        at, tensor = names.index(ends[output].layer), ends[output].tensor or 0
        if len(layers[at].get("inbound_nodes") or []) > 1:
            return document, None  # another call may be on the way to this one
    changed, squash = _end(layers[at], tensor)
    if squash is None:
        return document, None
    return {**document, "config": {**config, "layers": list(_with(layers, at, changed))}}, squash


def _end(layer: JSON, tensor: int) -> tuple[JSON, Squash | None]:
    return with_logits(layer, tensor) if is_model(layer) else _linear(layer)


def _linear(layer: JSON) -> tuple[JSON, Squash | None]:
    config = layer.get("config", {})
    if layer.get("registered_name") is None and layer.get("class_name") == "TimeDistributed":
        inner, squash = _end(dict(part_of(config, "layer")), 0)  # each step has its own
        return {**layer, "config": {**config, "layer": inner}}, squash
    squash = _LAYERS.get(layer.get("class_name"))
    if squash is not None and str(layer.get("module", "")).startswith("keras.layers"):
        kept = {key: config[key] for key in ("name", "dtype", "trainable") if key in config}
        changed = {**layer, "class_name": "Activation", "config": {**kept, "activation": "linear"}}
        calls = layer.get("inbound_nodes")
        if isinstance(calls, Sequence):  # a Softmax takes a mask, an Activation takes none
            changed["inbound_nodes"] = [
                {**each, "kwargs": {k: v for k, v in part_of(each, "kwargs").items() if k != "mask"}}
                for each in calls
            ]
        return changed, squash
    activation = config.get("activation")
    squash = _SQUASHES.get(activation) if isinstance(activation, str) else None
    is_own = ">" in str(layer.get("registered_name"))  # a class of the user's may do anything with it
    if squash is None or is_own or "unroll" in config:  # a recurrent layer has it in each step
        return layer, None
    return {**layer, "config": {**config, "activation": "linear"}}, squash


def _with(layers: Sequence[JSON], at: int, changed: JSON) -> Iterator[JSON]:
    yield from layers[:at]
    yield changed
    yield from layers[at + 1 :]
