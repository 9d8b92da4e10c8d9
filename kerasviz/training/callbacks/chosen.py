"""The callbacks that a plan names."""

from __future__ import annotations

import inspect
from typing import Any

from kerasviz.callbacks.finding import callback_refusal, find_callback
from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import class_schema
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text


def make_callback(chosen: JSON) -> Any:
    """Makes a callback.

    Args:
        chosen: `{"class_name", "config"}`, as a plan has it.

    Returns:
        A `keras.callbacks.Callback`.

    Raises:
        RequestError: With code `callback`, when a document may not name it, or it has no such arguments.
    """
    name = str(chosen.get("registered_name") or chosen["class_name"])
    kind = find_callback(name)
    if kind is None:
        raise RequestError("callback", callback_refusal(name))
    config = with_python_numbers(class_schema(kind, parse(kind)), chosen["config"])
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
