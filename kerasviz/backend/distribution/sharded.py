"""Several devices on JAX: each computes its share of each batch, and may hold only its share of a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import keras
import numpy as np
from keras.src.backend.jax import trainer

from kerasviz.backend.distribution.placement import Placement, placed_at, refused
from kerasviz.protocol.text import text

BATCH, MODEL = "batch", "model"
"""Names of the axes of devices, for a layout."""
MOST_PATHS = 8


class Sharded(Placement):
    """Trains with `keras.distribution.DataParallel`, or `ModelParallel` where there is a layout.

    Args:
        names: The devices, as Keras names them.
        layout: Which variables are divided, see `kerasviz.backend.distribution.Layout`.
        shards: Devices that one copy of the model is divided among; by default all.

    Raises:
        RequestError: With code `devices`, when the devices can't be divided so, or an axis is unknown.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        layout: Mapping[str, Sequence[str | None]] | None = None,
        shards: int | None = None,
    ) -> None:
        self.names = names
        self._layout = _checked(layout)
        self._shards = len(names) if shards is None else shards
        if self._layout and (not _is_count(self._shards) or len(names) % self._shards):
            raise refused(
                text(
                    "{count} devices can't be divided into groups of {shards}. Choose another number of "
                    "shards.",
                    count=len(names),
                    shards=repr(self._shards),
                )
            )
        self.copies = len(names) // self._shards if self._layout else len(names)
        self._distribution = _divided(names, self._layout, self._shards) if self._layout else _shared(names)

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies on the devices."""
        return self.training()

    def training(self) -> AbstractContextManager[Any]:
        """What trains in this context is computed on the devices."""
        context: AbstractContextManager[Any] = self._distribution.scope()
        return context

    def holds(self, model: Any) -> bool:
        """Whether a model was put on these devices in the same way."""
        other = placed_at(model)
        return isinstance(other, Sharded) and (other.names, other._layout, other._shards) == (
            self.names,
            self._layout,
            self._shards,
        )

    def take(self, model: Any) -> None:
        """Remembers that a model lies here.

        Raises:
            RequestError: With code `devices`, when a pattern of the layout is that of no variable, or of one
                that can't be divided so.
        """
        for path, shape in getattr(self._distribution, "unequal", {}).items():
            raise refused(
                text(
                    "{count} devices can't share {variable} of shape {shape} as the layout says. Divide "
                    "another axis, or leave it out of the layout.",
                    variable=repr(path),
                    shape=str(shape),
                    count=len(self.names),
                )
            )
        paths = [variable.path for variable in model.variables]
        for pattern in self._layout:
            if not any(re.fullmatch(pattern, path) for path in paths):
                raise refused(
                    text(
                        "{pattern} in the layout matches no variable of the model. Its variables are: "
                        "{paths}.",
                        pattern=repr(pattern),
                        paths=", ".join(paths[:MOST_PATHS]) + (", …" if len(paths) > MOST_PATHS else ""),
                    )
                )
        super().take(model)


class SharedBatches(keras.distribution.DataParallel):  # type: ignore[misc]
    """A copy of the model on each device. A batch that does not divide is computed whole on all of them."""

    def get_data_layout(self, data_shape: Sequence[int]) -> Any:
        """How a batch is divided, which JAX can't do unequally."""
        whole = _whole(self, data_shape)
        return super().get_data_layout(data_shape) if whole is None else whole


class SharedModel(keras.distribution.ModelParallel):  # type: ignore[misc]
    """A model whose variables are divided, too.

    Attributes:
        unequal: Shapes of the variables that can't be divided as the layout says, by their path.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.unequal: dict[str, tuple[int, ...]] = {}

    def get_data_layout(self, data_shape: Sequence[int]) -> Any:
        """As that of `SharedBatches`."""
        whole = _whole(self, data_shape)
        return super().get_data_layout(data_shape) if whole is None else whole

    def get_variable_layout(self, variable: Any) -> Any:
        """How a variable is divided; what can't be divided equally is not, and `unequal` names it."""
        layout = super().get_variable_layout(variable)
        mesh = dict(zip(self.device_mesh.axis_names, self.device_mesh.shape, strict=True))
        shares = [1 if axis is None else mesh[axis] for axis in layout.axes]
        if len(shares) > len(variable.shape) or any(
            length % share for length, share in zip(variable.shape, shares, strict=False)
        ):
            self.unequal[variable.path] = tuple(variable.shape)
            return keras.distribution.TensorLayout([None] * len(variable.shape), self.device_mesh)
        return layout


def _checked(layout: Any) -> dict[str, tuple[str | None, ...]]:
    """A layout that anybody may have written."""
    if not layout:
        return {}
    if not isinstance(layout, Mapping) or not all(isinstance(axes, Sequence) for axes in layout.values()):
        raise refused(
            text(
                "Expected a layout such as {example}, received: {value}.",
                example='{".*kernel": [null, "model"]}',
                value=f"{layout!r:.80}",
            )
        )
    for pattern, axes in layout.items():
        for axis in axes:
            if axis not in (BATCH, MODEL, None):
                raise refused(
                    text(
                        "Expected {batch}, {model} or null as axes in the layout, received: {axis}.",
                        batch=repr(BATCH),
                        model=repr(MODEL),
                        axis=f"{axis!r:.80}",
                    )
                )
        try:
            re.compile(pattern)
        except re.error as error:
            raise refused(
                text(
                    "{pattern} in the layout is no regular expression: {error}.",
                    pattern=repr(pattern),
                    error=str(error),
                )
            ) from None
    return {pattern: (*axes,) for pattern, axes in layout.items()}


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _shared(names: tuple[str, ...]) -> SharedBatches:
    return SharedBatches(devices=[*names])


def _divided(names: tuple[str, ...], layout: Mapping[str, Any], shards: int) -> SharedModel:
    mesh = keras.distribution.DeviceMesh(
        (len(names) // shards, shards), [BATCH, MODEL], np.array(names).reshape(-1, shards)
    )
    map_ = keras.distribution.LayoutMap(mesh)
    for path, axes in layout.items():
        map_[path] = axes
    return SharedModel(layout_map=map_, batch_dim_name=BATCH)


def _whole(distribution: Any, shape: Sequence[int]) -> Any:
    """The layout of a batch that each device gets whole; None where it is divided."""
    if shape[0] % distribution.num_model_replicas == 0:
        return None
    return keras.distribution.TensorLayout([None] * len(shape), distribution.device_mesh)


def _each_batch_divided(self: Any, distribution: Any) -> Iterator[Any]:
    """Asks for the layout of each batch: Keras 3.15 takes that of the first, and JAX fails at the last one.

    https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/jax/trainer.py
    """
    for data in self.data_adapter.get_jax_iterator():
        yield trainer._distribute_data(data)


trainer.JAXEpochIterator._get_distributed_iterator = _each_batch_divided
