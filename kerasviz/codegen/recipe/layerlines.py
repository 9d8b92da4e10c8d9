"""Preprocessing layers in a script: how one is made, learns and is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import class_schema
from kerasviz.codegen.recipe.script import Script
from kerasviz.data.preparation.keraslayer import has_learned, preprocessing_layers
from kerasviz.writing.expressions import Expression, call, lay_out, literal, sequence


def made_layer(script: Script, class_name: str, config: Mapping[str, Any]) -> Expression:
    """The expression that makes a preprocessing layer.

    Args:
        script: Has the imports.
        class_name: The layer.
        config: Its arguments.
    """
    cls = preprocessing_layers()[class_name]
    given = with_python_numbers(class_schema(cls, parse(cls)), config)
    return call(script.imports.name_of(cls), **{name: _value(value) for name, value in given.items()})


def has_to_learn(class_name: str, config: Mapping[str, Any]) -> bool:
    """Whether a layer is shown the samples that train: its arguments do not say what it would learn."""
    return hasattr(preprocessing_layers()[class_name], "adapt") and not has_learned(config)


def layer_lines(
    script: Script, class_name: str, config: Mapping[str, Any], arrays: Sequence[str], learns: str
) -> list[str]:
    """Writes a preprocessing layer that learns what it has to, and sends arrays through it.

    Args:
        script: Has the imports.
        class_name: The layer.
        config: Its arguments.
        arrays: The variables, which get the new values.
        learns: The expression for what it learns from.
    """
    body = []
    if class_name in ("IntegerLookup", "CategoryEncoding"):
        body += [f'{values} = np.nan_to_num({values}, nan=-1).astype("int64")' for values in arrays]
    body += lay_out(made_layer(script, class_name, config), "layer = ")
    if has_to_learn(class_name, config):
        body.append(f"layer.adapt({learns})")
    return [*body, *(f"{values} = keras.ops.convert_to_numpy(layer({values}))" for values in arrays)]


def _value(value: Any) -> Expression:
    if isinstance(value, list | tuple):
        return sequence([_value(item) for item in value])
    return literal(value)
