"""Which columns go to which input of a model, and which targets to which output."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.config.naming import plain_name
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text


@dataclass(frozen=True)
class Place:
    """An array that a model takes, and the columns in it.

    Attributes:
        key: The name of the input or output; None where the model has one, or nobody knows.
        columns: What is joined, in this order.
        dtype: Of the array: `float32`, an integer, or `string`.
        layer: The layer that takes it; None where nobody knows.
        shape: Of one sample, as the model has it; None where nobody knows.
    """

    key: str | None
    columns: tuple[str, ...]
    dtype: str = "float32"
    layer: str | None = None
    shape: tuple[int | None, ...] | None = None

    @property
    def units(self) -> int | None:
        """The last length of the shape; None where nobody knows."""
        return self.shape[-1] if self.shape else None

    def check_width(self, widths: Mapping[str, int]) -> None:
        """Checks that the columns give as many values as the input takes.

        Args:
            widths: How many values each column has become.

        Raises:
            RequestError: With code `shape` and the layer.
        """
        width = sum(widths[column] for column in self.columns)
        if self.shape is None or None in self.shape or math.prod(map(int, filter(None, self.shape))) == width:
            return
        listed = [f"{column} {widths[column]}" for column in self.columns]
        raise RequestError(
            "shape",
            text(
                "Layer {layer} expects {expected} values for each sample, but the columns give {width}: "
                "{listed}. Set its shape to {shape}, or choose other columns.",
                layer=repr(self.layer),
                expected=math.prod(map(int, filter(None, self.shape))),
                width=width,
                listed=", ".join(listed[:12]) + (", …" if len(listed) > 12 else ""),
                shape=f"({width},)",
            ),
            layer=self.layer,
        )


def input_places(model: Any, features: Sequence[str], words: Sequence[str], chosen: Any) -> list[Place]:
    """Finds the columns of each input.

    Args:
        model: A model; None where there is none yet.
        features: The columns to learn from.
        words: Those of them that hold text.
        chosen: Columns by input, as the plan has them; inputs that it leaves out are found by their names.

    Returns:
        A place for each input, in their order.

    Raises:
        RequestError: With code `columns` and the input for which there is no column.
    """
    tensors = _named_inputs(model)
    if not tensors:
        return [Place(None, tuple(features))]
    said = {key: tuple(columns) for key, columns in chosen.items()} if isinstance(chosen, Mapping) else {}
    said = {key: columns for key, columns in said.items() if key in tensors}
    for key in tensors:
        named = [column for column in features if _plain(column) == _plain(key)]
        if key not in said and named and len(tensors) > 1:
            said[key] = (named[0],)
    left = [column for column in features if not any(column in columns for columns in said.values())]
    waiting = [key for key in tensors if key not in said]
    for key in [key for key in waiting if tensors[key].dtype == "string"]:
        fitting = left if len(waiting) == len(left) == 1 else [column for column in left if column in words]
        if not fitting:
            raise _no_column(key, left)
        said[key] = (fitting[0],)
        left = [column for column in left if column != fitting[0]]
    numbers = [key for key in waiting if key not in said]
    if len(numbers) > 1 or (numbers and not left):
        raise _no_column(numbers[0], left)
    said.update({key: tuple(left) for key in numbers})
    single = len(tensors) == 1 and not isinstance(_structure(model), dict)
    return [
        Place(None if single else key, said[key], tensor.dtype, tensor.name, tuple(tensor.shape[1:]))
        for key, tensor in tensors.items()
    ]


def output_places(model: Any, targets: Sequence[str], chosen: Any) -> list[Place]:
    """Finds the targets of each output: by the plan, by their names, or in their order.

    Returns:
        A place for each output; one with all targets, where there is one output or nobody knows.

    Raises:
        RequestError: With code `columns`, where there are not as many targets as outputs.
    """
    names = _named_outputs(model)
    shapes = {name: tuple(tensor.shape[1:]) for name, tensor in names.items()}
    if len(names) < 2:
        return [Place(None, tuple(targets), shape=next(iter(shapes.values()), None))]
    said = {key: tuple(columns) for key, columns in chosen.items()} if isinstance(chosen, Mapping) else {}
    said = {key: columns for key, columns in said.items() if key in names}
    for name in names:
        named = [column for column in targets if _plain(column) == _plain(name)]
        if name not in said and named:
            said[name] = (named[0],)
    left = [column for column in targets if not any(column in columns for columns in said.values())]
    rest = [name for name in names if name not in said]
    if len(left) != len(rest):
        raise RequestError(
            "columns",
            text(
                "The model has the outputs {outputs}, but the targets are {targets}. Choose a target for "
                "each output.",
                outputs=all_of([repr(name) for name in names]),
                targets=all_of([repr(target) for target in targets]),
            ),
        )
    said.update({name: (column,) for name, column in zip(rest, left, strict=True)})
    return [Place(name, said[name], shape=shapes[name]) for name in names]


def _named_inputs(model: Any) -> dict[str, Any]:
    if model is None or not model.built:
        return {}
    structure = _structure(model)
    return structure if isinstance(structure, dict) else {tensor.name: tensor for tensor in model.inputs}


def _structure(model: Any) -> Any:
    return None if isinstance(model, keras.Sequential) else model.input


def _named_outputs(model: Any) -> dict[str, Any]:
    if model is None or not model.built:
        return {}
    if isinstance(model, keras.Sequential):
        return {model.layers[-1].name: model.outputs[0]}
    structure = model.output
    return (
        structure
        if isinstance(structure, dict)
        else dict(zip(model.output_names, model.outputs, strict=True))
    )


def _plain(name: str) -> str:
    return plain_name(name.casefold())


def _no_column(key: str, left: Sequence[str]) -> RequestError:
    if not left:
        return RequestError(
            "columns", text("No column is left for the input {input}.", input=repr(key)), layer=key
        )
    return RequestError(
        "columns",
        text(
            "Which columns go to the input {input}? Name the input as its column, or choose columns for it. "
            "There are {left}.",
            input=repr(key),
            left=all_of([repr(column) for column in left]),
        ),
        layer=key,
    )
