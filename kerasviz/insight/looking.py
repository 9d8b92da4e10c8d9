"""The look inside a drawing of one document: the sample that was chosen, and what comes of it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kerasviz.backend.isolation import aside
from kerasviz.insight.fittinginputs import fitted_inputs
from kerasviz.insight.keptmoments import Moment
from kerasviz.insight.layersource import LayerSource
from kerasviz.insight.passage import Passage, Passed
from kerasviz.insight.predictions import goal_of, predictions
from kerasviz.insight.samples import Samples, Taken
from kerasviz.insight.showing import large_views, views_of
from kerasviz.insight.why.reasons import Asked, Reasons
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

    def probe(
        self,
        document: JSON,
        keeper: Keeper,
        path: Sequence[str],
        nodes: Collection[str],
        trains: bool,
        moment: Moment | None = None,
    ) -> Probe:
        """What comes out of layers for the sample.

        Args:
            document: Keras JSON.
            keeper: Has the trained model.
            path: The models around what is shown, from the outermost: their layers, or the calls of them.
            nodes: Those that can be seen; empty for all.
            trains: Whether the model is being trained, so that its weights are other ones each time.
            moment: Whose weights count; None for the model as it is now.

        Raises:
            RequestError: With code `no_sample`, before one was chosen; with `shape`, where the drawing takes
                other samples.
        """
        began = time.perf_counter()
        passage, found, (taken, samples) = self._pass(document, keeper, trains, moment)
        shown = {name: passed for name, passed in _level(found, path).items() if not nodes or name in nodes}
        views = {
            name: views_of(passed, is_picture=not path) for name, passed in shown.items() if passed.outputs
        }
        errors = {name: passed.error["message"] for name, passed in shown.items() if passed.error is not None}
        return Probe(
            views=views,
            errors=errors,
            predictions=predictions(document, _level(found, []), goal_of(taken, samples)),
            before=self._predicted_before(document, passage.source, taken, samples),
            weights="trained" if trains or moment else passage.source.weights,
            missing=[] if moment is None else self._missing_of(moment, document),
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
        _, found, _ = self._pass(document, keeper, trains, moment)
        passed = _level(found, path).get(node, Passed())
        if tensor >= len(passed.outputs):
            raise RequestError(
                "no_output",
                passed.error["message"] if passed.error else text("Nothing comes out of this layer yet."),
            )
        views, sentence = large_views(passed, tensor, is_picture=not path)
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
        return Reasons(document, inputs, passage.source, goal_of(taken, samples), samples, asked)

    def _followed(self) -> tuple[Taken, Samples | None]:
        if self._chosen is None:
            raise RequestError("no_sample", text("Choose a sample first."))
        return self._chosen

    def _predicted_before(
        self, document: JSON, source: LayerSource, taken: Taken, samples: Samples | None
    ) -> dict[str, Prediction]:
        """What is predicted of the sample as it was; computed again where drawing or weights are others."""
        if taken.original is None:
            self._before = None
            return {}
        if self._before is None or self._before.source is not source:
            self._before = Passage(source)
        passage = self._before
        inputs = fitted_inputs(document, taken.original.inputs)
        found = aside(lambda: passage.run(document, inputs))
        return predictions(document, _level(found, []), goal_of(taken.original, samples))

    def _pass(
        self, document: JSON, keeper: Keeper, trains: bool, moment: Moment | None
    ) -> tuple[Passage, dict[str, Passed], tuple[Taken, Samples | None]]:
        chosen = self._followed()
        inputs = fitted_inputs(document, chosen[0].inputs)
        passage = self._passage_with(keeper, trains) if moment is None else self._passage_at(moment)
        return passage, aside(lambda: passage.run(document, inputs)), chosen

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


def _level(found: Mapping[str, Passed], path: Sequence[str]) -> dict[str, Passed]:
    """What was found in one of the models, without what is in the models inside it."""
    prefix = ""
    for step in path:
        begun = (name for name in found if name.startswith((f"{prefix}{step}/", f"{prefix}{step}:")))
        inside = next((name for name in begun if "/" in name[len(prefix) :]), None)
        if inside is None:
            return {}
        prefix = inside[: inside.index("/", len(prefix)) + 1]
    here = {name[len(prefix) :]: passed for name, passed in found.items() if name.startswith(prefix)}
    return {name: passed for name, passed in here.items() if "/" not in name}
