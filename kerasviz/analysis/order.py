"""The order in which the calls of a model can be computed."""

from __future__ import annotations

from collections.abc import Iterable

from kerasviz.analysis.reading import LayerConfig

Node = tuple[str, int]
"""Layer and call."""


def node_id(node: Node) -> str:
    """Returns the id of a node in the protocol: `dense:0`."""
    return f"{node[0]}:{node[1]}"


def topological_order(layers: Iterable[LayerConfig]) -> tuple[list[Node], list[Node]]:
    """Sorts calls so that each comes after the calls whose outputs it uses.

    Returns:
        The order, and the calls that are part of a cycle, which have no order.
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
    cycle = set(left)
    while True:
        # What only follows a cycle does not lead back into it.
        last = {node for node in cycle if not cycle.intersection(targets.get(node, ()))}
        if not last:
            break
        cycle -= last
    waiting = left - cycle
    return ready + [n for n in sources if n in waiting], [n for n in sources if n in cycle]
