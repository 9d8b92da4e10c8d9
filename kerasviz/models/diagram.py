"""Diagrams of models, drawn by Graphviz through pydot and Keras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import pydot

from kerasviz.codegen import from_document
from kerasviz.models.building import check_graph
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

MISSING = text(
    "The diagram needs the program Graphviz, which is not installed on this machine. Install it (`apt "
    "install graphviz`, `brew install graphviz` or `conda install graphviz`) and try again, or export the "
    "canvas instead."
)


def diagram(model: keras.Model | Mapping[str, Any]) -> str:
    """Draws the diagram of a model with shapes, as `keras.utils.plot_model` does.

    Args:
        model: A model, or a document: today's Keras JSON as a dict.

    Returns:
        SVG, for an image or a file. As part of a page it could be unsafe, because of the names of layers.

    Raises:
        RequestError: With code `no_graphviz` if the program Graphviz is missing; with code `name` if Graphviz
            would read the name of a layer as markup.
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
                text(
                    "The diagram can't show the name {name}, because it contains <, > or &. Rename the "
                    "layer, or export the canvas instead.",
                    name=f"{layer.name!r:.80}",
                ),
                layer=layer.name,
            )
