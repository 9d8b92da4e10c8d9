"""Inputs whose numbers stand for words, or for classes: a layer behind them looks each number up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerasviz.analysis.reading import ConfigShapeError, LayerConfig, is_model, read_layers
from kerasviz.config.parts import part_of
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.protocol import JSON

SIZES = {"Embedding": "input_dim", "CategoryEncoding": "num_tokens"}
"""Layers that know so many numbers, from 0, and the argument that says how many."""


def looked_up(document: JSON) -> dict[str, int]:
    """How many numbers the layers right behind Inputs know, by the name of the Input.

    Args:
        document: Keras JSON, which may be no whole model yet.

    Returns:
        The smallest number, where there are several such layers; Inputs without one are left out.
    """
    names = {name for name, _ in inputs_of(document)}
    found: dict[str, int] = {}
    try:
        layers = read_layers(document, {}, is_fed=True)
    except ConfigShapeError:
        return found
    for layer in layers:
        for at, name in _sources(layer):
            size = _size(layer.data, at) if name in names else None
            if size is not None:
                found[name] = min(size, found.get(name, size))
    return found


def _sources(layer: LayerConfig) -> Iterator[tuple[int, str]]:
    """Where what goes into a layer is from, with its place among what goes in."""
    for references in layer.links:
        yield from ((at, reference.layer) for at, reference in enumerate(references))


def _size(layer: dict[str, Any], at: int) -> int | None:
    """How many numbers a layer knows of what goes in at a place; in a model inside, its first layers."""
    if is_model(layer):
        inside = [name for name, _ in inputs_of(layer)]
        return looked_up(layer).get(inside[at]) if at < len(inside) else None
    size = part_of(layer, "config").get(SIZES.get(str(layer.get("class_name")), ""))
    return size if isinstance(size, int) and size > 0 else None
