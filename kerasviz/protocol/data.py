"""What the user's variables in the kernel hold."""

from __future__ import annotations

from typing import TypedDict


class Array(TypedDict):
    """An array or table to train on."""

    name: str
    shape: list[int]
    dtype: str


class Arrays(TypedDict):
    """The arrays and tables among the user's variables."""

    arrays: list[Array]


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
