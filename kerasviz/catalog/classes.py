"""What fills the arguments of layers and of `compile`: optimizers, initializers, losses and their like."""

import inspect
from types import ModuleType
from typing import Any

import keras

from kerasviz.catalog.borrowing import borrow_types
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.layers import Entry, name_of
from kerasviz.catalog.schema import class_schema


def class_entries(module: ModuleType, base: type) -> list[Entry]:
    """Describes the classes of a Keras module that can be made without an object of Python.

    Args:
        module: For example `keras.optimizers`.
        base: The base class of its objects, itself left out.

    Returns:
        `IClassEntry` of `src/core/catalog.ts`, sorted by name.
    """
    classes = {
        cls
        for cls in vars(module).values()
        if inspect.isclass(cls) and issubclass(cls, base) and cls is not base
    }
    entries = []
    for cls in classes:
        doc = parse(cls)
        schema = class_schema(cls, doc)
        if all(schema["properties"][name].get("type") for name in schema.get("required", [])):
            entries.append({**name_of(cls), "summary": doc.summary, "doc": doc.markdown, "schema": schema})
    borrow_types(entries)
    return sorted(entries, key=lambda entry: str(entry["class_name"]))


def function_entries(module: ModuleType, arguments: int) -> list[Entry]:
    """Describes the functions that `module.get` knows by name and that need no more than tensors.

    Args:
        module: `keras.activations` or `keras.losses`.
        arguments: How many tensors such a function takes.

    Returns:
        `INamedEntry` of `src/core/catalog.ts`, sorted by name, aliases once.
    """
    return [
        {"name": function.__name__, "summary": parse(function).summary}
        for name, function in sorted(vars(module).items())
        if inspect.isfunction(function)
        and name == function.__name__
        and name not in ("get", "serialize", "deserialize")
        and _required(function) <= arguments
    ]


def metric_entries() -> list[Entry]:
    """Describes the metrics that `compile` accepts by name, and that compare truth with prediction."""
    accuracy = {
        "name": "accuracy",
        "summary": "How often predictions are right, in the way that suits the loss.",
    }
    classes: list[tuple[str, Any]] = [
        (name, cls)
        for name, cls in sorted(vars(keras.metrics).items())
        if inspect.isclass(cls) and issubclass(cls, keras.metrics.Metric)
    ]
    entries = [
        {"name": _identifier(name), "summary": parse(cls).summary}
        for name, cls in classes
        if _required(cls.__init__) == 1 and "y_true" in inspect.signature(cls.update_state).parameters
    ]
    return [accuracy, *(entry for entry in entries if entry["name"] != "accuracy")]


def _identifier(class_name: str) -> str:
    """The name in small letters where `keras.metrics.get` knows it, else the name of the class."""
    from keras.src.utils.naming import to_snake_case

    snake = str(to_snake_case(class_name))
    try:
        keras.metrics.get(snake)
    except ValueError:
        return class_name
    return snake


def _required(function: Any) -> int:
    parameters = inspect.signature(function).parameters.values()
    return sum(
        parameter.default is parameter.empty
        for parameter in parameters
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    )
