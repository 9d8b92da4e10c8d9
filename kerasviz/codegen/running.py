"""Makes a model by the statements that `to_code` writes for it.

A seed alone does not say which numbers a model begins with: each layer draws as it is made, and a config
makes its layers in another order, and makes some of them twice. So a run with a seed makes its model as a
script does, and begins with the numbers that the script begins with.

The statements are not given to Python's `exec`. They are few kinds, and whatever else stands in a text is
refused: a mistake of ours in writing code can't make a document run something.
"""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

_BUILTINS: Mapping[str, Any] = {"float": float, "slice": slice}
_MODULES: Mapping[str, Any] = {"keras": keras, "numpy": np}


def run_code(source: str, variable: str) -> keras.Model:
    """Makes what a text of `to_code` defines.

    Args:
        source: Imports, and assignments of calls.
        variable: That of the model.

    Returns:
        The model.

    Raises:
        ValueError: If there is something else in the text.
        Exception: Whatever Keras raises.
    """
    names = dict(_BUILTINS)
    for statement in ast.parse(source).body:
        match statement:
            case ast.Import(names=modules):
                names.update({(one.asname or one.name): _MODULES[one.name] for one in modules})
            case ast.ImportFrom(module=str(module), names=members):
                names.update({one.name: getattr(sys.modules[module], one.name) for one in members})
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = _value(value, names)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                found = _value(value, names)
                names.update(zip((ast.unparse(one) for one in targets), found, strict=True))
            case _:
                raise ValueError(ast.unparse(statement))
    return names[variable]


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.Attribute(value=owner, attr=name) if not name.startswith("_"):
            return getattr(_value(owner, names), name)
        case ast.Subscript(value=owner, slice=key):
            return _value(owner, names)[_value(key, names)]
        case ast.List(elts=items):
            return [_value(item, names) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item, names) for item in items)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return {_value(key, names): _value(value, names) for key, value in pairs if key is not None}
        case ast.UnaryOp(op=ast.USub(), operand=number):
            return operator.neg(_value(number, names))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _value(left, names) / _value(right, names)
        case ast.Call(func=function, args=arguments, keywords=named):
            # As Python does it: the function first, then its arguments in their order.
            called = _value(function, names)
            given = [_value(item, names) for item in arguments]
            return called(*given, **{str(one.arg): _value(one.value, names) for one in named})
        case _:
            raise ValueError(ast.unparse(node))
