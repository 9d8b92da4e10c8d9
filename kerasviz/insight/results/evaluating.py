"""Loss and metrics of predictions, as `model.evaluate` computes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
from keras.src import backend

from kerasviz.backend.surviving import survive_losses
from kerasviz.data.batches import DEFAULT_SIZE

_ALIKE = 1e-5
"""Relative difference of numbers that differ by rounding alone."""


class _Measure:
    """Loss and metrics of all samples together.

    Some of Keras' losses and metrics are no mean over samples (circle, dice, tversky, hinge of labels that
    are 0 and 1 in one batch alone), so what `evaluate` says depends on the batches. Where the first samples
    show that, all are measured in its batches; else many samples at once, which is several times faster.
    """

    def __init__(self, model: Any, batch: int) -> None:
        self._model = model
        self._batch = batch
        self._sum = 0.0
        self._count = 0
        self._is_by_batch: bool | None = None

    def __call__(self, x: Any, y: Any, output: Any, weights: Any) -> None:
        """Takes samples into account: whole batches, but for the last call.

        Args:
            x: What goes in, `(samples, ...)`.
            y: Targets; None where there are none.
            output: What the model gives.
            weights: Of the samples; None where all count alike.
        """
        if y is None:
            return
        count = len(keras.tree.flatten(output)[0])
        if self._is_by_batch is None and count > self._batch:
            self._is_by_batch = self._depends_on_batches(count, x, y, output, weights)
        step = self._batch if self._is_by_batch else count
        self._sum += self._take(step, count, x, y, output, weights)
        self._count += count

    def _take(self, step: int, count: int, *parts: Any) -> float:
        """Updates the metrics, so many samples at a time; returns the sum of the loss."""
        total = 0.0
        for at in range(0, count, step):
            to = min(at + step, count)
            x, y, output, weights = (
                each
                if each is None
                else keras.tree.map_structure(lambda part: tensor_rows(part, at, to), each)  # noqa: B023
                for each in parts
            )
            loss = self._model.compute_loss(x, y, output, weights, training=False)
            total += float(keras.ops.convert_to_numpy(loss)) * (to - at)
            self._model.compute_metrics(x, y, output, sample_weight=weights)
        return total

    def _depends_on_batches(self, count: int, *parts: Any) -> bool:
        """Whether the loss or a metric of samples is another one in batches than at once."""
        found = []
        for step in (count, self._batch):
            total = self._take(step, count, *parts)
            found.append([total, *self._results().values()])
            for metric in self._model.metrics:
                metric.reset_state()
        return not all(
            np.allclose(whole, by_batch, rtol=_ALIKE, atol=_ALIKE, equal_nan=True)
            for whole, by_batch in zip(*found, strict=True)
        )

    def _results(self) -> dict[str, Any]:
        return {
            name: keras.ops.convert_to_numpy(value)
            for name, value in self._model.get_metrics_result().items()
            if name != "loss"
        }

    def result(self) -> dict[str, float]:
        """What `model.evaluate` says: metrics by their names, the loss first; of several numbers, each."""
        if not self._count:
            return {}
        found = {"loss": self._sum / self._count}
        for name, value in self._results().items():
            if value.ndim == 0:
                found[name] = float(value)
            elif value.ndim == 1 and len(value) <= _MOST:
                found.update({f"{name}[{at}]": float(each) for at, each in enumerate(value)})
        return found


_MOST = 20
"""Numbers of one metric that are told."""


@contextmanager
def measuring(model: Any, batch: int = DEFAULT_SIZE) -> Iterator[_Measure]:
    """Measures with the metrics of the model, which have their own numbers again afterwards.

    Args:
        model: Compiled.
        batch: Samples of a batch of `evaluate`.
    """
    survive_losses()
    before = [(variable, keras.ops.convert_to_numpy(variable).copy()) for variable in model.metrics_variables]
    for metric in model.metrics:
        metric.reset_state()
    try:
        yield _Measure(model, batch)
    finally:
        for metric in model.metrics:
            metric.reset_state()
        for variable, value in before:
            variable.assign(value)


def tensor_rows(tensor: Any, first: int, end: int) -> Any:
    """Some samples as a tensor, with their mask, which losses look for.

    Args:
        tensor: Or an array, `(samples, ...)`.
        first: The first one's number.
        end: One more than the last one's.
    """
    mask = backend.get_keras_mask(tensor) if keras.ops.is_tensor(tensor) else None
    some = keras.ops.convert_to_tensor(tensor[first:end])
    if mask is not None:
        backend.set_keras_mask(some, mask[first:end])
    return some
