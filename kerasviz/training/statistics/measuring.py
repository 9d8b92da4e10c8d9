"""Measures the layers of a model on a few samples."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from kerasviz.backend.gradients import LossGradients
from kerasviz.protocol.statistics import ActivationFacts, GradientFacts, LayerStatistics, WeightFacts
from kerasviz.training.statistics.activationkinds import activation_kind
from kerasviz.training.statistics.layerwalk import measured_layers, unit_layers, weights_of
from kerasviz.training.statistics.outputfacts import OutputFacts, outputs_measured
from kerasviz.training.statistics.valuefacts import (
    ValueFacts,
    as_numbers,
    facts_of,
    norm_of,
    rounded,
    spread_of,
    together,
)

logger = logging.getLogger(__name__)


class Measuring:
    """Measures a model again and again, always on the same samples; nothing of the model changes.

    Args:
        model: A compiled `keras.Model`, built.
        samples: `(x, y)` or `(x, y, sample_weight)` as `fit` takes them; None where there are none, so that
            only weights are measured.
    """

    def __init__(self, model: Any, samples: Sequence[Any] | None) -> None:
        self._model = model
        self._samples = samples
        self._layers = measured_layers(model)
        self._told = dict(self._layers)
        self._units: dict[str, list[str]] = {}
        for name, layer in self._layers.items():
            for each in unit_layers(layer):
                if not any(each is other for other in self._told.values()):
                    self._told[f"{name}/{each.name}"] = each
                    self._units.setdefault(name, []).append(f"{name}/{each.name}")
        self._gradients = self._passing(self._told)
        self._before: dict[str, list[np.ndarray]] = {}

    def _passing(self, layers: dict[str, Any]) -> LossGradients:
        kinds = {name: activation_kind(layer) for name, layer in layers.items()}
        return LossGradients(self._model, partial(outputs_measured, layers, kinds))

    def measure(self) -> dict[str, LayerStatistics]:
        """Measures all layers as they are now."""
        with np.errstate(all="ignore"):  # numbers may be infinite, which nobody is to be warned of
            passed = self._passed()
            return {name: self._layer(name, layer, *passed) for name, layer in self._layers.items()}

    def _passed(self) -> tuple[dict[int, Any] | None, dict[str, OutputFacts]]:
        """Gradients by the id of the variable, and what came out of layers; nothing where it does not go."""
        if self._samples is None:
            return None, {}
        try:
            gradients, outputs = self._gradients(*self._samples)
            outputs = as_numbers(outputs)
        except Exception:  # a training step of the user's own may need no loss at all
            in_no_wrapper = measured_layers(self._model, enters_wrappers=False)
            outside = {name: each for name, each in in_no_wrapper.items() if name in self._told}
            if len(outside) < len(self._told):  # a wrapper may compile what it calls
                self._told, self._gradients = outside, self._passing(outside)
                return self._passed()
            logger.info("Gradients could not be measured", exc_info=True)
            self._samples = None
            return None, {}
        named = zip(self._model.trainable_variables, gradients, strict=True)
        return {id(variable): each for variable, each in named}, outputs

    def _layer(
        self, name: str, layer: Any, gradients: dict[int, Any] | None, outputs: dict[str, OutputFacts]
    ) -> LayerStatistics:
        variables = weights_of(layer)
        weights = [as_numbers(facts) for each in variables if (facts := facts_of(each.value)) is not None]
        before, self._before[name] = self._before.get(name), [facts.some for facts in weights]
        frozen = bool(layer.weights) and not layer.trainable
        return LayerStatistics(
            weights=_weights(together(weights)),
            gradients=None if gradients is None or frozen else _gradients(variables, gradients),
            activations=self._activations(name, outputs),
            update=_update(before, self._before[name]),
            frozen=frozen,
        )

    def _activations(self, name: str, outputs: dict[str, OutputFacts]) -> ActivationFacts | None:
        """What comes out of a layer; of a wrapper, whether the units of the layers that it calls are dead."""
        if name not in outputs:
            return None
        found = outputs[name].to_json()
        units = [outputs[each].to_json() for each in self._units.get(name, ()) if each in outputs]
        found["dead"] = _mean([each["dead"] for each in units], found["dead"])
        found["saturated"] = _mean([each["saturated"] for each in units], found["saturated"])
        return found


def _mean(shares: Sequence[float | None], otherwise: float | None) -> float | None:
    known = [share for share in shares if share is not None]
    return rounded(sum(known) / len(known)) if known else otherwise


def _weights(facts: ValueFacts | None) -> WeightFacts | None:
    return None if facts is None else WeightFacts(**spread_of(facts), norm=norm_of(facts))


def _gradients(variables: Sequence[Any], gradients: dict[int, Any]) -> GradientFacts | None:
    found = []
    for variable in variables:
        gradient = gradients.get(id(variable))
        facts = facts_of(np.zeros(variable.shape, "float32") if gradient is None else gradient)
        if facts is not None:
            found.append(as_numbers(facts))
    facts = together(found)
    if facts is None:
        return None
    return GradientFacts(**spread_of(facts), norm=norm_of(facts), zero=rounded(facts.zero) or 0.0)


def _update(before: list[np.ndarray] | None, now: list[np.ndarray]) -> float | None:
    """How much weights have changed; None for others, and where they were 0."""
    if before is None or not now or [each.shape for each in before] != [each.shape for each in now]:
        return None
    then, change = np.concatenate(before), np.concatenate(now) - np.concatenate(before)
    size = float(np.linalg.norm(then))
    return rounded(float(np.linalg.norm(change)) / size) if size > 0 and math.isfinite(size) else None
