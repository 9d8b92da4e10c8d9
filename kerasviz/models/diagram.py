"""Diagrams of models, drawn by Graphviz through pydot and Keras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import pydot

from kerasviz.codegen import from_document
from kerasviz.models.building import check_graph
from kerasviz.protocol import RequestError

MISSING = (
    "The diagram needs the program Graphviz, which this kernel's machine lacks. Install it (`apt install "
    "graphviz`, `brew install graphviz` or `conda install graphviz`) and try again; or export the canvas, "
    "which needs nothing."
)


def diagram(model: keras.Model | Mapping[str, Any]) -> str:
    """Draws the diagram of a model with shapes, as `keras.utils.plot_model` does.

    Args:
        model: A model, or a document: today's Keras JSON as a dict.

    Returns:
        SVG, to be shown as an image or kept as a file; as part of a page, names of layers could do harm.

    Raises:
        RequestError: With code `no_graphviz`, where the program Graphviz is missing; with code `name`, where
            Graphviz would read the name of a layer as markup.
        ModelFileError: If a document can't be built.
    """
    if not isinstance(model, keras.Model):
        check_graph(model)
        model = from_document(dict(model))
    _check_names(model)
    try:
        pydot.Dot().create()
    except (OSError, pydot.PydotException):
        raise RequestError("no_graphviz", MISSING) from None
    dot = keras.utils.model_to_dot(model, show_shapes=True, show_layer_names=True)
    return str(dot.create(format="svg"), "utf-8")


def _check_names(model: keras.Model) -> None:
    """Refuses names that are markup in Keras' labels, which it does not escape: `<img>` would read a file."""
    for layer in model._flatten_layers():
        if any(character in layer.name for character in "<>&"):
            raise RequestError(
                "name",
                f"Expected names without <, > and & for the diagram, received: {layer.name!r:.80}. Rename "
                "the layer, or export the canvas instead.",
                layer=layer.name,
            )
