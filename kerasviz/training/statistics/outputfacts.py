"""Measures what comes out of layers while a model is called."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import keras

from kerasviz.protocol.statistics import ActivationFacts
from kerasviz.training.statistics.activationkinds import NOTHING, ActivationKind
from kerasviz.training.statistics.valuefacts import ValueFacts, at_hand, facts_of, rounded, spread_of

NEAR = 0.01
"""Part of the way between its ends from which an activation counts as saturated."""


class OutputFacts(NamedTuple):
    """Of one output.

    Attributes:
        values: Of all values.
        dead: Share of the units that are always 0; None where that means nothing.
        saturated: Share of the values near an end; None where there are none.
    """

    values: ValueFacts
    dead: Any
    saturated: Any

    def to_json(self) -> ActivationFacts:
        """For a measurement, once all are numbers."""
        return ActivationFacts(
            **spread_of(self.values),
            zero=rounded(self.values.zero) or 0.0,
            dead=None if self.dead is None else rounded(self.dead),
            saturated=None if self.saturated is None else rounded(self.saturated),
        )


@contextmanager
def outputs_measured(
    layers: Mapping[str, Any], kinds: Mapping[str, ActivationKind]
) -> Iterator[dict[str, OutputFacts]]:
    """Measures what comes out of layers, as long as this thread calls them; other threads notice nothing.

    Args:
        layers: By name.
        kinds: What their activations do.
    """
    found: dict[str, OutputFacts] = {}
    thread = threading.get_ident()

    def telling(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def called(*args: Any, **kwargs: Any) -> Any:
            output = call(*args, **kwargs)
            if threading.get_ident() == thread:
                facts = _facts(output, layers[name], kinds.get(name, NOTHING))
                if facts is not None:
                    found[name] = facts
            return output

        return called

    before = {name: vars(layer).get("call") for name, layer in layers.items()}
    for name, layer in layers.items():
        vars(layer)["call"] = telling(name, layer.call)
    try:
        yield found
    finally:
        for name, layer in layers.items():
            if before[name] is None:
                del vars(layer)["call"]
            else:
                vars(layer)["call"] = before[name]


def _facts(output: Any, layer: Any, kind: ActivationKind) -> OutputFacts | None:
    tensor = next(iter(keras.tree.flatten(output)), None)
    dtype = getattr(tensor, "dtype", None)
    if dtype is None or not keras.backend.is_float_dtype(keras.backend.standardize_dtype(dtype)):
        return None
    facts = facts_of(tensor)
    if facts is None:
        return None
    dead = saturated = None
    values, of = at_hand(tensor)
    if kind.gates and len(values.shape) > 1:
        units = 1 if getattr(layer, "data_format", None) == "channels_first" else len(values.shape) - 1
        others = tuple(axis for axis in range(len(values.shape)) if axis != units)
        dead = 1.0 - of.count_nonzero(of.max(of.abs(values), axis=others)) / values.shape[units]
    if kind.ends is not None:
        low, high = kind.ends
        near = of.minimum(of.abs(values - low), of.abs(values - high)) < NEAR * (high - low)
        saturated = of.count_nonzero(near) / facts.size
    return OutputFacts(facts, dead, saturated)
