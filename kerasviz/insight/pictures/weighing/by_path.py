"""The gradients on the way from a baseline to the sample, as code."""

from __future__ import annotations

from typing import Literal

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.arraycode import array_code
from kerasviz.insight.pictures.weighing.about import About, added_up, batch_of
from kerasviz.insight.why.averages import average_at
from kerasviz.writing.expressions import lay_out, sequence


def write(
    steps: int = 50, baseline: Literal["zeros", "mean"] = "zeros", *, about: About, script: Script
) -> None:
    """Writes the mean of the gradients times the way.

    Args:
        steps: Points on the way.
        baseline: What a sample without information is.
        about: What is explained.
        script: Gets the statements.
    """
    places, explained = about.places, about.explained
    about.write_answer(script, [place.node for place in places])
    script.section("The baseline, and the mean of the gradients on the way to the sample")
    starts = []
    for number, place in enumerate(places):
        mean = average_at(place, explained.document, explained.samples) if baseline == "mean" else None
        starts.append(f"np.zeros_like(values[{number}])" if mean is None else f"means_{number}[0]")
        if mean is not None:
            script.add(f"means_{number} = [", *array_code(mean[None], script.imports), "]")
    script.add(
        *lay_out(sequence([*starts]), "starts = "),
        f"steps, batch = {steps}, {batch_of(about)}",
        "sums = [np.zeros(value.shape[1:]) for value in values]",
        "for first in range(0, steps, batch):",
        "    shares = (np.arange(first, min(first + batch, steps)) + 0.5) / steps",
        "    points = [",
        '        start + shares.reshape(-1, *[1] * (start.ndim - 1)).astype("float32") * (value - start)',
        "        for start, value in zip(starts, values)",
        "    ]",
        "    _, slopes = gradients_at(lambda each: answer(each, score=False), points)",
        "    for number, slope in enumerate(slopes):",
        "        if slope is not None:",
        "            sums[number] += keras.ops.convert_to_numpy(slope).sum(axis=0)",
    )
    ways = [
        added_up(place, f"((values[{i}] - starts[{i}])[0] * sums[{i}] / steps)")
        for i, place in enumerate(places)
    ]
    script.add(*lay_out(sequence([*ways]), "weights = "))
