"""The look inside a drawing of one document: the sample that was chosen, and what comes of it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.insight.keptmoments import Moment
from kerasviz.insight.outputs.predictions import goal_of, predictions
from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.passage.fittinginputs import fitted_inputs
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.levels import calls_along, level_of
from kerasviz.insight.passage.pace import Pace
from kerasviz.insight.passage.passage import Passage
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.gridpass import GridPass
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.insight.sampleway import SampleWay
from kerasviz.insight.why.reasons import Asked, Reasons, values_of
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.insight import Prediction, Probe, ProbedLayer
from kerasviz.protocol.text import text

MOST_PASSAGES = 4
"""Moments of which what came out of each layer is remembered."""


class Looking:
    """Follows a sample through a drawing. Everything but `choose` runs on the document's worker."""

    def __init__(self) -> None:
        self._chosen: tuple[Taken, Samples | None] | None = None
        self._passage: Passage | None = None
        self._before: Passage | None = None
        self._grid: GridPass | None = None
        self._of: Any = None
        self._passages: OrderedDict[Moment, Passage] = OrderedDict()
        self._missing: tuple[Moment, Any, list[str]] | None = None

    def choose(self, taken: Taken, samples: Samples | None) -> None:
        """Takes the sample that is followed from now on. For any thread.

        Args:
            taken: The sample.
            samples: Those of the data; None where there is none.
        """
        self._chosen = taken, samples
        if taken.plane is None:
            self._grid = None  # its outputs are many

    @property
    def taken(self) -> Taken | None:
        """The sample that is followed; None before one was chosen. For any thread."""
        return None if self._chosen is None else self._chosen[0]

    @property
    def side(self) -> int:
        """Cells of a row of the plane that was followed last; 0 where none was. For any thread."""
        return 0 if self._grid is None else self._grid.side

    def output(
        self, document: JSON, keeper: Keeper, path: Sequence[str], node: str, tensor: int, trains: bool
    ) -> np.ndarray | None:
        """One output of a node for the sample, as the model is now; None where nothing comes out of it."""
        way = self._pass(document, keeper, path, trains, None, Pace())
        outputs = level_of(way.found, path).get(node, Passed()).outputs
        return as_array(outputs[tensor]) if tensor < len(outputs) else None

    def steps(self, document: JSON, keeper: Keeper, path: Sequence[str]) -> list[int]:
        """For each model at a path how often the wrapper that holds it calls it; 0 where none does."""
        found = self._pass(document, keeper, path, False, None, Pace()).found
        return [len(found[call].steps) for call in calls_along(found, path)]

    def probe(
        self,
        document: JSON,
        keeper: Keeper,
        path: Sequence[str],
        nodes: Collection[str],
        trains: bool,
        moment: Moment | None = None,
        *,
        is_hurried: bool = False,
        go_on: Callable[[], None] = lambda: None,
    ) -> Probe:
        """What comes out of layers for the sample.

        Args:
            document: Keras JSON.
            keeper: Has the trained model.
            path: The models around what is shown, from the outermost: their layers, or the calls of them.
            nodes: Those that can be seen; empty for all.
            trains: Whether the model is being trained, so that its weights are other ones each time.
            moment: Whose weights count; None for the model as it is now.
            is_hurried: Whether what can be seen is wanted first, without what takes longer.
            go_on: Called before each layer; what it raises ends the look.

        Raises:
            RequestError: With code `no_sample`, before one was chosen; with `shape`, where the drawing takes
                other samples.
        """
        began = time.perf_counter()
        pace = Pace(nodes if is_hurried and not trains else (), go_on)
        way = self._pass(document, keeper, path, trains, moment, pace)
        level = level_of(way.found, path)
        shown = {name: passed for name, passed in level.items() if not nodes or name in nodes}
        views = {name: way.views(passed, path) for name, passed in shown.items() if passed.outputs}
        errors = {name: passed.error["message"] for name, passed in shown.items() if passed.error is not None}
        return Probe(
            views=views,
            errors=errors,
            predictions=way.predictions(document) if pace.is_whole else {},
            before=self._predicted_before(document, way) if pace.is_whole else {},
            surfaces=way.surfaces(document),
            steps=[len(way.found[call].steps) for call in calls_along(way.found, path)],
            weights="trained" if trains or moment else way.source.weights,
            missing=[] if moment is None else self._missing_of(moment, document),
            is_whole=pace.is_whole,
            seconds=time.perf_counter() - began,
        )

    def probe_layer(
        self,
        document: JSON,
        keeper: Keeper,
        path: Sequence[str],
        node: str,
        tensor: int,
        trains: bool,
        moment: Moment | None = None,
    ) -> ProbedLayer:
        """All that comes out of one layer for the sample, as `probe` tells a little of it.

        Raises:
            RequestError: As `probe`; with code `no_output`, where nothing comes out of the node.
        """
        began = time.perf_counter()
        pace = Pace(() if trains else (node,))
        way = self._pass(document, keeper, path, trains, moment, pace)
        passed = level_of(way.found, path).get(node, Passed())
        if tensor >= len(passed.outputs):
            raise RequestError(
                "no_output",
                passed.error["message"] if passed.error else text("This layer has no output yet."),
            )
        views, sentence = way.large_views(passed, tensor, path)
        return ProbedLayer(views=views, sentence=sentence, seconds=time.perf_counter() - began)

    def explain(
        self, document: JSON, keeper: Keeper, asked: Asked, trains: bool, moment: Moment | None = None
    ) -> Reasons:
        """What may explain an answer about the sample; any thread may ask it further, where it takes long.

        Args:
            document: Keras JSON.
            keeper: Has the trained model.
            asked: Which answer.
            trains: As in `probe`.
            moment: As in `probe`.

        Raises:
            RequestError: As `probe`; with code `no_output`, where nothing comes out of the drawing.
        """
        taken, samples = self._followed()
        inputs = fitted_inputs(document, taken.inputs)
        passage = self._passage_with(keeper, trains) if moment is None else self._passage_at(moment)
        values = values_of(taken, samples)
        return Reasons(document, inputs, passage.source, goal_of(taken, samples), samples, asked, values)

    def _followed(self) -> tuple[Taken, Samples | None]:
        if self._chosen is None:
            raise RequestError("no_sample", text("Choose a sample first."))
        return self._chosen

    def _predicted_before(self, document: JSON, way: SampleWay) -> dict[str, Prediction]:
        """What is predicted of the sample as it was; computed again where drawing or weights are others."""
        original = way.taken.original
        if original is None:
            self._before = None
            return {}
        if self._before is None or self._before.source is not way.source:
            self._before = Passage(way.source)
        passage = self._before
        inputs = fitted_inputs(document, original.inputs)
        found = aside(lambda: passage.run(document, inputs))
        return predictions(document, level_of(found, []), goal_of(original, way.samples))

    def _pass(
        self,
        document: JSON,
        keeper: Keeper,
        path: Sequence[str],
        trains: bool,
        moment: Moment | None,
        pace: Pace,
    ) -> SampleWay:
        taken, samples = self._followed()
        inputs = fitted_inputs(document, taken.inputs)
        passage = self._passage_with(keeper, trains) if moment is None else self._passage_at(moment)
        plane = taken.plane
        if plane is None:
            found = aside(lambda: passage.run(document, inputs, looked=path, pace=pace))
            return SampleWay(found, taken, samples, passage.source)
        single = aside(lambda: passage.run(document, inputs, looked=path))
        grid = self._grid = self._grid or GridPass()
        found = aside(lambda: grid.run(document, passage.source, plane, single, path))
        return SampleWay(found, taken, samples, passage.source, grid.side)

    def source(self, keeper: Keeper, trains: bool, moment: Moment | None) -> LayerSource:
        """The layers that are called; the arguments are those of `probe`."""
        return (self._passage_with(keeper, trains) if moment is None else self._passage_at(moment)).source

    def _passage_with(self, keeper: Keeper, trains: bool) -> Passage:
        """The passage so far, where the model that it goes through is the same."""
        if self._passage is None or self._of is not keeper.known:
            self._of = keeper.known
            document = None if keeper.known is None else keeper.known.document
            fresh = frozenset() if keeper.known is None else keeper.known.fresh
            self._passage = Passage(LayerSource(document, keeper.model, fresh))
        if trains:
            self._passage.source.version += 1
        return self._passage

    def _missing_of(self, moment: Moment, document: JSON) -> list[str]:
        """The layers without weights of a moment, computed once for each drawing."""
        drawn, known = document.get("config"), self._missing
        if known is None or known[0] is not moment or known[1] != drawn:
            known = self._missing = (moment, drawn, moment.missing(document))
        return known[2]

    def _passage_at(self, moment: Moment) -> Passage:
        """The passage so far with the weights of a moment."""
        passage = self._passages.pop(moment, None)
        if passage is None:
            passage = Passage(LayerSource(moment.document, moment.model, moment=moment.words))
        self._passages[moment] = passage
        if len(self._passages) > MOST_PASSAGES:
            self._passages.popitem(last=False)
        return passage
