"""What is shown of a call over a plane: a picture for each of its units."""

from __future__ import annotations

import base64
from typing import Any

import keras
import numpy as np

from kerasviz.insight.outputs.views import MOST_PICTURES, SIDE, facts_of, reduced, view_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.protocol.insight import LargeView, View

MOST_UNITS = 256
MOST_NUMBERS = 500_000
"""Numbers of a large view."""


def plane_views(passed: Passed, side: int) -> list[View]:
    """What the card of a call shows. It is made once.

    Args:
        passed: The call, for the samples of a plane.
        side: Cells of a row of the plane.
    """
    if not passed.views:
        units = [array for array in map(_units, passed.outputs) if array is not None]
        passed.views.extend(
            _view(array, reduced(_pictures(array, side, MOST_PICTURES), SIDE)) for array in units
        )
    return passed.views


def large_plane_views(passed: Passed, tensor: int, side: int) -> list[LargeView]:
    """All units of one output of a call, with their numbers.

    Args:
        passed: The call, for the samples of a plane.
        tensor: Which output.
        side: Cells of a row of the plane.
    """
    array = _units(passed.outputs[tensor])
    if array is None:
        return []
    shown = _pictures(array, side, min(MOST_UNITS, MOST_NUMBERS // side**2))
    return [
        LargeView(
            view=_view(array, shown),
            numbers=base64.b64encode(shown.astype("<f4").tobytes()).decode(),
            step=1,
            channels=[facts_of(array[:, unit]) for unit in range(len(shown))],
        )
    ]


def _units(tensor: Any) -> np.ndarray | None:
    """`(samples, units)`; None where they are no numbers."""
    array = np.asarray(keras.ops.convert_to_numpy(tensor))
    return None if array.dtype.kind in "OSU" else array.reshape(len(array), -1)


def _pictures(array: np.ndarray, side: int, most: int) -> np.ndarray:
    pictures: np.ndarray = np.asarray(array[:, :most].T, "float32").reshape(-1, side, side, 1)
    return pictures


def _view(array: np.ndarray, shown: np.ndarray) -> View:
    return {**view_of(array, "maps", array.shape[1], shown, "plane"), "shape": [array.shape[1]]}
