"""The calls of a model's layers, its inputs and outputs: how many there are, and that each takes a tensor."""

from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.parsing import MAX_DEPTH
from kerasviz.protocol.text import Text, text

MAX_CALLS = 4000
"""Calls of layers, and inputs and outputs, of a model and those in it: twice as many as its layers."""


class Calls:
    """Counts through all models of a config."""

    def __init__(self) -> None:
        self._calls = 0
        self._ends = 0

    def check(self, config: dict[str, Any], layer: str | None) -> None:
        """Looks at the config of one model.

        Args:
            config: With its layers.
            layer: Name of the model.

        Raises:
            ModelFileError: When there are too many, or a call has only plain values, which Keras would
                compute while it reads the config.
        """
        self._ends += ends_of(config)
        if reason := too_many_ends(self._ends):
            raise ModelFileError(reason, layer=layer)
        allowed = most(MAX_CALLS, "seconds")
        for item in config["layers"]:
            calls = item.get("inbound_nodes") if type(item) is dict else None
            if type(calls) is not list:
                continue
            name = str(item.get("name"))
            self._calls += len(calls)
            if self._calls > allowed:
                raise ModelFileError(
                    text(
                        "The layers are called more than {most} times. {way_on}",
                        most=f"{allowed:,}",
                        way_on=way_on("seconds", 1.25 * self._calls / allowed),
                    ),
                    layer=name,
                )
            if not all(map(_holds_tensor, calls)):
                raise ModelFileError(
                    text("Each call needs the output of a layer, but one has only plain values."), layer=name
                )


def ends_of(config: Mapping[str, Any]) -> int:
    """Counts the inputs and outputs of a model, of which one layer may be any number."""
    return sum(1 for key in ("input_layers", "output_layers") for _ in _names(config.get(key)))


def too_many_ends(ends: int) -> Text | None:
    """Says that a model has too many inputs and outputs; None where it has not.

    Args:
        ends: How many it has.
    """
    allowed = most(MAX_CALLS, "seconds")
    if ends <= allowed:
        return None
    return text(
        "It has more than {most} inputs and outputs. {way_on}",
        most=f"{allowed:,}",
        way_on=way_on("seconds", 1.25 * ends / allowed),
    )


def _names(ends: Any) -> Iterator[str]:
    """Finds the name of each layer in `input_layers` or `output_layers`."""
    stack = [ends]
    while stack:
        item = stack.pop()
        if type(item) is str:
            yield item
        elif type(item) in (list, dict):
            stack.extend(item.values() if type(item) is dict else item)


def _holds_tensor(value: Any, depth: int = 0) -> bool:
    if depth > MAX_DEPTH:
        return False
    if type(value) is dict:
        if "class_name" in value:
            return bool(value["class_name"] == "__keras_tensor__")
        return any(_holds_tensor(item, depth + 1) for item in value.values())
    return type(value) is list and any(_holds_tensor(item, depth + 1) for item in value)
