"""The channels of a layer, weighed by their gradients, as code."""

from __future__ import annotations

import inspect

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.weighing.about import About
from kerasviz.insight.why import grad_cam
from kerasviz.writing.expressions import literal


def write(layer: str | None = None, *, about: About, script: Script) -> None:
    """Writes the map of each place.

    Args:
        layer: The call of a layer whose channels are weighed; None for the last one that fits.
        about: What is explained.
        script: Gets the statements.
    """
    nodes = [each[:2] for each in grad_cam.maps_of(layer, about.explained, about.places)]
    about.places = [place for place, _ in nodes]
    about.write_answer(script, [node for _, node in nodes])
    for function in (grad_cam.between, grad_cam.enlarged):
        script.define(*inspect.getsource(function).rstrip().splitlines())
    script.section("How the score changes with the channels of the layer, and where it does")
    script.add("_, slopes = gradients_at(answer, values)", "weights = []")
    for number, (place, node) in enumerate(nodes):
        operation = about.explained.found[node].operation
        channels, slope = f"values[{number}][0]", f"keras.ops.convert_to_numpy(slopes[{number}])[0]"
        if getattr(operation, "data_format", None) == "channels_first":
            channels, slope = f"np.moveaxis({channels}, 0, -1)", f"np.moveaxis({slope}, 0, -1)"
        shape = ", ".join(map(literal, place.shape))
        script.add(
            f"channels, slope = {channels}, {slope}",
            "alphas = slope.reshape(-1, slope.shape[-1]).mean(axis=0)",
            "small = np.maximum((channels * alphas).sum(axis=-1), 0)",
            f"weights.append(enlarged(small, [{shape}]))",
        )
