"""Mistakes in the arguments of optimizers, losses and metrics."""

from __future__ import annotations

import inspect
from typing import Any

import keras

from kerasviz.analysis.mistakes.badnumbers import WrongArgument, bad_number
from kerasviz.analysis.mistakes.situation import closest
from kerasviz.config.names import accepts
from kerasviz.config.oldarguments import RATE, todays_arguments
from kerasviz.protocol.text import all_of, text

MODULES = {"optimizer": keras.optimizers, "loss": keras.losses, "metric": keras.metrics}
OLD_ARGUMENTS = {"lr": RATE, "decay": None}
"""Today's names of arguments that optimizers had; decay is not the weight_decay that its name suggests."""


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
    if known is not None and "fn" not in known:  # the others of a MeanMetricWrapper are its function's
        for wrong in sorted(config, key="decay".__eq__):  # a decay is of the rate, which has its name by then
            if wrong not in known:
                return _decay(class_name, config, wrong) or _unknown(class_name, config, wrong, known)
    missing = _missing(kind, class_name, config)
    if missing:
        message = text("{name} needs {arguments}. Set it.", name=class_name, arguments=all_of(missing))
        return WrongArgument(message, None, config)
    return (_rate(class_name, config) or bad_number(class_name, config)) if kind == "optimizer" else None


def _missing(kind: str, class_name: str, config: dict[str, Any]) -> list[str]:
    """Arguments that a class can't be made without."""
    cls = vars(MODULES[kind]).get(class_name)
    if not inspect.isclass(cls):
        return []
    return [
        name
        for name, parameter in inspect.signature(cls).parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        and name not in config
    ]


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


def _decay(class_name: str, config: dict[str, Any], wrong: str) -> WrongArgument | None:
    """The decay of Keras 1 and 2, which is a schedule today."""
    today = todays_arguments(class_name, config)
    if wrong != "decay" or not config[wrong] or wrong in today:
        return None
    message = text(
        "{name} has no argument {argument}. Use the schedule InverseTimeDecay, which gives the same rates.",
        name=class_name,
        argument=repr(wrong),
    )
    return WrongArgument(message, text("Use {name}", name="InverseTimeDecay"), today)


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


def _number(rate: Any) -> float | None:
    """Reads a number above 0 that was typed as text."""
    try:
        number = float(rate) if isinstance(rate, str) else 0.0
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None
