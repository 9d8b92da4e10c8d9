"""What differs between two runs: layers, plan, values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.protocol import JSON, RunDifference
from kerasviz.protocol.runs import Changed, FinalValues, LayerChange
from kerasviz.protocol.text import Text, text, text_n

MOST_SENTENCES = 5
PLAN_PARTS = (
    "data",
    "columns",
    "preparation",
    "split",
    "fit",
    "callbacks",
    "seed",
    "start",
    "versions",
    "device",
)
"""What of a plan is compared beside `compile_config`: what the user chose, then where it ran."""
_WRITTEN_BESIDE = frozenset({"module", "registered_name", "build_config", "compile_config", "name", "layers"})
"""Keys of Keras' objects that say nothing new, or are compared by themselves."""
_ABSENT = object()


def difference(before: JSON, after: JSON, states: tuple[JSON, JSON]) -> RunDifference:
    """Compares two runs.

    Args:
        before: The `plan.json` of one.
        after: That of the other.
        states: Their `state.json`.
    """
    return RunDifference(
        layers=layer_changes(before, after),
        plan=plan_changes(before, after),
        values=_values(*states),
        before=json.dumps(part_of(before, "document")),
        after=json.dumps(part_of(after, "document")),
    )


def change_sentences(before: JSON, after: JSON) -> list[Text]:
    """Says in short what is another one in the second plan; the first few of many."""
    found = [*_layer_sentences(before, after), *map(_sentence, plan_changes(before, after))]
    more = len(found) - MOST_SENTENCES
    if more <= 1:
        return found
    return [*found[:MOST_SENTENCES], text_n("and {n} more", "and {n} more", n=more)]


def layer_changes(before: JSON, after: JSON) -> list[LayerChange]:
    """The layers that are not the same in the documents of two plans."""
    old, new = (dict(_layers(part_of(plan, "document"))) for plan in (before, after))
    found = []
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            found.append(_layer("removed", name, old[name]))
        elif name not in old:
            found.append(_layer("added", name, new[name]))
        else:
            changed = list(changes(_said(old[name]), _said(new[name])))
            if changed:
                found.append({**_layer("changed", name, new[name]), "arguments": changed})
    return found


def plan_changes(before: JSON, after: JSON) -> list[Changed]:
    """What differs in how two runs train."""
    return list(changes(planned(before), planned(after)))


def changes(before: Any, after: Any, path: str = "") -> Iterator[Changed]:
    """The values that differ in two JSON values, by their paths.

    Of two objects of Keras the arguments are compared where both are of one class.
    """
    before, after = _if_plain(before, after), _if_plain(after, before)
    if isinstance(before, dict) and isinstance(after, dict):
        if before.get("class_name") == after.get("class_name"):
            if isinstance(before.get("config"), dict) and isinstance(after.get("config"), dict):
                before, after = before["config"], after["config"]
            for key in [*before, *(key for key in after if key not in before)]:
                if path == "" or key not in _WRITTEN_BESIDE:
                    way = f"{path}.{key}" if path else key
                    yield from changes(before.get(key, _ABSENT), after.get(key, _ABSENT), way)
            return
    if before != after and not (before in (None, _ABSENT) and after in (None, _ABSENT)):
        yield Changed(key=path, before=_shown(before), after=_shown(after))


def _if_plain(value: Any, other: Any) -> Any:
    """What is absent is empty beside values that only lie together, and are no object of Keras."""
    return {} if value is _ABSENT and isinstance(other, dict) and "class_name" not in other else value


def flat(value: JSON) -> dict[str, str]:
    """Every value of a plan by its path, as people read it."""
    return {each["key"]: each["after"] for each in changes({}, value) if each["after"] is not None}


def planned(plan: JSON) -> JSON:
    """What a `plan.json` says of the training: `compile_config`, then the parts of the plan."""
    compiled = {key: value for key, value in part_of(plan, "document", "compile_config").items()}
    rest: JSON = {key: plan[key] for key in PLAN_PARTS if key in plan}
    callbacks = rest.get("callbacks")
    if isinstance(callbacks, list):
        rest["callbacks"] = {_class(each): each for each in callbacks if isinstance(each, dict)}
    return {**compiled, **rest}


def _layers(document: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, JSON]]:
    layers = part_of(document, "config").get("layers")
    for layer in layers if isinstance(layers, list) else []:
        if isinstance(layer, dict):
            name = f"{path}{layer.get('name') or part_of(layer, 'config').get('name') or _class(layer)}"
            yield name, layer
            yield from _layers(layer, f"{name}/")


def _layer(kind: Any, name: str, layer: JSON) -> LayerChange:
    return LayerChange(kind=kind, layer=name, class_name=_class(layer), arguments=[])


def _said(layer: JSON) -> JSON:
    config = {key: value for key, value in part_of(layer, "config").items() if key not in _WRITTEN_BESIDE}
    return {"class": _class(layer), **config, "inputs": _sources(layer.get("inbound_nodes")) or None}


def _sources(value: Any) -> str:
    """The tensors that a call takes, for people: `conv2d, add`."""
    if isinstance(value, dict):
        tensor = part_of(value, "config").get("keras_history")
        if value.get("class_name") == "__keras_tensor__" and isinstance(tensor, list) and tensor:
            return str(tensor[0])
        value = list(value.values())
    return ", ".join(filter(None, map(_sources, value))) if isinstance(value, list) else ""


def _class(value: JSON) -> str:
    return str(value.get("class_name", ""))


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
    """A value as people read it: `relu`, `0.001`, `SGD(learning_rate=0.01)`."""
    if value is _ABSENT or value is None:
        return None
    if isinstance(value, dict) and isinstance(value.get("class_name"), str):
        config = part_of(value, "config")
        given = ", ".join(
            f"{key}={_shown(argument)}" for key, argument in config.items() if argument is not None
        )
        return f"{value['class_name']}({given})"
    return value if isinstance(value, str) else json.dumps(value)


def _layer_sentences(before: JSON, after: JSON) -> Iterator[Text]:
    for change in layer_changes(before, after):
        layer, kind = change["layer"], change["class_name"]
        match change["kind"]:
            case "added":
                yield text("layer {layer} ({kind}) added", layer=repr(layer), kind=kind)
            case "removed":
                yield text("layer {layer} ({kind}) removed", layer=repr(layer), kind=kind)
            case "changed":
                for argument in change["arguments"]:
                    yield _sentence({**argument, "key": f"{layer}: {argument['key']}"})


def _sentence(changed: Changed) -> Text:
    key, before, after = (_short(changed[part]) for part in ("key", "before", "after"))
    if changed["before"] is None:
        return text("{key}: {after} (not set before)", key=key, after=after)
    if changed["after"] is None:
        return text("{key}: no longer {before}", key=key, before=before)
    return text("{key}: {before} → {after}", key=key, before=before, after=after)


def _short(value: str | None) -> str:
    value = value or ""
    return value if len(value) <= 60 else value[:59] + "…"
