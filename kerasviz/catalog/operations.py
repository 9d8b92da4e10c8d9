"""The operations of `keras.ops` on the palette, as the installed Keras describes them."""

import inspect
import re
from typing import Any

import keras
from keras.src.backend import compute_output_spec

from kerasviz.catalog.borrowing import borrow_types
from kerasviz.catalog.docstrings import Docstring, parse
from kerasviz.catalog.schema import class_schema

Entry = dict[str, Any]

#: The operations on the palette, of Keras' 250: those that are used in models, not signal processing or
#: solvers. Their arguments and documentation come from Keras; an operation that it lacks is left out.
_COMMON = {
    "Arithmetic operations": "add subtract multiply divide power mod maximum minimum negative absolute sign "
    "reciprocal round floor clip",
    "Math operations": "exp log log1p sqrt rsqrt square sin cos tan erf",
    "Reducing operations": "mean sum prod max min std var argmax argmin all any logsumexp norm cumsum",
    "Shape operations": "get_item reshape transpose swapaxes expand_dims squeeze broadcast_to concatenate "
    "stack split pad repeat tile flip roll take",
    "Matrix operations": "matmul dot tensordot einsum outer cross normalize",
    "Comparing operations": "equal not_equal greater greater_equal less less_equal logical_and logical_or "
    "logical_not where isnan",
    "Activation operations": "relu leaky_relu elu gelu silu softplus sigmoid tanh softmax log_softmax",
    "Converting operations": "cast one_hot stop_gradient",
}
#: The argument of `call` for the index of `x[:, 0]`, which is never a tensor.
_INDEX = "key"
_INDEX_MEANS = "The index in the brackets of `x[...]` in Python, such as `:, 0` or `..., 1:-1`."
_SEVERAL = re.compile(r"(?i)\bsequence of tensors\b")


def operation_entries() -> list[Entry]:
    """Describes the common operations, in groups.

    Returns:
        `ILayerEntry` of `src/core/catalog/catalog.ts`.
    """
    entries = [
        operation_entry(name, group)
        for group, names in _COMMON.items()
        for name in names.split()
        if hasattr(keras.ops, name)
    ]
    borrow_types(entries)
    return entries


def operation_entry(name: str, group: str) -> Entry:
    """Describes one operation.

    Args:
        name: Name of a function of `keras.ops` that is one operation.
        group: Its group on the palette.
    """
    function = getattr(keras.ops, name)
    cls = _class_of(function)
    doc = parse(function)
    return {
        "class_name": cls.__name__,
        "module": cls.__module__,
        # Keras registers a class that is not public under this name.
        "registered_name": keras.saving.get_registered_name(cls),
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": class_schema(cls, doc),
        "group": group,
        "inputs": _ports(cls, doc),
        "call": _values(cls, doc),
        "roles": [],
        "disabled": None,
    }


def _class_of(function: Any) -> Any:
    """Returns the class of the node that a function makes: the one operation that its code refers to."""
    function = inspect.unwrap(function)
    named = (function.__globals__.get(name) for name in function.__code__.co_names)
    return next(cls for cls in named if inspect.isclass(cls) and issubclass(cls, keras.Operation))


def _ports(cls: Any, doc: Docstring) -> list[Entry]:
    """Returns the arguments of `call`: all others are in the constructor, except an index."""
    return [
        {
            "name": parameter.name,
            "many": bool(_SEVERAL.search(doc.arguments.get(parameter.name, ""))),
            "optional": parameter.default is not parameter.empty,
            **({"variadic": True} if parameter.kind is parameter.VAR_POSITIONAL else {}),
        }
        for parameter in _parameters(cls)
        if parameter.name != _INDEX and parameter.kind is not parameter.VAR_KEYWORD
    ]


def _values(cls: Any, doc: Docstring) -> Entry:
    """Returns the index, and the arguments of `call` that may be numbers, as in `x + 1`."""
    if any(parameter.name == _INDEX for parameter in _parameters(cls)):
        index = {"x-keras": "index", "description": doc.arguments.get(_INDEX, _INDEX_MEANS)}
        return {"type": "object", "properties": {_INDEX: index}, "required": [_INDEX]}
    names = [port["name"] for port in _ports(cls, doc)[1:]]
    numbers = any(_takes(cls, keras.KerasTensor((2, 2), dtype), names) for dtype in ("float32", "bool"))
    properties = {name: {"x-keras": "json", "description": doc.arguments[name]} for name in names if numbers}
    return {"type": "object", "properties": properties}


def _parameters(cls: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(cls.call).parameters.values())[1:]


def _takes(cls: Any, tensor: keras.KerasTensor, names: list[str]) -> bool:
    """Whether an operation accepts numbers beside a tensor; nothing is computed."""
    try:
        compute_output_spec(cls(name="probe").call, tensor, **dict.fromkeys(names, 1))
    except Exception:
        # It needs other arguments, or matrices: a number alone is not enough.
        return False
    return True
