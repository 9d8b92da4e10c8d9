"""The text of a document, from whatever holds a model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """Returns Keras JSON that the editor can draw.

    Args:
        document: Path of a model file, a `keras.Model`, a config, or None for an empty model.

    Returns:
        A `.keras.json` as it stands in the file. Else JSON made for the purpose, which starts from the
        weights of a `.keras` or `.h5` file.

    Raises:
        ModelFileError: If a file holds no model.
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
    """Makes the document of a model that lives here.

    Args:
        model: Any model. The layers of a subclassed one can't be drawn: it is one node.

    Returns:
        The model that is drawn, a new one around a subclassed model; and the document, with the name under
        which the user will find it.

    Raises:
        TypeError: If it is no model, Keras can't write it down, or nobody knows what a subclassed one takes.
    """
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(f"Expected a path, a config or a Keras model, received: {type(model).__name__}.")
    from kerasviz.data.sources.arrays import user_namespace
    from kerasviz.models.namespace import name_of
    from kerasviz.models.subclassed import drawable

    drawn = drawable(model)
    document = json.loads(drawn.to_json())
    name = name_of(model, user_namespace())
    if name is None:
        return drawn, document
    # What is drawn and trained takes the place of the model under the user's own name for it; but around a
    # subclassed one it is another model, and the user's stays what it is.
    name = name if drawn is model else f"{name}_functional"
    return drawn, document | {"kerasviz": {"version": 1, "training": {"model_name": name}}}
