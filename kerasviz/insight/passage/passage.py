"""One sample's way through a drawing: what comes out of each call, as Keras computes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import nullcontext
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
    is_input,
    is_model,
    is_sequential,
    read_layers,
)
from kerasviz.analysis.structure import histories
from kerasviz.backend.gradients import without_gradients
from kerasviz.insight.passage.calling import call_attending
from kerasviz.insight.passage.entering import entered
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.pace import Pace
from kerasviz.insight.passage.passed import Passed, Tensors, outputs_of, tensors_of
from kerasviz.insight.passage.tensormasks import mask_of, with_mask
from kerasviz.insight.passage.wrapped import Step, model_behind, parse_step, steps_of
from kerasviz.protocol import JSON, RequestError

_NO_CALL = Call([], {}, (), "")


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
    _behind: dict[Node, Passage] = field(default_factory=dict)

    def run(
        self,
        model: Mapping[str, Any],
        inputs: Sequence[Any],
        pinned: Mapping[str, Any] = MappingProxyType({}),
        looked: Sequence[str] = (),
        pace: Pace | None = None,
    ) -> dict[str, Passed]:
        """Computes what comes out of each call.

        Args:
            model: Config of a Functional or Sequential model.
            inputs: What goes into it: a tensor for each Input, in the order in which the config names them.
            pinned: Tensors in the place of what comes out of calls, by the id of their node. Masks stay.
            looked: The models around what is looked at, from the outermost, as in `level_of`. A wrapper is
                gone into only there, at one of the calls of its model.
            pace: Which calls come first; None where all are wanted.

        Returns:
            The calls that something comes into, by the id of their node; of a model inside, behind the id of
            its own node and a slash. A call that Keras refuses has its error, and nothing comes of those
            behind it. What the pace leaves out is missing.

        Raises:
            Exception: What `check` and the pace raise.
        """
        with nullcontext() if pinned else without_gradients():  # of nothing else is a gradient asked
            return self._run(model, inputs, pinned, looked, pace or Pace())

    def _run(
        self,
        model: Mapping[str, Any],
        inputs: Sequence[Any],
        pinned: Mapping[str, Any],
        looked: Sequence[str],
        pace: Pace,
    ) -> dict[str, Passed]:
        try:
            layers = read_layers(model, self._layers, is_fed=True)
        except ConfigShapeError:
            return {}
        self._layers = {id(layer.data): layer for layer in layers}
        by_name = {layer.name: layer for layer in reversed(layers)}
        order, _ = topological_order(by_name.values())
        given = dict(zip(_input_names(model, layers), inputs, strict=False))
        around = [node for node in order if _step_at(node, looked) is not None] if looked else None
        everything: dict[str, Passed] = {}
        passed: dict[Node, Tensors] = {}
        known, self._known = self._known, {}
        try:
            for node in pace.order(order, by_name, around):
                self.check()
                if pace.leaves_out(node):
                    continue
                layer = by_name[node[0]]
                call = layer.calls[node[1]] if layer.calls else _NO_CALL
                if is_input(layer.data):
                    sources = [(given[layer.name],)] if layer.name in given else []
                else:
                    sources = [tensors_of(reference, passed, given) for reference in call.references]
                if not sources or not all(sources):
                    continue
                step = _step_at(node, looked)
                deeper = () if step is None else looked[1:]
                if is_model(layer.data) and _has_graph(layer.data):
                    inner = pace.inside(step is not None)
                    found = self._inner(layer, node, sources, everything, pinned, deeper, inner)
                else:
                    wrapped = None if step is None else model_behind(layer.data)
                    tensors = tuple(id(tensor) for source in sources for tensor in source)
                    key = (layer.key, call.key, tensors, self.source.version, wrapped is not None)
                    found = self._again(known.get(node), key) or self._called(
                        layer, call, sources, notes=wrapped is not None
                    )
                    self._known[node] = (key, sources, found)
                    if wrapped is not None and found.steps:
                        self._wrapped(wrapped, found, step or 0, node, everything, deeper)
                if node_id(node) in pinned and found.outputs:
                    found = _with_first(found, pinned[node_id(node)])
                everything[node_id(node)] = found
                if found.outputs:
                    passed[node] = found.outputs
        finally:  # what was left out, or not come to, may be the same the next time
            left = {node: known[node] for node in order if node in known and node not in self._known}
            self._known.update(left)
        return everything

    def _again(
        self, known: tuple[Hashable, Sequence[Tensors], Passed] | None, key: Hashable
    ) -> Passed | None:
        """What came of the call before, where it is the same with the same tensors and weights."""
        return known[2] if known is not None and known[0] == key else None

    def _called(
        self, layer: LayerConfig, call: Call, sources: Sequence[Tensors], *, notes: bool = False
    ) -> Passed:
        """Calls a layer as `fit` and `predict` do outside training; its states stay as they are.

        Args:
            layer: The layer.
            call: Of it.
            sources: The tensors of each reference in the call.
            notes: Whether it is a wrapper of which it counts how it calls the model inside.
        """
        steps: list[Step] = []
        wrapped = None
        try:
            if is_input(layer.data):
                return Passed((entered(layer.data, sources[0][0]),), inputs=(sources[0][0],))
            operation = self.source.operation(layer, call, sources)
            noting = steps_of(operation, steps) if notes else nullcontext()
            # what a layer counts or remembers is the model's, not ours
            with keras.StatelessScope(), noting as wrapped:
                found, attention = call_attending(operation, call, sources)
            inputs = tuple(tensor for source in sources for tensor in source)
            outputs = tuple(keras.tree.flatten(found))
            return Passed(outputs, None, operation, inputs, attention, steps, wrapped)
        except RequestError as error:  # of ours
            return Passed(error=error.error)
        except BaseException as error:  # a layer of the user's may raise SystemExit
            return Passed(error=explain(error, layer.name, code="call"), steps=steps, wrapped=wrapped)

    def _inner(
        self,
        layer: LayerConfig,
        node: Node,
        sources: Sequence[Tensors],
        everything: dict[str, Passed],
        pinned: Mapping[str, Any],
        looked: Sequence[str],
        pace: Pace,
    ) -> Passed:
        """Goes through a model inside, as if it were drawn here."""
        inside = self._inside.setdefault(node, Passage(self.source.inside(layer), self.check))
        prefix = f"{node_id(node)}/"
        there = {name.removeprefix(prefix): each for name, each in pinned.items() if name.startswith(prefix)}
        given = [tensor for source in sources for tensor in source]
        found = inside._run(layer.data, given, there, looked, pace)
        everything.update({f"{prefix}{name}": each for name, each in found.items()})
        outputs = outputs_of(layer.data, found)
        wrong = next((each.error for each in found.values() if each.error is not None), None)
        return Passed(outputs, None if outputs else wrong)

    def _wrapped(
        self,
        model: JSON,
        wrapper: Passed,
        step: int,
        node: Node,
        everything: dict[str, Passed],
        looked: Sequence[str],
    ) -> None:
        """Goes through the model inside a wrapper, at one of its calls; the last where there are fewer."""
        inside = self._behind.get(node)
        if inside is None or inside.source.model is not wrapper.wrapped:
            inside = self._behind[node] = Passage(LayerSource(model, wrapper.wrapped), self.check)
        inside.source.version = self.source.version
        try:
            names = [name for name, _ in inputs_of(model)]
            inputs = wrapper.steps[min(step, len(wrapper.steps) - 1)].inputs(names)
        except Exception:  # it compiles its calls, so nobody knows what goes in
            return
        inner = inside.run(model, inputs, looked=looked)
        everything.update({f"{node_id(node)}/{name}": each for name, each in inner.items()})


def _step_at(node: Node, looked: Sequence[str]) -> int | None:
    """Which call of the model inside a node is looked at; None where the node is not gone into."""
    place, step = parse_step(looked[0]) if looked else ("", 0)
    return step if place in (node_id(node), *([] if node[1] else [node[0]])) else None


def _has_graph(data: Mapping[str, Any]) -> bool:
    return data.get("class_name") in ("Functional", "Sequential", "Model")


def _input_names(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> list[str]:
    """The Inputs of a model in their order; of a Sequential without one the name of what it is given."""
    if is_sequential(model):
        return [layers[0].name if layers and is_input(layers[0].data) else GIVEN.layer]
    return [reference.layer for reference in histories(model["config"].get("input_layers"))]


def _with_first(found: Passed, tensor: Any) -> Passed:
    """The call with another tensor as its first output; what is masked stays masked."""
    return replace(
        found, outputs=(with_mask(tensor, mask_of(found.outputs[0])), *found.outputs[1:]), views=[]
    )
