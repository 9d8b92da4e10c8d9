"""What is wrong with the graph of a model, before Keras is asked about any layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kerasviz.analysis.order import Node
from kerasviz.analysis.reading import LayerConfig, Reference, is_input, is_sequential, read_history
from kerasviz.protocol import KerasError


def problem(code: str, layer: str | None, message: str) -> KerasError:
    """Returns an error of kerasviz' own, which Keras has not put into words."""
    return KerasError(code=code, layer=layer, message=message, detail=None, fix=None)


def circle(layer: str, nodes: Collection[Node]) -> KerasError:
    """Returns the error of a layer whose input is made from its own output."""
    names = ", ".join(sorted({f"'{name}'" for name, _ in nodes}))
    return problem(
        "cycle",
        layer,
        f"Layer '{layer}' stands in a circle: its input is made from its own output. Data must flow one way. "
        f"Remove one of the connections between {names}.",
    )


def dangling(layer: str, reference: Reference) -> KerasError:
    """Returns the error of a layer that takes a tensor which nothing makes."""
    source = f"'{reference.layer}'" if reference.layer else "a layer without a name"
    return problem(
        "dangling",
        layer,
        f"Layer '{layer}' takes output {reference.tensor or 0} of call {reference.call} of {source}, which "
        "does not exist. Connect it to another layer.",
    )


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
            message = f"More than one layer is named '{name}'. Give each a name of its own."
            yield problem("duplicate_name", name, message)


def _no_input(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if not layers:
        yield problem("empty", None, "The model has no layers. Start with an Input layer.")
    elif not is_sequential(model) and not any(is_input(layer.data) for layer in layers):
        yield problem("no_input", None, "The model has no input. Add an Input layer and connect it.")


def _unconnected(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    for layer in layers:
        if is_input(layer.data) or (layer.links and all(layer.links)):
            continue
        if is_sequential(model):
            message = (
                f"Layer '{layer.name}' comes first, and the shape of the data is not known. "
                "Put an Input layer before it."
            )
            yield problem("no_input", layer.name, message)
        else:
            message = (
                f"Layer '{layer.name}' has no input. "
                "Connect it to the layer whose output it takes, or remove it."
            )
            yield problem("unconnected", layer.name, message)


def _unused_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if is_sequential(model) or len(layers) < 2:
        return
    used = {reference.layer for layer in layers for link in layer.links for reference in link}
    for layer in layers:
        if is_input(layer.data) and layer.name not in used:
            message = f"No layer takes the data of input '{layer.name}'. Connect it, or remove it."
            yield problem("unused_input", layer.name, message)


def _late_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    for layer in layers[1:] if is_sequential(model) else ():
        if is_input(layer.data):
            message = f"Input '{layer.name}' comes after other layers. A chain begins with its one Input."
            yield problem("late_input", layer.name, message)


def _unlisted_inputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    config = model.get("config", {})
    if is_sequential(model) or "input_layers" not in config:
        return
    listed = {reference.layer for reference in histories(config["input_layers"])}
    used = {reference.layer for layer in layers for link in layer.links for reference in link}
    for layer in layers:
        if is_input(layer.data) and layer.name in used and layer.name not in listed:
            message = (
                f"Input '{layer.name}' is not among the inputs that the model lists, so it gets no data."
            )
            yield problem("unlisted_input", layer.name, message)


def _outputs(model: Mapping[str, Any], layers: Sequence[LayerConfig]) -> Iterator[KerasError]:
    if is_sequential(model) or not layers:
        return
    names = {layer.name for layer in layers}
    outputs = list(histories(model.get("config", {}).get("output_layers")))
    if not outputs:
        yield problem("no_output", None, "The model has no output. Say which layer's output it gives.")
    for reference in outputs:
        if reference.layer not in names:
            message = (
                f"The model's output is made by '{reference.layer}', which does not exist. Choose another."
            )
            yield problem("dangling_output", None, message)


def histories(value: Any) -> Iterator[Reference]:
    """Yields the `[layer, call, tensor]` of `input_layers` or `output_layers`, however they are nested."""
    reference = read_history(value)
    if reference is not None:
        yield reference
    elif isinstance(value, dict):
        for item in value.values():
            yield from histories(item)
    elif isinstance(value, list):
        for item in value:
            yield from histories(item)
