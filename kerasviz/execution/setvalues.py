"""Values of a document that a command line sets: `epochs=3`, `optimizer.learning_rate=0.01`, `seed=1`."""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Iterable
from typing import Any

from kerasviz.config.namedobject import named_object
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

OF_THE_PLAN = frozenset({"seed", "model_name"})
"""Values that a plan has beside the arguments of `fit`."""


def with_settings(document: JSON, settings: Iterable[str]) -> JSON:
    """Sets values in a copy of a document.

    Args:
        document: Keras JSON with a plan.
        settings: Each `NAME=VALUE`; the value is JSON, or else a text. The name is an argument of `fit`, one
            of `compile` or inside that (`optimizer.learning_rate`), one of the data (`data.path`), or `seed`.

    Raises:
        RequestError: With code `plan`, for what is no such pair.
    """
    made = copy.deepcopy(document)
    own = made["kerasviz"] = {**part_of(made, "kerasviz"), "training": training_of(document)}
    training, compiled = own["training"], made.setdefault("compile_config", {})
    for setting in settings:
        name, equals, written = setting.partition("=")
        first, *inner = name.strip().split(".")
        if not equals or not first or not all(inner):
            raise RequestError(
                "plan", text("Expected NAME=VALUE, such as epochs=3, received: {value}.", value=repr(setting))
            )
        value = _value(written)
        if first == "data" and inner:
            training["data"] = {"class_name": None, **part_of(training, "data")}
            _put(training["data"], ["config", *inner], value)
        elif first in OF_THE_PLAN or first == "data":
            training[first] = {"class_name": value, "config": {}} if first == "data" else value
        elif first in _arguments("compile"):
            if inner and isinstance(compiled.get(first), str):
                compiled[first] = named_object(first, compiled[first])
            _put(compiled, [first, *(["config", *inner] if inner else [])], value)
        elif inner or first not in _parameters():
            raise RequestError(
                "plan",
                text(
                    "Keras has no argument {name} of fit or compile. Set for example epochs=3, "
                    "optimizer.learning_rate=0.01, data.path=file.csv or seed=1.",
                    name=repr(name.strip()),
                ),
            )
        else:
            training["fit"] = {**part_of(training, "fit"), ".".join([first, *inner]): value}
    return made


def _value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


def _arguments(method: str) -> Iterable[str]:
    from kerasviz.catalog.signatures import method_schema

    return [*method_schema(method)["properties"], "optimizer", "loss", "metrics"]


def _parameters() -> Iterable[str]:
    """Of `fit`, also those that no document may set: the run says so."""
    import keras

    return inspect.signature(keras.Model.fit).parameters


def _put(target: JSON, way: list[str], value: Any) -> None:
    *before, last = way
    for name in before:
        inside = target.get(name)
        target[name] = inside = dict(inside) if isinstance(inside, dict) else {}
        target = inside
    target[last] = value
