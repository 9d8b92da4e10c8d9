"""Which samples train, and which are held out. A split is one module with a `split`, and a line in the table.

The module's docstring is the name for people. `split` takes what a plan may say, with types, and the keyword
`samples`: what there is to divide. It returns the part of each sample.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.data.splits import by_class, by_group, by_time, share
from kerasviz.data.splits.splitsamples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import any_of, text

SPLITS: Mapping[str, ModuleType] = {
    "share": share,
    "by_class": by_class,
    "by_group": by_group,
    "by_time": by_time,
}
"""The splits by the name that a plan has for them, as they are offered."""


def parts_of(chosen: Mapping[str, Any], samples: Samples) -> np.ndarray:
    """Divides samples as a plan says.

    Args:
        chosen: `{"class_name": split, "config": its arguments}`.
        samples: What is to be divided.

    Returns:
        The part of each sample: `TRAINING`, `VALIDATION` or `TEST`, as int8 `(samples,)`.

    Raises:
        RequestError: With code `plan`, where there is no such split, or it can't divide these samples.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    split = SPLITS.get(name) if isinstance(name, str) else None
    if split is None:
        raise RequestError(
            "plan",
            text(
                "Expected a split ({known}). Received: {name}. Choose one under Train.",
                known=any_of(list(SPLITS)),
                name=f"{name!r:.80}",
            ),
        )
    try:
        inspect.signature(split.split).bind(**{**config, "samples": samples})
        parts: np.ndarray = split.split(**config, samples=samples)
    except (TypeError, ValueError) as error:
        raise RequestError(
            "plan",
            text(
                "These samples can't be divided by the split {name} with its arguments. Change them under "
                "Train.",
                name=repr(name),
            ),
            detail=str(error),
        ) from None
    return parts
