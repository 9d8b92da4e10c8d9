"""The catalogue: what can be drawn and chosen, as the installed Keras describes itself.

`catalog()` is `ICatalog` of `src/core/catalog/catalog.ts`. No layer, no loss and no argument is written down
here: palette, forms and documentation come from Keras' signatures and docstrings.
`python -m kerasviz.catalog` prints it as JSON.
"""

import hashlib
from functools import cache
from typing import Any

import keras

from kerasviz.catalog.classes import KINDS, class_entries, function_entries, registered_entries
from kerasviz.catalog.dtypes import dtype_policies, dtypes
from kerasviz.catalog.layers import custom_layers, layer_entries, layer_entry
from kerasviz.catalog.operations import operation_entries
from kerasviz.catalog.signatures import method_schema
from kerasviz.catalog.sources import (
    place_entries,
    source_entries,
    split_entries,
    step_entries,
    strategy_entries,
)
from kerasviz.config.lines import to_lines

__all__ = ["catalog", "catalog_hash", "to_json"]

_known: tuple[dict[str, Any], dict[str, Any]] | None = None


def catalog() -> dict[str, Any]:
    """Returns the catalogue of the installed Keras with the classes that are registered now.

    Returns:
        `ICatalog` of `src/core/catalog/catalog.ts`; the same object until a class is registered.
        Do not change it.
    """
    global _known
    registered = dict(keras.saving.get_custom_objects())
    if _known is None or _known[0] != registered:
        content = {**_built_in()}
        content["layers"] = [
            *content["layers"],
            *(layer_entry(cls, name) for name, cls in custom_layers().items()),
        ]
        for key in KINDS:
            content[key] = [*content[key], *registered_entries(key)]
        digest = hashlib.sha256(to_json(content).encode()).hexdigest()[:16]
        _known = (registered, {"keras": keras.__version__, "hash": digest, **content})
    return _known[1]


def catalog_hash() -> str:
    """Returns a text that changes whenever the catalogue does."""
    return str(catalog()["hash"])


def to_json(content: dict[str, Any]) -> str:
    """Writes a catalogue as ASCII JSON, one entry a line; the same text for the same content."""
    return to_lines(content)


@cache
def _built_in() -> dict[str, Any]:
    return {
        "layers": layer_entries(),
        "operations": operation_entries(),
        **{key: class_entries(key) for key in KINDS},
        "fit": method_schema("fit"),
        "compile": method_schema("compile"),
        "data": source_entries(),
        "splits": split_entries(),
        "preparation": step_entries(),
        "strategies": strategy_entries(),
        "places": place_entries(),
        "activations": function_entries(keras.activations, 1),
        "dtypes": dtypes(),
        "dtype_policies": dtype_policies(),
    }
