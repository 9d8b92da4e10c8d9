"""Several processes on PyTorch: its `DistributedDataParallel` around the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import keras
import torch
from torch import distributed
from torch.nn.parallel import DistributedDataParallel

from kerasviz.backend.batchshare import Share
from kerasviz.backend.distribution.placement import Placement, placed_at
from kerasviz.protocol.text import Text, text

APART = 1_000_003
"""Between the seeds of two processes: a generator counts up from its own."""


def joined(share: Share, address: str, device: str | None) -> int:
    """Joins this process with the others, unless that was done; returns how many there are."""
    chosen = "" if device is None else device.removeprefix("gpu:")
    if chosen.isdecimal():
        torch.cuda.set_device(int(chosen))
    if not distributed.is_initialized():
        kind = "nccl" if _on_gpus() else "gloo"
        distributed.init_process_group(
            kind, init_method=f"tcp://{address}", rank=share.rank, world_size=share.count
        )
    return int(distributed.get_world_size())


def _on_gpus() -> bool:
    return bool(torch.cuda.is_available())


class JoinedTorch(Placement):
    """Each process has a copy of the model, and gives its share of each batch.

    Args:
        share: Which of them this is.
    """

    def __init__(self, share: Share) -> None:
        self._share = share
        self._forgets: list[Any] | None = None
        self.copies = share.count

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies on the device of this process."""
        return self.training()

    def training(self) -> AbstractContextManager[Any]:
        """What trains in this context is computed on the device of this process."""
        if not _on_gpus():
            return nullcontext()
        context: AbstractContextManager[Any] = keras.device(f"gpu:{torch.cuda.current_device()}")
        return context

    def holds(self, model: Any) -> bool:
        """Whether a model was put here."""
        return placed_at(model) is self

    @contextmanager
    def joining(self, model: Any) -> Iterator[None]:
        """Around the `fit` of a model: its gradients and metrics are those of all processes."""
        self._draw_apart(model)
        call, results, step = model.call, model.get_metrics_result, model.train_step
        model.call = _Joined(model, call)
        model.get_metrics_result = lambda: self._results_of_all(model, results)
        model.train_step = self._counted_once(model, step)
        model.test_step, test = self._counted_once(model, model.test_step), model.test_step
        model.make_train_function(force=True)
        try:
            yield
        finally:
            model.call, model.get_metrics_result = call, results
            model.train_step, model.test_step = step, test
            model.train_function = model.test_function = None

    def settle(self, model: Any) -> None:
        """Moving averages, such as those of BatchNormalization, become the mean of those of all processes."""
        values = [
            variable.value.data
            for variable in model.non_trainable_variables
            if variable.value.is_floating_point()
        ]
        _mean_of_all(values)

    def differences(self, model: Any, samples: int | None, size: int) -> list[Text]:
        """What is computed otherwise here than in one process."""
        layers = [layer for layer in model._flatten_layers() if isinstance(layer, keras.layers.Layer)]
        if not any(isinstance(layer, keras.layers.BatchNormalization) for layer in layers):
            return []
        return [
            text(
                "Each worker normalizes its own share of a batch: BatchNormalization computes other numbers "
                "than in one process."
            )
        ]

    def _draw_apart(self, model: Any) -> None:
        """Each process draws numbers of its own, such as those of Dropout, for its own samples."""
        if not self._share.rank:
            return
        torch.manual_seed(torch.initial_seed() + APART * self._share.rank)
        weights = {id(variable) for variable in model.weights}
        for variable in model.variables:
            if id(variable) not in weights:
                variable.value.data[0] += APART * self._share.rank

    def _counted_once(self, model: Any, step: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """A batch that each process computes whole counts once in the metrics."""

        def counted(data: Any) -> Any:
            if self._share.rank == 0 or not self._share.is_whole:
                return step(data)
            self._forgets = [variable.value.data.clone() for variable in model.metrics_variables]
            return step(data)

        return counted

    def _results_of_all(self, model: Any, results: Callable[[], Any]) -> Any:
        """Metrics are computed of the numbers of all processes, which this one then has no longer."""
        variables = model.metrics_variables
        forgets, self._forgets = self._forgets, None
        for variable, value in zip(variables, forgets or (), strict=False):
            variable.value.data.copy_(value)
        own = [variable.value.data.clone() for variable in variables]
        _sum_of_all(variables)
        try:
            return results()
        finally:
            for variable, value in zip(variables, own, strict=True):
                variable.value.data.copy_(value)


class _Joined:
    """Calls a model so that the gradients of what it gives are the mean of those of all processes.

    Keras calls `call` of a model that it trains; `DistributedDataParallel` has to be called in its place.
    """

    def __init__(self, model: Any, call: Callable[..., Any]) -> None:
        self._model = model
        self._call = call
        self._parallel: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not torch.is_grad_enabled():  # it is measured, or only its shapes are asked for
            return self._call(*args, **kwargs)
        if self._parallel is None:  # the model is built by now
            self._parallel = DistributedDataParallel(
                _Module(self._model, self._call), find_unused_parameters=True
            )
        return self._parallel(*args, **kwargs)


class _Module(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, model: Any, call: Callable[..., Any]) -> None:
        super().__init__()
        self.weights = torch.nn.ParameterList([each.value for each in model.trainable_variables])
        self._call = call

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(*args, **kwargs)


def _sum_of_all(variables: list[Any]) -> None:
    """As Keras' own distribution does: metrics say how the numbers of several copies come together."""
    values = [variable.value.data for variable in variables]
    _together(values, distributed.ReduceOp.SUM)
    count = distributed.get_world_size()
    for variable, value in zip(variables, values, strict=True):
        if getattr(variable, "aggregation", "sum") == "mean":
            value.div_(count)


def _mean_of_all(values: list[Any]) -> None:
    _together(values, distributed.ReduceOp.SUM)
    for value in values:
        value.div_(distributed.get_world_size())


def _together(values: list[Any], how: Any) -> None:
    """Reduces tensors in place, all of a dtype at once."""
    for dtype in {value.dtype for value in values}:
        some = [value for value in values if value.dtype == dtype]
        flat = torch.cat([value.reshape(-1) for value in some])
        distributed.all_reduce(flat, how)
        start = 0
        for value in some:
            value.copy_(flat[start : start + value.numel()].reshape(value.shape))
            start += value.numel()
