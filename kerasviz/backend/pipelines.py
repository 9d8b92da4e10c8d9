"""Batches of TensorFlow and PyTorch, which only their own packages can tell of and change."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from kerasviz.backend.instances import is_of

INFINITE = -1
"""The cardinality of what never ends."""
_AT_MOST = 100
"""Transformations that are gone back through, from the last one, for the pass that is repeated."""


def is_pipeline(value: object) -> bool:
    """Whether something is a `tf.data.Dataset`; none of its code runs, and nothing is imported."""
    tensorflow: Any = sys.modules.get("tensorflow")
    return tensorflow is not None and is_of(value, tensorflow.data.Dataset)


def is_loader(value: object) -> bool:
    """Whether something is a `DataLoader` of PyTorch; none of its code runs, and nothing is imported."""
    data: Any = sys.modules.get("torch.utils.data")
    return data is not None and is_of(value, data.DataLoader)


def steps(pipeline: Any) -> int | None:
    """Elements of a `tf.data.Dataset`; None where nobody knows, or where they never end."""
    count = int(pipeline.cardinality())
    return count if count >= 0 else None


def is_endless(pipeline: Any) -> bool:
    """Whether the elements of a `tf.data.Dataset` are known to never end.

    Of what interleaves or filters an endless one, TensorFlow says that nobody knows.
    """
    at = pipeline
    for _ in range(_AT_MOST):
        count = int(at.cardinality())
        if count == INFINITE:
            return True
        sources = at._inputs() if hasattr(at, "_inputs") else []
        if count >= 0 or len(sources) != 1 or "TakeWhile" in type(at).__name__:
            return False
        at = sources[0]
    return False


def one_pass(pipeline: Any) -> int | None:
    """The batches of one pass through what an endless `tf.data.Dataset` repeats; None where nobody knows."""
    size, at = 1, pipeline
    for _ in range(_AT_MOST):
        if (count := steps(at)) is not None:
            return -(-count // size)
        if int(at.cardinality()) != INFINITE:
            return None
        drawn = int(getattr(at, "_batch_size", 1))
        size *= drawn if drawn > 0 else 1
        sources = at._inputs() if hasattr(at, "_inputs") else []
        if len(sources) != 1:
            return None
        at = sources[0]
    return None


def told_by(pipeline: Any) -> Iterator[np.ndarray]:
    """What a `tf.data.Dataset` says of itself, step by step, down to the arrays that it gives.

    Args:
        pipeline: A `tf.data.Dataset`, of which nothing is taken.

    Returns:
        Texts, numbers and arrays.
    """
    import tensorflow as tf

    waiting = [pipeline]
    for _ in range(_AT_MOST):
        if not waiting:
            return
        at = waiting.pop()
        yield np.array([type(at).__name__, str(at.element_spec), str(int(at.cardinality()))])
        for part in getattr(at, "_tensors", []):
            yield np.array(str(part)) if part.dtype == tf.variant else np.asarray(part)
        waiting += at._inputs() if hasattr(at, "_inputs") else []


def element_of(pipeline: Any, shape_like: Callable[[Any, str], Any]) -> Any:
    """Maps what a `tf.data.Dataset` says of its elements; none of them is taken.

    To take one would move its shuffling on, so that a run gave other numbers than the same code in a cell.

    Args:
        pipeline: A `tf.data.Dataset`.
        shape_like: Gets shape (None where a length is not known) and dtype of each tensor.

    Returns:
        The structure of an element, with what `shape_like` returned; None where the elements tell no shape.
    """
    import tensorflow as tf

    def told(spec: Any) -> Any:
        if isinstance(spec, (tuple, list)):
            return tuple(told(part) for part in spec)
        if isinstance(spec, dict):
            return {key: told(part) for key, part in spec.items()}
        if isinstance(spec, tf.NoneTensorSpec):
            return None
        if not isinstance(spec, (tf.TensorSpec, tf.SparseTensorSpec)) or spec.shape.rank is None:
            raise LookupError
        return shape_like(tuple(spec.shape), "str" if spec.dtype == tf.string else spec.dtype.name)

    try:
        return told(pipeline.element_spec)
    except LookupError:  # ragged, or made by a function of Python that does not tell
        return None


def has_weights(pipeline: Any) -> bool:
    """Whether a `tf.data.Dataset` says that its elements are inputs, targets and sample weights."""
    import tensorflow as tf

    spec = pipeline.element_spec
    return isinstance(spec, tuple) and len(spec) > 2 and not isinstance(spec[2], tf.NoneTensorSpec)


def without_shapes(pipeline: Any) -> list[bool]:
    """For each part of a `tf.data.Dataset` (inputs, targets), whether a tensor in it tells no shape."""
    import tensorflow as tf

    spec = pipeline.element_spec
    return [
        any(isinstance(each, tf.TensorSpec) and each.shape.rank is None for each in tf.nest.flatten(part))
        for part in (spec if isinstance(spec, tuple) else (spec,))
    ]


def batched(pipeline: Any, size: int) -> Any:
    """Makes batches of the elements of a `tf.data.Dataset`."""
    import tensorflow as tf

    return pipeline.batch(size).prefetch(tf.data.AUTOTUNE)


def mapped(pipeline: Any, change: Callable[..., Any], *, in_turn: bool = False) -> Any:
    """Changes each element of a `tf.data.Dataset`: several at once, or one after the other."""
    import tensorflow as tf

    if in_turn:
        return pipeline.map(change).prefetch(tf.data.AUTOTUNE)
    return pipeline.map(change, num_parallel_calls=tf.data.AUTOTUNE)


def applied(layer: Any, tensor: Any) -> Any:
    """A batch after a layer, inside of a pipeline; its constants are made outside, as several may use it."""
    import tensorflow as tf

    if not layer.built:
        with tf.init_scope():
            layer.build(tuple(tensor.shape))
    return layer(tensor)


def reshaped(tensor: Any, shape: tuple[int, ...]) -> Any:
    """A batch with samples of another shape, inside of a pipeline."""
    import tensorflow as tf

    return tf.reshape(tensor, (-1, *shape))


def one_hot(tensor: Any, classes: int) -> Any:
    """Class numbers of a batch as one-hot rows, inside of a pipeline."""
    import tensorflow as tf

    return tf.one_hot(tf.cast(tf.reshape(tensor, (-1,)), "int64"), classes)


@contextmanager
def looked_at(loader: Any) -> Iterator[Iterator[Any]]:
    """The batches of a `DataLoader`; its workers and what shuffles it stay where they are."""
    import torch

    alone = copy.copy(loader)
    alone.num_workers = alone.timeout = 0
    batches = loader.batch_sampler
    drawing = [getattr(each, "generator", None) for each in (loader, loader.sampler, batches)]
    drawing.append(getattr(getattr(batches, "sampler", None), "generator", None))
    before = [(each, each.get_state()) for each in drawing if isinstance(each, torch.Generator)]
    try:
        with torch.random.fork_rng(devices=[]):
            yield iter(alone)
    finally:
        for generator, state in before:
            generator.set_state(state)


def first_of_loader(loader: Any) -> Any:
    """The first batch of a `DataLoader`, as arrays."""
    import torch

    with looked_at(loader) as batches:
        batch = next(batches)

    def array(value: Any) -> Any:
        if isinstance(value, (tuple, list)):
            return tuple(array(part) for part in value)
        if isinstance(value, dict):
            return {key: array(part) for key, part in value.items()}
        return np.asarray(value.detach().cpu()) if isinstance(value, torch.Tensor) else value

    return array(batch)


def loader_through(loader: Any, through: Callable[[Any], Iterator[Any]]) -> Any:
    """A `DataLoader` of what is made here of the batches of another: TensorFlow hangs in forked processes.

    Args:
        loader: Its order and its workers are as they were.
        through: Gets it and gives batches of tensors or arrays.
    """
    import torch

    class Changed(torch.utils.data.IterableDataset):  # type: ignore[misc]
        def __iter__(self) -> Any:
            return through(loader)

    class Counted(Changed):
        def __len__(self) -> int:
            return len(loader)

    # Each pass through a loader draws a number, by default where the order of its samples comes from.
    chosen = Counted() if hasattr(loader.dataset, "__len__") else Changed()
    return torch.utils.data.DataLoader(chosen, batch_size=None, generator=torch.Generator())


def read_in_turns(
    turns: Callable[[int], Any],
    first: Callable[[], int],
    skip: int,
    read: Callable[[Any], Any],
    size: int,
    count: int | None,
) -> Any:
    """Reads samples by their numbers, several at once, in an order that Python tells again for each turn.

    Args:
        turns: Gives the numbers of a turn, as an array of int64.
        first: Tells the number of the turn that begins; asked whenever somebody begins to take batches.
        skip: Numbers of the first turn that are left out.
        read: Makes the tensors of a sample of its number, with operations of TensorFlow.
        size: Samples in a batch; the last one of a turn has what is left.
        count: Batches of the one turn that there is; None where turn follows turn without an end.

    Returns:
        A `tf.data.Dataset` of batches.
    """
    import tensorflow as tf

    def batches(turn: Any) -> Any:
        told = tf.numpy_function(
            lambda at: turns(int(first() + at)).astype("int64")[skip if at == 0 else 0 :], [turn], tf.int64
        )
        numbers = tf.data.Dataset.from_tensor_slices(tf.ensure_shape(told, (None,)))
        return numbers.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(size)

    each = tf.data.Dataset.counter() if count is None else tf.data.Dataset.range(1)
    made = each.flat_map(batches)
    if count is not None:
        made = made.apply(tf.data.experimental.assert_cardinality(count))
    return made.prefetch(tf.data.AUTOTUNE)
