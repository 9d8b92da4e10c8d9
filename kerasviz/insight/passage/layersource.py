"""The layers that a look inside calls: those of the trained model where they are drawn, else new ones."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.reading import Call, ConfigShapeError, LayerConfig, read_layers
from kerasviz.analysis.symbolic import construct
from kerasviz.backend.isolation import layers_drawn_from
from kerasviz.insight.passage.calling import call_with
from kerasviz.protocol import RequestError
from kerasviz.protocol.insight import WeightsOf
from kerasviz.protocol.text import Text, text


@dataclass
class Made:
    """A layer that was made for a drawing.

    Attributes:
        key: Of its config.
        operation: The layer, built.
        version: Of the trained weights that it has taken; -1 before it took any.
    """

    key: str
    operation: Any
    version: int = -1


class LayerSource:
    """Gives a layer for each layer of a drawing.

    Args:
        document: What the trained model was made of; None where there is none.
        model: The trained model.
        fresh: Its layers that nobody has trained, as `inner_layers` names them.
        way: Names of the models around, from the outermost.
        moment: Words for when the model was so: then a layer that is not of that time is refused. None where
            a layer may have new weights.
        apart: Whether layers with weights are copies, which another thread may call.

    Attributes:
        version: Another number after the model was trained, so that nothing is taken from before.
    """

    def __init__(
        self,
        document: Mapping[str, Any] | None = None,
        model: Any = None,
        fresh: frozenset[str] = frozenset(),
        way: str = "",
        moment: Text | None = None,
        apart: bool = False,
    ) -> None:
        self.version = 0
        self._fresh = fresh
        self._origins: dict[str, bool] = {}
        self._way = way
        self._moment = moment
        self._apart = apart
        self._document = document
        self._model = model
        self._trained = {} if document is None or model is None else _by_name(document)
        self._made: dict[str, Made] = {}
        self._inside: dict[str, LayerSource] = {}

    def apart(self) -> LayerSource:
        """The same, with copies of the layers: each is made when it is first called, with its weights."""
        return LayerSource(self._document, self._model, self._fresh, self._way, self._moment, True)

    def inside(self, layer: LayerConfig) -> LayerSource:
        """The layers of a model inside, which all its calls share."""
        trained = self._trained.get(layer.name)
        own = None if trained is None else self._own(layer.name)
        found = self._inside.get(layer.name)
        if found is None or found._model is not own:
            found = LayerSource(
                None if trained is None else trained.data,
                own,
                self._fresh,
                f"{self._way}{layer.name}/",
                self._moment,
                self._apart,
            )
            self._inside[layer.name] = found
        found.version = self.version
        return found

    @property
    def model(self) -> Any:
        """The model whose layers are called where they are drawn so."""
        return self._model

    @property
    def weights(self) -> WeightsOf:
        """Whose weights the layers have that were called so far."""
        origins = set(self._origins.values()).union(
            *(inside._origins.values() for inside in self._everywhere())
        )
        if origins == {True}:
            return "trained"
        return "fresh" if origins <= {False} else "both"

    def _everywhere(self) -> Iterator[LayerSource]:
        for inside in self._inside.values():
            yield inside
            yield from inside._everywhere()

    def operation(self, layer: LayerConfig, call: Call, sources: Sequence[Sequence[Any]]) -> Any:
        """The layer itself where it was trained as it is drawn; else a new one, with its weights if they fit.

        Args:
            layer: As it is drawn.
            call: Its first call.
            sources: The tensors that come into it, by which it is built.

        Raises:
            RequestError: With code `no_weights`, where only those of a moment count, and it has none.
            Exception: Any error of Keras about its arguments, or about what comes into it.
        """
        trained = self._trained.get(layer.name)
        own = None if trained is None else self._own(layer.name)
        is_own = trained is not None and trained.key == layer.key and own is not None
        if own is not None and is_own and not (self._apart and own.weights):
            self._remember(layer.name, own, True)
            return own
        made = self._made.get(layer.name)
        if made is None or made.key != layer.key:
            made = Made(layer.key, self._copy(own, layer, call, sources) if is_own else None)
            made.operation = made.operation or self._new(layer, call, sources)
            self._made[layer.name] = made
        if made.version != self.version:
            has_taken = made.operation is own or _take_weights(made.operation, own)
            if self._moment is not None and getattr(made.operation, "weights", None) and not has_taken:
                raise RequestError(
                    "no_weights",
                    text(
                        "Layer {layer} has no weights from {moment}: it was added, renamed or reshaped "
                        "since.",
                        layer=repr(self._way + layer.name),
                        moment=self._moment,
                    ),
                    layer=layer.name,
                )
            made.version = self.version
            self._remember(layer.name, made.operation, has_taken)
        return made.operation

    def _remember(self, name: str, operation: Any, is_own: bool) -> None:
        if getattr(operation, "weights", None):
            self._origins[name] = is_own and f"{self._way}{name}" not in self._fresh

    def _new(self, layer: LayerConfig, call: Call, sources: Sequence[Sequence[Any]]) -> Any:
        """A layer whose numbers are the same each time, so that a picture changes with its layer alone."""
        with layers_drawn_from(random.Random(zlib.crc32(f"{self._way}{layer.name}".encode()))):
            operation = construct(layer.data, stateful=True)
            _build(operation, call, sources)
        return operation

    def _copy(self, own: Any, layer: LayerConfig, call: Call, sources: Sequence[Sequence[Any]]) -> Any:
        """A copy of a trained layer; the layer itself, where its config does not make another one like it."""
        try:
            copy = self._new(layer, call, sources)
        except Exception:
            return own
        return copy if _take_weights(copy, own) else own

    def _own(self, name: str) -> Any:
        try:
            return self._model.get_layer(name)
        except ValueError:
            return None


def _build(operation: Any, call: Call, sources: Sequence[Sequence[Any]]) -> None:
    """Gives a layer its weights, by a call that computes nothing."""
    specs = [[_symbolic(tensor) for tensor in source] for source in sources]
    call_with(operation, call, specs)


def _take_weights(operation: Any, own: Any) -> bool:
    """Gives a layer the weights of another one, if they fit."""
    weights = getattr(own, "weights", [])
    specs = [(w.shape, w.dtype) for w in getattr(operation, "weights", [])]
    if not weights or [(w.shape, w.dtype) for w in weights] != specs:
        return False
    operation.set_weights(own.get_weights())
    return True


def _symbolic(tensor: Any) -> keras.KerasTensor:
    dtype = keras.backend.standardize_dtype(tensor.dtype)
    return keras.KerasTensor((None, *tensor.shape[1:]), dtype)


def _by_name(document: Mapping[str, Any]) -> dict[str, LayerConfig]:
    try:
        return {layer.name: layer for layer in read_layers(document, {}, is_fed=True)}
    except ConfigShapeError:
        return {}
