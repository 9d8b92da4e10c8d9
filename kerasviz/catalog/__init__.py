"""The catalogue: what can be drawn, as the installed Keras describes itself.

`catalog()` is `ICatalog` of `src/core/catalog.ts`. No layer and no argument is written down here: palette,
forms and documentation come from Keras' signatures and docstrings. `python -m kerasviz.catalog` prints it
as JSON.
"""

import hashlib
import json
from functools import cache
from typing import Any

import keras

from kerasviz.catalog.classes import class_entries, function_entries, metric_entries
from kerasviz.catalog.dtypes import dtype_policies, dtypes
from kerasviz.catalog.layers import custom_layers, layer_entries, layer_entry
from kerasviz.catalog.operations import operation_entries
from kerasviz.data import datasets

__all__ = ["catalog", "catalog_hash", "to_json"]

_custom: tuple[dict[str, type], dict[str, Any]] | None = None


def catalog() -> dict[str, Any]:
    """Returns the catalogue of the installed Keras with the layers that are registered now.

    Returns:
        `ICatalog` of `src/core/catalog.ts`; the same object until a layer class is
        registered. Do not change it.
    """
    global _custom
    registered = custom_layers()
    if _custom is None or _custom[0] != registered:
        built_in = _built_in()
        entries = [layer_entry(cls, name) for name, cls in registered.items()]
        content = {**built_in, "layers": [*built_in["layers"], *entries]}
        digest = hashlib.sha256(to_json(content).encode()).hexdigest()[:16]
        _custom = (registered, {"keras": keras.__version__, "hash": digest, **content})
    return _custom[1]


def catalog_hash() -> str:
    """Returns a text that changes whenever the catalogue does."""
    return str(catalog()["hash"])


def to_json(content: dict[str, Any]) -> str:
    """Writes a catalogue as compact ASCII JSON, the same text for the same content."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False)


@cache
def _built_in() -> dict[str, Any]:
    return {
        "layers": layer_entries(),
        "operations": operation_entries(),
        "optimizers": class_entries(keras.optimizers, keras.optimizers.Optimizer),
        "initializers": class_entries(keras.initializers, keras.initializers.Initializer),
        "regularizers": class_entries(keras.regularizers, keras.regularizers.Regularizer),
        "constraints": class_entries(keras.constraints, keras.constraints.Constraint),
        "activations": function_entries(keras.activations, 1),
        "dtypes": dtypes(),
        "dtype_policies": dtype_policies(),
        "losses": function_entries(keras.losses, 2),
        "metrics": metric_entries(),
        "datasets": datasets(),
    }
