"""How much of the input one position of an output depends on.

Each layer adds its window, multiplied by the strides before it: Araujo, Norris and Sim, "Computing Receptive
Fields of Convolutional Neural Networks", Distill 2019.
"""

from __future__ import annotations

from dataclasses import dataclass

from kerasviz.analysis.computation import NodeState, Snapshot
from kerasviz.analysis.order import Node


@dataclass(frozen=True)
class _Field:
    sizes: tuple[int, ...]
    jumps: tuple[int, ...]


def receptive_fields(snapshot: Snapshot) -> dict[Node, tuple[int, ...]]:
    """Returns the sizes along the spatial axes, for nodes whose positions depend on a part of the input."""
    links = {layer.name: layer.links for layer in snapshot.layers}
    fields: dict[Node, _Field] = {}
    for node, state in snapshot.states.items():
        calls = links[node[0]]
        sources = [(r.layer, r.call) for r in calls[node[1]]] if calls else []
        field = _field(state, [fields.get(source) for source in sources])
        if field is not None:
            fields[node] = field
    return {node: field.sizes for node, field in fields.items()}


def _field(state: NodeState, before: list[_Field | None]) -> _Field | None:
    outcome = state.outcome
    if outcome is None or len(outcome.outputs) != 1:
        return None
    if not before:
        rank = len(outcome.outputs[0].shape) - 2
        return _Field((1,) * rank, (1,) * rank) if rank > 0 else None
    known = [field for field in before if field is not None]
    if len(known) < len(before) or len({field.jumps for field in known}) > 1:
        return None
    sizes = tuple(max(size) for size in zip(*(field.sizes for field in known), strict=True))
    jumps = known[0].jumps
    window = outcome.window
    if window is None:
        inputs = [spec.shape for specs in (state.bound.inputs if state.bound else ()) for spec in specs]
        # A layer without a window that keeps every position depends on that position only.
        keeps = all(shape[1:-1] == outcome.outputs[0].shape[1:-1] for shape in inputs)
        return _Field(sizes, jumps) if keeps else None
    if len(window.sizes) != len(sizes):
        return None
    grown = tuple(s + (w - 1) * j for s, w, j in zip(sizes, window.sizes, jumps, strict=True))
    return _Field(grown, tuple(j * s for j, s in zip(jumps, window.strides, strict=True)))
