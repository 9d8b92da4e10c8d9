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
from kerasviz.data.losses import loss_name
from kerasviz.insight.hints.making import MOST_SAMPLES
from kerasviz.insight.hints.modelfacts import LayerFacts, ModelFacts, facts_of
from kerasviz.protocol import JSON
from kerasviz.protocol.hints import SampleNumber
from kerasviz.training.run.run import Run
from kerasviz.training.seensamples import Seen


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
    """

    document: JSON
    seen: Seen | None = None
    history: Mapping[str, list[float | None]] = field(default_factory=dict)
    steps: int = 0
    ended: bool = True
    model: ModelFacts | None = None

    @property
    def fit(self) -> JSON:
        """Arguments of `fit`."""
        return {**FIT_DEFAULTS, **part_of(training_of(self.document), "fit")}

    @property
    def layers(self) -> tuple[LayerFacts, ...]:
        """The layers in the order in which samples pass them; none where nobody knows the model."""
        return () if self.model is None else self.model.layers

    @cached_property
    def is_chain(self) -> bool:
        """Whether each layer gets what the one before gives, and nothing else."""
        layers = part_of(self.document, "config").get("layers", [])
        calls = [layer.get("inbound_nodes") or [] for layer in layers]
        one_each = all(len(each) <= 1 and json.dumps(each).count(TENSOR_CLASS) <= 1 for each in calls)
        return self.document.get("class_name") == "Sequential" or one_each

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

    def numbered(self, part: Literal["training", "validation"], where: Any) -> list[SampleNumber]:
        """The numbers of samples in their part, as people count them.

        Args:
            part: The part.
            where: The places in the arrays that are here, or for each whether it is one.
        """
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

    @cached_property
    def guess(self) -> float | None:
        """The loss of whoever always says the same, which is the best such answer for what was learned."""
        return self._guessed(self.y)

    @cached_property
    def guess_validation(self) -> float | None:
        """The same answer, measured on samples for validation."""
        return self._guessed(self.y_validation)

    def _guessed(self, y: np.ndarray | None) -> float | None:
        from kerasviz.insight.hints.guessing import guessed

        if self.y is None or y is None or self.loss is None or self.is_weighted or not len(y):
            return None
        return guessed(self.compiled.get("loss"), self.loss, self.y, y, self.outputs)

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
        if y.ndim == 2 and y.shape[1] > 1:
            one_hot = bool(((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all())
            return y.argmax(axis=1) if one_hot else None
        if y.size != len(y) or not np.isfinite(y).all() or (y != np.floor(y)).any():
            return None
        return y.reshape(-1).astype("int64")

    @cached_property
    def rate(self) -> float | None:
        """The learning rate, where it stays the same."""
        config = part_of(part_of(self.compiled, "optimizer"), "config")
        rate = config.get("learning_rate")
        if isinstance(rate, (int, float)):
            return float(rate)
        name = self.compiled.get("optimizer")
        return usual_rate(name) if isinstance(name, str) else None

    @cached_property
    def usual_rate(self) -> float | None:
        """The learning rate that Keras gives this optimizer where nobody says one."""
        optimizer = self.compiled.get("optimizer")
        return usual_rate(optimizer.get("class_name") if isinstance(optimizer, dict) else optimizer)

    def is_adaptive(self) -> bool:
        """Whether the optimizer brings the steps of all weights to about the learning rate."""
        optimizer = self.compiled.get("optimizer")
        name = str(optimizer.get("class_name") if isinstance(optimizer, dict) else optimizer).lower()
        return name not in ("sgd", "adadelta", "adagrad", "ftrl")


def usual_rate(name: object) -> float | None:
    """The learning rate that Keras gives an optimizer where nobody says one."""
    try:
        config = keras.optimizers.get(str(name).lower()).get_config()
    except (TypeError, ValueError):
        return None
    rate = config.get("learning_rate")
    return float(rate) if isinstance(rate, (int, float)) else None


def situation_of(document: JSON, run: Run, model: Any) -> Situation:
    """Takes together what is known of a run.

    Args:
        document: Keras JSON with the plan of the run.
        run: The run.
        model: The `keras.Model` that came of it; None where it was not built.
    """
    curves = run.history.to_json()["epoch"]
    return Situation(
        document,
        run.seen,
        {name: list(series["y"]) for name, series in curves.items()},
        run.step,
        run.ended,
        None if model is None else facts_of(model),
    )


def _arrays(part: Any) -> tuple[np.ndarray, ...]:
    return tuple(array for array in keras.tree.flatten(part) if isinstance(array, np.ndarray))


def _target(samples: tuple[Any, ...]) -> np.ndarray | None:
    y = samples[1] if len(samples) > 1 else None
    y = y[0] if isinstance(y, list) and len(y) == 1 else y
    return y if isinstance(y, np.ndarray) and y.dtype.kind in "biuf" else None
