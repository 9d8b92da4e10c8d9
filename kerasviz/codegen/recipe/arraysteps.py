"""The preparation of arrays in a script: preprocessing layers, which learn from the samples that train."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.codegen.recipe.augmentlines import apart
from kerasviz.codegen.recipe.layerlines import layer_lines
from kerasviz.codegen.recipe.namedsteps import write_named_steps
from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.samplesteps import LEFT_OUT
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.known import known_data
from kerasviz.data.preparation.keraslayer import preprocessing_layers, takes_pictures
from kerasviz.data.preparation.namedarrays import X


def write_steps(
    script: Script, setup: Setup, parts: Sequence[Arrays], rows: str, names: Names, *, in_place: bool
) -> list[Arrays]:
    """Sends the samples of each part through the steps of the plan, as training does.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        parts: The arrays; of the first one, some train.
        rows: What stands in the brackets to take those of the first part that train; empty for all.
        names: Gives names to samples of the notebook, which are never replaced.
        in_place: Whether the script may give the variables new values.

    Returns:
        The parts, whose samples went through the steps.
    """
    if not setup.preparation:
        return list(parts)
    if parts[0].structures[0] in ("dict", "list"):
        return write_named_steps(script, setup, parts, rows, names, in_place=in_place)
    if not can_be_written(setup, parts[0]):
        script.notes.append(LEFT_OUT.format(what="the preparation"))
        return list(parts)
    steps, _ = apart(of_samples(setup))
    given = [part.names[0] for part in parts]
    channels = _channels(setup)
    own = given if in_place or not (steps or channels) else [names.take("samples") for _ in given]
    if own != given:
        script.add(*(f"{name} = {value}" for name, value in zip(own, given, strict=True)))
    if channels:
        lines = [f"{name} = {channels.format(x=name)}" for name in own]
        script.add("# Grey pictures get the axis of channels that layers take.", *lines)
    for step in steps:
        learns = f"{own[0]}[{rows}]" if rows else own[0]
        script.add(*layer_lines(script, step["class_name"], part_of(step, "config"), own, learns))
    return [
        dataclasses.replace(part, names=(name, *part.names[1:]))
        for name, part in zip(own, parts, strict=True)
    ]


def _channels(setup: Setup) -> str:
    """What gives samples `{x}` an axis of channels where layers take pictures; empty where they have one."""
    if not any(takes_pictures(preprocessing_layers()[step["class_name"]]) for step in of_samples(setup)):
        return ""
    known = known_data(setup.training["data"])
    if known is None:
        return "{x}.reshape(*{x}.shape[:3], -1)"
    return "{x}[..., None]" if len(known.shape) == 2 else ""


def can_be_written(setup: Setup, arrays: Arrays) -> bool:
    """Whether a script has the steps of the plan for these arrays."""
    known = preprocessing_layers()
    return arrays.structures[0] == "array" and all(step["class_name"] in known for step in setup.preparation)


def of_samples(setup: Setup) -> list[Mapping[str, Any]]:
    """The steps of the plan that the array of samples goes through."""
    return [step for step in setup.preparation if X in (step.get("columns") or [X])]
