"""Whole numbers that are floats, on their way through JavaScript, which would write 127.0 as 127.

Keras calculates by the types of the numbers in a call: bytes less 127.0 are floats, bytes less 127 are bytes.
So both sides write `{"class_name": "__float__", "config": {"value": 127}}` for them;
`src/core/document/floats.ts` is the other side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

JSON = dict[str, Any]
_Change = Callable[[Any], Any]


def marked(model: JSON) -> JSON:
    """Returns a model whose calls hold marks instead of whole floats; what holds none is the same object."""
    return _with_calls(model, _mark)


def unmarked(payload: JSON) -> JSON:
    """Returns what a page sent, with the floats back in the calls of its `document` or `layers`."""
    found = dict(payload)
    if isinstance(payload.get("document"), dict):
        found["document"] = _with_calls(payload["document"], _unmark)
    if isinstance(payload.get("layers"), list):
        found["layers"] = [_layer(layer, _unmark) for layer in payload["layers"]]
    return found


def _with_calls(model: JSON, change: _Change) -> JSON:
    config = model.get("config")
    if not isinstance(config, dict):
        return model
    layers, wrapped = config.get("layers"), config.get("layer")
    if isinstance(wrapped, dict):
        inside = _layer(wrapped, change)
        return model if inside is wrapped else {**model, "config": {**config, "layer": inside}}
    if not isinstance(layers, list):
        return model
    changed = [_layer(layer, change) for layer in layers]
    if _is_same(changed, layers):
        return model
    return {**model, "config": {**config, "layers": changed}}


def _layer(layer: Any, change: _Change) -> Any:
    if not isinstance(layer, dict):
        return layer
    layer = _with_calls(layer, change)
    calls = layer.get("inbound_nodes")
    changed = change(calls)
    return layer if changed is calls else {**layer, "inbound_nodes": changed}


def _mark(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return {"class_name": "__float__", "config": {"value": value}}
    return _each(value, _mark)


def _unmark(value: Any) -> Any:
    if isinstance(value, dict) and value.get("class_name") == "__float__":
        match value.get("config"):
            case {"value": int() | float() as number}:
                return float(number)
        return value
    return _each(value, _unmark)


def _each(value: Any, change: _Change) -> Any:
    """Changes what a list or dict holds; the same object where nothing in it changed."""
    if isinstance(value, dict):
        items = {key: change(item) for key, item in value.items()}
        return value if all(items[key] is value[key] for key in items) else items
    if isinstance(value, list):
        changed = [change(item) for item in value]
        return value if _is_same(changed, value) else changed
    return value


def _is_same(changed: list[Any], before: list[Any]) -> bool:
    return all(one is other for one, other in zip(changed, before, strict=True))
