"""One call of one layer, made by Keras on tensors that have a shape and no data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras

from kerasviz.analysis.macs import multiply_adds
from kerasviz.analysis.reading import Call, is_sequential, is_tensor
from kerasviz.analysis.specs import TensorSpec, dtype_size
from kerasviz.analysis.window import Window
from kerasviz.config import ModelFileError, check_layer
from kerasviz.config.build import stateless, unspread

Specs = tuple[TensorSpec, ...]
"""All outputs of a call, or one of them."""

MAX_SPREAD = 2**26


@dataclass(frozen=True)
class Bound:
    """A call with the specs of its tensors, one item for each of its references."""

    call: Call
    inputs: tuple[Specs, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What Keras says of a call.

    Attributes:
        outputs: Specs of the output tensors, flattened.
        params: Numbers in the weights of the layer.
        trainable: Those among them that training changes.
        bytes: Memory of the weights.
        drops_mask: Whether a mask came in that the layer cannot handle, and so is lost.
        macs: Multiply-adds for one sample, where they are known.
        window: What it looks at for each position, where it has a window.
    """

    outputs: Specs
    params: int
    trainable: int
    bytes: int
    drops_mask: bool
    macs: int | None
    window: Window | None


def built_for(model: Mapping[str, Any]) -> Specs:
    """Returns what a Sequential was built for, which is all that is known where it begins with no Input."""
    config = model.get("config")
    shape = config.get("build_input_shape") if isinstance(config, dict) else None
    build_config = model.get("build_config")
    if shape is None and isinstance(build_config, dict):
        shape = build_config.get("input_shape")
    if not is_sequential(model) or not isinstance(shape, list) or not all(map(_is_dimension, shape)):
        return ()
    return (TensorSpec(tuple(shape), keras.config.floatx()),)


def _is_dimension(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 0)


def construct(data: dict[str, Any], *, stateful: bool = False) -> keras.Operation:
    """Makes the layer that a config describes, without weights.

    Args:
        data: The config.
        stateful: Whether an RNN that keeps its states may do so: they need memory as soon as it is called.

    Raises:
        ModelFileError: If the config names what is not allowed.
        Exception: Whatever Keras raises about the arguments.
    """
    check_layer(data, custom=True)
    config = fresh({key: data.get(key) for key in ("module", "class_name", "config", "registered_name")})
    layer = keras.saving.deserialize_keras_object(config if stateful else stateless(config))
    if not isinstance(layer, keras.Operation):
        raise TypeError(f"Expected a layer, received: {data.get('class_name')} (of type {type(layer)})")
    return layer


def check_states(data: dict[str, Any], bound: Bound) -> None:
    """Lets Keras say what is wrong with a call of a layer that keeps its states for each sample of a batch.

    Raises:
        Exception: Whatever Keras raises where it is not known how many samples a batch has.
    """
    batches = {spec.shape[0] for specs in bound.inputs for spec in specs if spec.shape}
    if None in batches and stateless(data) != data:
        _call(construct(data, stateful=True), bound)


def check_spread(data: dict[str, Any], bound: Bound | None) -> None:
    """Refuses a Normalization of so wide an input that spreading its mean and variance would fill the memory.

    Raises:
        ModelFileError: Naming how many numbers they would be.
    """
    light = unspread(data)
    if light == data:
        return
    layer = construct(light)
    if bound is not None:
        _call(layer, bound)
    numbers = sum(math.prod(weight.shape) for weight in getattr(layer, "weights", []))
    if numbers > MAX_SPREAD:
        raise ModelFileError(
            f"expected a mean and variance of {MAX_SPREAD:,} numbers at most, received {numbers:,}."
        )


def fresh(value: Any) -> Any:
    """Copies a config without its `build_config`s.

    Keras takes arguments out of the dicts that it is given, and builds a layer by its `build_config` for the
    shape it had when it was saved, which an edit may have made wrong. A call builds it for the right one.
    """
    if isinstance(value, dict):
        is_object = "class_name" in value
        return {k: fresh(v) for k, v in value.items() if not (is_object and k == "build_config")}
    if isinstance(value, list):
        return [fresh(item) for item in value]
    return value


def compute(layer: keras.Operation, bound: Bound, first: Bound | None) -> Outcome:
    """Calls a layer.

    Args:
        layer: As `construct` made it.
        bound: The call.
        first: The call that built the weights of a layer that is called several times, or None.

    Raises:
        Exception: Whatever Keras raises about the call.
    """
    if first is not None:
        _call(layer, first)
    if isinstance(layer, keras.layers.InputLayer):
        outputs = [layer.output]
    else:
        outputs = keras.tree.flatten(_call(layer, bound))
        if len(bound.inputs) > 1:
            _trace(layer, bound)
    weights = getattr(layer, "weights", [])
    specs = tuple(TensorSpec.of(tensor) for tensor in outputs)
    inputs = [spec for specs in bound.inputs for spec in specs]
    return Outcome(
        outputs=specs,
        params=sum(math.prod(w.shape) for w in weights),
        trainable=sum(math.prod(w.shape) for w in getattr(layer, "trainable_weights", [])),
        bytes=sum(math.prod(w.shape) * dtype_size(w.dtype) for w in weights),
        drops_mask=not _takes_mask(layer) and any(spec.mask for spec in inputs),
        macs=multiply_adds(layer, inputs, specs),
        window=Window.of(layer),
    )


def _trace(layer: keras.Operation, bound: Bound) -> None:
    """Lets the backend follow the layer's code.

    Some layers tell the shape of their output without a look at whether the tensors that come in go together:
    an LSTM whose `initial_state` has another size, or an Attention between other widths. An operation of
    `keras.ops` looks by itself, and a model asks its layers.

    Raises:
        Exception: Whatever the backend raises.
    """
    special = any(spec.sparse or spec.ragged for specs in bound.inputs for spec in specs)
    if special or isinstance(layer, keras.Model) or not isinstance(layer, keras.layers.Layer):
        return
    shape_told = layer.compute_output_spec
    layer.compute_output_spec = partial(keras.Operation.compute_output_spec, layer)
    try:
        _call(layer, bound)
    finally:
        layer.compute_output_spec = shape_told


def _takes_mask(layer: keras.Operation) -> bool:
    return bool(getattr(layer, "supports_masking", True))


def _call(layer: keras.Operation, bound: Bound) -> Any:
    # A layer that cannot handle a mask would print a warning into the user's session.
    masked = _takes_mask(layer)
    tensors = iter([[spec.tensor(masked=masked) for spec in specs] for specs in bound.inputs])
    args = [_bind(value, tensors) for value in bound.call.args]
    kwargs = {key: _bind(value, tensors) for key, value in bound.call.kwargs.items()}
    return layer(*args, **kwargs)


def _bind(value: Any, tensors: Iterator[Sequence[keras.KerasTensor]]) -> Any:
    """Returns an argument as Keras takes it, each serialised tensor replaced by the next of `tensors`."""
    if is_tensor(value):
        found = next(tensors)
        return found[0] if len(found) == 1 else list(found)
    if isinstance(value, dict):
        if "class_name" in value:
            return keras.saving.deserialize_keras_object(fresh(value))
        return {key: _bind(item, tensors) for key, item in value.items()}
    if isinstance(value, list):
        return [_bind(item, tensors) for item in value]
    return value
