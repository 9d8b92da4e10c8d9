"""What fills the arguments of layers, `compile` and `fit`: optimizers, losses, callbacks and their like."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import keras

from kerasviz.callbacks import our_callbacks
from kerasviz.callbacks.finding import keras_callbacks, path_arguments, refusal, refused_callbacks
from kerasviz.catalog.borrowing import borrow_types
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.layers import Entry, name_of
from kerasviz.catalog.schema import class_schema, constructor
from kerasviz.catalog.signatures import converted_metrics
from kerasviz.config.naming import to_snake_case
from kerasviz.protocol import encode


@dataclass(frozen=True)
class Kind:
    """Objects of one kind: the module that has Keras' own, and their base class."""

    module: ModuleType
    base: type


KINDS: Mapping[str, Kind] = {
    "optimizers": Kind(keras.optimizers, keras.optimizers.Optimizer),
    "schedules": Kind(keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "losses": Kind(keras.losses, keras.losses.Loss),
    "metrics": Kind(keras.metrics, keras.metrics.Metric),
    "callbacks": Kind(keras.callbacks, keras.callbacks.Callback),
    "initializers": Kind(keras.initializers, keras.initializers.Initializer),
    "regularizers": Kind(keras.regularizers, keras.regularizers.Regularizer),
    "constraints": Kind(keras.constraints, keras.constraints.Constraint),
}
"""What the catalogue has besides layers, by its key there."""


def class_entries(key: str) -> list[Entry]:
    """Describes the classes of one kind: those of Keras, and the callbacks of kerasviz.

    Args:
        key: Of `KINDS`.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`, sorted by name.
    """
    kind = KINDS[key]
    classes = {
        cls
        for cls in [*vars(kind.module).values(), *our_callbacks().values()]
        if inspect.isclass(cls) and issubclass(cls, kind.base) and cls is not kind.base and _is_offered(cls)
    }
    entries = [_entry(cls) for cls in sorted(classes, key=lambda cls: cls.__name__)]
    borrow_types(entries)
    for entry in entries:
        _mark_rare(entry["schema"], kind.base)
    if key in ("losses", "metrics"):
        names = _identifiers(key)
        for entry in entries:
            entry["identifiers"] = [] if "required" in entry["schema"] else names[entry["class_name"]]
    if key == "callbacks":
        entries = [*map(_in_run, entries), *_refused()]
    return [entry for entry in entries if "disabled" in entry or _is_settable(entry["schema"])]


def _in_run(entry: Entry) -> Entry:
    """Marks arguments that are paths inside the folder of a run; a required one has a name at first."""
    kind = keras_callbacks().get(entry["class_name"])
    for name in [] if kind is None else path_arguments(kind):
        schema = entry["schema"]["properties"][name]
        if schema.get("type", "string") == "string":
            schema |= {"type": "string", "x-keras": "run_path"}
            if name in entry["schema"].get("required", ()):
                schema["default"] = to_snake_case(entry["class_name"]) + _ending(schema["description"])
    return entry


def _ending(description: str) -> str:
    """The file extension for what Keras says that it writes."""
    if "CSV" in description:
        return ".csv"
    return ".keras" if "model file" in description else ""


def _refused() -> list[Entry]:
    """The callbacks that only code can use, with the reason."""
    return [
        {**_entry(kind), "disabled": encode(refusal(kind))} for _, kind in sorted(refused_callbacks().items())
    ]


def registered_entries(key: str) -> list[Entry]:
    """Describes the user's classes and functions of one kind.

    They are made known by `keras.saving.register_keras_serializable`. A function that compares two tensors is
    a loss and a metric.
    """
    kind = KINDS[key]
    known = sorted(keras.saving.get_custom_objects().items())
    entries = [
        _entry(cls, name) for name, cls in known if inspect.isclass(cls) and issubclass(cls, kind.base)
    ]
    if key in ("losses", "metrics"):
        entries += [
            _function_entry(function, name)
            for name, function in known
            if inspect.isfunction(function) and _required(function) == 2
        ]
    return entries


def _function_entry(function: Any, registered_name: str) -> Entry:
    doc = parse(function)
    return {
        "module": "builtins",
        "class_name": function.__name__,
        "registered_name": registered_name,
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": {"type": "object", "properties": {}},
        "is_function": True,
    }


def function_entries(module: ModuleType, arguments: int) -> list[Entry]:
    """Describes the functions that `module.get` knows by name and that need no more than tensors.

    Args:
        module: `keras.activations`.
        arguments: How many tensors such a function takes.

    Returns:
        `INamedEntry` of `src/core/catalog/catalog.ts`, sorted by name, aliases once.
    """
    return [
        {"name": function.__name__, "summary": parse(function).summary}
        for name, function in sorted(vars(module).items())
        if inspect.isfunction(function)
        and name == function.__name__
        and name not in ("get", "serialize", "deserialize")
        and _required(function) <= arguments
    ]


def _entry(cls: type, registered_name: str | None = None) -> Entry:
    doc = parse(cls)
    return {
        **name_of(cls, registered_name),
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": class_schema(cls, doc),
    }


def _mark_rare(schema: Entry, base: type) -> None:
    """Marks arguments that all classes of a kind have, and for which their base class has a default."""
    for cls in base.__mro__:
        for name, parameter in constructor(cls).items():
            if name in schema["properties"] and parameter.default is not parameter.empty:
                schema["properties"][name]["x-rare"] = True


def _is_offered(cls: Any) -> bool:
    """Whether people choose a class: a metric that compares, a callback that a document may name."""
    if issubclass(cls, keras.callbacks.Callback):
        return cls in [*our_callbacks().values(), *keras_callbacks().values()]
    if issubclass(cls, keras.metrics.Metric):
        return "y_true" in inspect.signature(cls.update_state).parameters
    return True


def _is_settable(schema: Entry) -> bool:
    """Whether a form can set what a class needs: what needs an object of Python is written in code."""
    return all("type" in schema["properties"][name] for name in schema.get("required", []))


def _identifiers(key: str) -> dict[str, list[str]]:
    """The names by which `compile` knows objects with default arguments, by class: first the common one."""
    from keras.src import losses, metrics

    known = {"losses": losses, "metrics": metrics}[key].ALL_OBJECTS_DICT
    names: dict[str, list[str]] = {}
    for cls in {cls for cls in vars(KINDS[key].module).values() if inspect.isclass(cls)}:
        usual = to_snake_case(cls.__name__)
        same = {
            name
            for name, found in known.items()
            if found is cls or (inspect.isfunction(found) and found.__name__ == usual)
        }
        same -= {cls.__name__, *converted_metrics()}
        names[cls.__name__] = sorted(same, key=lambda name: (name != usual, name))
    return names


def _required(function: Any) -> int:
    parameters = inspect.signature(function).parameters.values()
    return sum(
        parameter.default is parameter.empty
        for parameter in parameters
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    )
