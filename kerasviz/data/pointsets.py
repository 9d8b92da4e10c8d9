"""Points in a plane, made for lessons: what a network learns of them can be drawn."""

from __future__ import annotations

from typing import Any

from kerasviz.data.dataset import Data
from kerasviz.data.files.located import refused
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet

MOST = 1_000_000
"""Points of a set: more take long and show nothing more."""


def check_count(samples: int, classes: int = 2) -> None:
    """Checks how many points are asked for.

    Raises:
        RequestError: With code `no_data`.
    """
    if not (isinstance(samples, int) and classes <= samples <= MOST and classes > 1):
        raise refused(
            text(
                "Choose at least 2 classes, and from {least} to {most} samples.",
                least=max(2, classes),
                most=MOST,
            )
        )


def made_by(maker: str, classes: int, **arguments: Any) -> Data:
    """Makes points with scikit-learn.

    Args:
        maker: As in `sklearn.datasets.make_<maker>`.
        classes: How many there are.
        **arguments: Those of the maker.

    Returns:
        `x` as float32 `(samples, 2)`, and `y` as int32 `(samples,)` classes.
    """
    import sklearn.datasets

    x, y = getattr(sklearn.datasets, f"make_{maker}")(**arguments)[:2]
    return Data(name=maker, x=x.astype("float32"), y=y.astype("int32"), classes=classes)


def maker_code(maker: str, **arguments: float) -> Snippet:
    """Writes what `made_by` does; it takes the same arguments."""
    written = {name: literal(value) for name, value in arguments.items()}
    return Snippet(
        lines=(
            *lay_out(call(f"make_{maker}", **written), "x, y = "),
            'x, y = x.astype("float32"), y.astype("int32")',
        ),
        imports=(f"from sklearn.datasets import make_{maker}",),
        gives={"x": "x", "y": "y"},
    )
