"""Names of layers that the backend refuses when it trains, though the model is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.analysis.mistakes.situation import Drawing, Mistake
from kerasviz.backend.scopenames import refused_names, refused_owners
from kerasviz.config.naming import is_writable
from kerasviz.config.parts import part_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

if TYPE_CHECKING:
    import keras

_INPUTS = ("InputLayer", "Input")
_GRAPH = "Functional"
"""A class of models whose name is not part of the names of the weights inside."""


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields each layer that can't be trained under its name; an Input is never called."""
    names = [name for name, layer in drawing.layers.items() if layer.data.get("class_name") not in _INPUTS]
    whole = part_of(drawing.model, "config").get("name")
    for name in refused_names(names, whole if isinstance(whole, str) else ""):
        if not is_writable(name):
            continue  # no file takes it, which is said already
        yield name if name in names else None, Mistake(_not_called(name), code="name")
    params = {name: outcome.params for (name, _), outcome in drawing.outcomes.items()}
    owners = [name for name in names if params.get(name) and _is_owner(drawing.layers[name].data)]
    if isinstance(whole, str) and any(params.values()) and _is_owner(drawing.model):
        owners.append(whole)
    for name in refused_owners(owners):
        yield name if name in names else None, Mistake(_not_held(name), code="name")


def check_layer_names(model: keras.Model) -> None:
    """Refuses to train a model with a name that the backend does not take.

    Raises:
        RequestError: With code `name`, and the layer.
    """
    import keras

    layers = model._flatten_layers(include_self=False)
    names = [layer.name for layer in layers if not isinstance(layer, keras.layers.InputLayer)]
    for name in refused_names(names, model.name):
        raise RequestError("name", _not_called(name), layer=name if name in names else None)
    owners = [each for each in (*layers, model) if each.variables]
    for name in refused_owners(each.name for each in owners if type(each).__name__ != _GRAPH):
        raise RequestError("name", _not_held(name), layer=name if name in names else None)


def _is_owner(config: Mapping[str, Any]) -> bool:
    """Whether the name of a layer or model is part of the names of the weights inside."""
    return config.get("class_name") not in (_GRAPH, "Model")


def _not_called(name: str) -> Text:
    return text(
        "TensorFlow can't train {name} under this name: it takes letters without accents, digits, and _ . - "
        "in names of layers. Rename it.",
        name=repr(name),
    )


def _not_held(name: str) -> Text:
    return text(
        "PyTorch can't hold the weights of {name} under this name: it takes no full stop in names of layers. "
        "Rename it.",
        name=repr(name),
    )
