"""Spiral."""

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.pointsets import check_count
from kerasviz.writing.expressions import literal
from kerasviz.writing.snippet import Snippet


def load(
    samples: int = 500, classes: int = 2, turns: float = 1.5, noise: float = 0.02, seed: int = 0
) -> Data:
    """Points on an arm of a spiral for each class: which arm is it? It takes several layers to part them.

    Args:
        samples: Number of points.
        classes: Number of arms.
        turns: How often an arm goes round the centre.
        noise: Standard deviation of what is added to each coordinate.
        seed: Repeats the same points.
    """
    check_count(samples, classes)
    random = np.random.default_rng(seed)
    y = np.arange(samples) % classes
    radius = np.sqrt(random.uniform(0.01, 1, samples))
    angle = 2 * np.pi * (turns * radius + y / classes)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x += random.normal(0, noise, x.shape)
    return Data(name="spiral", x=x.astype("float32"), y=y.astype("int32"), classes=classes)


def code(samples: int, classes: int, turns: float, noise: float, seed: int) -> Snippet:
    """The same points."""
    return Snippet(
        lines=(
            f"random = np.random.default_rng({literal(seed)})",
            f'y = (np.arange({literal(samples)}) % {literal(classes)}).astype("int32")',
            f"radius = np.sqrt(random.uniform(0.01, 1, {literal(samples)}))",
            f"angle = 2 * np.pi * ({literal(turns)} * radius + y / {literal(classes)})",
            "x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)",
            f'x = (x + random.normal(0, {literal(noise)}, x.shape)).astype("float32")',
        ),
        imports=("import numpy as np",),
        gives={"x": "x", "y": "y"},
    )
