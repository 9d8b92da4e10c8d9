"""The small data sets inside scikit-learn: they need no network."""

from __future__ import annotations

import numpy as np

from kerasviz.data import Data
from kerasviz.protocol import Dataset

DATASETS: tuple[Dataset, ...] = (
    Dataset(
        name="digits",
        label="Digits",
        summary="Handwritten digits, 8 by 8 pixels of grey: which digit is it?",
        samples=1797,
        shape=[8, 8, 1],
        classes=10,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    ),
    Dataset(
        name="iris",
        label="Iris",
        summary="Lengths and widths of petals and sepals: which of three irises is it?",
        samples=150,
        shape=[4],
        classes=3,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    ),
    Dataset(
        name="wine",
        label="Wine",
        summary="13 chemical measures of a wine: which of three growers made it?",
        samples=178,
        shape=[13],
        classes=3,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    ),
    Dataset(
        name="breast_cancer",
        label="Breast cancer",
        summary="30 measures of cell nuclei in an image: is the tumour malignant (0) or benign (1)?",
        samples=569,
        shape=[30],
        classes=2,
        loss="binary_crossentropy",
        metrics=["accuracy"],
    ),
    Dataset(
        name="diabetes",
        label="Diabetes",
        summary="Ten measures of a patient: how far will the disease go within a year (25 to 346)?",
        samples=442,
        shape=[10],
        classes=None,
        loss="mean_squared_error",
        metrics=["mean_absolute_error"],
    ),
)


def load(name: str) -> Data:
    """Loads a data set.

    Pixels are scaled to 0..1 and other columns to mean 0 and deviation 1. The order is shuffled, the same
    way each time: Keras' `validation_split` takes the last samples, and iris is sorted by class.

    Args:
        name: Name in `DATASETS`.

    Returns:
        `x` as float32 `(samples, *shape)`; `y` as int32 `(samples,)` classes, or float32 `(samples,)`.
    """
    import sklearn.datasets

    dataset = next(item for item in DATASETS if item["name"] == name)
    # Scaled here rather than by scikit-learn: the columns of its scaled version have a deviation of 0.05.
    options = {"scaled": False} if name == "diabetes" else {}
    x, y = getattr(sklearn.datasets, f"load_{name}")(return_X_y=True, **options)
    x = x / 16 if name == "digits" else (x - x.mean(axis=0)) / x.std(axis=0)
    order = np.random.default_rng(0).permutation(len(x))
    return Data(
        name=name,
        x=x[order].astype("float32").reshape(-1, *dataset["shape"]),
        y=y[order].astype("float32" if dataset["classes"] is None else "int32"),
        classes=dataset["classes"],
    )
