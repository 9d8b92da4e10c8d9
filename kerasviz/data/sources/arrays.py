"""Arrays in the kernel."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from kerasviz.data.arraylike import as_arrays
from kerasviz.data.dataset import ArrayName, Data, Stream
from kerasviz.data.streams.sparse import SparseRows, is_sparse
from kerasviz.data.tables import map_arrays, uneven
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import is_identifier
from kerasviz.writing.snippet import Snippet


def load(
    x: ArrayName,
    y: ArrayName | None = None,
    sample_weight: ArrayName | None = None,
    x_val: ArrayName | None = None,
    y_val: ArrayName | None = None,
    *,
    namespace: dict[str, Any],
) -> Data | Stream:
    """Arrays among the variables of the kernel, by name.

    Args:
        x: The inputs: an array, or a list or dict of arrays for a model with several inputs.
        y: The targets: what is to be learned. A model whose layers add their loss themselves needs none.
        sample_weight: How much each sample counts: an array with a number for each, or one for each output.
        x_val: Inputs for validation. Without them the validation split decides.
        y_val: Targets for validation.
        namespace: The user's variables.

    Returns:
        The arrays as they are. A sparse matrix of scipy is read by rows, so that it never becomes dense.

    Raises:
        RequestError: With code `no_data`, when one is missing or their numbers of samples differ.
    """
    if y and is_sparse(_found("x", x, namespace)):
        held_out = _sparse(x_val, y_val, namespace) if x_val and y_val else None
        training = _sparse(x, y, namespace)
        return Stream(f"{x}, {y}", training, samples=len(training.targets), validation=held_out)
    data = _samples({"x": x, "y": y or None}, namespace)
    validation = None
    if x_val or y_val:
        validation = _samples({"x_val": x_val, "y_val": y_val if y else None}, namespace)
    return dataclasses.replace(
        data,
        sample_weight=as_arrays(_found("sample_weight", sample_weight, namespace), str(sample_weight))
        if sample_weight
        else None,
        validation=validation,
    )


def _samples(names: dict[str, ArrayName | None], namespace: dict[str, Any]) -> Data:
    """The arrays for x and, where it has a name, for y."""
    (role, x), (role_of_y, y) = names.items()
    inputs = as_arrays(_found(role, x, namespace), str(x))
    if y is None:
        data = Data(name=str(x), x=inputs, y=None, x_name=str(x))
    else:
        targets = as_arrays(_found(role_of_y, y, namespace), y)
        data = Data(
            name=f"{x}, {y}",
            x=_as_samples(inputs, targets, str(x)),
            y=_as_samples(targets, inputs, y),
            x_name=str(x),
            y_name=y,
        )
    named: list[tuple[str, int]] = []
    for value, name in ((data.x, data.x_name), (data.y, data.y_name)):
        if value is None:
            continue
        if any(part.ndim == 0 for part in _parts(value)):
            raise RequestError(
                "no_data",
                text("Expected arrays with one row for each sample in {x} and {y}.", x=str(x), y=data.y_name),
            )
        map_arrays(value, name, lambda array, label: named.append((label, len(array))))
    other = next((one for one in named[::-1] if one[1] != named[0][1]), None)
    if other is not None:
        raise _uneven_counts(named[0], other)
    return data


def _sparse(x: str, y: str, namespace: dict[str, Any]) -> SparseRows:
    """The rows of a sparse matrix, with their targets."""
    matrix, targets = _found("x", x, namespace), as_arrays(_found("y", y, namespace), y)
    if not is_sparse(matrix):
        raise RequestError("no_data", text("{name} must be a sparse matrix like x.", name=x))
    if not isinstance(targets, np.ndarray) or targets.ndim == 0 or len(targets) != matrix.shape[0]:
        count = len(_parts(targets)[0]) if np.ndim(_parts(targets)[0]) else 1
        raise _uneven_counts((x, matrix.shape[0]), (y, count))
    return SparseRows(matrix, targets)


def _uneven_counts(first: tuple[str, int], second: tuple[str, int]) -> RequestError:
    return RequestError(
        "no_data",
        text(
            "Expected as many samples in {x} as in {y}. Received: {first} and {second}.",
            x=first[0],
            y=second[0],
            first=first[1],
            second=second[1],
        ),
    )


def code(
    x: ArrayName,
    y: ArrayName | None,
    sample_weight: ArrayName | None,
    x_val: ArrayName | None,
    y_val: ArrayName | None,
) -> Snippet:
    """The arrays under their names: the script has to define them."""
    chosen = {"x": x, "y": y, "sample_weight": sample_weight, "x_val": x_val, "y_val": y_val}
    gives = {role: name for role, name in chosen.items() if name or role == "x"}
    for role, name in gives.items():
        if not isinstance(name, str) or not is_identifier(name):
            raise _not_there(role, name)
    given = {role: str(name) for role, name in gives.items()}
    names = ", ".join(given.values())
    return Snippet(gives=given, notes=(text("Variables of the notebook: {names}.", names=names),))


def _found(role: str, name: object, namespace: dict[str, Any]) -> Any:
    """The value of a variable.

    Raises:
        RequestError: With code `no_data`, where there is none.
    """
    if not isinstance(name, str) or name not in namespace:
        raise _not_there(role, name)
    return namespace[name]


def _not_there(role: str, name: object) -> RequestError:
    return RequestError(
        "no_data",
        text(
            "Expected the name of an array in the kernel as {role}. Received: {name}. Run the cell "
            "that makes it, or choose another.",
            role=role,
            name=f"{name!r:.80}",
        ),
    )


def _as_samples(value: Any, other: Any, name: str) -> Any:
    """Stacks a list that has an array for each sample: with one for each input, all have a row for each.

    Raises:
        RequestError: With code `shape`, where the samples have different shapes.
    """
    samples = {len(part) for part in _parts(other) if part.ndim}
    if not isinstance(value, list) or samples != {len(value)}:
        return value
    if isinstance(other, list) or all(part.ndim and len(part) in samples for part in value):
        return value
    if len({part.shape for part in value}) > 1:
        raise uneven(name)
    return np.stack(value)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]
