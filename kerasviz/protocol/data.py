"""What the user's variables in the kernel hold."""

from __future__ import annotations

from typing import Literal, TypedDict


class Array(TypedDict):
    """A variable that holds data to train on."""

    name: str
    kind: Literal["array", "table", "batches"]
    shape: list[int]
    """Empty for batches, of which none is taken before training."""
    dtype: str
    """For batches the kind of their class, such as `tf.data.Dataset`."""


class Arrays(TypedDict):
    """The arrays, tables and batches among the user's variables."""

    arrays: list[Array]


class ClassWeights(TypedDict):
    """Weights with which the classes of the data count alike."""

    weights: dict[str, float]
    """By class number."""


class ModelEntry(TypedDict):
    """A model in the kernel."""

    name: str
    """The variable that holds it."""
    class_name: str
    params: int | None
    """Null before it is built."""


class Models(TypedDict):
    """The models among the user's variables."""

    models: list[ModelEntry]


class OpenModelPayload(TypedDict):
    """Takes a model of the kernel, with its weights, for this document."""

    name: str
    """The variable that holds it."""
