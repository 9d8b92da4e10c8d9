"""Places samples by what comes out of a layer: asked for, computed and told."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.catalog.sources import described
from kerasviz.config.parts import part_of
from kerasviz.data.streams.cutshort import CutShort
from kerasviz.insight.embedding import METHODS
from kerasviz.insight.embedding.layeroutputs import LayerOutputs, layer_outputs
from kerasviz.insight.embedding.placed import Placed, check_finite
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.levels import level_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.surface import answer_of, between_classes
from kerasviz.insight.plane.targetnumbers import target_numbers
from kerasviz.insight.samples.sampleparts import Part, targets_in
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.embedding import Embedding, EmbeddingMethod
from kerasviz.protocol.insight import WeightsOf
from kerasviz.protocol.text import Text, text

MOST = 2000
"""Samples: t-SNE of these takes some ten seconds."""


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to see.

    Attributes:
        part: Of the data.
        indices: The samples, by their numbers in the part.
        method: `{"class_name", "config"}`; None for the first one.
    """

    part: Part
    indices: np.ndarray
    method: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        """Of the method.

        Raises:
            RequestError: With code `embedding`, where there is none such, or it can't be used.
        """
        name = (self.method or {}).get("class_name", next(iter(METHODS)))
        if name not in METHODS:
            raise RequestError("bad_request", text("There is no such embedding method."), detail=repr(name))
        unfit = METHODS[name].unfit()
        if unfit is not None:
            raise RequestError("embedding", unfit)
        return str(name)


def spread(samples: Samples, part: Part, count: int) -> np.ndarray:
    """Numbers of samples of a part, evenly apart.

    Args:
        samples: Those of the data.
        part: Of the data.
        count: How many at most.

    Raises:
        RequestError: With code `no_sample`, where there is no such part.
    """
    of = len(samples.held(part)[1])
    return np.unique(np.linspace(0, of - 1, min(of, max(1, min(count, MOST)))).astype("int64"))


class OutputsOf(NamedTuple):
    """What came out of a layer, whose weights these are of, and what it took of the thread that trains."""

    outputs: LayerOutputs
    weights: WeightsOf
    seconds: float


def prepare() -> None:
    """Imports what takes long, on the thread that imports such things."""
    import sklearn.decomposition
    import sklearn.manifold  # noqa: F401


def outputs_of(
    document: JSON,
    source: LayerSource,
    samples: Samples,
    chosen: Chosen,
    layer: tuple[Sequence[str], str],
    is_trained: bool,
    go_on: Callable[[float | None], None],
) -> OutputsOf:
    """What comes out of a layer for the chosen samples. On the thread that holds the model.

    Args:
        document: Keras JSON.
        source: Gives the layers.
        samples: Those of the data.
        chosen: Which of them.
        layer: The models around it, and its node.
        is_trained: Whether all weights are known to be trained.
        go_on: Told how far it is; what it raises ends it.
    """
    began = time.perf_counter()
    path, node = layer
    outputs = aside(
        lambda: layer_outputs(
            document,
            source,
            lambda some: samples.inputs(chosen.part, some),
            chosen.indices,
            lambda found: level_of(found, path).get(node, Passed()),
            go_on,
            path,
        )
    )
    weights = "trained" if is_trained else source.weights
    return OutputsOf(outputs, weights, time.perf_counter() - began)


def place(outputs: LayerOutputs, chosen: Chosen, axes: Any, ends: Callable[[], bool]) -> Placed:
    """Places samples.

    Args:
        outputs: What came out of the layer for them.
        chosen: How.
        axes: What samples were projected onto before; None for nothing.
        ends: Whether nobody waits for it any more.

    Raises:
        RequestError: With code `embedding`, where they can't be placed so; with `overtaken`, where it was
            ended.
    """
    module = METHODS[chosen.name]
    check_finite(outputs.values)
    if len(outputs.values) < 3 or not (outputs.values != outputs.values[0]).any():
        raise RequestError("embedding", text("The layer has the same output for all samples."))
    given = {"values": outputs.values}
    if "axes" in inspect.signature(module.embed).parameters:
        given["axes"] = axes
    config = dict(part_of(chosen.method or {}, "config"))
    try:
        inspect.signature(module.embed).bind(**{**config, **given})
    except TypeError as error:
        raise RequestError(
            "bad_request", text("There is no such embedding method."), detail=str(error)
        ) from None
    placed: Placed | None = None
    with CutShort(ends) as cut:
        placed = cut.take(lambda: module.embed(**{**config, **given}))
    if placed is None or ends():
        raise RequestError("overtaken", text("Stopped, or replaced by a newer request."))
    return placed


def told(document: JSON, placed: Placed, given: OutputsOf, chosen: Chosen, samples: Samples) -> Embedding:
    """What a page is told of it."""
    indices = chosen.indices[: len(placed.points)]
    held, numbers = samples.held(chosen.part)
    targets = targets_in(held)
    some = targets[numbers[indices]] if isinstance(targets, np.ndarray) else None
    notes: list[Text | str] = list(placed.notes)
    if len(indices) < len(chosen.indices):
        notes.append(text("Fewer samples are shown because the output of the layer is large."))
    config = dict(part_of(chosen.method or {}, "config"))
    return Embedding(
        methods=[_method(name, module) for name, module in METHODS.items()],
        method={"class_name": chosen.name, "config": config},
        follows=METHODS[chosen.name].FOLLOWS,
        part=chosen.part,
        indices=indices.tolist(),
        across=placed.points[:, 0].astype("float64").tolist(),
        up=placed.points[:, 1].astype("float64").tolist(),
        targets=target_numbers(samples, chosen.part, indices),
        labels=[None] * len(indices) if some is None else [samples.label(each) for each in some],
        predicted=_predicted(document, given.outputs, samples),
        numbers=given.outputs.values.shape[1],
        notes=notes,
        weights=given.weights,
        seconds=given.seconds,
    )


def _predicted(document: JSON, outputs: LayerOutputs, samples: Samples) -> list[str | None]:
    """What the model says of each sample, for people."""
    count, names = len(outputs.values), samples.class_names
    found = None if outputs.answers is None else answer_of(outputs.answers, outputs.operation, names)
    if found is None:
        return [None] * count
    values = found.values
    if found.kind == "number" and len(names) != 2:
        return [f"{value:.6g}" for value in values]
    if found.kind != "classes":
        values = values >= (0.5 if found.kind == "probability" else between_classes(document))
    return [names[int(at)] if int(at) < len(names) else str(int(at)) for at in values]


def _method(name: str, module: ModuleType) -> EmbeddingMethod:
    entry = described(name, module, module.embed)
    return EmbeddingMethod(
        class_name=name,
        title=entry["schema"]["title"],
        summary=entry["summary"],
        schema=entry["schema"],
        unfit=module.unfit(),
    )
