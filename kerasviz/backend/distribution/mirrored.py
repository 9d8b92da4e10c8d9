"""Several devices on TensorFlow: each has a copy of the model, and computes its share of each batch."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import keras
import tensorflow as tf
from keras.src.backend.tensorflow.trainer import TensorFlowTrainer

from kerasviz.backend.distribution.placement import Placement
from kerasviz.protocol.text import Text, text


class Mirrored(Placement):
    """Trains with `tf.distribute.MirroredStrategy`.

    Args:
        names: The devices, as Keras names them.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names, self.copies = names, len(names)
        self._strategy: Any = None

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies on all devices; two strategies don't go together."""
        if old is not None and self.holds(old):
            self._strategy = old.distribute_strategy
        if self._strategy is None:
            # The default runs collectives, which on CPUs fail with steps_per_execution (TensorFlow 2.21), and
            # deadlock or mix up shapes where layers use some, too (synchronized BatchNormalization).
            is_cpu = self.names[0].startswith("cpu")
            across = tf.distribute.ReductionToOneDevice() if is_cpu else None
            self._strategy = tf.distribute.MirroredStrategy([*self.names], across)
        scope: AbstractContextManager[Any] = self._strategy.scope()
        return scope

    def holds(self, model: Any) -> bool:
        """Whether a model is mirrored on these devices, no matter by whom."""
        strategy = getattr(model, "distribute_strategy", None)
        if not isinstance(strategy, tf.distribute.MirroredStrategy):
            return False
        return {_name(device) for device in strategy.extended.worker_devices} == {*self.names}

    def on_batch(self, size: int) -> int:
        """Each device gets all samples that `train_on_batch` is given, and its share in `fit`."""
        return size // self.copies

    def differences(self, model: Any, samples: int | None, size: int) -> list[Text]:
        """Each device takes the mean over its own share of a batch."""
        count, told = self.copies, []
        last = 0 if samples is None else samples % size
        if last % count:
            told.append(
                text(
                    "The last batch of an epoch has {last} samples, which {count} devices can't share "
                    "equally: training differs slightly from that on one device.",
                    last=last,
                    count=count,
                )
            )
        own = [
            layer.name
            for layer in model._flatten_layers()
            if isinstance(layer, keras.layers.BatchNormalization) and not layer.synchronized
        ]
        if own:
            told.append(
                text(
                    "On each device, {layers} normalizes with the statistics of its own share of a batch. "
                    "Set synchronized to use those of the whole batch.",
                    layers=", ".join(own[:MOST_NAMES]) + (", …" if len(own) > MOST_NAMES else ""),
                )
            )
        return told


MOST_NAMES = 4


def _name(device: str) -> str:
    """`cpu:0` of `/job:localhost/replica:0/task:0/device:CPU:0`."""
    return ":".join(device.rpartition("/")[2].lower().split(":")[-2:])


def _build_without_batches(self: Any, iterator: Any = None, data_batch: Any = None) -> None:
    """Builds what `fit` needs for the shapes of the data.

    Keras 3.15 takes a batch for that, which of a generator is lost, and the mean of the devices' shares of
    it, which have to be equally large.
    https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/tensorflow/trainer.py
    """
    strategy = self._distribute_strategy
    if strategy is None:
        return
    if iterator is not None:
        told = iterator._get_iterator().element_spec
        data_batch = keras.tree.map_structure(lambda spec: getattr(spec, "_value_specs", [spec])[0], told)
    with strategy.scope():
        self._symbolic_build(data_batch=data_batch)


TensorFlowTrainer._maybe_symbolic_build = _build_without_batches
