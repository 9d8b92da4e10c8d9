"""The way of a whole plane of samples through a drawing, of as many as memory and time allow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kerasviz.insight.passage.fittinginputs import fitted_inputs, inputs_of
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.passage import Passage
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.plane import Plane
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

SIDE = 64
"""Cells of a row of the grid, where layers are small."""
LEAST_SIDE = 8
MOST_VALUES = 4_000_000
"""Values of all layers together, over the whole grid: 16 MB."""


class GridPass:
    """Follows a plane through a drawing and its edits.

    Attributes:
        side: Cells of a row of the grid that was followed last.
    """

    def __init__(self) -> None:
        self.side = SIDE
        self._passage: Passage | None = None
        self._inputs: tuple[Any, Sequence[Any]] | None = None

    def run(
        self,
        document: JSON,
        source: LayerSource,
        plane: Plane,
        single: Mapping[str, Passed],
        looked: Sequence[str] = (),
    ) -> dict[str, Passed]:
        """Computes what comes out of each call over a plane.

        Args:
            document: Keras JSON.
            source: Gives the layers.
            plane: The plane.
            single: What came of one sample, by which it is known how much memory the plane takes.
            looked: As in `Passage.run`.

        Raises:
            RequestError: With code `too_large`, where it takes too much.
        """
        self.side = side_for(single.values())
        if self._passage is None or self._passage.source is not source:
            self._passage = Passage(source)
        about = (plane, self.side, inputs_of(document))
        if self._inputs is None or self._inputs[0] != about:  # the same arrays: no layer is called again
            self._inputs = about, fitted_inputs(document, plane.inputs(self.side))
        return self._passage.run(document, self._inputs[1], looked=looked)


def side_for(single: Iterable[Passed]) -> int:
    """How fine a grid can be.

    Args:
        single: What comes out of the calls for one sample.

    Raises:
        RequestError: With code `too_large`, where even a coarse one takes too much memory.
    """
    values = sum(math.prod(tensor.shape[1:]) for passed in single for tensor in passed.outputs)
    side = min(SIDE, math.isqrt(MOST_VALUES // max(1, values)))
    if side < LEAST_SIDE:
        raise RequestError(
            "too_large",
            text("The model is too large for the input plane. Choose a single sample instead."),
        )
    return side
