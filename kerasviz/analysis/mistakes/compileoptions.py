"""Plain values of `compile` that Keras takes for something else, or refuses at the first batch."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.protocol.text import Text, text


@dataclass(frozen=True)
class WrongOption:
    """An argument of `compile` with a value of another kind.

    Attributes:
        name: The argument.
        message: What it has to be.
        default: What Keras takes without it.
    """

    name: str
    message: Text
    default: Any


def wrong_options(given: Mapping[str, Any]) -> Iterator[WrongOption]:
    """Yields switches that are no switch, and numbers of batches that are no number.

    Args:
        given: A `compile_config`.
    """
    for name, parameter in inspect.signature(keras.Model.compile).parameters.items():
        value, default = given.get(name), parameter.default
        if value is None or value == default or not isinstance(default, bool | int | str):
            continue
        if isinstance(default, int) and not isinstance(default, bool):
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                message = text(
                    "{argument} must be a whole number above 0, not {value}.",
                    argument=name,
                    value=repr(value),
                )
                yield WrongOption(name, message, default)
        elif not isinstance(value, bool) and (isinstance(default, bool) or default == "auto"):
            message = text("{argument} is either on or off, not {value}.", argument=name, value=repr(value))
            yield WrongOption(name, message, default)
