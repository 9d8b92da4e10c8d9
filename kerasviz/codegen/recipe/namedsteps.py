"""The preparation of several arrays, in a dict or list: each goes through the steps that name it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.codegen.recipe.augmentlines import Steps, docstring_of, draws, place_of
from kerasviz.codegen.recipe.layerlines import layer_lines, made_layer
from kerasviz.codegen.recipe.partarrays import Arrays, Parts
from kerasviz.codegen.recipe.samplesteps import LEFT_OUT, PREPARATION, layers_of
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.arraylike import described
from kerasviz.data.preparation.keraslayer import preprocessing_layers, takes_pictures
from kerasviz.data.preparation.namedarrays import named
from kerasviz.writing.expressions import Expression, Group, lay_out, literal, sequence

_ALL = ""
"""Stands for all arrays."""


def write_named_steps(
    script: Script, setup: Setup, parts: Sequence[Arrays], rows: str, names: Names, *, in_place: bool
) -> list[Arrays]:
    """Sends the arrays of each part through the steps of the plan; arguments as `write_steps` has them."""
    steps, is_dict = layers_of(script, setup), parts[0].structures[0] == "dict"
    drawing = [step for step in steps if draws(step)]
    if drawing and not drawn_by_name(setup):
        script.notes.append(LEFT_OUT.format(what="the augmentation"))
        steps = [step for step in steps if not draws(step)]
    if not steps:
        return list(parts)
    own = [part.names[0] if in_place else names.take("samples") for part in parts]
    kind = "dict" if is_dict else "list"
    script.section(PREPARATION)
    given = [part.names[0] for part in parts]
    copied = [pair for pair in zip(own, given, strict=True) if not is_dict or own != given]
    script.add(*(f"{name} = {kind}({before})" for name, before in copied))
    axes, values, pictures = _axes(given[0]), set[str](), set[str]()
    for step in steps:
        keys = _keys(step, is_dict=is_dict)
        one = keys[0] if len(keys) == 1 else "name" if is_dict else "at"
        arrays = [f"{name}[{one}]" for name in own]
        done = pictures if takes_pictures(preprocessing_layers()[step["class_name"]]) else values
        body = [] if _ALL in done or (keys and {*keys} <= done) else _shaped(step, arrays, axes)
        done |= {*keys} or {_ALL}
        if draws(step):
            script.add(*body)
            continue
        learns = f"{arrays[0]}[{rows}]" if rows else arrays[0]
        body += layer_lines(script, step["class_name"], part_of(step, "config"), arrays, learns)
        if any("np." in line for line in body):
            script.imports.need("import numpy as np")
        if len(keys) == 1:
            script.add(*body)
            continue
        through = sequence(list(keys)) if keys else own[0] if is_dict else f"range(len({own[0]}))"
        script.add(*lay_out(through, f"for {one} in ", ":"), *(f"    {line}" for line in body))
    return [
        dataclasses.replace(part, names=(name, *part.names[1:]))
        for name, part in zip(own, parts, strict=True)
    ]


def drawn_by_name(setup: Setup) -> Steps:
    """The steps that draw, where a script has them: each for arrays that it names, after all the others."""
    steps, known = setup.preparation, preprocessing_layers()
    if any(step["class_name"] not in known for step in steps):
        return []
    drawing = [step for step in steps if draws(step)]
    is_last = all(map(draws, steps[len(steps) - len(drawing) :]))
    return drawing if is_last and all(step.get("columns") for step in drawing) else []


def write_named_augmentation(script: Script, setup: Setup, parts: Parts) -> Parts:
    """Defines what changes the arrays of a batch.

    Args:
        script: Gets the statements.
        setup: The plan, whose steps that draw can be written.
        parts: What trains, and what is held out.

    Returns:
        The parts, of which the training says that its batches are augmented.
    """
    is_dict = parts.training.structures[0] == "dict"
    chains: dict[str, list[Expression]] = {}
    for step in drawn_by_name(setup):
        for key in _keys(step, is_dict=is_dict):
            made = made_layer(script, step["class_name"], part_of(step, "config"))
            chains.setdefault(key, []).append(made)
    items = tuple((f"{key}: ", sequence(chain)) for key, chain in chains.items())
    script.section("Augmentation: of the batches that train alone")
    script.add(*lay_out(Group("", "{}", items), "augmentation = "))
    name = "name" if is_dict else "at"
    place = "" if setup.seed is None else place_of(script, setup, "step")
    script.define(
        "def augmented(x, number):",
        docstring_of(setup),
        f"    x = {'dict' if is_dict else 'list'}(x)",
        f"    for {name}, chain in augmentation.items():",
        "        for step, layer in enumerate(chain):" if place else "        for layer in chain:",
        *([f"            layer.generator.state.assign({place})"] if place else []),
        f"            x[{name}] = layer(x[{name}])",
        f"        x[{name}] = keras.ops.convert_to_numpy(x[{name}])",
        f"    return {'x' if is_dict else 'tuple(x)'}",
    )
    return dataclasses.replace(parts, training=dataclasses.replace(parts.training, is_augmented=True))


def _keys(step: Mapping[str, Any], *, is_dict: bool) -> list[str]:
    """What stands in the brackets to take the arrays of a step; none for all of them."""
    columns = [str(name) for name in step.get("columns") or []]
    return [literal(name) if is_dict else "".join(re.findall(r"\d+", name)) for name in columns]


def _axes(variable: str) -> dict[str, int]:
    """How many axes the arrays of a variable have, by their names; empty where nobody knows."""
    told = {name: described(array) for name, array in named(user_namespace().get(variable)).items()}
    return {name: len(one[0]) for name, one in told.items() if one is not None}


def _shaped(step: Mapping[str, Any], arrays: Sequence[str], axes: Mapping[str, int]) -> list[str]:
    """Gives one number each an axis, and grey pictures one of channels, as layers take them."""
    known = {axes.get(name) for name in step.get("columns") or axes} or {None}
    if takes_pictures(preprocessing_layers()[step["class_name"]]):
        return [f"{one} = {one}.reshape(*{one}.shape[:3], -1)" for one in arrays] if known != {4} else []
    if known <= {2, 3, 4, 5}:
        return []
    return [f"{one} = np.atleast_2d({one}.T).T" for one in arrays]
