"""Says before training where weights of classes would count for something else than was meant, or fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.facts.classofeach import are_whole, is_one_hot
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text

NOT_BOTH = text("Keras takes class_weight or weights of samples, not both. Remove one of them.")


def check_class_weight(class_weight: Mapping[Any, float] | None, data: Data) -> None:
    """Checks that each sample has one class, and that each weight is that of a class.

    Keras takes the largest of several values for the class, rounds fractions, and passes over a weight that
    is of no class.

    Args:
        class_weight: Weights by class, as `fit` takes them.
        data: As `fit` takes it.

    Raises:
        RequestError: With code `class_weight` and the way out.
    """
    if not class_weight:
        return
    y, y_name = data.y, data.y_name
    if data.sample_weight is not None:
        raise _refused(NOT_BOTH)
    if isinstance(y, (list, dict)):
        raise _refused(
            text("class_weight works for one output only, but {name} has several. Remove it.", name=y_name)
        )
    if not isinstance(y, np.ndarray):
        return
    one_hot = y.ndim == 2 and y.shape[1] > 1
    if y.size != len(y) and not (one_hot and is_one_hot(y)):
        raise _refused(
            text(
                "class_weight needs one class for each sample, but {name} has several values for each. "
                "Remove it.",
                name=y_name,
            )
        )
    if not are_whole(y):
        raise _refused(text("class_weight needs classes, but {name} holds numbers. Remove it.", name=y_name))
    classes = range(y.shape[1]) if one_hot else {int(value) for value in np.unique(y)}
    unknown = [key for key in class_weight if not isinstance(key, int) or key not in classes]
    if unknown:
        raise _refused(
            text(
                "class_weight has weights for {unknown}, but {name} has the classes {low} to {high}. Remove "
                "them.",
                unknown=all_of([repr(key) for key in unknown]),
                name=y_name,
                low=min(classes),
                high=max(classes),
            )
        )


def _refused(message: str) -> RequestError:
    return RequestError("class_weight", message)
