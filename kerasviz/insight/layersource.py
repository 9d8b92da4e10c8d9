"""The layers that a look inside calls: those of the trained model where they are drawn, else new ones."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import keras

from kerasviz.analysis.reading import Call, ConfigShapeError, LayerConfig, read_layers
from kerasviz.analysis.symbolic import construct
from kerasviz.backend.isolation import layers_drawn_from
from kerasviz.insight.calling import call_with


class LayerSource:
    """Gives a layer for each layer of a drawing.

    Args:
        document: What the trained model was made of; None where there is none.
        model: The trained model.
        way: Names of the models around, from the outermost.

    Attributes:
        version: Another number after the model was trained, so that nothing is taken from before.
    """

    def __init__(self, document: Mapping[str, Any] | None = None, model: Any = None, way: str = "") -> None:
        self.version = 0
        self._way = way
        self._model = model
        self._trained = {} if document is None or model is None else _by_name(document)
        self._made: dict[str, tuple[str, Any]] = {}
        self._inside: dict[str, LayerSource] = {}

    def inside(self, layer: LayerConfig) -> LayerSource:
        """The layers of a model inside, which all its calls share."""
        trained = self._trained.get(layer.name)
        own = None if trained is None else self._own(layer.name)
        found = self._inside.get(layer.name)
        if found is None or found._model is not own:
            found = LayerSource(trained and trained.data, own, f"{self._way}{layer.name}/")
            self._inside[layer.name] = found
        found.version = self.version
        return found

    def operation(self, layer: LayerConfig, call: Call, sources: Sequence[Sequence[Any]]) -> Any:
        """The layer itself where it was trained as it is drawn; else a new one, with its weights if they fit.

        Args:
            layer: As it is drawn.
            call: Its first call.
            sources: The tensors that come into it, by which it is built.

        Raises:
            Exception: Any error of Keras about its arguments, or about what comes into it.
        """
        trained = self._trained.get(layer.name)
        own = None if trained is None else self._own(layer.name)
        if trained is not None and trained.key == layer.key and own is not None:
            return own
        made = self._made.get(layer.name)
        if made is None or made[0] != layer.key:
            made = (layer.key, self._new(layer, call, sources, own))
            self._made[layer.name] = made
        return made[1]

    def _new(self, layer: LayerConfig, call: Call, sources: Sequence[Sequence[Any]], own: Any) -> Any:
        """A layer whose numbers are the same each time, so that a picture changes with its layer alone."""
        with layers_drawn_from(random.Random(zlib.crc32(f"{self._way}{layer.name}".encode()))):
            operation = construct(layer.data, stateful=True)
            _build(operation, call, sources)
        weights = getattr(own, "weights", [])
        if weights and [(w.shape, w.dtype) for w in weights] == [
            (w.shape, w.dtype) for w in getattr(operation, "weights", [])
        ]:
            operation.set_weights(own.get_weights())
        return operation

    def _own(self, name: str) -> Any:
        try:
            return self._model.get_layer(name)
        except ValueError:
            return None


def _build(operation: Any, call: Call, sources: Sequence[Sequence[Any]]) -> None:
    """Gives a layer its weights, by a call that computes nothing."""
    specs = [[_symbolic(tensor) for tensor in source] for source in sources]
    call_with(operation, call, specs)


def _symbolic(tensor: Any) -> keras.KerasTensor:
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    return keras.KerasTensor((None, *tensor.shape[1:]), dtype)


def _by_name(document: Mapping[str, Any]) -> dict[str, LayerConfig]:
    try:
        return {layer.name: layer for layer in read_layers(document, {}, is_fed=True)}
    except ConfigShapeError:
        return {}
