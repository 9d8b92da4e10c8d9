"""The order in which the calls of a model can be made."""

from __future__ import annotations

from collections.abc import Iterable

from kerasviz.analysis.reading import LayerConfig

Node = tuple[str, int]
"""Layer and call."""


def node_id(node: Node) -> str:
    """Returns what the protocol calls a node: `dense:0`."""
    return f"{node[0]}:{node[1]}"


def topological_order(layers: Iterable[LayerConfig]) -> tuple[list[Node], list[Node]]:
    """Sorts calls so that each comes after the calls whose tensors it takes.

    Returns:
        The order, and the calls that stand in a circle, which are in no order.
    """
    sources: dict[Node, set[Node]] = {}
    for layer in layers:
        for index in range(max(1, len(layer.links))):
            references = layer.links[index] if layer.links else ()
            sources[(layer.name, index)] = {(r.layer, r.call) for r in references}
    targets: dict[Node, list[Node]] = {}
    missing: dict[Node, int] = {}
    for node, origins in sources.items():
        origins &= sources.keys()
        missing[node] = len(origins)
        for origin in origins:
            targets.setdefault(origin, []).append(node)
    ready = [node for node, count in missing.items() if count == 0]
    for node in ready:
        for target in targets.get(node, ()):
            missing[target] -= 1
            if missing[target] == 0:
                ready.append(target)
    left = sources.keys() - set(ready)
    circle = set(left)
    while True:
        # What only hangs on a circle leads nowhere inside of it.
        ends = {node for node in circle if not circle.intersection(targets.get(node, ()))}
        if not ends:
            break
        circle -= ends
    waiting = left - circle
    return ready + [n for n in sources if n in waiting], [n for n in sources if n in circle]
