"""The advice of the analysis in place of an exception that it explains."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from kerasviz.analysis.wholemodel import explained
from kerasviz.protocol import KerasError

logger = logging.getLogger(__name__)

FATAL = frozenset(
    {"not_flat", "data_shape", "classes", "halved", "loss", "regression", "one_target", "other_size", "text"}
)
"""Kinds of mistakes with which `fit` can't go on; with others a model learns badly, which is no error."""

UNEXPLAINED = frozenset({"keras", "shape", "classes", "loss", "metrics"})
"""Codes of errors that one of those may be the cause of."""


def advised(document: Mapping[str, Any], error: KerasError) -> KerasError:
    """Returns what the analysis says of an error, where it knows the cause.

    Args:
        document: The model that was to be built, trained, saved or written as code.
        error: What came of it.

    Returns:
        The advice with its fix, and Keras' own words as its detail; else the error as it is.
    """
    if error["fix"] is not None:
        return error
    try:
        _, of_nodes, of_model = explained(document)
    except BaseException:  # code of the user's may raise anything, also an interrupt; what is known is told
        logger.exception("No advice could be looked for")
        return error
    # Some layers are made and called without a look at whether their inputs go together.
    causes = of_nodes[:1] if error["code"] == "keras" else []
    for advice in (*causes, *of_nodes, *of_model):
        if advice in causes or _explains(advice, error):
            return KerasError(**{**advice, "detail": advice["detail"] or error["detail"]})
    return error


def _explains(advice: KerasError, error: KerasError) -> bool:
    if advice["code"] == error["code"] and advice["layer"] == error["layer"]:
        return True
    about = error["layer"] in (None, advice["layer"])
    return error["code"] in UNEXPLAINED and advice["code"] in FATAL and about
