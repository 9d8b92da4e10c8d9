"""The model inside a wrapper such as `TimeDistributed`: what the wrapper calls it on, as Keras does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.reading import is_model
from kerasviz.insight.passage.tensormasks import with_mask
from kerasviz.models.wrappedmodel import model_in
from kerasviz.protocol import JSON

_STEP = re.compile(r"(.*:\d+)@(\d+)")


@dataclass(frozen=True, eq=False)
class Step:
    """One call of the model inside a wrapper.

    Attributes:
        arguments: Positional ones, as the wrapper gives them.
        options: Those by name.
    """

    arguments: tuple[Any, ...]
    options: Mapping[str, Any]

    def inputs(self, names: Sequence[str]) -> list[Any]:
        """What goes into the model: a tensor for each Input, with its mask.

        Args:
            names: Of the Inputs, in the order that is wanted.

        Raises:
            Exception: Where the tensors have no numbers, because the wrapper compiles its calls.
        """
        given = self.arguments[0] if self.arguments else self.options.get("inputs")
        if isinstance(given, Mapping) and set(given) == set(names):
            given = [given[name] for name in names]
        tensors = keras.tree.flatten(given)
        masks = keras.tree.flatten(self.options.get("mask"))
        for tensor, mask in zip(tensors, masks, strict=False):
            with_mask(tensor, mask)
        for tensor in tensors:
            keras.ops.convert_to_numpy(tensor)
        return list(tensors)


def model_behind(data: JSON) -> JSON | None:
    """The model that a layer wraps, also by a wrapper inside a wrapper; None where it wraps none."""
    inside = data.get("config", {}).get("layer")
    if is_model(data) or not isinstance(inside, dict):
        return None
    return inside if is_model(inside) else model_behind(inside)


@contextmanager
def steps_of(wrapper: Any, steps: list[Step]) -> Iterator[Any]:
    """Notes how a wrapper calls the model behind it.

    Args:
        wrapper: The layer around it.
        steps: Gets the calls.

    Yields:
        The model; None where the wrapper keeps it elsewhere than Keras' wrappers do.
    """
    model = model_in(wrapper)
    if model is None:
        yield None
        return
    call = model.call

    def noted(*arguments: Any, **options: Any) -> Any:
        steps.append(Step(arguments, options))
        return call(*arguments, **options)

    model.call = noted
    try:
        yield model
    finally:
        del model.call


def parse_step(place: str) -> tuple[str, int]:
    """A place in a path, `film:0@3`, as the call of a wrapper and the step inside; 0 where none is said."""
    found = _STEP.fullmatch(place)
    return (found[1], int(found[2])) if found else (place, 0)
