"""t-SNE."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.embedding.placed import Placed
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

FOLLOWS = False


def unfit() -> Text | None:
    """Why it can't be used; None where it can."""
    return None


def embed(perplexity: float = 30.0, components: int = 50, seed: int = 0, *, values: np.ndarray) -> Placed:
    """Places samples so that neighbours stay neighbours.

    L. van der Maaten, G. Hinton, "Visualizing Data using t-SNE", 2008.

    Args:
        perplexity: About how many neighbours of a sample count; less than the number of samples.
        components: Principal components that are taken of larger outputs first.
        seed: Repeats the same picture.
        values: What came out of the layer, `(samples, numbers)`.

    Raises:
        RequestError: With code `embedding`, where there are too few samples.
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    if not 0 < perplexity < len(values):
        raise RequestError(
            "embedding",
            text("Choose a perplexity above 0 and below the number of samples, {count}.", count=len(values)),
        )
    if 2 <= components < min(values.shape):
        values = PCA(components, random_state=seed).fit_transform(values)
    start = "pca" if min(values.shape) >= 2 else "random"
    points = TSNE(perplexity=perplexity, init=start, random_state=seed).fit_transform(values)
    return Placed(
        points,
        [text("Only neighborhoods are meaningful: distances between clusters and cluster sizes are not.")],
    )
