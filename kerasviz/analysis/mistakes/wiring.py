"""Fixes for errors of the graph itself, by the code of the error."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kerasviz.analysis.mistakes.edits import tensor
from kerasviz.analysis.mistakes.situation import Drawing, Edit, Fix, ancestors, closest, fix, removal
from kerasviz.analysis.mistakes.titles import remove_title
from kerasviz.analysis.reading import LayerConfig, Reference, is_input, read_layers
from kerasviz.analysis.specs import shape_text
from kerasviz.analysis.structure import histories
from kerasviz.protocol import KerasError
from kerasviz.protocol.text import Text, all_of, text


def cycle(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Removes a connection that closes the cycle, where the layer has another input."""
    layer = _layer(drawing, error)
    for call, references in enumerate(layer.links if layer else ()):
        for position, reference in enumerate(references):
            if layer and len(references) > 1 and _reaches(drawing, layer.name, reference.layer):
                edit = _without(layer, call, position)
                if edit:
                    yield fix(text("Remove the connection from {layer}", layer=repr(reference.layer)), edit)


def dangling(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Connects to the layer with the most similar name, or to the one before."""
    layer = _layer(drawing, error)
    if layer is None:
        return
    names = list(drawing.layers)
    before = names[: names.index(layer.name)][-1:]
    for call, references in enumerate(layer.links):
        for position, reference in enumerate(references):
            if drawing.specs(reference):
                continue
            if reference.layer in drawing.layers and reference.tensor:
                arguments = {"return_state": True}
                state: Edit = {"edit": "set", "layer": reference.layer, "arguments": arguments}
                yield fix(text("Return the states of {layer}", layer=repr(reference.layer)), state)
            for name in dict.fromkeys([closest(reference.layer, names), *before]):
                if name is not None and name != layer.name:
                    edit = {"edit": "connect", "layer": layer.name, "call": call, "position": position}
                    yield fix(_connect_title(layer.name, name), {**edit, "history": [name, 0, 0]})


def duplicate_name(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Gives the later layers unique names."""
    name = str(error["layer"])
    layers = read_layers(drawing.model, {})
    edits, taken = [], {layer.name for layer in layers}
    for index in [i for i, layer in enumerate(layers) if layer.name == name][1:]:
        number = next(n for n in range(1, len(layers) + 1) if f"{name}_{n}" not in taken)
        taken.add(f"{name}_{number}")
        edits.append({"edit": "rename", "index": index, "name": f"{name}_{number}"})
    yield fix(text("Rename the other one to {name}", name=repr(edits[0]["name"])), *edits)


def unconnected(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Connects a layer to the only open output, or to the input of the other output; or removes it."""
    layer = _layer(drawing, error)
    if layer is None:
        return
    outputs = {reference.layer for reference in histories(drawing.model["config"].get("output_layers"))}
    unused = [name for name in _unused(drawing) if not _reaches(drawing, layer.name, name)]
    source: Reference | None = None
    more: list[Edit] = []
    if len(unused) == 1 and {unused[0], layer.name} <= outputs:
        # Two outputs: the unconnected one gets the same input as the other.
        links = drawing.layers[unused[0]].links
        source = links[0][0] if links and len(links[0]) == 1 else None
    elif len(unused) == 1:
        source = Reference(unused[0], max(0, len(drawing.layers[unused[0]].links) - 1), 0)
        more = [{"edit": "move_output", "old": unused[0], "new": layer.name}]
    call = next((index for index, link in enumerate(layer.links) if not link), 0)
    if source is not None:
        for args in ([_tensor(source)], [[_tensor(source)]]):
            edit = {"edit": "call", "layer": layer.name, "call": call, "args": args, "kwargs": {}}
            yield fix(_connect_title(layer.name, source.layer), edit, *more)
    yield removal(layer, call)


def removed(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Removes an input that no layer uses, or that is not the first layer of a Sequential model."""
    yield fix(remove_title(str(error["layer"])), {"edit": "remove", "layer": error["layer"]})


def unlisted_input(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Lists the inputs in the order of the layers."""
    inputs = [[name, 0, 0] for name, layer in drawing.layers.items() if is_input(layer.data)]
    yield fix(
        text("Add {layer} to the model's inputs", layer=repr(error["layer"])),
        {"edit": "inputs", "inputs": inputs},
    )


def no_input(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Adds an Input that fits the data selected for training."""
    data, first = drawing.data, _layer(drawing, error)
    if data is None:
        return
    shapes = [data.shape, (math.prod(data.shape),)]
    if first is not None and first.data.get("class_name") == "Dense":
        shapes.reverse()  # it would take each row of an image by itself
    for shape in dict.fromkeys(shapes):
        yield fix(
            text("Add an Input of shape {shape}", shape=shape_text(shape)), *_new_input(drawing, error, shape)
        )


def _new_input(drawing: Drawing, error: KerasError, shape: tuple[int, ...]) -> list[Edit]:
    name = drawing.unique("input_layer")
    batch_shape = [None, *shape]
    edits: list[Edit] = [{"edit": "add_input", "name": name, "batch_shape": batch_shape, "dtype": "float32"}]
    loose = [n for n, layer in drawing.layers.items() if not (layer.links and all(layer.links))]
    if error["layer"] is None and loose:
        args = [_tensor(Reference(name, 0, 0))]
        edits.append({"edit": "call", "layer": loose[0], "call": 0, "args": args, "kwargs": {}})
        edits.append({"edit": "inputs", "inputs": [[name, 0, 0]]})
    return edits


def dangling_output(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Makes the layers whose output is not used the outputs of the model."""
    unused = _unused(drawing)
    if unused:
        edit = {"edit": "outputs", "outputs": [[name, 0, 0] for name in unused]}
        yield fix(text("Use the output of {layers}", layers=all_of([repr(name) for name in unused])), edit)


FIXES: Mapping[str, Callable[[Drawing, KerasError], Iterator[Fix]]] = {
    "cycle": cycle,
    "dangling": dangling,
    "duplicate_name": duplicate_name,
    "unconnected": unconnected,
    "unused_input": removed,
    "late_input": removed,
    "unlisted_input": unlisted_input,
    "no_input": no_input,
    "dangling_output": dangling_output,
    "no_output": dangling_output,
}


def _connect_title(layer: str, source: str) -> Text:
    return text("Connect {source} to {layer}", source=repr(source), layer=repr(layer))


def _layer(drawing: Drawing, error: KerasError) -> LayerConfig | None:
    return drawing.layers.get(str(error["layer"]))


def _unused(drawing: Drawing) -> list[str]:
    """Returns the layers whose output is not used, without the inputs."""
    used = {r.layer for layer in drawing.layers.values() for link in layer.links for r in link}
    return [name for name, layer in drawing.layers.items() if name not in used and not is_input(layer.data)]


def _reaches(drawing: Drawing, start: str, end: str) -> bool:
    """Tells whether data flows from one layer to another."""
    return start == end or start in ancestors(drawing, Reference(end, 0, 0))


def _tensor(reference: Reference) -> dict[str, Any]:
    return tensor([reference.layer, reference.call, reference.tensor or 0])


def _without(layer: LayerConfig, call: int, position: int) -> dict[str, Any] | None:
    """Returns the edit that removes one tensor from a list of tensors."""
    args = layer.calls[call].args
    if not args or not isinstance(args[0], list):
        return None
    kept = [item for index, item in enumerate(args[0]) if index != position]
    arguments = {"args": [kept, *args[1:]], "kwargs": dict(layer.calls[call].kwargs)}
    return {"edit": "call", "layer": layer.name, "call": call, **arguments}
