"""Measures what comes out of layers while a model is called."""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.backend.eagerness import is_compiled_apart
from kerasviz.protocol.statistics import ActivationFacts
from kerasviz.training.statistics.activationkinds import NOTHING, ActivationKind
from kerasviz.training.statistics.valuefacts import (
    ValueFacts,
    at_hand,
    facts_of,
    rounded,
    spread_of,
    together,
)

NEAR = 0.01
"""Part of the way between its ends from which an activation counts as saturated."""
FULLY = 8
"""Calls of a layer of which each is measured. Of later ones the 16th, the 32nd and so on are, so that many
steps of a wrapper cost little."""


class OutputFacts(NamedTuple):
    """Of what comes out of a layer, in all its calls together.

    Attributes:
        calls: How many there were.
        values: Of all values of each call that was measured.
        near: How many of these are near an end of the activation; empty where it has none.
        peaks: How large each unit became in any of the calls; empty where that means nothing.
    """

    calls: int
    values: list[ValueFacts]
    near: list[Any]
    peaks: list[Any]

    def to_json(self) -> ActivationFacts:
        """For a measurement, once all are numbers."""
        values = together(self.values)
        assert values is not None  # of one call at least
        return ActivationFacts(
            **spread_of(values),
            zero=rounded(values.zero) or 0.0,
            dead=rounded(np.mean(np.concatenate(self.peaks) == 0)) if self.peaks else None,
            saturated=rounded(sum(self.near) / values.size) if self.near else None,
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
                facts = _facts(output, layers[name], kinds.get(name, NOTHING), found.get(name))
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


def _facts(output: Any, layer: Any, kind: ActivationKind, before: OutputFacts | None) -> OutputFacts | None:
    """The facts of the calls before, and of one more; None where it has no numbers."""
    tensor: Any = next(iter(keras.tree.flatten(output)), None)
    dtype = getattr(tensor, "dtype", None)
    if dtype is None or not keras.backend.is_float_dtype(keras.backend.standardize_dtype(dtype)):
        return before
    if is_compiled_apart() or not math.prod(tensor.shape):
        return before
    calls, all_values, all_near, peaks = before or OutputFacts(0, [], [], [])
    calls += 1
    values, of = at_hand(tensor)
    if kind.gates and len(values.shape) > 1:
        units = 1 if getattr(layer, "data_format", None) == "channels_first" else len(values.shape) - 1
        others = tuple(axis for axis in range(len(values.shape)) if axis != units)
        peak = of.max(of.abs(values), axis=others)
        if peaks and peaks[-1].shape == peak.shape:
            with_before = of if isinstance(peaks[-1], np.ndarray) else keras.ops
            peaks = [*peaks[:-1], with_before.maximum(peaks[-1], peak)]
        else:
            peaks = [*peaks, peak]
    facts = facts_of(tensor) if calls <= FULLY or not calls & (calls - 1) else None
    if facts is None:
        return OutputFacts(calls, all_values, all_near, peaks)
    if kind.ends is not None:
        low, high = kind.ends
        near = of.minimum(of.abs(values - low), of.abs(values - high)) < NEAR * (high - low)
        all_near = [*all_near, of.count_nonzero(near)]
    return OutputFacts(calls, [*all_values, facts], all_near, peaks)
