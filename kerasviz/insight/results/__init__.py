"""Results of a model on a part of the data. A result is one module with a `make`, and a line in the table.

`make` takes what a page may say, with types, and the keywords `predicted` and `samples`, and `other` where it
compares with another model. It returns what the protocol says of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.insight.results import (
    confusion,
    csv_file,
    one_against_all,
    per_class,
    residuals,
    slices,
    two_models,
    worst,
)
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.task import Kind
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

_OF_CLASSES: frozenset[Kind] = frozenset({"classes", "two", "labels"})
RESULTS: Mapping[str, tuple[ModuleType, frozenset[Kind]]] = {
    "confusion": (confusion, _OF_CLASSES),
    "per_class": (per_class, _OF_CLASSES),
    "worst": (worst, _OF_CLASSES | {"numbers"}),
    "curves": (one_against_all, _OF_CLASSES),
    "residuals": (residuals, frozenset({"numbers"})),
    "slices": (slices, _OF_CLASSES | {"numbers"}),
    "comparison": (two_models, _OF_CLASSES | {"numbers"}),
    "csv_file": (csv_file, _OF_CLASSES | {"numbers", "other"}),
}
"""The results by the name that a page has for them, and the tasks that have them."""


def result_of(
    chosen: Mapping[str, Any], predicted: Predicted, samples: Samples, other: Predicted | None = None
) -> Any:
    """Makes a result.

    Args:
        chosen: `{"class_name": result, "config": its arguments}`.
        predicted: By the model, of one output.
        samples: What it was predicted of.
        other: What another model predicted of the same samples; None where there is none.

    Raises:
        RequestError: With code `bad_request`, where there is no such result, or not of such a task.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    result, kinds = RESULTS.get(name, (None, frozenset())) if isinstance(name, str) else (None, frozenset())
    try:
        if result is None or predicted.task.kind not in kinds:
            raise TypeError(name)
        signature = inspect.signature(result.make)
        known = {"predicted": predicted, "samples": samples}
        if "other" in signature.parameters:
            known["other"] = other
        signature.bind(**{**config, **known})
    except TypeError as error:
        raise RequestError("bad_request", text("There is no such result."), detail=str(error)) from None
    return result.make(**config, **known)
