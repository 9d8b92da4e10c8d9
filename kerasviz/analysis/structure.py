"""Errors in the graph of a model, which are found before Keras is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kerasviz.analysis.order import Node
from kerasviz.analysis.reading import LayerConfig, Reference, is_input, is_sequential, read_history
from kerasviz.protocol import KerasError
from kerasviz.protocol.text import all_of, text

MAX_TOLD = 20
"""Outputs that do not exist of which a person is told: a file may have any number."""


def problem(code: str, layer: str | None, message: str) -> KerasError:
    """Returns an error that kerasviz found, which has no message of Keras."""
    return KerasError(code=code, layer=layer, message=message, detail=None, fix=None)


def cycle(layer: LayerConfig, node: Node, nodes: Collection[Node]) -> KerasError:
    """Returns the error of a call whose input depends on its own output.

    Args:
        layer: Of the call.
        node: The call.
        nodes: All calls that have this error.
    """
    name, call = node
    if any((source.layer, source.call) == node for source in layer.links[call]):
        message = text(
            "Layer {layer} is connected to itself: its input is its own output. Remove this connection.",
            layer=repr(name),
        )
        return problem("cycle", name, message)
    return problem(
        "cycle",
        name,
        text(
            "Layer {layer} is part of a cycle: its input depends on its own output. Remove one of the "
            "connections between {layers}.",
            layer=repr(name),
            layers=all_of(sorted({repr(other) for other, _ in nodes})),
        ),
    )


def dangling(layer: str, reference: Reference) -> KerasError:
    """Returns the error of a layer whose input does not exist."""
    if not reference.layer:
        message = text(
            "The input of layer {layer} does not exist. Connect it to another layer.", layer=repr(layer)
        )
        return problem("dangling", layer, message)
    message = text(
        "The input of layer {layer} does not exist: output {output} of call {call} of {source}. Connect it "
        "to another layer.",
        layer=repr(layer),
        output=reference.tensor or 0,
        call=reference.call,
        source=repr(reference.layer),
    )
    return problem("dangling", layer, message)


def model_errors(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> list[KerasError]:
    """Returns what is wrong with the model as a whole."""
    return [
        *_duplicates(layers),
        *_no_input(model, layers),
        *_unconnected(model, layers),
        *_unused_inputs(model, layers),
        *_late_inputs(model, layers),
        *_unlisted_inputs(model, layers),
        *_outputs(model, layers),
    ]


def _duplicates(layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    for name, count in Counter(layer.name for layer in layers).items():
        if count > 1:
            message = text(
                "Several layers have the name {layer}. Give each layer a unique name.", layer=repr(name)
            )
            yield problem("duplicate_name", name, message)


def _no_input(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if not layers:
        yield problem("empty", None, text("The model has no layers. Start with an Input layer."))
    elif not is_sequential(model) and not any(is_input(layer.data) for layer in layers):
        yield problem("no_input", None, text("The model has no input. Add an Input layer and connect it."))


def _unconnected(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    for layer in layers:
        if is_input(layer.data) or (layer.links and all(layer.links)):
            continue
        if is_sequential(model):
            message = text(
                "Layer {layer} is the first layer, and its input shape is unknown. Add an Input layer "
                "before it.",
                layer=repr(layer.name),
            )
            yield problem("no_input", layer.name, message)
        else:
            message = text(
                "Layer {layer} has no input. Connect it to another layer, or remove it.",
                layer=repr(layer.name),
            )
            yield problem("unconnected", layer.name, message)


def _unused_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if is_sequential(model) or len(layers) < 2:
        return
    used = {reference.layer for layer in layers for link in layer.links for reference in link}
    for layer in layers:
        if is_input(layer.data) and layer.name not in used:
            message = text("Input {layer} is not used. Connect it, or remove it.", layer=repr(layer.name))
            yield problem("unused_input", layer.name, message)


def _late_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    for layer in layers[1:] if is_sequential(model) else ():
        if is_input(layer.data):
            message = text(
                "Input {layer} comes after other layers. A Sequential model has one Input, as its first "
                "layer.",
                layer=repr(layer.name),
            )
            yield problem("late_input", layer.name, message)


def _unlisted_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    config = model.get("config", {})
    if is_sequential(model) or "input_layers" not in config:
        return
    listed = {reference.layer for reference in histories(config["input_layers"])}
    used = {reference.layer for layer in layers for link in layer.links for reference in link}
    for layer in layers:
        if is_input(layer.data) and layer.name in used and layer.name not in listed:
            message = text(
                "Input {layer} is not listed in the inputs of the model, so it gets no data. Add it there.",
                layer=repr(layer.name),
            )
            yield problem("unlisted_input", layer.name, message)


def _outputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if is_sequential(model) or not layers:
        return
    names = {layer.name for layer in layers}
    outputs = {reference.layer: None for reference in histories(model.get("config", {}).get("output_layers"))}
    if not outputs:
        yield problem("no_output", None, text("The model has no output. Mark a layer as a model output."))
    for layer in islice((layer for layer in outputs if layer not in names), MAX_TOLD):
        message = text(
            "The output of the model is layer {layer}, which does not exist. Choose another layer.",
            layer=repr(layer),
        )
        yield problem("dangling_output", None, message)


def histories(value: Any) -> Iterator[Reference]:
    """Yields each `[layer, call, tensor]` of `input_layers` or `output_layers`, at any depth."""
    reference = read_history(value)
    if reference is not None:
        yield reference
    elif isinstance(value, dict):
        for item in value.values():
            yield from histories(item)
    elif isinstance(value, list):
        for item in value:
            yield from histories(item)
