"""What differs between two runs: layers, plan, values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.protocol import JSON, RunDifference
from kerasviz.protocol.runs import Changed, FinalValues, LayerChange

_MISSING = object()
_PARTS = ("fit", "data", "callbacks", "seed", "start", "versions")


def difference(before: JSON, after: JSON, states: tuple[JSON, JSON]) -> RunDifference:
    """Compares two runs.

    Args:
        before: The `plan.json` of one.
        after: That of the other.
        states: Their `state.json`.
    """
    first, second = part_of(before, "document"), part_of(after, "document")
    return RunDifference(
        layers=layer_changes(first, second),
        plan=plan_changes(before, after),
        values=_values(*states),
        before=json.dumps(first),
        after=json.dumps(second),
    )


def layer_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[LayerChange]:
    """The layers that are not the same in two documents."""
    old, new = dict(_layers(before)), dict(_layers(after))
    found = []
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            found.append(LayerChange(kind="removed", layer=name, class_name=_class(old[name]), arguments=[]))
        elif name not in old:
            found.append(LayerChange(kind="added", layer=name, class_name=_class(new[name]), arguments=[]))
        else:
            changed = list(changes(_said(old[name]), _said(new[name])))
            if changed:
                found.append(
                    LayerChange(kind="changed", layer=name, class_name=_class(new[name]), arguments=changed)
                )
    return found


def plan_changes(before: JSON, after: JSON) -> list[Changed]:
    """What differs in how two runs train."""
    return list(changes(_plan(before), _plan(after)))


def changes(before: Any, after: Any, path: str = "") -> Iterator[Changed]:
    """The values that differ in two JSON values, by their paths."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            way = f"{path}.{key}" if path else key
            yield from changes(before.get(key, _MISSING), after.get(key, _MISSING), way)
    elif before is _MISSING or after is _MISSING or before != after:
        yield Changed(key=path, before=_shown(before), after=_shown(after))


def _plan(plan: JSON) -> JSON:
    compiled = part_of(plan, "document", "compile_config")
    rest: JSON = {key: plan[key] for key in _PARTS if key in plan}

    return {**compiled, **rest}


def _layers(document: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, JSON]]:
    layers = part_of(document, "config").get("layers")
    for layer in layers if isinstance(layers, list) else []:
        if not isinstance(layer, dict):
            continue
        config = part_of(layer, "config")
        name = f"{path}{layer.get('name') or config.get('name') or layer.get('class_name')}"
        yield name, layer
        yield from _layers(layer, f"{name}/")


def _said(layer: JSON) -> JSON:
    config = {key: value for key, value in part_of(layer, "config").items() if key not in ("name", "layers")}
    inputs = {"inputs": layer["inbound_nodes"]} if layer.get("inbound_nodes") else {}
    return {"class_name": _class(layer), **config, **inputs}


def _class(layer: JSON) -> str:
    return str(layer.get("class_name", ""))


def _values(before: JSON, after: JSON) -> list[FinalValues]:
    last = part_of(before, "last"), part_of(after, "last")
    best = part_of(before, "best"), part_of(after, "best")
    return [
        FinalValues(
            metric=metric,
            before=last[0].get(metric),
            after=last[1].get(metric),
            best_before=part_of(best[0], metric).get("value"),
            best_after=part_of(best[1], metric).get("value"),
        )
        for metric in [*last[0], *(metric for metric in last[1] if metric not in last[0])]
    ]


def _shown(value: Any) -> str | None:
    if value is _MISSING:
        return None
    return value if isinstance(value, str) else json.dumps(value)
