"""Which classes and functions a model file may name: Keras' public modelling API, less a few refusals.

The list is read off the Keras that is installed, so that a new Keras brings its new layers by itself. It is
an allow-list because Keras' own `safe_mode` is a list of what is denied, and has leaked in every release.
"""

import functools
import inspect
import sys
from typing import Any

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
    "Lambda": "its function is Python code inside the file, and code in a file is never run. "
    "Replace it by a layer that does the same, e.g. Rescaling, Reshape or Multiply",
    "TFSMLayer": "it runs a TensorFlow program from another folder",
    "TorchModuleWrapper": "it holds a pickled PyTorch module, and a pickle can run any code",
    "JaxLayer": "its function is Python code",
    "FlaxLayer": "its function is Python code",
}
"""Public classes whose config holds or names code, with the reason given to the user."""

REMOVED_CLASSES = {
    **dict.fromkeys(
        ("LocallyConnected1D", "LocallyConnected2D"), "Keras 3 has no locally connected layers any more"
    ),
    **dict.fromkeys(
        ("RandomHeight", "RandomWidth"), "Keras 3 has no layer any more that draws the size of its output"
    ),
    **dict.fromkeys(
        ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"),
        "it is a TensorFlow operation for which kerasviz knows none of Keras",
    ),
    "KerasLayer": "it is a module of TensorFlow Hub, whose program is somewhere else",
    "DenseFeatures": "feature columns went with TensorFlow 1",
    "Highway": "Keras 2 removed it",
    "MaxoutDense": "Keras 2 removed it",
}
"""Classes that Keras had once, with the reason why none of today takes their place."""

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
def refusal(module: str, class_name: str) -> str | None:
    """Says why a class may not be named by a file.

    Args:
        module: The `module` of its config.
        class_name: The `class_name` of its config.

    Returns:
        The reason, or None when the class is allowed.
    """
    if class_name in REFUSED_CLASSES:
        return f"a {class_name} layer can't be opened: {REFUSED_CLASSES[class_name]}."
    if f"{module}.{class_name}" in public_classes():
        return None
    if class_name in REMOVED_CLASSES:
        return f"a {class_name} layer can't be built: {REMOVED_CLASSES[class_name]}."
    import keras

    if module.startswith("keras.src.") and module in sys.modules:
        # Only modules that Keras itself has imported: looking must not import anything.
        found = vars(sys.modules[module]).get(class_name)
        if inspect.isclass(found) and found.__module__ == module and issubclass(found, keras.Operation):
            if class_name in REFUSED_OPS and module.startswith("keras.src.ops."):
                return f"the operation {class_name} can't be opened: it calls a function that the file names."
            ours = module.startswith(("keras.src.ops.", "keras.src.applications."))
            if ours or issubclass(found, keras.Model):
                return None
    return (
        f"expected a class of Keras {keras.__version__}, received {f'{module}.{class_name}'.lstrip('.')}. If "
        "it is a layer of your own, register it with keras.saving.register_keras_serializable first."
    )
