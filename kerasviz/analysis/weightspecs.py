"""Weights that the layers of a drawing will have, and which change of it gave a layer other ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.computation import Computation, NodeState, Snapshot
from kerasviz.analysis.reading import GIVEN, LayerConfig, is_model
from kerasviz.analysis.symbolic import Specs, WeightSpec
from kerasviz.backend.isolation import isolated


@dataclass(frozen=True)
class Place:
    """A layer that is no model, where it stands.

    Attributes:
        content: The layer without its name: layers of equal content are the same.
        weights: Shape and dtype of each weight; None where the layer can't be built yet.
        sources: Where its inputs come from.
        outputs: Specs of what each call gives.
    """

    content: str
    weights: tuple[WeightSpec, ...] | None
    sources: tuple[str, ...]
    outputs: tuple[Specs, ...]


def places(document: Mapping[str, Any]) -> dict[str, Place]:
    """Finds what the layers of a drawing are and give, those of models inside instead of these.

    Args:
        document: Keras JSON, finished or not.

    Returns:
        By the names of the models around a layer and its own, with slashes between them; sources come first.
    """
    return isolated(lambda: dict(_places(Computation().run(document), "", ())))


def places_in(snapshot: Snapshot) -> dict[str, Place]:
    """Finds the same as `places` in what was computed of a drawing before."""
    return isolated(lambda: dict(_places(snapshot, "", ())))


def causes(old: Mapping[str, Place], new: Mapping[str, Place], ways: Iterable[str]) -> list[str]:
    """Finds the changes of a drawing that gave layers other weights.

    Args:
        old: The drawing before.
        new: The drawing now.
        ways: The layers, as both name them.

    Returns:
        The layers that were changed, added or connected otherwise, or removed: these, or those before them
        where the change came through in the shape or dtype of what is handed on. In the order of the drawing.
    """
    found: set[str] = set()
    seen: set[str] = set()
    left = list(ways)
    while left:
        way = left.pop()
        if way in seen or way not in new:
            continue
        seen.add(way)
        before, place = old.get(way), new[way]
        if before is None or before.content != place.content:
            found.add(way)
            continue
        changed = [
            name
            for name in place.sources
            if name not in old or name not in new or old[name].outputs != new[name].outputs
        ]
        left.extend(changed)
        if not changed and before.sources != place.sources:
            removed = [name for name in before.sources if name not in new]
            found.update(removed or [way])
    return [*(way for way in new if way in found), *(way for way in old if way in found - new.keys())]


def _places(snapshot: Snapshot, around: str, given: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    """Yields the layers of a model; `given` feeds a Sequential without an Input."""
    states: dict[str, list[NodeState]] = {}
    for (name, _), state in snapshot.states.items():
        states.setdefault(name, []).append(state)
    layers = {layer.name: layer for layer in snapshot.layers}
    for name, found in states.items():
        layer, way = layers[name], f"{around}{name}"
        sources = _sources(layer, around, given)
        outcomes = [state.outcome for state in found if state.outcome is not None]
        outputs = tuple(outcome.outputs for outcome in outcomes)
        if not is_model(layer.data):
            yield way, Place(layer.key, outcomes[0].weights if outcomes else None, sources, outputs)
            continue
        bound = next((state.bound for state in found if state.bound is not None), None)
        inputs = bound.inputs[0] if bound is not None and bound.inputs else ()
        inside = dict(_places(Computation().run(layer.data, inputs), f"{way}/", sources))
        yield from inside.items()
        yield way, Place("", (), (*sources, *inside), outputs)


def _sources(layer: LayerConfig, around: str, given: tuple[str, ...]) -> tuple[str, ...]:
    references = [reference for call in layer.calls for reference in call.references]
    named = {f"{around}{reference.layer}": None for reference in references if reference is not GIVEN}
    return (*named, *(given if GIVEN in references else ()))
