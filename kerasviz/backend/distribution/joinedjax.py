"""Several processes on JAX: Keras' `DataParallel` over the devices of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import jax
import keras

import kerasviz.backend.distribution.sharded  # noqa: F401  lays out each batch, not only the first one
from kerasviz.backend.batchshare import Share
from kerasviz.backend.distribution.placement import Placement, placed_at


def joined(share: Share, address: str, device: str | None) -> int:
    """Joins this process with the others, unless that was done; returns how many there are.

    `jax.distributed` finds no others on CPUs by itself, and then each process trains alone.
    """
    if not jax.distributed.is_initialized():
        jax.config.update("jax_cpu_collectives_implementation", "gloo")
        jax.distributed.initialize(address, share.count, share.rank)
    return int(jax.process_count())


class JoinedJax(Placement):
    """Each process has a copy of the model, and gives its share of each batch.

    Args:
        share: Which of them this is.
    """

    def __init__(self, share: Share) -> None:
        self.copies = jax.device_count()
        self._distribution = SharedByProcesses(share)

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies in all processes."""
        return self.training()

    def training(self) -> AbstractContextManager[Any]:
        """What trains in this context is computed by all of them."""
        context: AbstractContextManager[Any] = self._distribution.scope()
        return context

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is computed in this context is computed in this process alone."""
        before = keras.distribution.distribution()
        keras.distribution.set_distribution(None)
        try:
            yield
        finally:
            keras.distribution.set_distribution(before)

    def holds(self, model: Any) -> bool:
        """Whether a model was put here."""
        return placed_at(model) is self


class SharedByProcesses(keras.distribution.DataParallel):  # type: ignore[misc]
    """Takes batches of which each process has cut its share already.

    Args:
        share: Which of them this is.
    """

    def __init__(self, share: Share) -> None:
        super().__init__(auto_shard_dataset=False)
        self._share = share

    def get_data_layout(self, data_shape: Sequence[int]) -> Any:
        """How a batch lies: that of all shares, or the same one in each process."""
        if self._share.is_whole or data_shape[0] % jax.local_device_count():
            return keras.distribution.TensorLayout([None] * len(data_shape), self.device_mesh)
        return super().get_data_layout(data_shape)
