"""What holds samples and is no array, or no batches: the sentence names it, and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getattr_static

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def no_array(value: object, name: str) -> RequestError:
    """Says what a variable is in place of an array, and how to make one of it.

    Args:
        value: Of any class; no code of it runs but that of its keys.
        name: What a person calls it.
    """
    return RequestError("no_data", _sentence(value, name))


def no_batches(value: object, name: str) -> RequestError:
    """Says what a variable is in place of batches.

    Args:
        value: Of any class; none of its code runs.
        name: What a person calls it.
    """
    kind = type(value).__name__
    if callable(value):
        said = text(
            "{name} gives no batches: it is of type {kind}. If it makes a generator, call it in a cell and "
            "choose what it returns.",
            name=name,
            kind=kind,
        )
    else:
        said = text(
            "{name} gives no batches: it is of type {kind}. Choose a tf.data.Dataset, a "
            "keras.utils.PyDataset, a DataLoader or a Python generator; for arrays, choose the data source "
            "of arrays.",
            name=name,
            kind=kind,
        )
    return RequestError("no_data", said)


def _sentence(value: object, name: str) -> Text:
    kind = type(value).__name__
    if _has(value, "toarray"):  # as scikit-learn makes them
        return text(
            "{name} is a sparse matrix ({kind}). Use {name}.toarray() in its place.", name=name, kind=kind
        )
    if _has(value, "to_tensor"):
        return text(
            "The rows of {name} ({kind}) differ in length. Use {name}.to_tensor() in its place, which pads "
            "them.",
            name=name,
            kind=kind,
        )
    if _has(value, "dense_shape"):
        return text(
            "{name} is a sparse tensor ({kind}). Use tf.sparse.to_dense({name}) in its place.",
            name=name,
            kind=kind,
        )
    if issubclass(type(value), Mapping) and (key := next(iter(value), None)) is not None:  # type: ignore[call-overload]
        return text(
            "{name} holds several arrays ({kind}). Take one out of it, for example with {name}[{key}].",
            name=name,
            kind=kind,
            key=repr(key),
        )
    if any(_has(value, method) for method in ("batch", "num_batches", "batch_sampler")):
        return text(
            "{name} gives batches ({kind}) and is no array. Choose the data source for batches in the "
            "kernel, and {name} there.",
            name=name,
            kind=kind,
        )
    if _has(value, "__iter__") and type(value).__module__ == "builtins" and not isinstance(value, str):
        return text(
            "{name} is not an array: it is of type {kind}. Use np.array(list({name})) in its place.",
            name=name,
            kind=kind,
        )
    return text("{name} is not an array: it is of type {kind}. Choose an array.", name=name, kind=kind)


def _has(value: object, attribute: str) -> bool:
    return getattr_static(type(value), attribute, None) is not None
