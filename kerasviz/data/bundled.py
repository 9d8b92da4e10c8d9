"""The small data sets inside scikit-learn: they need no network."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet


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


def bundled_code(
    name: str, facts: Facts, *, divisor: float | None = None, **options: bool | int | str
) -> Snippet:
    """Writes what `bundled` does; it takes the same arguments."""
    written = {option: literal(value) for option, value in options.items()}
    scaled = f"x / {literal(divisor)}" if divisor else "(x - x.mean(axis=0)) / x.std(axis=0)"
    shape = tuple(facts["shape"])
    reshaped = f".reshape{(-1, *shape)}" if len(shape) > 1 else ""
    kind = "float32" if facts["classes"] is None else "int32"
    return Snippet(
        lines=(
            *lay_out(call(f"load_{name}", return_X_y="True", **written), "x, y = "),
            f"x = {scaled}",
            "order = np.random.default_rng(0).permutation(len(x))",
            f'x = x[order].astype("float32"){reshaped}',
            f'y = y[order].astype("{kind}")',
        ),
        imports=("import numpy as np", f"from sklearn.datasets import load_{name}"),
        gives={"x": "x", "y": "y"},
    )
