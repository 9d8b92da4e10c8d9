"""The steps that a plan may name: Keras' preprocessing layers, and ours where Keras has none."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from kerasviz.config.parts import found_in
from kerasviz.data.preparation import dates, decimal_text, fill
from kerasviz.data.preparation.keraslayer import KerasLayer, preprocessing_layers
from kerasviz.data.preparation.step import Step
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import any_of, text

STEPS: Mapping[str, ModuleType] = {"fill": fill, "dates": dates, "decimal_text": decimal_text}
"""Our steps by the name that a plan has for them."""

MANY_INPUTS = frozenset({"HashedCrossing", "MaxNumBoundingBoxes"})
"""Layers of Keras that take more than one column."""


def make_step(chosen: Mapping[str, Any], column: str) -> Step:
    """Makes a step for a column.

    Args:
        chosen: `{"class_name", "config"}`.
        column: Its name, for sentences.

    Raises:
        RequestError: With code `preparation`, where there is no such step, or not with these arguments.
    """
    name = chosen.get("class_name")
    own, config = found_in(STEPS, chosen)
    if isinstance(name, str) and name in preprocessing_layers() and name not in MANY_INPUTS:
        return KerasLayer(name, config, column)
    if own is None:
        raise RequestError(
            "preparation",
            text(
                "Expected a preprocessing layer of Keras that takes one column, or {known}, as a step. "
                "Received: {name}.",
                known=any_of(list(STEPS)),
                name=f"{name!r:.80}",
            ),
        )
    try:
        inspect.signature(own.step).bind(**config)
    except TypeError as error:
        raise RequestError(
            "preparation",
            text("The step {step} has other arguments. Change them under Train.", step=str(name)),
            detail=str(error),
        ) from None
    made: Step = own.step(**config)
    return made
