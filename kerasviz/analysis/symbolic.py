"""One call of one layer, computed by Keras on tensors with a shape but no data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras

from kerasviz.analysis.macs import multiply_adds
from kerasviz.analysis.reading import Call, is_input, is_model, is_sequential, is_tensor
from kerasviz.analysis.specs import TensorSpec, dtype_size
from kerasviz.analysis.window import Window
from kerasviz.backend.isolation import isolated
from kerasviz.config import ModelFileError, check_layer
from kerasviz.config.adaptivepools import check_adaptive_pools
from kerasviz.config.budget import most, way_on
from kerasviz.config.build import stateless, unspread
from kerasviz.config.fresh import fresh
from kerasviz.config.sizes import check_axes
from kerasviz.protocol.text import text

Specs = tuple[TensorSpec, ...]
"""All outputs of a call, or one of them."""

WeightSpec = tuple[tuple[int, ...], str]
"""Shape and dtype of a weight."""

MAX_SPREAD = 2**26


@dataclass(frozen=True)
class Bound:
    """A call with the specs of its tensors, one item for each reference."""

    call: Call
    inputs: tuple[Specs, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What Keras says about a call.

    Attributes:
        outputs: Specs of the output tensors, flattened.
        params: Numbers in the weights of the layer.
        trainable: The trainable ones among them.
        bytes: Memory of the weights.
        weights: Shape and dtype of each.
        drops_mask: Whether the input has a mask that the layer does not support.
        macs: Multiply-adds for one sample, if they are known.
        window: The window of the layer, if it has one.
    """

    outputs: Specs
    params: int
    trainable: int
    bytes: int
    weights: tuple[WeightSpec, ...]
    drops_mask: bool
    macs: int | None
    window: Window | None


def built_for(model: Mapping[str, Any]) -> Specs:
    """Returns the input that a Sequential without an Input was built for, or nothing."""
    config = model.get("config")
    shape = config.get("build_input_shape") if isinstance(config, dict) else None
    build_config = model.get("build_config")
    if shape is None and isinstance(build_config, dict):
        shape = build_config.get("input_shape")
    if not is_sequential(model):
        return ()
    if isinstance(shape, list) and all(map(_is_dimension, shape)):
        return (TensorSpec(tuple(shape), keras.config.floatx()),)
    first = next(iter(_layers_of(model)), None)
    return _input_of(first) if first is not None and is_model(first) else ()


def _input_of(model: Mapping[str, Any]) -> Specs:
    """Returns the only input of a model, or nothing; a Sequential that begins with it takes the same."""
    layers = _layers_of(model)
    inputs = [
        layer["config"] for layer in layers if is_input(layer) and isinstance(layer.get("config"), dict)
    ]
    if not inputs:
        return built_for(model)
    shape = inputs[0].get("batch_shape")
    if len(inputs) > 1 or not isinstance(shape, list) or not all(map(_is_dimension, shape)):
        return ()
    dtype = inputs[0].get("dtype")
    return (TensorSpec(tuple(shape), dtype if isinstance(dtype, str) else keras.config.floatx()),)


def _layers_of(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    config = model.get("config")
    layers = config.get("layers") if isinstance(config, dict) else None
    return [item for item in layers if isinstance(item, dict)] if isinstance(layers, list) else []


def _is_dimension(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 0)


def construct(data: dict[str, Any], *, stateful: bool = False) -> keras.Operation:
    """Makes the layer of a config, without weights.

    Args:
        data: The config.
        stateful: Whether an RNN may keep its states, which take memory as soon as it is called.

    Raises:
        ModelFileError: If the config contains something that is not allowed.
        Exception: Any error of Keras about the arguments.
    """
    check_layer(data, custom=True)
    config = fresh({key: data.get(key) for key in ("module", "class_name", "config", "registered_name")})
    layer = keras.saving.deserialize_keras_object(config if stateful else stateless(config))
    if not isinstance(layer, keras.Operation):
        raise TypeError(
            text("Expected a layer, received: {class_name}.", class_name=str(data.get("class_name")))
        )
    return layer


def check_states(data: dict[str, Any], bound: Bound) -> None:
    """Checks the call of a layer that keeps its states, which needs a known batch size.

    Raises:
        Exception: Any error of Keras if the batch size is unknown.
    """
    batches = {spec.shape[0] for specs in bound.inputs for spec in specs if spec.shape}
    if None in batches and stateless(data) != data:
        _call(construct(data, stateful=True), bound)


def check_spread(data: dict[str, Any], bound: Bound | None) -> None:
    """Refuses a Normalization whose mean and variance would not fit into memory.

    Raises:
        ModelFileError: With the number of values.
    """
    light = unspread(data)
    if light == data:
        return
    layer = construct(light)
    if bound is not None:
        _call(layer, bound)
    numbers = sum(math.prod(weight.shape) for weight in getattr(layer, "weights", []))
    allowed = most(MAX_SPREAD, "gigabytes")
    if numbers > allowed:
        raise ModelFileError(
            text(
                "Its mean and variance would hold {numbers} numbers, more than the {most} allowed. {way_on}",
                numbers=f"{numbers:,}",
                most=f"{allowed:,}",
                way_on=way_on("gigabytes", 1.25 * numbers / allowed),
            )
        )


def compute(layer: keras.Operation, bound: Bound, first: Bound | None) -> Outcome:
    """Calls a layer.

    Args:
        layer: As `construct` made it.
        bound: The call.
        first: The call that built the weights of a layer that is called several times, or None.

    Raises:
        ModelFileError: If an output is too large for anybody.
        Exception: Any error of Keras about the call.
    """
    if first is not None:
        _call(layer, first)
    if isinstance(layer, keras.layers.InputLayer):
        outputs = [layer.output]
    else:
        outputs = keras.tree.flatten(_call(layer, bound))
        if len(bound.inputs) > 1:
            _trace(layer, bound)
    check_adaptive_pools(layer)
    weights = getattr(layer, "weights", [])
    specs = tuple(TensorSpec.of(tensor) for tensor in outputs)
    check_axes(spec.shape for spec in specs)
    inputs = [spec for specs in bound.inputs for spec in specs]
    return Outcome(
        outputs=specs,
        params=sum(math.prod(w.shape) for w in weights),
        trainable=sum(math.prod(w.shape) for w in getattr(layer, "trainable_weights", [])),
        bytes=sum(math.prod(w.shape) * dtype_size(w.dtype) for w in weights),
        weights=tuple((tuple(w.shape), keras.backend.standardize_dtype(w.dtype)) for w in weights),
        drops_mask=not _takes_mask(layer) and any(spec.mask for spec in inputs),
        macs=multiply_adds(layer, inputs, specs),
        window=Window.of(layer),
    )


def try_call(data: dict[str, Any], bound: Bound | None, first: Bound | None) -> None:
    """Makes and calls a layer; a child process does this before what may take too much is done here."""

    def job() -> None:
        check_spread(data, bound)
        layer = construct(data)
        if bound is not None:
            compute(layer, bound, first)

    isolated(job)


def _trace(layer: keras.Operation, bound: Bound) -> None:
    """Lets the backend run the code of the layer on symbolic tensors.

    Some layers compute the shape of their output without checking that their inputs fit together: an LSTM
    whose `initial_state` has another size, or an Attention between different widths. An operation of
    `keras.ops` checks itself, and a model checks its layers.

    Raises:
        Exception: Any error of the backend.
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
    # A layer that does not support a mask would print a warning into the user's session.
    masked = _takes_mask(layer)
    tensors = iter([[spec.tensor(masked=masked) for spec in specs] for specs in bound.inputs])
    args = [bind(value, tensors) for value in bound.call.args]
    kwargs = {key: bind(value, tensors) for key, value in bound.call.kwargs.items()}
    return layer(*args, **kwargs)


def bind(value: Any, tensors: Iterator[Sequence[Any]]) -> Any:
    """Returns an argument for Keras, with each serialized tensor replaced by the next of `tensors`."""
    if is_tensor(value):
        found = next(tensors)
        return found[0] if len(found) == 1 else list(found)
    if isinstance(value, dict):
        if "class_name" in value:
            return keras.saving.deserialize_keras_object(fresh(value))
        return {key: bind(item, tensors) for key, item in value.items()}
    if isinstance(value, list):
        return [bind(item, tensors) for item in value]
    return value
