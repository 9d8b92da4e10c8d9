"""Whether the size of samples is that which the model takes, or one that steps begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.data.preparation.chains import chains_of
from kerasviz.data.preparation.keraslayer import KerasLayer

_OPEN = 64
"""A length that a model leaves open."""


def keep_sizes(steps: Sequence[Mapping[str, Any]], shape: Sequence[int | None]) -> bool:
    """Tells whether samples of any size stay as large as they are: then files are read as a model takes them.

    What resizes, crops or transforms samples begins with those of the source.

    Args:
        steps: Of a plan.
        shape: Of a sample as a model takes it, whose last axis is no size.

    Raises:
        RequestError: With code `preparation`, for a step that there is not.
    """
    other = (None, *((length or _OPEN) + 1 for length in shape[:-1]), *shape[-1:])
    for step in chains_of([{**step, "columns": ["x"]} for step in steps], ["x"])["x"]:
        try:
            if isinstance(step, KerasLayer) and tuple(step.layer.compute_output_shape(other)) != other:
                return False
        except Exception:  # it takes samples of another kind
            return False
    return True
