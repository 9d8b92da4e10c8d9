"""Mends for what is wrong with the graph itself, by the kind of the error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kerasviz.analysis.mistakes.edits import tensor
from kerasviz.analysis.mistakes.situation import Drawing, Edit, Fix, ancestors, closest, fix
from kerasviz.analysis.reading import LayerConfig, Reference, is_input, read_layers
from kerasviz.analysis.structure import histories
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.protocol import KerasError


def cycle(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Takes away a connection that closes the circle, where the layer has another input."""
    layer = _layer(drawing, error)
    for call, references in enumerate(layer.links if layer else ()):
        for position, reference in enumerate(references):
            if layer and len(references) > 1 and _reaches(drawing, layer.name, reference.layer):
                edit = _without(layer, call, position)
                if edit:
                    yield fix(f"Remove the connection from '{reference.layer}'", edit)


def dangling(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Connects to the layer whose name looks most like the one that is missing, or to the one before."""
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
                yield fix(f"Let '{reference.layer}' return its states", state)
            for name in dict.fromkeys([closest(reference.layer, names), *before]):
                if name is not None and name != layer.name:
                    edit = {"edit": "connect", "layer": layer.name, "call": call, "position": position}
                    yield fix(f"Connect it to '{name}'", {**edit, "history": [name, 0, 0]})


def duplicate_name(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Gives the later layers names of their own."""
    name = str(error["layer"])
    layers = read_layers(drawing.model, {})
    edits, taken = [], {layer.name for layer in layers}
    for index in [i for i, layer in enumerate(layers) if layer.name == name][1:]:
        number = next(n for n in range(1, len(layers) + 1) if f"{name}_{n}" not in taken)
        taken.add(f"{name}_{number}")
        edits.append({"edit": "rename", "index": index, "name": f"{name}_{number}"})
    yield fix(f"Rename the other to '{edits[0]['name']}'", *edits)


def unconnected(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Connects a loose layer to the only other loose end, or as the other output is; or takes it away."""
    layer = _layer(drawing, error)
    if layer is None:
        return
    outputs = {reference.layer for reference in histories(drawing.model["config"].get("output_layers"))}
    ends = [name for name in _ends(drawing) if not _reaches(drawing, layer.name, name)]
    source: Reference | None = None
    more: list[Edit] = []
    if len(ends) == 1 and {ends[0], layer.name} <= outputs:
        # Two outputs: the loose one takes what the other does.
        links = drawing.layers[ends[0]].links
        source = links[0][0] if links and len(links[0]) == 1 else None
    elif len(ends) == 1:
        source = Reference(ends[0], max(0, len(drawing.layers[ends[0]].links) - 1), 0)
        more = [{"edit": "move_output", "old": ends[0], "new": layer.name}]
    if source is not None:
        for args in ([_tensor(source)], [[_tensor(source)]]):
            edit = {"edit": "call", "layer": layer.name, "call": 0, "args": args, "kwargs": {}}
            yield fix(f"Connect it to '{source.layer}'", edit, *more)
    yield fix(f"Remove '{layer.name}'", {"edit": "remove", "layer": layer.name})


def removed(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Takes away an input that no layer looks at, or that stands in the midst of a chain."""
    yield fix(f"Remove '{error['layer']}'", {"edit": "remove", "layer": error["layer"]})


def unlisted_input(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Lists the inputs in the order in which they stand."""
    inputs = [[name, 0, 0] for name, layer in drawing.layers.items() if is_input(layer.data)]
    yield fix("List it among the model's inputs", {"edit": "inputs", "inputs": inputs})


def no_input(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Puts an Input in front that fits the data which was chosen for training."""
    data = dataset(drawing)
    if data is None:
        return
    name = drawing.unique("input_layer")
    shape = [None, *data["shape"]]
    edits: list[Edit] = [{"edit": "add_input", "name": name, "batch_shape": shape, "dtype": "float32"}]
    loose = [n for n, layer in drawing.layers.items() if not (layer.links and all(layer.links))]
    if error["layer"] is None and loose:
        args = [_tensor(Reference(name, 0, 0))]
        edits.append({"edit": "call", "layer": loose[0], "call": 0, "args": args, "kwargs": {}})
        edits.append({"edit": "inputs", "inputs": [[name, 0, 0]]})
    yield fix(f"Put an Input of shape {tuple(data['shape'])} in front", *edits)


def dangling_output(drawing: Drawing, error: KerasError) -> Iterator[Fix]:
    """Makes the layers that lead nowhere the outputs."""
    ends = _ends(drawing)
    if ends:
        edit = {"edit": "outputs", "outputs": [[name, 0, 0] for name in ends]}
        yield fix(f"Take the output of {' and '.join(repr(name) for name in ends)}", edit)


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


def dataset(drawing: Drawing) -> Mapping[str, Any] | None:
    """Returns the data set that the document trains on, if it ships with a dependency."""
    from kerasviz.data import datasets

    source = part_of(training_of(drawing.model), "data").get("class_name")
    return next((item for item in datasets() if item["name"] == source), None)


def _layer(drawing: Drawing, error: KerasError) -> LayerConfig | None:
    return drawing.layers.get(str(error["layer"]))


def _ends(drawing: Drawing) -> list[str]:
    """Returns the layers whose output no layer takes, inputs aside."""
    used = {r.layer for layer in drawing.layers.values() for link in layer.links for r in link}
    return [name for name, layer in drawing.layers.items() if name not in used and not is_input(layer.data)]


def _reaches(drawing: Drawing, start: str, end: str) -> bool:
    """Tells whether data flows from one layer to another."""
    return start == end or start in ancestors(drawing, Reference(end, 0, 0))


def _tensor(reference: Reference) -> dict[str, Any]:
    return tensor([reference.layer, reference.call, reference.tensor or 0])


def _without(layer: LayerConfig, call: int, position: int) -> dict[str, Any] | None:
    """Returns the edit that takes one tensor out of a list of them."""
    args = layer.calls[call].args
    if not args or not isinstance(args[0], list):
        return None
    kept = [item for index, item in enumerate(args[0]) if index != position]
    arguments = {"args": [kept, *args[1:]], "kwargs": dict(layer.calls[call].kwargs)}
    return {"edit": "call", "layer": layer.name, "call": call, **arguments}
