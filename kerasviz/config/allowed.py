"""Which classes and functions a model file may name: Keras' public modelling API, less a few refusals.

The list is read off the Keras that is installed, so that a new Keras brings its new layers by itself. It is
an allow-list because Keras' own `safe_mode` is a list of what is denied, and has leaked in every release.
"""

import functools
import inspect
import sys
from typing import Any

from kerasviz.protocol.text import Text, text

NAMESPACES = (
    "keras.layers",
    "keras.initializers",
    "keras.regularizers",
    "keras.constraints",
    "keras.losses",
    "keras.metrics",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.quantizers",
    "keras.dtype_policies",
    "keras.random",
    "keras.models",
    "keras",
)
"""Public modules whose classes describe models; a class counts when it has `from_config`."""

FUNCTION_NAMESPACES = (
    "keras.activations",
    "keras.losses",
    "keras.metrics",
    "keras.ops",
)
"""Public modules whose functions a config may name, e.g. as an activation."""

REFUSED_CLASSES = {
    "Lambda": text(
        "Its function is Python code inside the file, and code in a file is never run. "
        "Use a built-in layer instead, such as Rescaling, Reshape or Multiply."
    ),
    "TFSMLayer": text("It runs a TensorFlow program from another folder."),
    "TorchModuleWrapper": text("It contains a pickled PyTorch module, and a pickle can run any code."),
    "JaxLayer": text("Its function is Python code."),
    "FlaxLayer": text("Its function is Python code."),
}
"""Public classes whose config holds or names code, with the reason given to the user."""

REMOVED_CLASSES = {
    **dict.fromkeys(
        ("LocallyConnected1D", "LocallyConnected2D"), text("Keras 3 has no locally connected layers.")
    ),
    **dict.fromkeys(
        ("RandomHeight", "RandomWidth"), text("Keras 3 has no layer that randomizes the size of its output.")
    ),
    **dict.fromkeys(
        ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"),
        text("It is a TensorFlow operation, and kerasviz knows no Keras operation that does the same."),
    ),
    "KerasLayer": text("It is a TensorFlow Hub module, whose program is not in the file."),
    "DenseFeatures": text("Keras 3 has no feature columns."),
    "Highway": text("Keras 2 removed it."),
    "MaxoutDense": text("Keras 2 removed it."),
}
"""Classes of earlier Keras releases that have no replacement, with the reason given to the user."""

REFUSED_OPS = frozenset(
    {"Switch", "Cond", "Map", "Scan", "AssociativeScan", "ForiLoop", "WhileLoop", "VectorizedMap"}
)
"""Operations that call a function which the config names while the graph is rebuilt."""

REFUSED_FUNCTIONS = frozenset({"get", "serialize", "deserialize"})
"""Functions that build objects from configs, and so would undo the check."""


def _module(name: str) -> Any:
    module = sys.modules.get("keras") or __import__("keras")
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


@functools.cache
def public_classes() -> dict[str, type]:
    """Finds the classes that a config may name.

    Returns:
        Class by the path that files use, both the public one (`keras.layers.Dense`) and that of its source.
    """
    found: dict[str, type] = {}
    for namespace in NAMESPACES:
        for name, value in vars(_module(namespace)).items():
            if inspect.isclass(value) and hasattr(value, "from_config"):
                found[f"{namespace}.{name}"] = value
                found.setdefault(f"{value.__module__}.{value.__name__}", value)
    return found


@functools.cache
def public_functions() -> dict[str, str]:
    """Finds the functions that a config may name.

    Returns:
        Short name of the function by its path, e.g. `relu` by `keras.activations.relu`. Functions of
        `keras.ops` count when they are made of arrays alone, which those of `keras.src.ops.core` are not.
    """
    found: dict[str, str] = {}
    for namespace in FUNCTION_NAMESPACES:
        for name, value in vars(_module(namespace)).items():
            callable_ = inspect.isfunction(value) and name not in REFUSED_FUNCTIONS
            if callable_ and value.__module__ != "keras.src.ops.core":
                found[f"{namespace}.{name}"] = name
                found.setdefault(f"builtins.{name}", name)
    return found


@functools.cache
def refusal(module: str, class_name: str) -> Text | None:
    """Says why a class may not be named by a file.

    Args:
        module: The `module` of its config.
        class_name: The `class_name` of its config.

    Returns:
        The reason, or None when the class is allowed.
    """
    if class_name in REFUSED_CLASSES:
        reason = REFUSED_CLASSES[class_name]
        return text("A {class_name} layer can't be opened. {reason}", class_name=class_name, reason=reason)
    # `layers.Dense` of `keras` would be found, too: rules about a class need one spelling of it.
    if class_name.isidentifier() and f"{module}.{class_name}" in public_classes():
        return None
    if class_name in REMOVED_CLASSES:
        reason = REMOVED_CLASSES[class_name]
        return text("A {class_name} layer can't be built. {reason}", class_name=class_name, reason=reason)
    import keras

    if module.startswith("keras.src.") and module in sys.modules:
        # Only modules that Keras itself has imported: looking must not import anything.
        found = vars(sys.modules[module]).get(class_name)
        if inspect.isclass(found) and found.__module__ == module and issubclass(found, keras.Operation):
            if class_name in REFUSED_OPS and module.startswith("keras.src.ops."):
                return text(
                    "The operation {class_name} can't be opened: it calls a function that the file names.",
                    class_name=class_name,
                )
            ours = module.startswith(("keras.src.ops.", "keras.src.applications."))
            if ours or issubclass(found, keras.Model):
                return None
    return text(
        "Keras {version} has no class {name}. If it is your own, register it with "
        "keras.saving.register_keras_serializable first.",
        version=keras.__version__,
        name=f"{module}.{class_name}".lstrip("."),
    )
