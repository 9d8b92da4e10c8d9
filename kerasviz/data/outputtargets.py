"""Which array of y each output of a model is compared with."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from kerasviz.config.fullconfig import full_compile_config
from kerasviz.data.dataset import Data
from kerasviz.data.judging import of_outputs
from kerasviz.data.labels import numbered
from kerasviz.data.tables import as_numbers, first_text, is_text, keys_of, map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text, text_n


def targets_as_numbers(data: Data, model: Any) -> Any:
    """Makes numbers of the targets; a model whose layers add the loss themselves needs none.

    Raises:
        RequestError: With code `no_data`, where a loss compares with targets that there are not.
    """
    if data.y is not None:
        return map_arrays(data.y, data.y_name, _class_numbers)
    if model.loss is not None:
        raise RequestError(
            "no_data",
            text(
                "The loss compares predictions with targets, but no y is chosen. Choose it on the Train tab."
            ),
        )
    return None


def targets_for_outputs(y: Any, name: str, model: Any) -> Any:
    """Checks that y has an array for each output; one in a list or dict of its own is taken out.

    Raises:
        RequestError: With code `shape`, where y has other arrays.
    """
    structure = None if isinstance(model, keras.Sequential) else model.output
    if isinstance(structure, dict):
        expected = list(structure)
    else:
        expected = list(getattr(model, "output_names", None) or [model.layers[-1].name])
    if model.loss is None or (
        isinstance(model.loss, list) and None in model.loss and len(keys_of(y)) < len(expected)
    ):
        return y  # outputs without a loss need no targets
    compiled = full_compile_config(model) or {}
    with_metrics = any(compiled.get(part) for part in ("metrics", "weighted_metrics"))
    if isinstance(structure, dict) and not with_metrics:  # Keras' metrics want targets for each output
        needed = _with_loss(model.loss, expected)
        if isinstance(y, dict) and set(y) < set(expected):
            _check_needed(y, name, needed)
            return y
        if not isinstance(y, dict) and len(keys_of(y)) == len(needed) < len(expected):
            return y
    if len(keys_of(y)) != len(expected):
        raise RequestError(
            "shape",
            text_n(
                "The model has {n} output ({names}), but {name} holds {count} arrays. Use one array.",
                "The model has {n} outputs ({names}), but the number of arrays in {name} is {count}. Use a "
                "list or dict with one array for each output.",
                len(expected),
                names=", ".join(expected),
                name=name,
                count=len(keys_of(y)),
            ),
        )
    if isinstance(y, dict) and set(y) != set(expected):
        raise RequestError(
            "shape",
            text(
                "{name} holds arrays for {received}, but the outputs of the model are {expected}. Name the "
                "arrays as the outputs.",
                name=name,
                received=all_of([repr(key) for key in y]),
                expected=all_of([repr(key) for key in expected]),
            ),
        )
    if isinstance(structure, dict) and isinstance(y, list) and expected != sorted(expected):
        said = text(
            "The outputs are a dict, for which Keras sorts the list {name}. Make it a dict.", name=name
        )
        raise RequestError("shape", said)
    if len(expected) == 1 and not isinstance(structure, (dict, list)) and not isinstance(y, np.ndarray):
        return next(iter(y.values())) if isinstance(y, dict) else y[0]
    return y


def _with_loss(loss: Any, outputs: list[str]) -> list[str]:
    """The outputs that a loss is for; a list of another length is Keras' to refuse."""
    if isinstance(loss, list) and len(loss) != len(outputs):
        return outputs
    each = of_outputs(loss, outputs)
    return [name for name, one in zip(outputs, each, strict=True) if one is not None]


def _check_needed(y: dict[Any, Any], name: str, needed: list[str]) -> None:
    """Checks that a dict has targets for each output with a loss.

    Raises:
        RequestError: With code `shape` and the output.
    """
    for output in needed:
        if output not in y:
            raise RequestError(
                "shape",
                text(
                    "{name} has no array for the output {output}, which has a loss. Add one to {name}, or "
                    "remove the loss of {output}.",
                    name=name,
                    output=repr(output),
                ),
            )


def _class_numbers(array: Any, name: str) -> Any:
    if is_text(array):
        raise RequestError(
            "dtype",
            text(
                "y must hold numbers, but {name} holds text ({value}). Number the classes from 0, for "
                "example with {numbered}.",
                name=name,
                value=repr(first_text(array)[1]),
                numbered=numbered(name),
            ),
        )
    return as_numbers(array, name)
