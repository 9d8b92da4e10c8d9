"""What the names in a config stand for, asked of the Keras that is installed."""

import functools
import inspect
import sys
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasviz.config.kinds import NAMESPACES

if TYPE_CHECKING:
    import keras

MODELS = {"Functional": "keras.src.models.functional", "Sequential": "keras"}


@functools.cache
def public_module(kind: str, class_name: str) -> str | None:
    """Finds the module under which Keras writes a class today.

    Args:
        kind: One of `NAMESPACES`.
        class_name: Name of the class.

    Returns:
        E.g. `keras.layers`, or None when today's Keras has no such class.
    """
    if kind == "layer" and class_name in MODELS:
        return MODELS[class_name]
    for path in NAMESPACES[kind]:
        if inspect.isclass(getattr(namespace(path), class_name, None)):
            return path
    return _application_module(class_name) if kind == "layer" else None


@functools.cache
def spelled(kind: str, name: str) -> str | None:
    """Finds the class that a name means which is spelled otherwise, such as `adam` or `mean_squared_error`.

    Args:
        kind: One of `NAMESPACES`.
        name: Of a class, in any case, its words apart or not.

    Returns:
        E.g. `Adam`, or None when today's Keras has no such class.
    """
    found = (
        name
        for path in NAMESPACES[kind]
        for name, cls in vars(namespace(path)).items()
        if inspect.isclass(cls)
    )
    return next((one for one in found if one.lower() == name.replace("_", "").lower()), None)


def _application_module(class_name: str) -> str | None:
    """Finds a layer that one of `keras.applications` has for itself, such as LayerScale of ConvNeXt."""
    import keras

    for name, module in list(sys.modules.items()):
        if name.startswith("keras.src.applications."):
            found = vars(module).get(class_name)
            if inspect.isclass(found) and issubclass(found, keras.Layer) and found.__module__ == name:
                return name
    return None


@functools.cache
def operation_module(class_name: str) -> str | None:
    """Finds the module of an operation, such as the `Add` that `x + 1` makes.

    Returns:
        E.g. `keras.src.ops.numpy`, or None when today's Keras has no such operation.
    """
    import keras
    import keras.src.ops

    for module in vars(keras.src.ops).values():
        found = vars(module).get(class_name) if isinstance(module, types.ModuleType) else None
        if inspect.isclass(found) and issubclass(found, keras.Operation):
            return str(found.__module__)
    return None


def namespace(name: str) -> Any:
    """Finds a public module of Keras by its path."""
    import keras

    module = keras
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


@functools.cache
def accepts(kind: str, class_name: str) -> frozenset[str] | None:
    """Lists the arguments that the constructor of a class takes.

    Returns:
        Their names, with those of its base classes where it passes them on; None when it takes any.
    """
    module = public_module(kind, class_name)
    if module is None or class_name in MODELS:
        return None
    cls = (
        vars(sys.modules[module])[class_name] if ".src." in module else getattr(namespace(module), class_name)
    )
    names: set[str] = set()
    for base in cls.__mro__:
        if "__init__" not in vars(base):
            continue
        parameters = inspect.signature(base.__init__).parameters.values()
        named = {
            parameter.name
            for parameter in parameters
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        }
        names |= named - {"self"}
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            break
    return frozenset(names)


@functools.cache
def is_identifier(kind: str, name: str) -> bool:
    """Tells whether Keras knows an object of one of `kinds.IDENTIFIED` by a text."""
    try:
        return _getter(kind)(name) is not None
    except Exception:  # the name of a class that needs arguments
        return False


def is_registered(name: str) -> bool:
    """Tells whether the user registered a class or function of this name in this process."""
    import keras

    return name in keras.saving.get_custom_objects()


def registered_model(class_name: str) -> str | None:
    """Finds the name under which the user registered a class of models, where one alone is called so.

    Args:
        class_name: Without its package, as Keras writes it into a `.h5`.
    """
    import keras

    found = [
        name
        for name, cls in keras.saving.get_custom_objects().items()
        if inspect.isclass(cls) and issubclass(cls, keras.Model) and cls.__name__ == class_name
    ]
    return found[0] if len(found) == 1 else None


def _getter(kind: str) -> Callable[[str], Any]:
    getter: Callable[[str], Any] = namespace(NAMESPACES[kind][0]).get
    return getter


def takes_its_layers(name: str) -> bool:
    """Tells whether a registered class is a model that Keras makes again of the layers in a config.

    One that has a constructor of its own makes its layers there.
    """
    import keras

    cls = keras.saving.get_registered_object(name)
    return inspect.isclass(cls) and issubclass(cls, keras.Model) and is_made_of_layers(cls)


def is_made_of_layers(cls: "type[keras.Model]") -> bool:
    """Tells whether the constructor of a class of models takes what that of Keras' does."""
    import keras

    spec = inspect.getfullargspec(cls.__init__)
    if (spec.varargs, spec.varkw) == ("args", "kwargs"):  # Keras looks at the names
        return True
    first = ["layers"] if issubclass(cls, keras.Sequential) else ["inputs", "outputs"]
    return spec.args[1 : len(first) + 1] == first
