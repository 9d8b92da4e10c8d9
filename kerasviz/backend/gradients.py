"""Gradients on TensorFlow, JAX and PyTorch, of a model's loss and of any function; no model is changed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import keras

from kerasviz.backend.surviving import survive_losses

Seen = Callable[[], AbstractContextManager[dict[str, Any]]]
"""Around the forward pass: the dict is filled with tensors, which are given back."""
Passed = tuple[list[Any], dict[str, Any]]


class LossGradients:
    """Computes what a batch would change: as `fit` does it, with `training=True`.

    Weights, states such as those of BatchNormalization, seeds, metrics and the optimizer stay as they are.

    Args:
        model: A compiled `keras.Model`, built.
        seen: Looks at the forward pass.
    """

    def __init__(self, model: Any, seen: Seen = lambda: nullcontext({})) -> None:
        self._model = model
        self._seen = seen
        self._compiled: tuple[tuple[int, ...], Any] | None = None

    def __call__(self, x: Any, y: Any = None, sample_weight: Any = None) -> Passed:
        """Goes forward and back once.

        Args:
            x: A batch as `fit` takes it: an array, or a tuple or dict of such.
            y: Its targets.
            sample_weight: Their weights.

        Returns:
            A tensor for each trainable variable in its order, None where the loss does not depend on it; and
            what was seen on the way.

        Raises:
            Exception: Whatever the layers or the loss raise.
        """
        batch = keras.tree.map_structure(_tensor, (x, y, sample_weight))
        backend = keras.backend.backend()
        way = {"tensorflow": self._tensorflow, "jax": self._jax, "torch": self._torch}[backend]
        scale = self._scale()
        gradients, seen = way(batch, scale)
        if scale != 1.0:
            gradients = [None if each is None else each / scale for each in gradients]
        return gradients, seen

    def _scale(self) -> float:
        """What an optimizer multiplies a loss by, so that small gradients don't vanish in half precision."""
        scale = getattr(self._model.optimizer, "scale_loss", None)
        if scale is None:
            return 1.0
        with keras.StatelessScope():
            return float(keras.ops.convert_to_numpy(scale(keras.ops.ones(()))))

    def _loss(
        self, trained: Sequence[Any], states: Sequence[Any], batch: Any, scale: float
    ) -> tuple[Any, dict[str, Any]]:
        """The loss with given values of the variables, of which none is changed."""
        model, (x, y, sample_weight) = self._model, batch
        values = [
            *zip(model.trainable_variables, trained, strict=True),
            *zip(_states(model), states, strict=True),
        ]
        training = {"training": True} if "training" in inspect.signature(model.call).parameters else {}
        scope = keras.StatelessScope(values, collect_losses=True)
        with scope, self._seen() as seen:
            predicted = model(x, **training)
            loss = model.compute_loss(x=x, y=y, y_pred=predicted, sample_weight=sample_weight)
        return loss * scale, seen

    def _tensorflow(self, batch: Any, scale: float) -> Passed:
        import tensorflow as tf

        survive_losses()
        values = [tf.convert_to_tensor(each) for each in self._model.trainable_variables]
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(values)
            loss, seen = self._loss(values, [each.value for each in _states(self._model)], batch, scale)
        found = tape.gradient(loss, values)
        return [None if each is None else tf.convert_to_tensor(each) for each in found], seen

    def _jax(self, batch: Any, scale: float) -> Passed:
        import jax

        variables = self._model.trainable_variables
        key = tuple(map(id, variables))
        if self._compiled is None or self._compiled[0] != key:  # what is trained has changed
            self._compiled = key, jax.jit(jax.grad(self._loss, has_aux=True))
        values, states = [each.value for each in variables], [each.value for each in _states(self._model)]
        found, seen = self._compiled[1](values, states, batch, scale)
        return list(found), seen

    def _torch(self, batch: Any, scale: float) -> Passed:
        import torch

        with torch.random.fork_rng(), torch.enable_grad():  # Dropout draws from the generator of all
            values = [each.value.detach().requires_grad_() for each in self._model.trainable_variables]
            states = [each.value.detach() for each in _states(self._model)]
            loss, seen = self._loss(values, states, batch, scale)
            if not values or not loss.requires_grad:
                return [None] * len(values), seen
            return list(torch.autograd.grad(loss, values, allow_unused=True)), seen


def gradients_at(function: Callable[[list[Any]], Any], values: Sequence[Any]) -> tuple[Any, list[Any]]:
    """How a function changes with what it is given.

    Args:
        function: Takes tensors like `values`, and gives one `(samples,)`.
        values: Arrays or tensors of floats, `(samples, ...)`.

    Returns:
        What the function gives; and for each of the values the gradient, of its shape, None where the
        function does not depend on it (JAX gives zeros there).
    """
    tensors = [keras.ops.convert_to_tensor(value) for value in values]
    backend = keras.backend.backend()
    if backend == "jax":
        import jax

        found, back = jax.vjp(function, tensors)
        return found, list(back(keras.ops.ones_like(found))[0])
    if backend == "torch":
        import torch

        with torch.enable_grad():
            tensors = [tensor.detach().requires_grad_() for tensor in tensors]
            found = function(tensors)
            if not found.requires_grad:
                return found, [None] * len(tensors)
            gradients = torch.autograd.grad(found.sum(), tensors, allow_unused=True)
        return found.detach(), list(gradients)
    import tensorflow as tf

    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(tensors)
        found = function(tensors)
    gradients = tape.gradient(found, tensors)
    return found, [None if each is None else tf.convert_to_tensor(each) for each in gradients]


@contextmanager
def without_gradients() -> Iterator[None]:
    """Keeps no memory for gradients, which PyTorch does wherever it computes with weights."""
    if keras.backend.backend() != "torch":
        yield
        return
    import torch

    with torch.no_grad():
        yield


def _states(model: Any) -> list[Any]:
    """What else has a value: moving averages, seeds, what the metrics count."""
    return [*model.non_trainable_variables, *model.metrics_variables]


def _tensor(array: Any) -> Any:
    """A tensor as the adapters of `fit` make it."""
    if array is None:
        return None
    is_float = getattr(getattr(array, "dtype", None), "kind", "") == "f"
    return keras.ops.convert_to_tensor(array, dtype=keras.config.floatx() if is_float else None)
