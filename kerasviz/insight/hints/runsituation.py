"""What rules know of a training: the document, the samples, the curves, and the model that came of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import keras
import numpy as np

from kerasviz.analysis.reading import TENSOR_CLASS
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.facts.classofeach import class_numbers
from kerasviz.data.facts.sortedness import come_alike, rises_or_falls
from kerasviz.data.losses import loss_name
from kerasviz.insight.hints.making import MOST_SAMPLES
from kerasviz.insight.hints.modelfacts import LayerFacts, ModelFacts
from kerasviz.insight.hints.rates import named_rate, usual_rate
from kerasviz.protocol import JSON, KerasError
from kerasviz.protocol.hints import SampleNumber
from kerasviz.protocol.statistics import Measurement
from kerasviz.training.seensamples import Seen

ENOUGH = 200
"""Samples of the first batches, of which the answer of guessing is about that of all."""
FEWEST = 10
"""Samples for validation: of fewer, one more that is right changes all."""


@dataclass(frozen=True)
class Situation:
    """A training; a rule that lacks what it needs says nothing.

    Attributes:
        document: Keras JSON with its plan.
        seen: Samples that the run saw; None where nobody kept any.
        history: Of each metric its value after each epoch; None where that is no finite number.
        steps: Batches done.
        ended: Whether the run came to its end.
        model: What the model is; None where it was not built.
        measured: What was measured of the layers, in its order.
        broken_layer: The layer at which numbers stopped being finite; None where nobody knows.
        refused: What a run says that is refused for its data; None where it begins, or nobody knows.
    """

    document: JSON
    seen: Seen | None = None
    history: Mapping[str, list[float | None]] = field(default_factory=dict)
    steps: int = 0
    ended: bool = True
    model: ModelFacts | None = None
    measured: tuple[Measurement, ...] = ()
    broken_layer: str | None = None
    refused: KerasError | None = None

    @property
    def fit(self) -> JSON:
        """Arguments of `fit`."""
        return {**FIT_DEFAULTS, **part_of(training_of(self.document), "fit")}

    @property
    def layers(self) -> tuple[LayerFacts, ...]:
        """The layers in the order in which samples pass them; none where nobody knows the model."""
        return () if self.model is None else self.model.layers

    def layer(self, name: str) -> LayerFacts | None:
        """The layer of that name; None of one in a model inside."""
        return next((layer for layer in self.layers if layer.name == name), None)

    def activation_of(self, name: str) -> str | None:
        """The name of the activation of a layer."""
        found = self.layer(name)
        return None if found is None else found.activation

    def weighty_before(self, name: str) -> LayerFacts | None:
        """The layer of that name, or in a chain the last before it that has trained weights.

        An activation may be a layer of its own behind that which it belongs to.
        """
        found: LayerFacts | None = None
        for layer in self.layers:
            found = layer if layer.weights and "kernel_initializer" in layer.config else found
            if layer.name == name:
                return found if layer is found or (self.is_chain and not layer.weights) else layer
        return None

    @cached_property
    def is_chain(self) -> bool:
        """Whether each layer gets what the one before gives, and nothing else."""
        layers = part_of(self.document, "config").get("layers", [])
        calls = [layer.get("inbound_nodes") or [] for layer in layers]
        one_each = all(len(each) <= 1 and json.dumps(each).count(TENSOR_CLASS) <= 1 for each in calls)
        ends = part_of(self.document, "config").get("output_layers") or []
        one_end = len(ends) < 2 or (isinstance(ends, list) and isinstance(ends[0], str))  # else by names
        return self.document.get("class_name") == "Sequential" or (one_each and one_end)

    @cached_property
    def compiled(self) -> JSON:
        """The `compile_config`."""
        return dict(part_of(self.document, "compile_config"))

    @cached_property
    def loss(self) -> str | None:
        """The one loss of the model, as Keras names its function; None where there are several."""
        loss = self.compiled.get("loss")
        if isinstance(loss, list) and len(loss) == 1:
            loss = loss[0]
        if isinstance(loss, str) or (isinstance(loss, dict) and "class_name" in loss):
            try:
                return loss_name(loss)
            except (TypeError, ValueError):  # one of the user's own
                return None
        return None

    @cached_property
    def from_logits(self) -> bool:
        """Whether the loss takes raw scores."""
        loss = self.compiled.get("loss")
        return isinstance(loss, dict) and part_of(loss, "config").get("from_logits") is True

    @cached_property
    def x(self) -> tuple[np.ndarray, ...]:
        """The arrays that go into the model, `(samples, ...)`."""
        return () if self.seen is None else _arrays(self.seen.training[0])

    @cached_property
    def y(self) -> np.ndarray | None:
        """What is to be learned, where that is one array."""
        return None if self.seen is None else _target(self.seen.training)

    @cached_property
    def x_validation(self) -> tuple[np.ndarray, ...]:
        """The arrays of samples for validation."""
        held = None if self.seen is None else self.seen.validation
        return () if held is None else _arrays(held[0])

    @cached_property
    def y_validation(self) -> np.ndarray | None:
        """What is to be predicted of samples for validation."""
        held = None if self.seen is None else self.seen.validation
        return None if held is None else _target(held)

    @property
    def is_weighted(self) -> bool:
        """Whether samples count differently."""
        return self.seen is not None and (len(self.seen.training) > 2 or bool(self.seen.class_weight))

    @property
    def looked(self) -> int | None:
        """How many samples were looked at, where these are not all of them."""
        if self.seen is None or not (self.seen.is_beginning or self.seen.steps != (1, 1)):
            return None
        return len(next(iter(self.x), ()))

    @property
    def is_any_order(self) -> bool:
        """Whether samples stand for all others: the first batches of sorted ones do not."""
        if self.seen is None or not self.seen.is_beginning:
            return True
        y = self.y
        if y is None or (y.size != len(y) and self.classes is None):
            return False
        values = self.classes if self.classes is not None else y.reshape(-1)
        return len(values) > FEWEST and come_alike(values) is None and not rises_or_falls(values)

    def numbered(self, part: Literal["training", "validation"], where: Any) -> list[SampleNumber]:
        """The numbers of samples in their part, as people count them.

        Args:
            part: The part.
            where: The places in the arrays that are here, or for each whether it is one.
        """
        if self.seen is not None and self.seen.is_in_batches:
            return []
        step = 1 if self.seen is None else self.seen.steps[part == "validation"]
        places = np.flatnonzero(where) if np.asarray(where).dtype == bool else np.asarray(where)
        return [SampleNumber(part=part, index=int(place) * step) for place in places[:MOST_SAMPLES]]

    def curve(self, name: str) -> list[float]:
        """The values of a metric after each epoch, up to the first that is no finite number."""
        found: list[float] = []
        for value in self.history.get(name, ()):
            if value is None or not math.isfinite(value):
                break
            found.append(value)
        return found

    @property
    def is_lost(self) -> bool:
        """Whether the loss became no finite number."""
        return len(self.curve("loss")) < len(self.history.get("loss", ()))

    @property
    def is_young(self) -> bool:
        """Whether a run trains, and has not come far enough to say that it learns too little."""
        done = len(self.history.get("loss", ()))
        return self.steps > 0 and not self.ended and done < max(3, int(self.fit.get("epochs") or 1) // 5)

    @cached_property
    def left(self) -> float | None:
        """The last loss, without penalties, as a share of that of guessing; None where nobody knows either.

        It is the loss of validation, where that is not taken from other samples than those learned from.
        """
        penalty = 0.0 if self.model is None else self.model.penalty
        for name, guess in (("val_loss", self.guess_validation), ("loss", self.guess)):
            curve = self.curve(name)
            if curve and guess is not None and guess > 0:
                return (curve[-1] - penalty) / guess
        return None

    def has_learned(self, share: float) -> bool:
        """Whether the loss of what was trained on came down; while a run is young, it may yet.

        Args:
            share: Of the loss of guessing; where nobody knows that, of the loss after the first epoch.
        """
        curve = self.curve("loss")
        if self.is_young and not self.is_lost:
            return True
        if not curve or self.is_lost:
            return False
        penalty = 0.0 if self.model is None else self.model.penalty
        guess = self.guess if self.guess is not None else curve[0] if len(curve) > 1 else None
        return guess is not None and (guess <= 0 or curve[-1] - penalty < share * guess)

    @cached_property
    def guess(self) -> float | None:
        """The loss of whoever always says the same, which is the best such answer for what was learned."""
        return self._guessed(self.y)

    @cached_property
    def guess_validation(self) -> float | None:
        """The same answer, measured on samples for validation; None where these are too few to tell."""
        return self._guessed(self.y_validation) if self.is_validated else None

    @property
    def is_validated(self) -> bool:
        """Whether samples for validation are so many that their loss says something."""
        return self.seen is not None and self.seen.counts[1] >= FEWEST

    def _guessed(self, y: np.ndarray | None) -> float | None:
        from kerasviz.insight.hints.guessing import guessed

        if self.y is None or y is None or self.loss is None or self.is_weighted or not len(y):
            return None
        if not self.is_any_order or (self.looked is not None and len(self.y) < ENOUGH):
            return None
        shape = None if self.model is None else self.model.shape
        if shape is None and self.outputs is not None:
            shape = (self.outputs,)
        return None if shape is None else guessed(self.compiled.get("loss"), self.loss, self.y, y, shape)

    @property
    def outputs(self) -> int | None:
        """Values of the one output for each sample; None where there are several outputs or positions."""
        return None if self.model is None else self.model.outputs

    @cached_property
    def classes(self) -> np.ndarray | None:
        """The class of each sample that was trained on; None where it has none."""
        return self.classes_of(self.y)

    def classes_of(self, y: np.ndarray | None) -> np.ndarray | None:
        """The class of each sample, where the loss is about one class of several, or of two."""
        if y is None or self.loss is None or "crossentropy" not in self.loss:
            return None
        found: np.ndarray | None = class_numbers(y)
        return found

    @cached_property
    def rate(self) -> float | None:
        """The learning rate; of a schedule the largest that its config names."""
        return named_rate(self.compiled.get("optimizer"))

    @cached_property
    def usual_rate(self) -> float | None:
        """The learning rate that Keras gives this optimizer where nobody says one."""
        optimizer = self.compiled.get("optimizer")
        return usual_rate(optimizer.get("class_name") if isinstance(optimizer, dict) else optimizer)


def _arrays(part: Any) -> tuple[np.ndarray, ...]:
    return tuple(array for array in keras.tree.flatten(part) if isinstance(array, np.ndarray))


def _target(samples: tuple[Any, ...]) -> np.ndarray | None:
    y = samples[1] if len(samples) > 1 else None
    y = y[0] if isinstance(y, list) and len(y) == 1 else y
    return y if isinstance(y, np.ndarray) and y.dtype.kind in "biuf" else None
