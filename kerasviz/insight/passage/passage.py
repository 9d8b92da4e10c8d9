"""One sample's way through a drawing: what comes out of each call, as Keras computes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import keras

from kerasviz.analysis.explain import explain
from kerasviz.analysis.order import Node, node_id, topological_order
from kerasviz.analysis.reading import (
    GIVEN,
    Call,
    ConfigShapeError,
    LayerConfig,
    Reference,
    is_input,
    is_model,
    is_sequential,
    read_layers,
)
from kerasviz.analysis.structure import histories
from kerasviz.insight.passage.calling import call_attending
from kerasviz.insight.passage.entering import entered
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.insight import View

Tensors = tuple[Any, ...]
"""The outputs of a call, flattened, as tensors of the backend; the samples are their first axis."""

_NO_CALL = Call([], {}, (), "")


@dataclass(frozen=True, eq=False)
class Passed:
    """What came of one call.

    Attributes:
        outputs: Its outputs; empty where it could not be called.
        error: Why it could not.
        operation: The layer that was called; None for an input, and for a model whose layers were called.
        inputs: What went into it; of a model whose layers were called nothing.
        attention: Of a layer of attention, what `return_attention_scores` adds; else None.
        views: What was made of it to look at, which is made once.
    """

    outputs: Tensors = ()
    error: KerasError | None = None
    operation: Any = None
    inputs: Tensors = ()
    attention: Any = None
    views: list[View] = field(default_factory=list)


Known = tuple[Hashable, Sequence[Tensors], Passed]
"""What a call depended on; its tensors, kept so that no others take their ids; what came of it."""


@dataclass
class Passage:
    """Follows samples through a drawing and its edits; what did not change is not computed again.

    Attributes:
        source: Gives the layers, with their weights.
        check: Called before each call; what it raises ends the passage.
    """

    source: LayerSource
    check: Callable[[], None] = lambda: None
    _layers: dict[int, LayerConfig] = field(default_factory=dict)
    _known: dict[Node, Known] = field(default_factory=dict)
    _inside: dict[Node, Passage] = field(default_factory=dict)

    def run(
        self,
        model: Mapping[str, Any],
        inputs: Sequence[Any],
        pinned: Mapping[str, Any] = MappingProxyType({}),
    ) -> dict[str, Passed]:
        """Computes what comes out of each call.

        Args:
            model: Config of a Functional or Sequential model.
            inputs: What goes into it: a tensor for each Input, in the order in which the config names them.
            pinned: Tensors in the place of what comes out of calls, by the id of their node. Masks stay.

        Returns:
            The calls that something comes into, by the id of their node; of a model inside, behind the id of
            its own node and a slash. A call that Keras refuses has its error, and nothing comes of those
            behind it.

        Raises:
            Exception: What `check` raises.
        """
        try:
            layers = read_layers(model, self._layers, is_fed=True)
        except ConfigShapeError:
            return {}
        self._layers = {id(layer.data): layer for layer in layers}
        by_name = {layer.name: layer for layer in reversed(layers)}
        order, _ = topological_order(by_name.values())
        given = dict(zip(_input_names(model, layers), inputs, strict=False))
        known, self._known = self._known, {}
        everything: dict[str, Passed] = {}
        passed: dict[Node, Tensors] = {}
        for node in order:
            self.check()
            layer = by_name[node[0]]
            call = layer.calls[node[1]] if layer.calls else _NO_CALL
            if is_input(layer.data):
                sources = [(given[layer.name],)] if layer.name in given else []
            else:
                sources = [_source(reference, passed, given) for reference in call.references]
            if not sources or not all(sources):
                continue
            if is_model(layer.data) and _has_graph(layer.data):
                found = self._inner(layer, node, sources, everything, pinned)
            else:
                tensors = tuple(id(tensor) for source in sources for tensor in source)
                key = (layer.key, call.key, tensors, self.source.version)
                found = self._again(known.get(node), key) or self._called(layer, call, sources)
                self._known[node] = (key, sources, found)
            if node_id(node) in pinned and found.outputs:
                found = _with_first(found, pinned[node_id(node)])
            everything[node_id(node)] = found
            if found.outputs:
                passed[node] = found.outputs
        return everything

    def _again(
        self, known: tuple[Hashable, Sequence[Tensors], Passed] | None, key: Hashable
    ) -> Passed | None:
        """What came of the call before, where it is the same with the same tensors and weights."""
        return known[2] if known is not None and known[0] == key else None

    def _called(self, layer: LayerConfig, call: Call, sources: Sequence[Tensors]) -> Passed:
        """Calls a layer as `fit` and `predict` do outside training; its states stay as they are."""
        try:
            if is_input(layer.data):
                return Passed((entered(layer.data, sources[0][0]),), inputs=(sources[0][0],))
            operation = self.source.operation(layer, call, sources)
            with keras.StatelessScope():  # what a layer counts or remembers is the model's, not ours
                found, attention = call_attending(operation, call, sources)
            inputs = tuple(tensor for source in sources for tensor in source)
            return Passed(tuple(keras.tree.flatten(found)), None, operation, inputs, attention)
        except RequestError as error:  # of ours
            return Passed(error=error.error)
        except BaseException as error:  # a layer of the user's may raise SystemExit
            return Passed(error=explain(error, layer.name, code="call"))

    def _inner(
        self,
        layer: LayerConfig,
        node: Node,
        sources: Sequence[Tensors],
        everything: dict[str, Passed],
        pinned: Mapping[str, Any],
    ) -> Passed:
        """Goes through a model inside, as if it were drawn here."""
        inside = self._inside.setdefault(node, Passage(self.source.inside(layer), self.check))
        prefix = f"{node_id(node)}/"
        there = {name.removeprefix(prefix): each for name, each in pinned.items() if name.startswith(prefix)}
        found = inside.run(layer.data, [tensor for source in sources for tensor in source], there)
        everything.update({f"{prefix}{name}": each for name, each in found.items()})
        outputs = outputs_of(layer.data, found)
        wrong = next((each.error for each in found.values() if each.error is not None), None)
        return Passed(outputs, None if outputs else wrong)


def _has_graph(data: Mapping[str, Any]) -> bool:
    return data.get("class_name") in ("Functional", "Sequential", "Model")


def _input_names(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> list[str]:
    """The Inputs of a model in their order; of a Sequential without one the name of what it is given."""
    if is_sequential(model):
        return [layers[0].name if layers and is_input(layers[0].data) else GIVEN.layer]
    return [reference.layer for reference in histories(model["config"].get("input_layers"))]


def _source(reference: Reference, passed: Mapping[Node, Tensors], given: Mapping[str, Any]) -> Tensors:
    """The tensors that a reference names; none where they are not known."""
    if reference is GIVEN:
        return (given[GIVEN.layer],) if GIVEN.layer in given else ()
    outputs = passed.get((reference.layer, reference.call), ())
    if reference.tensor is None:
        return outputs
    return outputs[reference.tensor : reference.tensor + 1] if reference.tensor >= 0 else ()


def _with_first(found: Passed, tensor: Any) -> Passed:
    """The call with another tensor as its first output; what is masked stays masked."""
    mask = getattr(found.outputs[0], "_keras_mask", None)
    if mask is not None:
        tensor._keras_mask = mask
    return replace(found, outputs=(tensor, *found.outputs[1:]), views=[])


def outputs_of(model: Mapping[str, Any], found: Mapping[str, Passed]) -> Tensors:
    """What comes out of a model; nothing where one of its outputs is not known.

    Args:
        model: Its config.
        found: What came of its calls, by the id of their node, without those of models inside it.
    """
    if is_sequential(model):
        here = [passed for name, passed in found.items() if "/" not in name]
        return here[-1].outputs if here else ()
    outputs: list[Any] = []
    for reference in ends_of(model, found):
        passed = found.get(node_id((reference.layer, reference.call)), Passed())
        outputs.extend(_source(reference, {(reference.layer, reference.call): passed.outputs}, {}))
        if not passed.outputs:
            return ()
    return tuple(outputs)


def ends_of(model: Mapping[str, Any], found: Mapping[str, Passed]) -> list[Reference]:
    """The outputs of a Functional model, in the order in which its config names them.

    Keras counts the calls of a model inside from 1 there, and from 0 where its layers say what comes in.
    """
    named = list(histories(model["config"].get("output_layers")))
    last = {each.layer: max(other.call for other in named if other.layer == each.layer) for each in named}
    over = {layer for layer, call in last.items() if call and node_id((layer, call)) not in found}
    return [replace(each, call=each.call - 1) if each.layer in over else each for each in named]
