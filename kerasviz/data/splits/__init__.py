"""Which samples train, and which are held out. A split is one module with a `split`, and a line in the table.

The module's docstring is the name for people. `split` takes what a plan may say, with types, and the keyword
`samples`: what there is to divide. It returns the part of each sample. `code` takes the same arguments, and
the keyword `rows`: what to call that in a script. It returns a `Snippet`, whose `gives` has the variables
with the numbers of the samples of each part: `train` and, where there are any, `validation` and `test`.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from kerasviz.config.parts import found_in
from kerasviz.data.splits import by_class, by_group, by_time, share
from kerasviz.data.splits.rowcode import Rows
from kerasviz.data.splits.splitsamples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import any_of, text
from kerasviz.writing.snippet import Snippet

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
    split, config = _chosen(chosen)
    try:
        inspect.signature(split.split).bind(**{**config, "samples": samples})
        parts: np.ndarray = split.split(**config, samples=samples)
    except (TypeError, ValueError) as error:
        raise _refused(chosen, error) from None
    return parts


def code_of_split(chosen: Mapping[str, Any], rows: Rows) -> Snippet:
    """Writes how a script divides samples.

    Args:
        chosen: As `parts_of` takes it.
        rows: What is to be divided, as expressions.

    Returns:
        Statements that number the samples of each part.

    Raises:
        RequestError: With code `plan`, where there is no such split, or it needs what the samples lack.
    """
    split, config = _chosen(chosen)
    try:
        inspect.signature(split.code).bind(**{**config, "rows": rows})
        written: Snippet = split.code(**config, rows=rows)
    except (TypeError, ValueError) as error:
        raise _refused(chosen, error) from None
    return written


def _chosen(chosen: Mapping[str, Any]) -> tuple[ModuleType, dict[str, Any]]:
    split, config = found_in(SPLITS, chosen)
    if split is None:
        raise RequestError(
            "plan",
            text(
                "Expected a split ({known}). Received: {name}. Choose one under Train.",
                known=any_of(list(SPLITS)),
                name=f"{chosen.get('class_name')!r:.80}",
            ),
        )
    return split, config


def _refused(chosen: Mapping[str, Any], error: Exception) -> RequestError:
    return RequestError(
        "plan",
        text(
            "These samples can't be divided by the split {name} with its arguments. Change them under Train.",
            name=repr(chosen.get("class_name")),
        ),
        detail=str(error),
    )
