"""Arguments of optimizers and schedules with which nothing good is learned, though Keras may take them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.mistakes.optimizertrial import Trial, try_optimizer, try_schedule
from kerasviz.config.oldarguments import RATE
from kerasviz.data.alternatives import written
from kerasviz.protocol.text import Text, text


@dataclass(frozen=True)
class WrongArgument:
    """An argument that Keras refuses, or with which nothing is learned.

    Attributes:
        message: What is wrong, and the way out.
        title: Of the fix; None where there is none.
        config: The arguments with the fix.
    """

    message: Text
    title: Text | None
    config: dict[str, Any]


def bad_number(class_name: str, config: dict[str, Any]) -> WrongArgument | None:
    """Finds an argument without which an optimizer makes good steps, and with which it does not.

    Args:
        class_name: An optimizer of Keras.
        config: Its arguments.
    """
    for name, part in config.items():
        wrong = _inside(part)
        if wrong is not None:
            changed = {**config, name: {**part, "config": wrong.config}}
            return WrongArgument(wrong.message, wrong.title, changed)
    if any(isinstance(v, dict) and not _is_schedule(v) for v in config.values()):
        return None  # that would take more than an optimizer and its schedule
    parameters = inspect.signature(vars(keras.optimizers)[class_name]).parameters
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    found = _trial(class_name, config)
    # A number is wrong rather than the switch with which it counts.
    for name, value in sorted(config.items(), key=lambda item: isinstance(item[1], bool)):
        if name == "name" or value == defaults.get(name) or not (found.faults or _is_negative(value)):
            continue
        if name == RATE and found.faults == {"runs away"}:
            continue  # a large one, with an optimizer whose steps grow with the weights
        kept = {key: item for key, item in config.items() if key != name}
        alone = _trial(class_name, {name: value}).faults - _trial(class_name, {}).faults
        if found.faults and (alone or _trial(class_name, kept).faults < found.faults):
            message = _bound(class_name, name, value, _is_good(class_name, kept, name))
        elif _is_ignored(class_name, name, value, kept, found):
            message = text(
                "{name} ignores a {argument} below 0, such as {value}. Use a number above 0, or none.",
                name=class_name,
                argument=name,
                value=written(value),
            )
        else:
            continue
        return WrongArgument(message, text("Use the default {argument}", argument=name), kept)
    return None


def _inside(part: Any) -> WrongArgument | None:
    """Finds a wrong argument of the schedule of an optimizer, or of the optimizer in another."""
    config = part.get("config") if isinstance(part, dict) else None
    if not isinstance(config, dict):
        return None
    if _is_schedule(part):
        return _in_schedule(part["class_name"], config)
    name = str(part.get("class_name"))
    return bad_number(name, config) if name in vars(keras.optimizers) else None


def _is_schedule(part: dict[str, Any]) -> bool:
    return str(part.get("class_name")) in vars(keras.optimizers.schedules)


def _in_schedule(class_name: str, config: dict[str, Any]) -> WrongArgument | None:
    """Finds a number with which a schedule gives no rate, and one in its place with which it does."""
    parameters = inspect.signature(vars(keras.optimizers.schedules)[class_name]).parameters

    def good(name: str, value: Any) -> bool:
        return not try_schedule(class_name, json.dumps({**config, name: value})).faults

    is_good = not try_schedule(class_name, json.dumps(config)).faults
    numbers = [(name, v) for name, v in config.items() if _is_number(v) and name in parameters]
    for name, value in sorted(numbers, key=lambda item: not _is_negative(item[1])):
        # Most schedules count backwards in silence where their steps are below 0.
        counts = name.endswith("steps") and (
            value < 0 or (value == 0 and parameters[name].default is inspect.Parameter.empty)
        )
        right = next(
            (
                r
                for r in (abs(value), 1000 if isinstance(value, int) else 0.01, 0.0)
                if r != value and good(name, r)
            ),
            None,
        )
        if right is None or (is_good and not counts):
            continue
        message = _bound(class_name, name, value, lambda other, name=name: good(name, other))  # type: ignore[misc]
        title = text("Set {argument} to {value}", argument=name, value=right)
        return WrongArgument(message, title, {**config, name: right})
    return None


def _bound(class_name: str, argument: str, value: Any, is_good: Callable[[Any], bool]) -> Text:
    """Says what a number has to be: what is right at 0, at 1 and between is tried."""
    name, shown = class_name, written(value)
    if _is_number(value):
        if value < 0 and is_good(0):
            return text(
                "The {argument} of {name} must not be below 0, and it is {value}.",
                argument=argument,
                name=name,
                value=shown,
            )
        if value <= 0 and (is_good(abs(value) or 0.5) or is_good(1)):
            return text(
                "The {argument} of {name} must be above 0, and it is {value}.",
                argument=argument,
                name=name,
                value=shown,
            )
        if value >= 1 and is_good(0.5):
            if value > 1 and is_good(1):
                return text(
                    "The {argument} of {name} must not be above 1, and it is {value}.",
                    argument=argument,
                    name=name,
                    value=shown,
                )
            return text(
                "The {argument} of {name} must be below 1, and it is {value}.",
                argument=argument,
                name=name,
                value=shown,
            )
        if value > 0 and is_good(0) and is_good(-value):
            return text(
                "The {argument} of {name} must not be above 0, and it is {value}.",
                argument=argument,
                name=name,
                value=shown,
            )
    return text(
        "{name} can't have the {argument} {value}. Use another value, or the default.",
        argument=argument,
        name=name,
        value=shown,
    )


def _is_good(class_name: str, kept: dict[str, Any], name: str) -> Callable[[Any], bool]:
    """Tells whether an optimizer works as well with another value of an argument as without it."""
    without = _trial(class_name, kept).faults
    return lambda value: _trial(class_name, {**kept, name: value}).faults <= without


def _is_ignored(class_name: str, name: str, value: Any, kept: dict[str, Any], found: Trial) -> bool:
    """Whether a number below 0 does nothing, where the same above 0 does something."""
    without = _trial(class_name, kept).weights
    if not _is_negative(value) or not without or found.weights != without:
        return False
    opposite = _trial(class_name, {**kept, name: -value}).weights
    return bool(opposite) and opposite != without


def _trial(class_name: str, config: dict[str, Any]) -> Trial:
    """Tries arguments with whole numbers as floats: a form can't write 1.0 otherwise than 1."""
    trials = (try_optimizer(class_name, json.dumps(floats)) for floats in _with_floats(class_name, config))
    first = next(trials)
    return first if not first.faults else min(first, next(trials), key=lambda trial: len(trial.faults))


def _with_floats(class_name: str, config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    parameters = inspect.signature(vars(keras.optimizers)[class_name]).parameters
    for kinds in ((float,), (float, type(None))):
        floats = {name for name, parameter in parameters.items() if isinstance(parameter.default, kinds)}
        yield {k: float(v) if type(v) is int and k in floats else v for k, v in config.items()}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_negative(value: Any) -> bool:
    return _is_number(value) and value < 0
