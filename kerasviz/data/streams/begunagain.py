"""Batches that are taken once more, beside a training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.backend.pipelines import is_loader, looked_at


def begun_again(batches: Any) -> Iterator[Any]:
    """Batches from the first one on; none of what can be gone through but once."""
    if is_loader(batches):
        with looked_at(batches) as begun:
            yield from (tuple(batch) if isinstance(batch, list) else batch for batch in begun)
    elif hasattr(type(batches), "__getitem__") and hasattr(type(batches), "__len__"):
        yield from (batches[at] for at in range(len(batches)))
    elif (begun := iter(batches)) is not batches:
        yield from begun


def parts_of(batch: Any) -> tuple[Any, Any, Any]:
    """Inputs, targets and sample weights of a batch; None for those that it lacks."""
    parts = batch if isinstance(batch, tuple) else (batch,)
    return (*parts, None, None)[:3]


def as_arrays(value: Any) -> Any:
    """A part of a batch, with arrays in the place of tensors."""
    if isinstance(value, dict):
        return {key: as_arrays(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_arrays(part) for part in value]
    return None if value is None else np.asarray(value)
