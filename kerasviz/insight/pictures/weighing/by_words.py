"""The gradient of the score times the vector of each word, as code."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.weighing.about import About
from kerasviz.insight.pictures.weighing.by_gradient import write_slopes


def write(*, about: About, script: Script) -> None:
    """Writes what each word adds to the score.

    Args:
        about: What is explained.
        script: Gets the statements.
    """
    about.places = [place for place in about.places if place.kind == "tokens"]
    write_slopes(script, about, [place.node for place in about.places])
    script.add(
        "weights = [(slope * value[0]).sum(axis=-1) for slope, value in zip(slopes, values)]  # of each word"
    )
