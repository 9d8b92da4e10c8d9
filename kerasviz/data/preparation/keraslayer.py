"""Preprocessing layers of Keras as steps."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from kerasviz.config.check import check_layer
from kerasviz.config.fresh import fresh
from kerasviz.config.fromconfig import demanded_keys
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.data.lookups import LOOKUPS
from kerasviz.data.preparation.moments import Moments
from kerasviz.data.preparation.rowblocks import is_missing
from kerasviz.data.preparation.step import Step
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

WORDS = tuple(cls for cls in LOOKUPS if cls is not keras.layers.IntegerLookup)
"""Layers that take words."""


def preprocessing_layers() -> dict[str, Any]:
    """The preprocessing layers of the installed Keras, by name."""
    return {
        name: cls
        for name, cls in vars(keras.layers).items()
        if inspect.isclass(cls) and ".preprocessing." in cls.__module__
    }


class KerasLayer(Step):
    """A preprocessing layer of Keras.

    Args:
        class_name: Its class.
        config: Its arguments.
        column: What it is for, for the sentence that says what is wrong.

    Attributes:
        layer: The layer; with what it has learned, once it was shown the training rows.
        takes_pictures: Whether it takes pictures, which have an axis of channels.

    Raises:
        RequestError: With code `preparation`, where Keras does not take the arguments.
    """

    def __init__(self, class_name: str, config: Mapping[str, Any], column: str) -> None:
        self._class = preprocessing_layers()[class_name]
        self.takes_pictures = takes_pictures(self._class)
        self._config = {"dtype": "float32", **config} if _computes(self._class) else dict(config)
        self._column = column
        self.layer = self._make(self._config)
        self.learns = hasattr(self.layer, "adapt") and not has_learned(config)
        self._moments = Moments(getattr(self.layer, "axis", None)) if self.learns else None

    def see(self, values: Any) -> None:
        """Looks at a block of training rows."""
        values = self._taken(values)
        if isinstance(self.layer, keras.layers.Normalization) and self._moments is not None:
            self._moments.see(values)
        else:
            self.layer.update_state(values)

    def finish(self) -> None:
        """Learns what `adapt` learns."""
        if isinstance(self.layer, keras.layers.Normalization) and self._moments is not None:
            mean, variance = self._moments.result()
            self._config = {**self._config, "mean": mean, "variance": variance}
            self.layer = self._make(self._config)
        else:
            self.layer.finalize_state()

    def __call__(self, values: Any) -> Any:
        """Applies the layer."""
        values = self._taken(values)
        try:
            return keras.ops.convert_to_numpy(self.layer(values))
        except Exception as error:
            raise RequestError(
                "preparation",
                text(
                    "The step {step} can't take the values of {column}. Change it, or leave the column out.",
                    step=self._class.__name__,
                    column=repr(self._column),
                ),
                detail=f"{error!s:.2000}",
            ) from error

    def config(self) -> dict[str, Any]:
        """Its arguments."""
        return self._config

    def _make(self, config: Mapping[str, Any]) -> Any:
        defaults = {
            name: parameter.default
            for name, parameter in inspect.signature(self._class).parameters.items()
            if parameter.default is not parameter.empty
        }
        whole = {**defaults, **config}
        demanded = {key: whole[key] for key in demanded_keys(self._class, whole)}
        written = {
            "module": "keras.layers",
            "class_name": self._class.__name__,
            "config": {**demanded, **config},
            "registered_name": None,
        }
        try:
            check_layer(written, custom=True)
            return keras.saving.deserialize_keras_object(fresh(written))
        except ModelFileError as error:
            raise RequestError("preparation", error.reason) from None
        except Exception as error:
            raise RequestError(
                "preparation",
                text(
                    "Keras does not take the arguments of the step {step}. Change them under Train.",
                    step=self._class.__name__,
                ),
                detail=f"{error!s:.2000}",
            ) from error

    def _taken(self, values: Any) -> Any:
        """The values as the layer takes them: words, whole numbers or numbers, `(rows, 1)` at least."""
        if values.ndim == 1:
            values = values[:, None]
        if values.ndim == 3 and self.takes_pictures:  # grey; the layer would take them for one picture
            values = values[..., None]
        if isinstance(self.layer, WORDS):
            return as_words(values)
        if values.dtype.kind in "OUSM":
            raise RequestError(
                "preparation",
                text(
                    "The step {step} takes numbers, but {column} holds {kind}. Put a step before it, such as "
                    "{way}.",
                    step=self._class.__name__,
                    column=repr(self._column),
                    kind=text("dates") if values.dtype.kind == "M" else text("text"),
                    way="dates" if values.dtype.kind == "M" else "StringLookup",
                ),
            )
        if isinstance(self.layer, (keras.layers.IntegerLookup, keras.layers.CategoryEncoding)):
            return np.where(is_missing(values), -1, values).astype("int64")
        return values.astype("float32") if values.dtype == "float64" else values


def takes_pictures(cls: Any) -> bool:
    """Whether a layer takes pictures, which have an axis of channels."""
    return ".image_preprocessing." in cls.__module__


def as_words(values: Any) -> Any:
    """Words for a layer: whole numbers without a point, nothing where a value is missing."""
    if values.dtype.kind == "S":
        return np.char.decode(values, "utf-8", "replace")
    if values.dtype.kind == "U":
        return values
    if values.dtype == object:
        return np.where(is_missing(values), "", values).astype(str)
    if values.dtype.kind == "M":
        return np.where(np.isnat(values), "", np.datetime_as_string(values)).astype(str)
    words = [
        "" if np.isnan(value) else str(int(value)) if value == np.floor(value) else repr(value)
        for value in values.astype("float64").ravel().tolist()
    ]
    return np.array(words).reshape(values.shape)


def _computes(cls: Any) -> bool:
    """Whether a layer computes in floats: in full precision then, whatever the model does."""
    return not issubclass(cls, LOOKUPS)


def has_learned(config: Mapping[str, Any]) -> bool:
    """Whether the arguments say what `adapt` would learn."""
    return any(config.get(key) is not None for key in ("mean", "bin_boundaries", "vocabulary"))
