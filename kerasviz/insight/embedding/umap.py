"""UMAP."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from kerasviz.insight.embedding.placed import Placed
from kerasviz.protocol.text import Text, text

FOLLOWS = False


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
    """
    from umap import UMAP

    found = UMAP(n_neighbors=neighbors, min_dist=min_dist, random_state=seed, n_jobs=1)
    return Placed(
        found.fit_transform(values),
        [text("Neighborhoods are meaningful; distances between clusters mean little.")],
    )
