"""Sizes with which Keras takes memory or time as soon as it makes an object: nobody can ask it first."""

import math
from collections.abc import Iterable
from typing import Any

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

MAX_AXIS = 2**53
"""The longest axis of a tensor: what JSON can say, and far more than a machine can hold."""

_THRESHOLDS = ({"num_thresholds": 200}, 2**16)
_CLASSES = ({"num_classes": 2}, 2**12)
_OOV = ({"num_oov_indices": 1}, 2**20)

SIZES: dict[str, tuple[dict[str, int], int]] = {
    # Matrices that are computed when the layer is built.
    "MelSpectrogram": ({"num_mel_bins": 128, "fft_length": 2048}, 2**26),
    "STFTSpectrogram": ({"frame_length": 256, "fft_length": 256}, 2**26),
    # Lists with an item for each.
    "TextVectorization": ({"ngrams": 1}, 2**10),
    **dict.fromkeys(("IntegerLookup", "StringLookup"), _OOV),
    **dict.fromkeys(("AUC", "PrecisionAtRecall", "RecallAtPrecision"), _THRESHOLDS),
    **dict.fromkeys(("SensitivityAtSpecificity", "SpecificityAtSensitivity"), _THRESHOLDS),
    # Confusion matrices, with a row and a column for each class.
    **dict.fromkeys(("IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU"), _CLASSES),
    # Operations with as many results.
    **dict.fromkeys(
        ("Split", "ArraySplit", "Hsplit", "Vsplit", "Dsplit"), ({"indices_or_sections": 1}, 2**12)
    ),
    "Unstack": ({"num": 1}, 2**12),
}
"""For each class its arguments, with Keras' defaults, and the most that their product may be."""


def check_sizes(class_name: str, config: dict[str, Any], layer: str | None) -> None:
    """Refuses an object for which Keras would take much memory at once.

    Raises:
        ModelFileError: Naming the arguments.
    """
    arguments, usual = SIZES.get(class_name, ({}, 0))
    allowed = most(usual, "gigabytes")
    sizes = {name: config.get(name, default) for name, default in arguments.items()}
    for name, size in sizes.items():
        # An array in the config would count as a number, too.
        if isinstance(size, dict):
            raise ModelFileError(
                text("Expected {name} of {class_name} as a plain value.", name=name, class_name=class_name),
                layer=layer,
            )
    product = math.prod(size for size in sizes.values() if isinstance(size, int))
    if product > allowed and sizes:
        raise ModelFileError(
            text(
                "{class_name} is too large: {sizes} is more than {most}. {way_on}",
                class_name=class_name,
                sizes=" * ".join(f"{name}={size}" for name, size in sizes.items()),
                most=f"{allowed:,}",
                way_on=way_on("gigabytes", min(1.25 * product / allowed, 10**6)),
            ),
            layer=layer,
        )


def share_of(class_name: str, config: dict[str, Any]) -> float:
    """Returns how much of what `check_sizes` allows an object takes; 0 where nothing limits it by name."""
    arguments, usual = SIZES.get(class_name, ({}, 1))
    sizes = [config.get(name, default) for name, default in arguments.items()]
    return math.prod(size for size in sizes if isinstance(size, int)) / usual if sizes else 0.0


def check_axes(shapes: Iterable[Iterable[int | None]], layer: str | None = None) -> None:
    """Refuses tensors with an axis that nobody can hold; 300 layers may make its length 5,000 digits.

    Raises:
        ModelFileError: With the layer.
    """
    if any(size is not None and size > MAX_AXIS for shape in shapes for size in shape):
        raise ModelFileError(
            text(
                "An axis of its output would be longer than {most}; choose smaller sizes.",
                most=f"{MAX_AXIS:,}",
            ),
            layer=layer,
        )
