"""What came of a sample, or of a whole plane of them, on the way through a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kerasviz.insight.outputs.predictions import goal_of, predictions
from kerasviz.insight.outputs.showing import large_views, views_of
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.levels import level_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.plane import Plane
from kerasviz.insight.plane.planeviews import large_plane_views, plane_views
from kerasviz.insight.plane.surface import surfaces
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.insight.samples.samplewords import Words, words_of_sample
from kerasviz.protocol import JSON
from kerasviz.protocol.insight import LargeView, Prediction, Surface, View
from kerasviz.protocol.text import Text


@dataclass(frozen=True, eq=False)
class SampleWay:
    """What came of a sample, or of a whole plane of them.

    Attributes:
        found: Of each call.
        taken: The sample.
        samples: Those of the data; None where there is none.
        source: Whose layers were called.
        side: Cells of a row of the plane; 0 of a single sample.
    """

    found: Mapping[str, Passed]
    taken: Taken
    samples: Samples | None
    source: LayerSource
    side: int = 0

    def views(self, passed: Passed, path: Sequence[str]) -> list[View]:
        """For the card of a call in the model at a path."""
        if self.side:
            return plane_views(passed, self.side)
        return views_of(passed, is_picture=not path, words=self._words)

    def large_views(
        self, passed: Passed, tensor: int, path: Sequence[str]
    ) -> tuple[list[LargeView], Text | None]:
        """All of one output of a call, and how it was computed."""
        if self.side:
            return large_plane_views(passed, tensor, self.side), None
        return large_views(passed, tensor, is_picture=not path, words=self._words)

    @cached_property
    def _words(self) -> Words:
        return words_of_sample(self.samples, self.taken, self.found)

    def predictions(self, document: JSON) -> dict[str, Prediction]:
        """What the outputs of the model say about a single sample."""
        goal = goal_of(self.taken, self.samples)
        return {} if self.side else predictions(document, level_of(self.found, []), goal)

    def surfaces(self, document: JSON) -> dict[str, Surface]:
        """What the outputs of the model say over the plane."""
        plane: Plane | None = self.taken.plane
        if plane is None:
            return {}
        names = () if self.samples is None else self.samples.class_names
        return surfaces(document, level_of(self.found, []), plane, names, self.side)
