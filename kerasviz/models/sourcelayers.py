"""What a data source does to samples of its own accord, as a layer in front of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.config.parts import part_of
from kerasviz.data.dataset import Data, Stream
from kerasviz.protocol.text import Text, text


@dataclass(frozen=True)
class SourceLayer:
    """A layer that does what a source did.

    Attributes:
        layer: The layer.
        shape: Of a sample that it takes.
        arguments: Of the source, so that it does no more of it.
        note: For people.
    """

    layer: Any
    shape: tuple[int | None, ...]
    arguments: Mapping[str, Any]
    note: Text


def source_layer(chosen: Mapping[str, Any], loaded: Data | Stream, tensor: Any) -> SourceLayer | None:
    """Finds what a source does that a layer can do.

    Args:
        chosen: The source of a plan.
        loaded: What it gave.
        tensor: The input of the model.

    Returns:
        The layer; None where the source gives samples as they are, or the model takes them so.
    """
    expected = tuple(tensor.shape[1:])
    if isinstance(loaded, Stream) and loaded.normal is not None:
        mean, variance = (values.tolist() for values in loaded.normal)
        return SourceLayer(
            keras.layers.Normalization(
                mean=mean, variance=variance, dtype="float32", name=f"{tensor.name}_normal"
            ),
            expected,
            {"normalized": False},
            text("The model takes values as they were measured, and normalizes them."),
        )
    if chosen.get("class_name") == "images" and len(expected) == 3 and None not in expected[:2]:
        return _resizing(part_of(chosen, "config"), tensor.name, expected)
    return None


def _resizing(config: Mapping[str, Any], name: str, expected: tuple[int | None, ...]) -> SourceLayer:
    height, width, channels = expected
    options = {
        key: config[key]
        for key in ("interpolation", "crop_to_aspect_ratio", "pad_to_aspect_ratio")
        if key in config
    }
    return SourceLayer(
        keras.layers.Resizing(height, width, **options, name=f"{name}_resized"),
        (None, None, channels),
        {"height": height, "width": width},
        text(
            "The model takes pictures of any size, and resizes them to {height} by {width}.",
            height=int(height or 0),
            width=int(width or 0),
        ),
    )
