"""The arguments of `call` of a layer: tensors, which connect to ports, and values, which a form sets."""

import inspect
import re
from typing import Any

import keras

from kerasviz.catalog.docstrings import Docstring
from kerasviz.catalog.jsontypes import Schema
from kerasviz.catalog.schema import argument_schema

#: "a list of tensors", "List of initial state tensors"; and `layer((a, b))` in an example.
_LIST = re.compile(r"(?i)\blist of (?:the following )?(?:[a-z0-9]+ ){0,3}(?:tensors|inputs)\b")
_TUPLE_CALL = re.compile(r"\blayer\(\(\w+, \w+\)\)")
_STATES = ("_state", "states")


def ports(cls: Any, doc: Docstring) -> list[dict[str, Any]]:
    """Returns the arguments of `call` that take tensors, as `IPort` of `src/core/catalog/catalog.ts`.

    These are the arguments without a default and those that may be None, except `training`. Masks that Keras
    passes on by itself if none is given are `carried`: `mask`, and `<port>_mask` for each port.
    """
    tensors = [
        parameter
        for parameter in _parameters(cls)
        if parameter.default in (parameter.empty, None) and parameter.name != "training"
    ]
    carried = {"mask", *(f"{parameter.name}_mask" for parameter in tensors)}
    return [
        {
            "name": parameter.name,
            "many": _takes_many(parameter.name, doc),
            "optional": parameter.default is None,
            **({"carried": True} if parameter.name in carried else {}),
        }
        for parameter in tensors
    ]


def call_schema(cls: Any, doc: Docstring) -> Schema:
    """Returns the arguments of `call` that are not tensors, as a JSON Schema of type `object`.

    If `training` is not set, the value of the model's call is used, whatever the default in the signature is.
    """
    properties = {}
    for parameter in _parameters(cls):
        name, described = parameter.name, doc.call_arguments.get(parameter.name, "")
        if name == "training":
            properties[name] = argument_schema(name, None, described) | {"type": ["boolean", "null"]}
            properties[name].pop("x-keras", None)
        elif parameter.default not in (parameter.empty, None):
            properties[name] = argument_schema(name, parameter.default, described)
    return {"type": "object", "properties": properties}


def is_cell(inputs: list[dict[str, Any]]) -> bool:
    """Whether a layer with these ports is a cell of an `RNN`: its `call` requires the states."""
    return any(port["name"].endswith(_STATES) and not port["optional"] for port in inputs)


def _parameters(cls: Any) -> list[inspect.Parameter]:
    if cls is keras.layers.InputLayer:
        return []
    return [
        parameter
        for parameter in list(inspect.signature(cls.call).parameters.values())[1:]
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]


def _takes_many(port: str, doc: Docstring) -> bool:
    if port.endswith(_STATES):
        # Keras' cells index their states, even if their docstrings say otherwise.
        return True
    said = doc.call_arguments.get(port)
    if said is not None:
        return bool(_LIST.search(said))
    return port == "inputs" and bool(_LIST.search(doc.markdown) or _TUPLE_CALL.search(doc.markdown))
