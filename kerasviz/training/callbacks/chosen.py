"""The callbacks that a plan names."""

from __future__ import annotations

import inspect
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kerasviz.callbacks.finding import callback_refusal, find_callback, path_arguments
from kerasviz.callbacks.runpaths import inside
from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import class_schema
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

NEEDS = {"TensorBoard": ("tensorflow", "tensorboard")}
"""Packages that Keras asks for only when the first values are written, an epoch after the start."""


def make_callback(chosen: JSON, folder: Path | None) -> Any:
    """Makes a callback.

    Args:
        chosen: `{"class_name", "config"}`, as a plan has it.
        folder: That of the run, where its paths are; None where it has none.

    Returns:
        A `keras.callbacks.Callback`.

    Raises:
        RequestError: With code `callback`, when a document may not name it, or it has no such arguments.
    """
    name = str(chosen.get("registered_name") or chosen["class_name"])
    kind = find_callback(name)
    if kind is None:
        raise RequestError("callback", callback_refusal(name))
    _check_packages(name)
    config = with_python_numbers(class_schema(kind, parse(kind)), chosen["config"])
    config |= _paths(kind, name, config, folder)
    try:
        inspect.signature(kind).bind(**config)
        return kind(**config)
    except Exception as error:
        raise RequestError(
            "callback",
            text(
                "The callback {name} can't be made: {error}",
                name=repr(name),
                error=str(error),
            ),
            detail=str(error),
        ) from error


def _paths(kind: type, name: str, config: JSON, folder: Path | None) -> JSON:
    """The arguments that are paths, inside the folder of the run; those that are not given have a default."""
    parameters = inspect.signature(kind).parameters
    found: JSON = {}
    for argument in path_arguments(kind):
        default = parameters[argument].default
        value = config.get(argument, None if default is inspect.Parameter.empty else default)
        if value is None:
            continue
        if folder is None:
            raise RequestError(
                "callback",
                text(
                    "The callback {name} writes into the folder of the run, but this run has none. Name one: "
                    "kerasviz.run(..., folder='run').",
                    name=repr(name),
                ),
            )
        found[argument] = inside(folder, value, argument)
    return found


def _check_packages(name: str) -> None:
    for package in NEEDS.get(name, ()):
        if find_spec(package) is None:
            raise RequestError(
                "import",
                text(
                    "The callback {name} needs the package {package}, which is not installed in this kernel. "
                    "Run `%pip install {package}` and restart the kernel.",
                    name=repr(name),
                    package=package,
                ),
            )
