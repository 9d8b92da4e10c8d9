"""What is measured of each layer while a model trains; `statistics.jsonl` has a `Measurement` a line."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from kerasviz.protocol.insight import At


class Spread(TypedDict):
    """How values are spread; null where that is no finite number."""

    mean: float | None
    deviation: float | None
    """Standard deviation."""
    minimum: float | None
    maximum: float | None
    histogram: list[int]
    """How many of the finite values lie in each of 24 equal parts from `minimum` to `maximum`; of many values
    some thousands, evenly spaced, are counted."""


class WeightFacts(Spread):
    """Of the weights of a layer that can be trained."""

    norm: float | None
    """Euclidean, of all together."""


class GradientFacts(Spread):
    """Of the loss, with respect to the weights that are trained."""

    norm: float | None
    zero: float
    """Share that is exactly 0. Where the loss does not depend on the weights, all are."""


class ActivationFacts(Spread):
    """Of what comes out of a layer for the samples; of outputs the first, of calls all together.

    Of a layer in a wrapper that makes many calls, the first 8 count, then the 16th, the 32nd and so on.
    """

    zero: float
    """Share that is exactly 0."""
    dead: float | None
    """Share of the units (channels) that gave 0 for every sample, in each of the calls; null for an
    activation that lets negative values pass. Of a wrapper such as `Bidirectional`, of the layers in it."""
    saturated: float | None
    """Share within 1 % of an end of what the activation can give; null for one without two such ends."""


class LayerStatistics(TypedDict):
    """One layer; null where there is nothing to measure, or it could not be measured."""

    weights: WeightFacts | None
    gradients: GradientFacts | None
    activations: ActivationFacts | None
    update: float | None
    """Norm of the change of the weights since the measurement before, divided by their norm then; null for
    the first one. Of many weights some thousands, evenly spaced, are compared."""
    frozen: bool
    """Whether it has weights and `trainable` is false."""


class Measurement(TypedDict):
    """All layers at one moment, measured on the same few samples each time."""

    step: int
    """Batches that were done."""
    epoch: int
    """The one that it was, counted from 1; 0 before the first batch."""
    layers: dict[str, LayerStatistics]
    """By name, in the order of the model; of a model inside, or in a wrapper, `inner/dense`."""


class StatisticsPayload(TypedDict):
    """Asks for the last measurement of the run that is trained, or for that of an epoch of any run."""

    run: NotRequired[str]
    """As events name it."""
    at: NotRequired[At | None]
    """Then the run is not asked for: the last measurement until the end of that epoch is."""


class StatisticsResult(TypedDict):
    """A measurement; null where there is none."""

    measured: Measurement | None
