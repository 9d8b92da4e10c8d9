"""Finds the layer behind an exception of `fit` that does not tell one, as most out of a compiled graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kerasviz.analysis.atsizes import at_sizes
from kerasviz.analysis.explain import own_words
from kerasviz.analysis.raisedby import raised_by
from kerasviz.config import ModelFileError
from kerasviz.protocol import RequestError

UNLEARNED = "No gradients provided for any variable"
"""What an optimizer of Keras says where nothing is learned, though it is not to blame."""


@contextmanager
def located(document: Mapping[str, Any], model: Any, x: Any) -> Iterator[None]:
    """Says of an exception at which layer the samples do not fit, where that is so.

    Args:
        document: The document.
        model: Its model.
        x: What it trains on, as `fit` takes it.

    Raises:
        RequestError: With the layer.
    """
    try:
        yield
    except Exception as error:
        is_told = isinstance(error, (RequestError, ModelFileError, OSError, MemoryError))
        unknown = not is_told and (raised_by(error.__traceback__) == (None, None) or UNLEARNED in str(error))
        found = at_sizes(document, _shapes(model, x)) if unknown else None
        if found is None:
            raise
        detail = own_words(error)
        raise RequestError(found["code"], found["message"], layer=found["layer"], detail=detail) from error


def _shapes(model: Any, x: Any) -> dict[str, tuple[int, ...]]:
    """The shape of one sample by the name of the Input that takes it."""
    if not model.built or x is None:
        return {}
    if not isinstance(x, dict):
        arrays = x if isinstance(x, list) else [x]
        names = [tensor.name for tensor in model.inputs]
        return {name: tuple(array.shape[1:]) for name, array in zip(names, arrays, strict=False)}
    tensors = model.input if isinstance(model.input, dict) else {}
    return {tensors[key].name if key in tensors else key: tuple(a.shape[1:]) for key, a in x.items()}
