"""Names of layers that the backend refuses at the first batch, though it builds the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerasviz.analysis.mistakes.situation import Drawing, Mistake
from kerasviz.backend.scopenames import refused_names
from kerasviz.config.naming import is_writable
from kerasviz.config.parts import part_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

if TYPE_CHECKING:
    import keras

_INPUTS = ("InputLayer", "Input")


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields each layer that can't be trained under its name; an Input is never called."""
    names = [name for name, layer in drawing.layers.items() if layer.data.get("class_name") not in _INPUTS]
    whole = part_of(drawing.model, "config").get("name")
    for name in refused_names(names, whole if isinstance(whole, str) else ""):
        if not is_writable(name):
            continue  # no file takes it, which is said already
        yield name if name in names else None, Mistake(_sentence(name), code="name")


def check_layer_names(model: keras.Model) -> None:
    """Refuses to train a model with a name that the backend does not take.

    Raises:
        RequestError: With code `name`, and the layer.
    """
    import keras

    layers = model._flatten_layers(include_self=False)
    names = [layer.name for layer in layers if not isinstance(layer, keras.layers.InputLayer)]
    for name in refused_names(names, model.name):
        raise RequestError("name", _sentence(name), layer=name if name in names else None)


def _sentence(name: str) -> Text:
    return text(
        "TensorFlow can't train {name} under this name: it takes letters without accents, digits, and _ . - "
        "in names of layers. Rename it.",
        name=repr(name),
    )
