"""What among the user's variables gives batches."""

from __future__ import annotations

import sys
from types import GeneratorType
from typing import Any

from kerasviz.backend import pipelines
from kerasviz.backend.instances import is_of
from kerasviz.data.dataset import Stream
from kerasviz.protocol.text import text


def batches_kind(value: object) -> str | None:
    """The class of what gives batches, as people know it; None for anything else. None of its code runs."""
    if pipelines.is_pipeline(value):
        return "tf.data.Dataset"
    if is_py_dataset(value):
        return "keras.utils.PyDataset"
    if pipelines.is_loader(value):
        return "torch DataLoader"
    return "Python generator" if type(value) is GeneratorType else None


def is_py_dataset(value: object) -> bool:
    """Whether something is a `keras.utils.PyDataset`."""
    keras: Any = sys.modules.get("keras")
    return keras is not None and is_of(value, keras.utils.PyDataset)


def steps_of(batches: Any) -> int | None:
    """Batches in an epoch, in what `batches_kind` knows; None where nobody knows, or where they never end."""
    if pipelines.is_pipeline(batches):
        return pipelines.steps(batches)
    if is_py_dataset(batches):
        count = batches.num_batches
        return None if count is None else int(count)
    if pipelines.is_loader(batches):
        return len(batches) if hasattr(batches.dataset, "__len__") else None
    return None


def is_endless(batches: Any) -> bool:
    """Whether it is known that there is always another batch."""
    if pipelines.is_pipeline(batches):
        return pipelines.is_endless(batches)
    return is_py_dataset(batches) and batches.num_batches is None


def streamed(batches: Any, name: str, validation: Any = None) -> Stream:
    """What is known of batches without taking one.

    Args:
        batches: Something of which `batches_kind` knows the class.
        name: What a person calls it.
        validation: Batches that training does not see.
    """
    notes: list[str] = []
    if type(batches) is GeneratorType:
        notes.append(
            text(
                "{name} is a Python generator: its batches are used up by training. Run the cell that makes "
                "it before you train again.",
                name=name,
            )
        )
    return Stream(
        name=name,
        batches=batches,
        steps=steps_of(batches),
        endless=is_endless(batches),
        notes=notes,
        validation=validation,
    )
