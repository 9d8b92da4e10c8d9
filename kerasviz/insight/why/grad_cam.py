"""Grad-CAM."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.insight.why.scoregradients import no_gradient
from kerasviz.protocol.text import Text, text

OF_SCORE, IS_SIGNED = True, False
MEANS = text("The attribution is largest where the layer detected evidence for this output.")
MEANS_NOT = text(
    "It is only as fine as the feature map of that layer, and shows neither evidence "
    "against the class nor which detail of a region matters."
)


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    if not layers(explained, places):
        return text(
            "Grad-CAM needs a convolutional layer whose output has spatial dimensions, and there "
            "is none. Add one, or choose saliency."
        )
    return None


def choices(explained: Explained, places: Sequence[Place]) -> dict[str, list[str]]:
    """What `layer` can be."""
    return {"layer": layers(explained, places)}


def layers(explained: Explained, places: Sequence[Place]) -> list[str]:
    """The calls whose channels can be weighed, from the first: convolutions, and what keeps their places."""
    convolutions = [name for name, passed in explained.found.items() if _is_convolution(passed)]
    known = {name for start in convolutions for name in explained.behind(start)}.union(convolutions)
    return [
        name
        for name in explained.found
        if name in known and _is_asked(explained, name) and any(_maps(explained, name, p) for p in places)
    ]


def weigh(layer: str | None = None, *, explained: Explained, places: Sequence[Place]) -> list[Attribution]:
    """The channels of a layer, weighed by their gradients.

    The map is ReLU(Σ αₖ Aₖ), where Aₖ is a channel of the layer's output, and αₖ the mean over its positions
    of ∂S/∂Aₖ, with S the score of the answer before a softmax or sigmoid. It is enlarged to the sample.

    R. R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization", 2017 (arXiv:1610.02391).

    Args:
        layer: The call of a layer whose channels are weighed: deeper ones know more of the answer, earlier
            ones are finer; the last that has places where it is not said.
        explained: What is answered.
        places: Where the numbers of the sample are.

    Raises:
        RequestError: With code `no_slope`, where the answer depends on none of them.
    """
    weighed = [
        Attribution(place, enlarged(found, place.shape))
        for place, _, found in maps_of(layer, explained, places)
    ]
    if not weighed:
        raise no_gradient()
    return weighed


def maps_of(
    layer: str | None, explained: Explained, places: Sequence[Place]
) -> list[tuple[Place, str, np.ndarray]]:
    """The call whose channels are weighed at each place that has one, and what they say there."""
    known = layers(explained, places)
    asked = [layer] if layer in known else known
    maps = []
    for place in places:
        for node in (name for name in reversed(asked) if _maps(explained, name, place)):
            found = _map(explained, node)
            if found is not None:
                maps.append((place, node, found))
                break
    return maps


def _is_asked(explained: Explained, node: str) -> bool:
    """Whether the output that is explained comes after a call."""
    asked = explained.outputs[explained.output]
    return any(asked is tensor for name in explained.behind(node) for tensor in explained.found[name].outputs)


def _map(explained: Explained, node: str) -> np.ndarray | None:
    """What the channels of a call say for the answer; None where it does not depend on them."""
    passed = explained.found[node]
    value = as_array(passed.outputs[0]).astype("float32")
    slope = explained.gradients({node: value[None]}, score=True)[node]
    if slope is None:
        return None
    first = getattr(passed.operation, "data_format", None) == "channels_first"
    channels, slopes = (np.moveaxis(array, 0, -1) if first else array for array in (value, slope[0]))
    alphas = slopes.reshape(-1, slopes.shape[-1]).mean(axis=0)
    return np.asarray(np.maximum((channels * alphas).sum(axis=-1), 0))


def _maps(explained: Explained, node: str, place: Place) -> bool:
    """Whether the output of a call has positions like those of a place that it is made of."""
    passed = explained.found[node]
    if passed.operation is None or not passed.outputs:
        return False
    tensor = passed.outputs[0]
    rank = 1 if place.kind == "series" else len(place.shape)
    if len(tensor.shape) - 2 != rank or max(tensor.shape[1:-1]) < 2:
        return False
    is_end = any(tensor is output for output in explained.outputs)
    return not is_end and node in explained.behind(place.node)


def _is_convolution(passed: Passed) -> bool:
    """Convolutions are the layers that have a size of a kernel, and weights."""
    return hasattr(passed.operation, "kernel_size") and bool(passed.operation.weights)


def between(line: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The values of a line at places between its own."""
    return np.asarray(np.interp(at, np.arange(len(line)), line))


def enlarged(weights: np.ndarray, shape: Sequence[int]) -> np.ndarray:
    """Weights of a finer grid, between those of a coarse one, as `keras.ops.image.resize` finds them."""
    for axis, length in enumerate(shape[: weights.ndim]):
        count = weights.shape[axis]
        at = (np.arange(length) + 0.5) * count / length - 0.5
        weights = np.apply_along_axis(between, axis, weights, at)
    return weights
