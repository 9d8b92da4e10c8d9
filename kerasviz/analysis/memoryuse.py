"""Memory that a model needs for training."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.computation import Snapshot
from kerasviz.analysis.specs import dtype_size
from kerasviz.analysis.symbolic import Outcome
from kerasviz.backend.isolation import aside
from kerasviz.config import check_layer
from kerasviz.config.fresh import fresh
from kerasviz.config.oldnames import with_todays_names
from kerasviz.config.parts import part_of

_PROBE = (7, 11)


@dataclass(frozen=True)
class Memory:
    """Bytes by purpose.

    Attributes:
        weights: All weights.
        activations: The outputs of all layers for one batch, which training keeps.
        gradients: One number for each trainable weight.
        optimizer: The state of the optimizer: of Keras' default one where the document has none.
    """

    weights: int
    activations: int
    gradients: int
    optimizer: int

    @property
    def total(self) -> int:
        """The sum."""
        return self.weights + self.activations + self.gradients + self.optimizer


def memory_of(snapshot: Snapshot, batch_size: int) -> Memory:
    """Adds up the memory of a model.

    Args:
        snapshot: The model.
        batch_size: Samples in a batch; other unknown sizes count as 1.
    """
    outcomes = [state.outcome for state in snapshot.states.values() if state.outcome is not None]
    built = [
        state.outcome for node, state in snapshot.states.items() if snapshot.builders.get(node[0]) == node
    ]
    trainable = sum(outcome.trainable for outcome in built if outcome is not None) * dtype_size("float32")
    optimizer = with_todays_names(part_of(snapshot.model, "compile_config")).get("optimizer")
    if optimizer is None:
        optimizer = inspect.signature(keras.Model.compile).parameters["optimizer"].default
    return Memory(
        weights=sum(outcome.bytes for outcome in built if outcome is not None),
        activations=_activations(outcomes, batch_size),
        gradients=trainable,
        optimizer=round(trainable * optimizer_share(optimizer)),
    )


def optimizer_share(optimizer: Any) -> float:
    """Returns how many numbers an optimizer keeps for each trainable weight: 2 for Adam.

    It is measured by building the optimizer for one small variable.
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
    except Exception:  # an optimizer that is unknown or not allowed is reported elsewhere
        return 0.0


def _activations(outcomes: Iterable[Outcome], batch_size: int) -> int:
    return sum(spec.bytes(batch_size) for outcome in outcomes for spec in outcome.outputs)
