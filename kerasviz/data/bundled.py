"""The small data sets inside scikit-learn: they need no network."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, Facts


def bundled(name: str, facts: Facts, *, divisor: float | None = None, **options: Any) -> Data:
    """Loads a data set of scikit-learn.

    The order is shuffled, the same way each time: Keras' `validation_split` takes the last samples, and iris
    is sorted by class.

    Args:
        name: As in `sklearn.datasets.load_<name>`.
        facts: What is in it.
        divisor: What values are divided by; without it, columns are scaled to mean 0 and deviation 1.
        **options: Further arguments of `load_<name>`.

    Returns:
        `x` as float32 `(samples, *shape)`; `y` as int32 `(samples,)` classes, or float32 `(samples,)`.
    """
    import sklearn.datasets

    x, y = getattr(sklearn.datasets, f"load_{name}")(return_X_y=True, **options)
    x = x / divisor if divisor else (x - x.mean(axis=0)) / x.std(axis=0)
    order = np.random.default_rng(0).permutation(len(x))
    return Data(
        name=name,
        x=x[order].astype("float32").reshape(-1, *facts["shape"]),
        y=y[order].astype("float32" if facts["classes"] is None else "int32"),
        classes=facts["classes"],
    )
