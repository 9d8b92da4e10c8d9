"""Masks that Keras 3 joins in another way or loses, written into the graph.

Keras 2 joins the masks of what is merged with AND, and passes over an input that has none. Keras 3 joins them
with OR, and has none where one input has none; what is given to MultiHeadAttention has no mask afterwards,
and a recurrent layer that begins with states finds none.
So a recurrent layer behind `Add()([words, positions])` would see the padding. Source: `compute_mask` in
https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/merging/base_merge.py and
https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/merging/base_merge.py, and `call` in
https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/attention/multi_head_attention.py
A layer that needs a mask which can't be written is refused.
"""

from dataclasses import dataclass
from typing import Any

from kerasviz.config.report import Report
from kerasviz.config.rules.layerparts import calls_of, has_masks, is_model, is_source, returns_sequences
from kerasviz.config.rules.masktensors import UNWRITABLE, MaskTensors, Source
from kerasviz.config.rules.rule import Layer, NoCounterpartError
from kerasviz.config.rules.tensors import history_of, name_of, tensors_in
from kerasviz.protocol.text import text

SAYS = text("Added masks that Keras 3 would join differently or lose")
DROPOUT_SAYS = text("Removed attention dropout, with which Keras 3 treats padding differently")
LOST = text("Keras 3 would give it a mask that Keras 2 had lost, so its results would differ.")

MERGING = frozenset("Add Subtract Multiply Average Maximum Minimum Concatenate".split())
PASSING = frozenset(
    "Activation ActivityRegularization AlphaDropout BatchNormalization Dense Dropout ELU GaussianDropout "
    "GaussianNoise GroupNormalization LayerNormalization LeakyReLU PReLU ReLU Softmax SpatialDropout1D "
    "UnitNormalization".split()
)
"""Layers whose output has the mask of their input."""
RECURRENT = frozenset("LSTM GRU SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D Bidirectional".split())
ATTENTION = frozenset({"Attention", "AdditiveAttention"})
LOSING = frozenset({"Identity", "Normalization", "Rescaling"})
"""Layers whose output has the mask of their input since Keras 3, and had none before."""
OF_TIME = (1, -2)
"""Axes along which Concatenate appends masks, as it does today."""


@dataclass(frozen=True)
class Mask:
    """What Keras 2 knew of the mask of a tensor.

    Attributes:
        sources: The calls whose masks it joins; empty for no mask.
        kept: Whether Keras 3 has the same by itself.
    """

    sources: frozenset[Source] = frozenset()
    kept: bool = True


def write_masks(model: Layer, report: Report) -> None:
    """Adds masks to the calls of a converted model, and of those inside it, that would be without.

    Args:
        model: The model in today's form; its graph is changed.
        report: Gets what was changed.
    """
    if has_masks(model):
        _Graph(model, report).walk()


class _Graph:
    """One walk through a graph, in the order of its calls.

    Args:
        model: The model whose graph it is.
        report: Gets what was changed.
        entering: The masks that its inputs come with.
        written: Whether the masks of an earlier walk are in it, so that none may be added.
    """

    def __init__(
        self, model: Layer, report: Report, entering: list[Mask] | None = None, written: bool = False
    ) -> None:
        self.model, self.report = model, report
        layers = model["config"]["layers"]
        self.layers: dict[str, Layer] = {layer["config"]["name"]: layer for layer in layers}
        self.fixed = written or "output_layers" not in model["config"]
        self.nodes, self.inputs, self.outputs = calls_of(model)
        self.tensors = MaskTensors(self.layers)
        self.inside: dict[str, dict[tuple[bool, ...], _Graph]] = {}
        entering = (entering or []) + [Mask()] * len(self.inputs)
        self.masks: dict[Source, list[Mask]] = {
            (name, 0): [Mask(frozenset({(name, 0)}) if mask.sources else mask.sources, mask.kept)]
            for name, mask in zip(self.inputs, entering, strict=False)
        }
        users: dict[str, int] = {}
        attended: set[str] = set()
        for name, layer in self.layers.items():
            for node in self.nodes[name]:
                for history in {str(history_of(tensor)) for tensor in tensors_in(node)}:
                    users[history] = users.get(history, 0) + 1
                    if layer["class_name"] == "MultiHeadAttention":
                        attended.add(history)
        self.bared = {history for history in attended if users[history] > 1}

    def walk(self) -> "_Graph":
        """Finds the masks of all calls, and writes those that are needed into the graph."""
        calls = [(name, place) for name in self.layers for place in range(len(self.nodes[name]))]
        missing = {call: self.missing(*call) for call in calls}
        takers: dict[Source, list[Source]] = {}
        for call in calls:
            for source in missing[call]:
                takers.setdefault(source, []).append(call)
        order = {call: number for number, call in enumerate(calls)}
        ready = [call for call in calls if not missing[call]]
        while ready:
            freed: list[Source] = []
            for call in ready:
                self.masks[call] = self.call_or_refuse(*call)
                for taker in takers.get(call, ()):
                    missing[taker].discard(call)
                    if not missing[taker]:
                        freed.append(taker)
            ready = sorted(freed, key=order.__getitem__)
        self.model["config"]["layers"].extend(self.tensors.added.values())
        return self

    def missing(self, name: str, place: int) -> set[Source]:
        """Lists the calls whose masks must be known before those of a call can be."""
        calls = {tuple(history_of(tensor)[:2]) for tensor in tensors_in(self.nodes[name][place])}
        return {call for call in calls if call not in self.masks and self.nodes.get(call[0])}

    def mask(self, tensor: Any) -> Mask:
        """Gives the mask of a tensor."""
        name, node, place = history_of(tensor)
        masks = self.masks.get((name, node), [])
        mask = masks[place] if place < len(masks) else Mask()
        return Mask(mask.sources, False) if mask.sources and str([name, node, place]) in self.bared else mask

    def call_or_refuse(self, name: str, place: int) -> list[Mask]:
        """Finds the masks of what a call gives; a layer that can't have the one it needs is refused."""
        layer = self.layers[name]
        try:
            return self.call(layer, name, place)
        except NoCounterpartError as error:
            self.report.kept(name, layer["class_name"], error.reason)
            layer["kerasviz"] = {"reason": str(error.reason)}
            return []

    def call(self, layer: Layer, name: str, place: int) -> list[Mask]:
        """Finds the masks of what a call gives, and writes those that it uses into its arguments."""
        node, class_name, config = self.nodes[name][place], layer["class_name"], layer["config"]
        inputs = [self.mask(tensor) for tensor in tensors_in(node["args"])]
        if not inputs:
            return []
        first, own = inputs[0], Mask(frozenset({(name, place)}))
        if is_model(layer):
            return self.nested(layer, name, place, inputs)
        if layer["module"] != "keras.layers":
            return []  # an operation has none
        if is_source(layer):
            self.tensors.values[name, place] = layer, tensors_in(node["args"])[0]
            return [own]
        if class_name == "TimeDistributed":
            return [self.distributed(layer, name, place, first)]
        if given := tensors_in(node["kwargs"].get("mask")):
            self.tensors.values[name, place] = layer, given[0]
            return [own] if class_name in ATTENTION or returns_sequences(layer) else []
        if class_name == "Concatenate" and config.get("axis") in OF_TIME:
            kept = all(mask.kept for mask in inputs)
            return [Mask(own.sources if any(mask.sources for mask in inputs) else frozenset(), kept)]
        if class_name in MERGING:
            joined = frozenset().union(*(mask.sources for mask in inputs))
            return [Mask(joined, all(mask == Mask(joined) for mask in inputs))]
        if class_name in PASSING:
            return [first]
        if class_name in LOSING:
            return [Mask(frozenset(), first.kept != bool(first.sources))]
        if class_name in RECURRENT or class_name == "GlobalAveragePooling1D":
            # Beside another tensor, which a state is, Keras 3 finds no mask for the sequence.
            kept = first.kept and not (first.sources and tensors_in(node["kwargs"]))
            self.write(layer, node, Mask(first.sources, kept))
            return [Mask(first.sources)] if returns_sequences(layer) else []
        if class_name in ATTENTION:
            self.write_list(layer, node, inputs)
            return [Mask(first.sources)]
        if class_name == "MultiHeadAttention":
            kept = self.write_product(layer, node, first)
            return [Mask(first.sources, kept or not first.sources)]
        return []

    def nested(self, layer: Layer, name: str, place: int, inputs: list[Mask]) -> list[Mask]:
        """Walks through a model inside, and finds the masks of its outputs."""
        node = self.nodes[name][place]
        if len(inputs) == 1:
            self.write(layer, node, inputs[0], needed=False)
        elif any(mask.sources and not mask.kept for mask in inputs):
            raise NoCounterpartError(
                text("One of its inputs has a mask that Keras 3 would join differently or lose.")
            )
        entering = [Mask(mask.sources, mask.kept or bool(mask.sources)) for mask in inputs]
        graph = self.walked(layer, name, entering)
        values = dict(zip(graph.inputs, zip(inputs, tensors_in(node["args"]), strict=True), strict=False))
        found = []
        for tensor in graph.outputs:
            mask = graph.mask(tensor)
            sources: set[Source] = set()
            for source in mask.sources:
                if source[0] in values:
                    sources |= values[source[0]][0].sources
                    continue
                here = (f"{name}/{source[0]}", place)
                sources.add(here)
                maker, value = graph.tensors.values.get(source, (layer, tensor))
                if name_of(value) in values:
                    self.tensors.values[here] = maker, values[name_of(value)][1]
            found.append(Mask(frozenset(sources), mask.kept))
        return found

    def walked(self, layer: Layer, name: str, entering: list[Mask]) -> "_Graph":
        """Walks through a model inside, once for calls with masks alike; the first one writes into it."""
        state = tuple(bool(mask.sources) for mask in entering)
        known = self.inside.setdefault(name, {})
        if state not in known:
            known[state] = _Graph(layer, self.report, entering, written=bool(known)).walk()
        return known[state]

    def distributed(self, layer: Layer, name: str, place: int, first: Mask) -> Mask:
        """Finds the mask of what a TimeDistributed gives, which Keras 3 takes to be that of its input."""
        inner, node = layer["config"]["layer"], self.nodes[name][place]
        own = frozenset({(name, place)})
        if is_source(inner):
            self.tensors.values[name, place] = inner, tensors_in(node["args"])[0]
            return Mask(own, False)
        if is_model(inner):
            self.write(layer, node, first, needed=False)
            graph = self.walked(inner, name, [first])
            inside = graph.mask(graph.outputs[0]).sources - {(entry, 0) for entry in graph.inputs}
            return Mask(own, False) if inside else Mask(first.sources)
        if inner["class_name"] in RECURRENT or inner["class_name"] == "GlobalAveragePooling1D":
            self.write(layer, node, first)
            # Of a mask for each step of each sequence Keras 2 makes one for each sequence.
            return Mask(own, False) if first.sources and not returns_sequences(inner) else Mask(first.sources)
        return first

    def write(self, layer: Layer, node: dict[str, Any], mask: Mask, needed: bool = True) -> None:
        """Writes a mask as an argument of a call where Keras 3 would not have it."""
        if mask.kept:
            return
        if not mask.sources:
            if needed:
                raise NoCounterpartError(LOST)
            return
        self.changes(layer)
        node["kwargs"]["mask"] = self.tensors.tensor(mask.sources)

    def write_list(self, layer: Layer, node: dict[str, Any], masks: list[Mask]) -> None:
        """Writes the masks of query and value as the one argument that `Attention` has for them."""
        if not all(mask.kept for mask in masks):
            self.changes(layer)
            node["kwargs"]["mask"] = [
                self.tensors.tensor(mask.sources) if mask.sources else None for mask in masks[:2]
            ]

    def write_product(self, layer: Layer, node: dict[str, Any], query: Mask) -> bool:
        """Writes which query may look at which value, as the layer reads no `query_mask` that it is given.

        Returns:
            Whether Keras 3 has all the masks by itself.
        """
        kwargs = node["kwargs"]
        found = [query, *(self.mask(kwargs[key]) for key in ("value", "key") if tensors_in(kwargs.get(key)))]
        if any(not mask.kept and not mask.sources for mask in found):
            raise NoCounterpartError(LOST)
        masks = [(mask, axis) for mask, axis in zip(found, (-1, -2, -2), strict=False) if mask.sources]
        if masks and kwargs.get("return_attention_scores"):
            raise NoCounterpartError(
                text("With return_attention_scores, Keras 3 treats padding differently.")
            )
        if masks and layer["config"].get("dropout"):
            self.report.changed(DROPOUT_SAYS, layer["config"]["name"])
            layer["config"]["dropout"] = 0.0
        if all(mask.kept for mask, _ in masks):
            return True
        self.changes(layer)
        parts = [(self.tensors.tensor(mask.sources), axis) for mask, axis in masks]
        product = [
            self.tensors.operation(
                "ExpandDims", f"{name_of(part)}_{'rows' if axis == -1 else 'columns'}", [part], axis=axis
            )
            for part, axis in parts
        ]
        kwargs["attention_mask"] = self.tensors.joined([*product, *tensors_in(kwargs.get("attention_mask"))])
        return False

    def changes(self, layer: Layer) -> None:
        """Notes that a call of a layer gets a mask.

        Raises:
            NoCounterpartError: When calls of this graph can't have one.
        """
        if self.fixed:
            raise NoCounterpartError(UNWRITABLE)
        self.report.changed(SAYS, layer["config"]["name"])
