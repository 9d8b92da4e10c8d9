"""Principal components (PCA)."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.embedding.placed import Placed
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

FOLLOWS = True


def unfit() -> Text | None:
    """Why it can't be used; None where it can."""
    return None


def embed(
    across: int = 1,
    up: int = 2,
    keep_axes: bool = False,
    *,
    values: np.ndarray,
    axes: np.ndarray | None = None,
) -> Placed:
    """Projects samples onto the directions in which they differ most.

    Distances are those of the layer's outputs, as far as two directions show them.

    Args:
        across: Which component grows from left to right, counted from 1.
        up: Which one grows upwards.
        keep_axes: Whether the components stay those of the first picture while the model trains or is edited,
            so that points move only because the layer's outputs do.
        values: What came out of the layer, `(samples, numbers)`.
        axes: Mean and components that were found before, `(1 + components, numbers)`.

    Raises:
        RequestError: With code `embedding`, where there are fewer components.
    """
    from sklearn.decomposition import PCA

    if values.shape[1] == 1:
        points = np.column_stack([values[:, 0], np.zeros(len(values))])
        return Placed(points, [text("The output of this layer is one number, shown along a line.")])
    most = min(values.shape)
    if not (1 <= across <= most and 1 <= up <= most):
        raise RequestError("embedding", text("Choose components from 1 to {most}.", most=most))
    if keep_axes and axes is not None and axes.shape[1] == values.shape[1] and len(axes) > max(across, up):
        points = (values - axes[0]) @ axes[[across, up]].T
        return Placed(points, [text("The axes are kept from the first picture.")], axes)
    found = PCA(max(across, up), random_state=0).fit(values)
    shares = found.explained_variance_ratio_[[across - 1, up - 1]]
    notes = [
        text(
            "The axes explain {across} and {up} of the variance.",
            across=f"{shares[0]:.1%}",
            up=f"{shares[1]:.1%}",
        )
    ]
    if not keep_axes:
        notes.append(text("The axes are recomputed for each picture and may rotate during training."))
    points = found.transform(values)[:, [across - 1, up - 1]]
    return Placed(points, notes, np.vstack([found.mean_, found.components_]))
