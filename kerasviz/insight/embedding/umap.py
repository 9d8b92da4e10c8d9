"""UMAP."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from kerasviz.insight.embedding.placed import Placed
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

FOLLOWS = False
LEAST = 4
"""Samples: of fewer UMAP finds no start."""


def unfit() -> Text | None:
    """Why it can't be used; None where it can."""
    if find_spec("umap") is not None:
        return None
    return text("UMAP is not installed in this kernel: pip install umap-learn")


def embed(neighbors: int = 15, min_dist: float = 0.1, seed: int = 0, *, values: np.ndarray) -> Placed:
    """Places samples so that neighbours stay neighbours, and groups keep more of their places than by t-SNE.

    L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension
    Reduction", 2018 (arXiv:1802.03426).

    Args:
        neighbors: Neighbours of a sample that count.
        min_dist: How close points may lie.
        seed: Repeats the same picture.
        values: What came out of the layer, `(samples, numbers)`.

    Raises:
        RequestError: With code `embedding`, where an argument is out of range, or there are too few samples.
    """
    from umap import UMAP

    count = len(values)
    if count < LEAST:
        raise RequestError("embedding", text("UMAP needs at least {least} samples.", least=LEAST))
    if not 2 <= neighbors < count:
        raise RequestError(
            "embedding",
            text("Choose from 2 neighbors up to one less than the number of samples, {count}.", count=count),
        )
    if not 0 <= min_dist <= 1:
        raise RequestError("embedding", text("Choose a minimal distance from 0 to 1."))
    found = UMAP(n_neighbors=neighbors, min_dist=min_dist, random_state=seed, n_jobs=1)
    return Placed(
        found.fit_transform(values),
        [text("Neighborhoods are meaningful; distances between clusters mean little.")],
    )
