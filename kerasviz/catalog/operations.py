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

#: Which of Keras' 250 operations are offered: those that models are drawn with, not signal processing or
#: solvers. What each takes, and what it says of itself, is asked of Keras; one that it lacks is left out.
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
#: The argument of `call` that is what stands in the brackets of `x[:, 0]`: never a tensor.
_INDEX = "key"
_INDEX_MEANS = "What stands in the brackets of `x[...]` in Python, such as `:, 0` or `..., 1:-1`."
_SEVERAL = re.compile(r"(?i)\bsequence of tensors\b")


def operation_entries() -> list[Entry]:
    """Describes the common operations, in groups.

    Returns:
        `ILayerEntry` of `src/core/catalog.ts`.
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
        name: Of a function of `keras.ops` that is one operation.
        group: What the palette shows it under.
    """
    function = getattr(keras.ops, name)
    cls = _class_of(function)
    doc = parse(function)
    return {
        "class_name": cls.__name__,
        "module": cls.__module__,
        # Keras registers what is not public under its own name.
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
    """The class that a function makes a node of: the one operation that its code names."""
    function = inspect.unwrap(function)
    named = (function.__globals__.get(name) for name in function.__code__.co_names)
    return next(cls for cls in named if inspect.isclass(cls) and issubclass(cls, keras.Operation))


def _ports(cls: Any, doc: Docstring) -> list[Entry]:
    """The arguments of `call`: all that is no tensor, but for an index, is in the constructor."""
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
    """The index, and the arguments of `call` that may be numbers, as in `x + 1`: where Keras takes some."""
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
    """Whether an operation computes with numbers beside a tensor; nothing is computed."""
    try:
        compute_output_spec(cls(name="probe").call, tensor, **dict.fromkeys(names, 1))
    except Exception:
        # It needs arguments of its own, or matrices: whatever stops it, a number alone is not enough.
        return False
    return True
