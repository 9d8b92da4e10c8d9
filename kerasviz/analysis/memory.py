"""How much memory a model takes while it is trained."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.computation import Snapshot
from kerasviz.analysis.isolation import aside
from kerasviz.analysis.specs import dtype_size
from kerasviz.analysis.symbolic import Outcome, fresh
from kerasviz.config import check_layer
from kerasviz.config.parts import part_of

_PROBE = (7, 11)


@dataclass(frozen=True)
class Memory:
    """Bytes, by what they are taken for.

    Attributes:
        weights: All weights.
        activations: The output of every layer for one batch, as training keeps them.
        gradients: One number for each trainable weight.
        optimizer: What the optimizer keeps for the trainable weights; 0 where the document names none.
    """

    weights: int
    activations: int
    gradients: int
    optimizer: int

    @property
    def total(self) -> int:
        """All of it together."""
        return self.weights + self.activations + self.gradients + self.optimizer


def memory_of(snapshot: Snapshot, batch_size: int) -> Memory:
    """Adds up the memory of a model.

    Args:
        snapshot: The model.
        batch_size: Samples in a batch; sizes that only the data tells count as 1.
    """
    outcomes = [state.outcome for state in snapshot.states.values() if state.outcome is not None]
    built = [
        state.outcome for node, state in snapshot.states.items() if snapshot.builders.get(node[0]) == node
    ]
    trainable = sum(outcome.trainable for outcome in built if outcome is not None) * dtype_size("float32")
    optimizer = part_of(snapshot.model, "compile_config").get("optimizer")
    return Memory(
        weights=sum(outcome.bytes for outcome in built if outcome is not None),
        activations=_activations(outcomes, batch_size),
        gradients=trainable,
        optimizer=round(trainable * optimizer_share(optimizer)) if optimizer else 0,
    )


def optimizer_share(optimizer: Any) -> float:
    """Returns how many numbers an optimizer keeps for each trainable weight: 2 for Adam.

    The optimizer is asked itself, on a small stand-in for the weights.
    """

    def probe() -> float:
        if isinstance(optimizer, dict):
            check_layer(optimizer, custom=True)
        found = keras.optimizers.get(fresh(optimizer))
        found.build([keras.Variable("zeros", shape=_PROBE, dtype="float32")])
        sizes = [math.prod(variable.shape) for variable in found.variables]
        return float(sum(size for size in sizes if size > 1)) / math.prod(_PROBE)

    try:
        return aside(probe)
    except Exception:  # an optimizer that Keras does not know, or a file may not name, is told elsewhere
        return 0.0


def _activations(outcomes: Iterable[Outcome], batch_size: int) -> int:
    return sum(spec.bytes(batch_size) for outcome in outcomes for spec in outcome.outputs)
