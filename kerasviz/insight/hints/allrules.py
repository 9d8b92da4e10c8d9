"""The rules, in the order from the data to the curves: what comes first may be the cause of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from kerasviz.insight.hints.rules import (
    class_imbalance,
    data_does_not_fit,
    dead_units,
    exploding_gradients,
    inputs_constant,
    inputs_not_finite,
    inputs_not_scaled,
    learning_rate_too_high,
    learning_rate_too_low,
    loss_does_not_fit_task,
    loss_not_finite,
    metric_does_not_fit_task,
    no_nonlinearity,
    not_adapted,
    not_learning,
    nothing_trainable,
    output_does_not_fit_loss,
    overfitting,
    regularization_too_strong,
    samples_not_shuffled,
    saturated_units,
    softmax_inside,
    stopped_too_early,
    target_in_inputs,
    targets_not_finite,
    targets_not_scaled,
    targets_out_of_range,
    validation_leak,
    validation_not_representative,
    vanishing_gradients,
    zero_initialization,
)
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text


class Rule(Protocol):
    """A module whose docstring says why it is bad, with a bad and a good example."""

    __name__: str
    SEVERITY: Severity
    TITLE: Text

    def look(self, situation: Situation) -> Iterator[Hint]:
        """Yields what it finds."""


DRAWING: Sequence[Rule] = (
    data_does_not_fit,
    inputs_not_finite,
    targets_not_finite,
    inputs_constant,
    nothing_trainable,
    zero_initialization,
    targets_out_of_range,
    output_does_not_fit_loss,
    loss_does_not_fit_task,
    metric_does_not_fit_task,
    not_adapted,
    inputs_not_scaled,
    targets_not_scaled,
    validation_leak,
    target_in_inputs,
    samples_not_shuffled,
    class_imbalance,
    validation_not_representative,
    softmax_inside,
    no_nonlinearity,
)
"""What can be said before it trains, of drawing, plan and data."""

SAMPLES: Sequence[Rule] = (
    inputs_not_finite,
    targets_not_finite,
    inputs_constant,
    targets_out_of_range,
    inputs_not_scaled,
    targets_not_scaled,
    validation_leak,
    target_in_inputs,
    samples_not_shuffled,
    class_imbalance,
    validation_not_representative,
)
"""What is found in samples alone."""

CURVES: Sequence[Rule] = (
    exploding_gradients,
    saturated_units,
    regularization_too_strong,
    learning_rate_too_high,
    dead_units,
    vanishing_gradients,
    learning_rate_too_low,
    loss_not_finite,
    stopped_too_early,
    not_learning,
    overfitting,
)
"""What needs the curves of a run."""

RULES: Sequence[Rule] = (*DRAWING, *CURVES)
