"""The preparation of several arrays, in a dict or list: each goes through the steps that name it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.codegen.recipe.layerlines import layer_lines
from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.samplesteps import PREPARATION, layers_of
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.arraylike import described
from kerasviz.data.preparation.keraslayer import preprocessing_layers, takes_pictures
from kerasviz.data.preparation.namedarrays import named
from kerasviz.writing.expressions import lay_out, literal, sequence

_ALL = ""
"""Stands for all arrays."""


def write_named_steps(
    script: Script, setup: Setup, parts: Sequence[Arrays], rows: str, names: Names, *, in_place: bool
) -> list[Arrays]:
    """Sends the arrays of each part through the steps of the plan; arguments as `write_steps` has them."""
    steps, is_dict = layers_of(script, setup), parts[0].structures[0] == "dict"
    if not steps:
        return list(parts)
    own = [part.names[0] if in_place else names.take("samples") for part in parts]
    kind = "dict" if is_dict else "list"
    script.section(PREPARATION)
    given = [part.names[0] for part in parts]
    copied = [pair for pair in zip(own, given, strict=True) if not is_dict or own != given]
    script.add(*(f"{name} = {kind}({before})" for name, before in copied))
    axes, done = _axes(given[0]), set[str]()
    for step in steps:
        keys = _keys(step, is_dict=is_dict)
        one = keys[0] if len(keys) == 1 else "name" if is_dict else "at"
        arrays = [f"{name}[{one}]" for name in own]
        body = [] if _ALL in done or (keys and {*keys} <= done) else _shaped(step, arrays, axes)
        done |= {*keys} or {_ALL}
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
