"""What a script does to samples and targets so that the model takes them: what training does, asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kerasviz.codegen.recipe.partarrays import Structure
from kerasviz.data.dataset import Data
from kerasviz.data.eachoutput import chosen_loss, named_outputs
from kerasviz.data.judging import of_outputs
from kerasviz.data.known import KnownData
from kerasviz.data.knowntargets import Key, KnownTarget
from kerasviz.data.labels import fit_targets
from kerasviz.data.shapes import Shape, matches, only_folds
from kerasviz.protocol import RequestError
from kerasviz.writing.expressions import Expression, Group, literal, sequence


def adapted_samples(known: KnownData, expected: Shape) -> str:
    """What follows the array of the samples, e.g. `.reshape(-1, 64)`; empty where they fit, or nobody knows.

    Args:
        known: What is known of the data.
        expected: Shape of a sample as the model takes it.
    """
    if matches(known.shape, expected) or not only_folds(known.shape, expected):
        return ""
    return f".reshape({_listed((-1, *expected))})"


def adapted_targets(known: KnownTarget, y: str, expected: Shape, loss: Any) -> str:
    """The expression for the targets as the loss compares them with an output.

    Args:
        known: What is known of them.
        y: The expression for the targets.
        expected: Shape of the output for a sample.
        loss: A loss of Keras, or its name.
    """
    probe = _probe(known)
    if probe is None or loss is None:
        return y
    data = Data("", x=None, y=probe, classes=known.target.classes if known.target else None)
    try:
        fitted = fit_targets(data, "", expected, chosen_loss(loss, probe, expected))
    except RequestError:  # training says what is wrong
        return y
    if fitted.shape == probe.shape:
        return y
    if fitted.ndim < probe.ndim:
        return f"{y}.argmax(axis=-1)"
    if fitted.size == probe.size:
        return f"{y}.reshape({_listed((-1, *fitted.shape[1:]))})"
    return f"keras.utils.to_categorical({y}, {fitted.shape[-1]})"


def adapted_outputs(
    known: Mapping[Key, KnownTarget], y: str, structure: Structure, model: Any, losses: Any
) -> Expression:
    """The expression for the targets of all outputs, each as its loss compares it.

    Args:
        known: What is known of each array; its key is that in the dict or list of them.
        y: The variable of the targets.
        structure: What it holds.
        model: A model that is built.
        losses: Those of `compile`.

    Returns:
        The variable where nothing changes.
    """
    outputs = named_outputs(model, by_name=structure == "dict")
    names = [output.name for output in outputs]
    each = dict(zip(names, zip(outputs, of_outputs(losses, names), strict=True), strict=True))
    keys: list[Key] = list(known)
    chosen = names if structure != "dict" else keys
    kinds = {"array": type(None), "list": int, "dict": str}
    fits = all(type(key) is kinds.get(structure) for key in keys)
    if not fits or len(keys) != len(chosen) or not set(chosen) <= set(each):
        return y
    changed: list[tuple[str, Expression]] = []
    for key, name in zip(keys, chosen, strict=True):
        output, loss = each[str(name)]
        part = y if key is None else f"{y}[{literal(key)}]"
        changed.append((part, adapted_targets(known[key], part, output.tensor.shape[1:], loss)))
    if all(part == made for part, made in changed):
        return y
    made = [expression for _, expression in changed]
    if structure == "array":
        return made[0]
    if structure == "list":
        return sequence(made)
    return Group("", "{}", tuple((f"{literal(key)}: ", one) for key, one in zip(keys, made, strict=True)))


def _probe(known: KnownTarget) -> Any:
    """A few targets of the kind that the data has; None where that is not known."""
    if known.target is None:
        return None
    classes = known.target.classes
    if classes is None:
        return np.linspace(0.25, 0.75, 4).reshape(-1, *[1 for _ in known.shape])
    if known.shape == (classes,):
        return np.eye(classes)
    return np.arange(classes).reshape(-1, *[1 for _ in known.shape])


def _listed(shape: tuple[Any, ...]) -> str:
    return ", ".join(literal(length) for length in shape)
