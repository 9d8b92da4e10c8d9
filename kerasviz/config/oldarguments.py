"""A training setup of any age, as Keras takes it today: names, arguments of optimizers, metrics in lists."""

from collections.abc import Mapping
from inspect import isclass, signature
from typing import Any

from kerasviz.config.names import public_module
from kerasviz.config.oldnames import with_todays_names

RATE = "learning_rate"


def todays_setup(compile_config: Mapping[str, Any] | None) -> dict[str, Any]:
    """Copies a `compile_config` with today's names and arguments of optimizers, and metrics in lists."""
    found = with_todays_names(compile_config)
    for part in ("metrics", "weighted_metrics"):
        if part in found:
            found[part] = _listed(found[part])
    return {**found, "optimizer": _optimizer(found["optimizer"])} if "optimizer" in found else found


def todays_arguments(class_name: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """Gives an optimizer's arguments the names and the form that Keras has for them today.

    Args:
        class_name: An optimizer of today's Keras.
        config: Its arguments, of any age.

    Returns:
        A copy. What has no counterpart with the same rates stays as it is.
    """
    found = dict(config)
    if "lr" in found and RATE not in found:
        found = {RATE if key == "lr" else key: value for key, value in found.items()}
    decay = found.get("decay", None)
    if not isinstance(decay, int | float) or decay < 0:
        return found
    rate = found.get(RATE) if RATE in found else _default_rate(class_name) if decay else None
    if decay and not isinstance(rate, int | float):
        return found
    del found["decay"]
    return {**found, RATE: decaying(rate, decay)} if decay and rate is not None else found


def decaying(rate: float, decay: float) -> dict[str, Any]:
    """The schedule rate / (1 + decay * step), as keras/optimizers.py of Keras 2 computes a decay.

    Args:
        rate: The learning rate.
        decay: That argument of an optimizer of Keras 2.
    """
    return {
        "module": public_module("schedule", "InverseTimeDecay"),
        "class_name": "InverseTimeDecay",
        "config": {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay},
        "registered_name": None,
    }


def _listed(metrics: Any) -> Any:
    """Puts a single metric in a list, as Keras asks for one."""
    if isinstance(metrics, str) or (isinstance(metrics, dict) and "class_name" in metrics):
        return [metrics]
    is_none = isinstance(metrics, list) and all(metric is None for metric in metrics)
    return [] if is_none else metrics


def _default_rate(class_name: str) -> Any:
    import keras  # only for a decay without a rate, which no release of Keras wrote

    cls = vars(keras.optimizers).get(class_name)
    parameter = signature(cls).parameters.get(RATE) if isclass(cls) else None
    return None if parameter is None else parameter.default


def _optimizer(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("config"), dict):
        return value
    name = str(value.get("class_name"))
    if ">" in str(value.get("registered_name")) or value.get("module") != public_module("optimizer", name):
        return value  # the user's own
    config = todays_arguments(name, value["config"])
    if "inner_optimizer" in config:
        config["inner_optimizer"] = _optimizer(config["inner_optimizer"])
    return {**value, "config": config}
