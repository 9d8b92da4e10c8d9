"""Data of the trainings: small, with a seed, and of several domains."""

from __future__ import annotations

import numpy as np

Arrays = tuple[np.ndarray, np.ndarray]


def sklearn_set(name: str, *, scaled: bool = True) -> Arrays:
    """A set of scikit-learn: columns with mean 0 and deviation 1 where that is asked for."""
    import sklearn.datasets

    x, y = getattr(sklearn.datasets, f"load_{name}")(return_X_y=True)
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-9) if scaled else x
    return x.astype("float32"), y


def digits(*, most: float = 16.0) -> Arrays:
    """Written digits `(1797, 8, 8, 1)`, from 0 to 16 divided by `most`."""
    x, y = sklearn_set("digits", scaled=False)
    return (x / most).reshape(-1, 8, 8, 1).astype("float32"), y.astype("int64")


def points(kind: str, count: int = 800, noise: float = 0.15, seed: int = 0) -> Arrays:
    """Points in two dimensions of two or more classes: `moons`, `circles`, `blobs`, `spiral`."""
    import sklearn.datasets

    if kind == "spiral":
        draw = np.random.default_rng(seed)
        label = draw.integers(0, 3, count)
        radius = np.sqrt(draw.random(count)) * 2
        angle = radius * 2.5 + label * 2 * np.pi / 3 + draw.normal(0, noise, count)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32"), label
    if kind == "blobs":
        x, y = sklearn.datasets.make_blobs(count, centers=4, cluster_std=1.5, random_state=seed)
        return ((x - x.mean(0)) / x.std(0)).astype("float32"), y
    options = {"factor": 0.4} if kind == "circles" else {}
    make = getattr(sklearn.datasets, f"make_{kind}")
    x, y = make(count, noise=noise, random_state=seed, **options)
    return x.astype("float32"), y


def table(
    count: int = 1000, columns: int = 12, classes: int = 3, seed: int = 0, noise: float = 0.02
) -> Arrays:
    """A table of numbers with a class for each row."""
    import sklearn.datasets

    x, y = sklearn.datasets.make_classification(
        count,
        columns,
        n_informative=max(4, columns // 2),
        n_classes=classes,
        flip_y=noise,
        class_sep=1.5,
        random_state=seed,
    )
    return ((x - x.mean(0)) / x.std(0)).astype("float32"), y


def prices(count: int = 1000, seed: int = 0, noise: float = 0.3, linear: bool = False) -> Arrays:
    """A table of numbers with a number for each row, about from -2 to 2."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(count, 8)).astype("float32")
    y = x @ draw.normal(size=8)
    if not linear:
        y = y + np.sin(x[:, 0] * 2) * 2 + x[:, 1] * x[:, 2]
    y = (y - y.mean()) / y.std() + draw.normal(0, noise, count)
    return x, y.astype("float32")


def rare(count: int = 2000, share: float = 0.15, seed: int = 0) -> Arrays:
    """A table with a rare class."""
    draw = np.random.default_rng(seed)
    y = (draw.random(count) < share).astype("int64")
    x = draw.normal(size=(count, 10)).astype("float32")
    x[:, :4] += 1.6 * y[:, None]
    return x, y


def waves(count: int = 900, length: int = 24, seed: int = 0) -> Arrays:
    """The next value of a sum of waves, from the `length` values before."""
    draw = np.random.default_rng(seed)
    time = np.arange(count + length)
    series = np.sin(time / 5) + 0.5 * np.sin(time / 13) + draw.normal(0, 0.1, len(time))
    x = np.stack([series[at : at + length] for at in range(count)])[..., None]
    return x.astype("float32"), series[length:].astype("float32")


def words(count: int = 900, length: int = 20, classes: int = 3, seed: int = 0) -> Arrays:
    """Sentences as numbers of words, of which some are more frequent in one class."""
    draw = np.random.default_rng(seed)
    y = draw.integers(0, classes, count)
    x = draw.integers(30, 200, (count, length))
    hint = draw.random((count, length)) < 0.2
    x[hint] = (draw.integers(1, 10, (count, length)) + 10 * y[:, None])[hint]
    return x.astype("int32"), y


def shapes(count: int = 600, side: int = 16, seed: int = 0, most: float = 1.0) -> Arrays:
    """Pictures of bars that lie, bars that stand, and squares."""
    draw = np.random.default_rng(seed)
    y = draw.integers(0, 3, count)
    x = draw.random((count, side, side, 1)) * 0.3
    for picture, label in zip(x, y, strict=True):
        top, left = draw.integers(1, side - 7, 2)
        height, width = ((2, 6), (6, 2), (5, 5))[label]
        picture[top : top + height, left : left + width] += 0.7
    return (np.clip(x, 0, 1) * most).astype("float32"), y


def marks(count: int = 1000, labels: int = 5, seed: int = 0) -> Arrays:
    """A table with several yes or no for each row."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(count, 12)).astype("float32")
    y = (x @ draw.normal(size=(12, labels)) + draw.normal(0, 0.5, (count, labels))) > 0
    return x, y.astype("float32")
