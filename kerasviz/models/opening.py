"""The text of a document, from whatever holds a model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import keras

EMPTY = {
    "module": "keras.src.models.functional",
    "class_name": "Functional",
    "config": {"name": "model", "trainable": True, "layers": [], "input_layers": [], "output_layers": []},
    "registered_name": "Functional",
    "compile_config": {},
}


def text_of(document: Any) -> str:
    """Returns Keras JSON for the editor.

    Args:
        document: Path of a model file, a `keras.Model`, a config, or None for an empty model.

    Returns:
        The unchanged text of a `.keras.json` file. Else new JSON, which starts from the weights of a `.keras`
        or `.h5` file.

    Raises:
        ModelFileError: If a file contains no model.
        TypeError: If it is something else, or a model that can't be drawn.
    """
    if document is None or isinstance(document, dict):
        return json.dumps(EMPTY if document is None else document)
    if isinstance(document, (str, os.PathLike)):
        return _read(Path(document))
    return json.dumps(draw(document)[1])


def _read(path: Path) -> str:
    if path.name.endswith(".keras.json"):
        return path.read_text(encoding="utf-8")
    from kerasviz import storage

    config = storage.read_config(path)
    if path.suffix in (".keras", ".h5", ".hdf5"):
        config["kerasviz"] = {"version": 1, "weights": path.name}
    return json.dumps(config)


def draw(model: keras.Model) -> tuple[keras.Model, dict[str, Any]]:
    """Makes the document of a model in this kernel.

    Args:
        model: Any model. A subclassed model is drawn as one node, without its layers.

    Returns:
        The model that is drawn, which is a new one around a subclassed model; and the document, with the name
        of the user's variable.

    Raises:
        TypeError: If it is not a model, Keras can't save it, or the inputs of a subclassed model are unknown.
    """
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(
            text("Expected a path, a config or a Keras model, received: {kind}.", kind=type(model).__name__)
        )
    from kerasviz.backend.usernamespace import user_namespace
    from kerasviz.config.shortfloats import short_floats
    from kerasviz.config.wholeconfig import complete
    from kerasviz.config.writable import check_writable, layer_refusal
    from kerasviz.models.namespace import name_of
    from kerasviz.models.subclassed import drawable

    check_writable(model)
    drawn = drawable(model)
    try:
        written = drawn.to_json()
    except TypeError as error:
        refusal = layer_refusal(layer for layer in drawn.layers if not isinstance(layer, keras.Model))
        raise (error if refusal is None else TypeError(refusal)) from error
    document = complete(drawn, json.loads(written))
    if document.get("compile_config"):
        document["compile_config"] = short_floats(document["compile_config"])
    name = name_of(model, user_namespace())
    if name is None:
        return drawn, document
    # The trained model replaces the user's model under the same name. Around a subclassed model it is another
    # model, and the user's is kept.
    name = name if drawn is model else f"{name}_functional"
    return drawn, document | {"kerasviz": {"version": 1, "training": {"model_name": name}}}
