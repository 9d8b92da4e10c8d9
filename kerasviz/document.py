"""The text of a document, from whatever holds a model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

EMPTY = {
    "module": "keras.src.models.functional",
    "class_name": "Functional",
    "config": {"name": "model", "trainable": True, "layers": [], "input_layers": [], "output_layers": []},
    "registered_name": "Functional",
    "compile_config": {},
}


def text_of(document: Any) -> str:
    """Returns Keras JSON that the editor can draw.

    Args:
        document: Path of a model file, a Functional or Sequential `keras.Model`, a config, or None for an
            empty model.

    Returns:
        A `.keras.json` as it stands in the file. Else JSON made for the purpose, which starts from the
        weights of a `.keras` or `.h5` file.

    Raises:
        ModelFileError: If a file holds no model.
        TypeError: If it is something else, or a model whose layers are Python code.
    """
    if document is None or isinstance(document, dict):
        return json.dumps(EMPTY if document is None else document)
    if isinstance(document, (str, os.PathLike)):
        return _read(Path(document))
    return _model_text(document)


def _read(path: Path) -> str:
    if path.name.endswith(".keras.json"):
        return path.read_text(encoding="utf-8")
    from kerasviz import storage

    config = storage.read_config(path)
    if path.suffix in (".keras", ".h5", ".hdf5"):
        config["kerasviz"] = {"version": 1, "weights": path.name}
    return json.dumps(config)


def _model_text(model: Any) -> str:
    import keras

    if not isinstance(model, keras.Model) or type(model).__name__ not in ("Functional", "Sequential"):
        raise TypeError(
            "Expected a path, a config, or a Functional or Sequential model, whose layers can be drawn. "
            f"Received: {type(model).__name__}."
        )
    from kerasviz.data.arrays import user_namespace
    from kerasviz.kernelmodels import name_of

    name = name_of(model, user_namespace())
    if name is None:
        return str(model.to_json())
    # What is drawn and trained takes the place of the model under the user's own name for it.
    document = json.loads(model.to_json())
    return json.dumps(document | {"kerasviz": {"version": 1, "training": {"model_name": name}}})
