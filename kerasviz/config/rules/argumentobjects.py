"""Initializers, regularizers, constraints and dtype policies inside the config of a layer.

A config before Keras 2.13 names them by their class alone; today's wants the module too.
"""

from typing import Any

from kerasviz.config.names import accepts, is_identifier, public_module

KINDS = {
    "_initializer": "initializer",
    "_regularizer": "regularizer",
    "_constraint": "constraint",
    "_quantizer": "quantizer",
}
"""What an argument holds, by the end of its name."""

OLD_NAMES = {
    "normal": "random_normal",
    "uniform": "random_uniform",
    "zero": "zeros",
    "one": "ones",
    "Normal": "RandomNormal",
    "Uniform": "RandomUniform",
    "Zero": "Zeros",
    "One": "Ones",
    "WeightRegularizer": "L1L2",
    "ActivityRegularizer": "L1L2",
    "L1L2Regularizer": "L1L2",
    "Maxnorm": "MaxNorm",
    "Nonneg": "NonNeg",
    "Unitnorm": "UnitNorm",
}
"""Names that Keras 1 had. Source: https://github.com/keras-team/keras/blob/1.2.2/keras/initializations.py"""

OLD_ARGUMENTS = {"MaxNorm": {"m": "max_value"}, "MinMaxNorm": {"low": "min_value", "high": "max_value"}}
NULL_ARGUMENTS = {"VarianceScaling": {"mode": "fan_avg", "distribution": "truncated_normal"}}
"""What TensorFlow.js 0.8 left out of the initializer that is its default, glorotNormal.

Source: https://github.com/tensorflow/tfjs-layers/blob/v0.8.5/src/initializers.ts
"""
POLICIES = frozenset({"Policy", "PolicyV1", "DTypePolicy"})


def plain(value: Any) -> Any:
    """Turns the tuples, shapes and arrays that Keras 2 writes as objects into lists and numbers.

    Source: https://github.com/tensorflow/tensorflow/blob/v2.4.0/tensorflow/python/keras/saving/saved_model/json_utils.py
    and https://github.com/keras-team/keras/pull/7010 for arrays.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        if value.get("class_name") in ("__tuple__", "TensorShape") and isinstance(value.get("items"), list):
            return [plain(item) for item in value["items"]]
        if value.keys() == {"type", "value"} and value["type"] == "ndarray":
            return value["value"]
        return {key: plain(item) for key, item in value.items()}
    return value


def kind_of(argument: str) -> str | None:
    """Tells what an argument of a layer holds, or None when it is no object."""
    return next((kind for end, kind in KINDS.items() if argument.endswith(end)), None)


def modern_object(value: Any, kind: str) -> Any:
    """Converts an initializer, regularizer, constraint or quantizer.

    Args:
        value: A name, or an object as some Keras wrote it.
        kind: One of those that `names.NAMESPACES` has.

    Returns:
        The same for today's Keras; what is not known stays as it is.
    """
    if isinstance(value, str):
        return OLD_NAMES.get(value, value)
    if not isinstance(value, dict):
        return value
    if "class_name" not in value and isinstance(value.get("name"), str):
        # Keras 1 wrote regularizers and constraints flat.
        value = {
            "class_name": value["name"],
            "config": {key: item for key, item in value.items() if key != "name"},
        }
    class_name, config = value.get("class_name"), value.get("config")
    if not isinstance(class_name, str) or not isinstance(config, dict):
        return value
    class_name = OLD_NAMES.get(class_name, class_name)
    module = public_module(kind, class_name)
    if module is None or not _of_keras(value.get("module")):
        return value
    for old, today in OLD_ARGUMENTS.get(class_name, {}).items():
        if old in config:
            config = {**config, today: config[old]}
    for name, usual in NULL_ARGUMENTS.get(class_name, {}).items():
        if name in config and config[name] is None:
            config = {**config, name: usual}
    known = accepts(kind, class_name)
    return {
        "module": module,
        "class_name": class_name,
        "config": {key: item for key, item in config.items() if known is None or key in known},
        "registered_name": None,
    }


def unknown_object(value: Any, kind: str) -> bool:
    """Tells whether a value names an initializer, regularizer or constraint that Keras does not have."""
    value = modern_object(value, kind)
    if isinstance(value, dict):
        return "class_name" in value and public_module(kind, str(value["class_name"])) is None
    return isinstance(value, str) and not is_identifier(kind, value)


def modern_dtype(value: Any) -> Any:
    """Converts the dtype policy of a layer.

    Source: https://github.com/keras-team/keras/blob/v3.0.0/keras/dtype_policies/dtype_policy.py
    """
    if not isinstance(value, dict) or value.get("class_name") not in POLICIES:
        return value
    name = (value.get("config") or {}).get("name")
    if not isinstance(name, str) or name.startswith(("infer", "_infer")):
        return None
    return {
        "module": "keras",
        "class_name": "DTypePolicy",
        "config": {"name": name},
        "registered_name": None,
    }


def _of_keras(module: Any) -> bool:
    """Tells whether a module is of Keras, or of TensorFlow, whose initializers Keras 2 took for its own."""
    keras = ("keras", "tensorflow.python.ops.init_ops")
    return module is None or (
        isinstance(module, str) and (module == "builtins" or any(name in module for name in keras))
    )
