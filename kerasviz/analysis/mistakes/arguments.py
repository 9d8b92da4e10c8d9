"""Mistakes in the arguments of optimizers, losses and metrics."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.mistakes.situation import closest
from kerasviz.backend.isolation import aside
from kerasviz.backend.trying import about_to_try
from kerasviz.config.fresh import fresh
from kerasviz.config.names import accepts
from kerasviz.data.alternatives import written
from kerasviz.protocol.text import Text, text

RATE = "learning_rate"
OLD_ARGUMENTS = {"lr": RATE, "decay": None}
"""Today's names of arguments that optimizers had; decay is not the weight_decay that its name suggests."""


@dataclass(frozen=True)
class WrongArgument:
    """An argument that Keras refuses, or with which nothing is learned.

    Attributes:
        message: What is wrong, and the way out.
        title: Of the fix.
        config: The arguments with the fix.
    """

    message: Text
    title: Text
    config: dict[str, Any]


def wrong_argument(kind: str, class_name: str, config: dict[str, Any]) -> WrongArgument | None:
    """Finds the first wrong argument.

    Args:
        kind: `optimizer`, `loss` or `metric`.
        class_name: A class of Keras.
        config: Its arguments.

    Returns:
        The argument, or None where none is known to be wrong.
    """
    known = accepts(kind, class_name)
    if known is not None:
        for wrong in config:
            if wrong not in known:
                return _unknown(class_name, config, wrong, known)
    return (_rate(class_name, config) or _refused(class_name, config)) if kind == "optimizer" else None


def _unknown(class_name: str, config: dict[str, Any], wrong: str, known: frozenset[str]) -> WrongArgument:
    right = OLD_ARGUMENTS[wrong] if wrong in OLD_ARGUMENTS else closest(wrong, sorted(known))
    if right is None or right in config or right not in known:
        message = text("{name} has no argument {argument}. Remove it.", name=class_name, argument=repr(wrong))
        kept = {key: value for key, value in config.items() if key != wrong}
        return WrongArgument(message, text("Remove {arguments}", arguments=wrong), kept)
    message = text(
        "{name} has no argument {argument}. Use {right}.", name=class_name, argument=repr(wrong), right=right
    )
    renamed = {right if key == wrong else key: value for key, value in config.items()}
    return WrongArgument(message, text("Rename it to {name}", name=repr(right)), renamed)


def _rate(class_name: str, config: dict[str, Any]) -> WrongArgument | None:
    """A rate that is no number above 0; a schedule is an object, and Keras looks at that."""
    rate = config.get(RATE)
    if rate is None or not isinstance(rate, str | int | float):
        return None
    if not isinstance(rate, str | bool) and rate > 0:
        return None
    message = text("The {argument} of {name} must be a number above 0.", argument=RATE, name=class_name)
    number = _number(rate)
    if number is not None:
        title = text("Set {argument} to {value}", argument=RATE, value=number)
        return WrongArgument(message, title, {**config, RATE: number})
    kept = {key: value for key, value in config.items() if key != RATE}
    return WrongArgument(message, text("Use the default {argument}", argument=RATE), kept)


def _refused(class_name: str, config: dict[str, Any]) -> WrongArgument | None:
    """An argument without which the optimizer makes a step, and with which it does not."""
    if _can_step(class_name, config):
        return None
    for wrong, value in config.items():
        kept = {key: item for key, item in config.items() if key != wrong}
        if wrong != "name" and _can_step(class_name, kept):
            message = text(
                "{name} can't have the {argument} {value}. Use another value, or the default.",
                name=class_name,
                argument=wrong,
                value=written(value),
            )
            return WrongArgument(message, text("Use the default {argument}", argument=wrong), kept)
    return None


def _can_step(class_name: str, config: dict[str, Any]) -> bool:
    """Asks Keras; true where that would take more than an optimizer and its schedule."""
    for value in config.values():
        if isinstance(value, dict) and not str(value.get("module")).startswith("keras.optimizers"):
            return True
    return any(_steps(class_name, json.dumps(floats)) for floats in _with_floats(class_name, config))


def _with_floats(class_name: str, config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields arguments with whole numbers as floats: a form can't write 1.0 otherwise than 1."""
    parameters = inspect.signature(vars(keras.optimizers)[class_name]).parameters
    for kinds in ((float,), (float, type(None))):
        floats = {name for name, parameter in parameters.items() if isinstance(parameter.default, kinds)}
        yield {k: float(v) if type(v) is int and k in floats else v for k, v in config.items()}


@lru_cache(256)
def _steps(class_name: str, config: str) -> bool:
    """Whether a few weights stay numbers after two steps of an optimizer."""
    about_to_try()
    serialised = {"module": "keras.optimizers", "class_name": class_name, "config": json.loads(config)}

    def weights() -> Any:
        optimizer = keras.saving.deserialize_keras_object(fresh({**serialised, "registered_name": None}))
        variable = keras.Variable([[0.5, -0.5], [1.0, 2.0]])
        gradient = keras.ops.convert_to_tensor([[0.1, -0.2], [0.3, 0.4]], variable.dtype)
        for _ in range(2):
            optimizer.apply([gradient], [variable])
        return keras.ops.convert_to_numpy(variable)

    try:
        return bool(np.isfinite(aside(weights)).all())
    except Exception:  # whatever Keras says of a value
        return False


def _number(rate: Any) -> float | None:
    """Reads a number above 0 that was typed as text."""
    try:
        number = float(rate) if isinstance(rate, str) else 0.0
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None
