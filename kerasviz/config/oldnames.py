"""Names that earlier Keras and TensorFlow releases had for optimizers, losses and metrics of today."""

from collections.abc import Mapping
from typing import Any

from kerasviz.config.kinds import IDENTIFIED
from kerasviz.config.names import is_identifier, is_registered, public_module, spelled
from kerasviz.config.naming import to_snake_case

BY_TARGETS = {"loss": frozenset({"crossentropy", "ce"}), "metrics": frozenset({"accuracy", "acc"})}
"""Names for which `compile` chooses a function by the targets, not all of which `get` knows."""

CROSSENTROPIES = frozenset(
    {"binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"}
)
"""Losses that are metrics too, of the same name."""

PARTS = {"optimizer": "optimizer", "loss": "loss", "metrics": "metrics", "weighted_metrics": "metrics"}
"""Kind of what each part of `compile_config` names."""

OF_A_BACKEND = "keras.src.backend."
"""Keras on PyTorch has classes of its own behind the public optimizers, and writes where these are."""

INSIDE = {"inner_optimizer": "optimizer", "learning_rate": "schedule"}
"""Kind of what an argument of an optimizer may be."""

OLD_NAMES = {
    "loss": {
        "cosine": "cosine_similarity",
        "cosine_proximity": "cosine_similarity",
        "huber_loss": "huber",
        "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh",
        "CosineProximity": "CosineSimilarity",
        "KullbackLeiblerDivergence": "KLDivergence",
    },
    # The metrics cosine and cosine_proximity had the other sign in Keras 2.0 to 2.2: none is the same today.
    "metrics": {
        "kld": "kl_divergence",
        "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh_error",
        "KullbackLeiblerDivergence": "KLDivergence",
    },
    "optimizer": {
        "GradientDescentOptimizer": "SGD",
        "RMSPropOptimizer": "RMSprop",
        "LossScaleOptimizerV1": "LossScaleOptimizer",
        "LossScaleOptimizerV3": "LossScaleOptimizer",
    },
}


def todays_name(kind: str, name: str) -> str:
    """Gives the name that Keras has today for an optimizer, loss or metric.

    Args:
        kind: `optimizer`, `loss` or `metrics`.
        name: Of a class or function, of any age.

    Returns:
        The name of today, or the same name where it is not known to be an old one.
    """
    if kind == "optimizer" and name not in OLD_NAMES[kind] and name.endswith("Optimizer"):
        # `tf.train` had AdamOptimizer and kin; `Optimizer` itself and LossScaleOptimizer are names of today.
        short = name.removesuffix("Optimizer")
        return short if public_module(kind, short) else name
    return OLD_NAMES.get(kind, {}).get(name, name)


def kerass_own(kind: str, value: Mapping[str, Any]) -> str | None:
    """Finds the class of Keras' own that a file names as if a user had registered it.

    Keras 2.11 to 2.15 registered its own optimizers, so that they stand there as `Custom>Adam`.

    Args:
        kind: One of `kinds.NAMESPACES`.
        value: An object as a file has it.

    Returns:
        The name of today; None where it is not registered, or may be the user's own.
    """
    name = str(value.get("registered_name") or value.get("class_name"))
    package, _, short = name.rpartition(">")
    today = todays_name(kind, short)
    if not package or is_registered(name) or public_module(kind, today) is None:
        return None
    module = value.get("module")
    if isinstance(module, str) and module:
        return today if module.split(".")[0] == "keras" else None
    return today if kind == "optimizer" and package == "Custom" else None


def with_todays_names(compile_config: Mapping[str, Any] | None) -> dict[str, Any]:
    """Copies a `compile_config` with the names of today for its optimizer, loss and metrics.

    The metric crossentropy, which Keras 2 chose by the targets, is that of the loss.
    """
    given = compile_config or {}
    found = {part: _renamed(given[part], PARTS.get(part, "")) for part in given}
    loss = found.get("loss")
    if isinstance(loss, dict):
        loss = to_snake_case(str(loss.get("class_name")))
    for part in ("metrics", "weighted_metrics"):
        if part in found and str(loss) in CROSSENTROPIES:
            found[part] = _renamed(found[part], "metrics", dict.fromkeys(BY_TARGETS["loss"], str(loss)))
    return found


def of_any_backend(value: Any) -> Any:
    """Copies a config in which the optimizers are public ones, also where Keras on PyTorch wrote it."""
    if isinstance(value, list):
        return [of_any_backend(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: of_any_backend(item) for key, item in value.items()}
    if not str(value.get("module")).startswith(OF_A_BACKEND):
        return found
    module = public_module("optimizer", str(value.get("class_name")))
    return found if module is None else {**found, "module": module, "registered_name": None}


def _as_class(value: dict[str, Any], kind: str) -> Any:
    """Gives an object the class that Keras has for it, where it is spelled as a text is: `adam`, `mse`."""
    name, kind = value["class_name"], "metric" if kind == "metrics" else kind
    is_own = value.get("registered_name") not in (None, name) or is_registered(name)
    if not kind or name == "function" or is_own or public_module(kind, name) is not None:
        return _with_module(value, kind)
    by_targets = name in BY_TARGETS.get("metrics" if kind == "metric" else kind, ())
    if by_targets or (not value.get("config") and kind in IDENTIFIED and is_identifier(kind, name)):
        return name
    right = spelled(kind, name)
    if right is None:
        return _with_module(value, kind)
    return _with_module({**value, "class_name": right, "registered_name": None}, kind)


def _with_module(value: dict[str, Any], kind: str) -> dict[str, Any]:
    """Adds the module and config that Keras 3 asks for, where an object has none and is Keras' own."""
    if kind and str(value.get("module")).startswith(OF_A_BACKEND):
        value = {**value, "module": None, "registered_name": None}
    module = value.get("module")
    own = isinstance(value.get("registered_name"), str) or is_registered(str(value["class_name"]))
    if module is None and kind and not own:
        module = public_module(kind, str(value["class_name"]))
    if module is None:
        return value
    whole = {"registered_name": None, **value, "module": module}
    config = {} if value.get("config") is None else value["config"]
    if isinstance(config, dict):
        config = {key: _inside(item, INSIDE.get(key, "")) for key, item in config.items()}
    return {**whole, "config": config}


def _inside(value: Any, kind: str) -> Any:
    """An object in the config of an optimizer: the optimizer that it wraps, or its schedule."""
    is_object = kind and isinstance(value, dict) and isinstance(value.get("class_name"), str)
    return _renamed(value, kind) if is_object else value


def _renamed(value: Any, kind: str, names: Mapping[str, str] | None = None) -> Any:
    if isinstance(value, str):
        if is_registered(value):
            return value
        return todays_name(kind, value) if names is None else names.get(value, value)
    if isinstance(value, list):
        return [_renamed(item, kind, names) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("class_name"), str):
        own = ">" in str(value.get("registered_name"))
        key = "config" if value["class_name"] == "function" else "class_name"
        return value if own else _as_class({**value, key: _renamed(value[key], kind, names)}, kind)
    return {key: _renamed(item, kind, names) for key, item in value.items()}
