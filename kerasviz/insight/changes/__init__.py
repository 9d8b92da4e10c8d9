"""What somebody puts in the place of an input of a sample. A way is one module, and a line in the table.

The module's docstring is the name for people. Its `change` takes what a page may say, with types, and one
keyword, `own`: the input as it was, and how the data has it. It returns the array, `(1, ...)`, before any
step of the preparation. `fits` says whether the way can be gone for an input.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.insight.changes import by_drawing, by_image, by_text, drawn_on, numbers
from kerasviz.insight.own import OwnInput
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

CHANGES: Mapping[str, ModuleType] = {
    "by_drawing": by_drawing,
    "by_image": by_image,
    "by_text": by_text,
    "drawn_on": drawn_on,
    "numbers": numbers,
}
"""The ways by the name that a page has for them."""


def change(chosen: Mapping[str, Any], own: OwnInput) -> np.ndarray:
    """Changes an input.

    Args:
        chosen: `{"class_name": way, "config": its arguments}`.
        own: The input.

    Raises:
        RequestError: With code `bad_request`, where there is no such way; with a sentence, where it can't be
            gone.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    way = CHANGES.get(name) if isinstance(name, str) else None
    try:
        if way is None:
            raise TypeError(name)
        inspect.signature(way.change).bind(**{**config, "own": own})
    except TypeError as error:
        raise RequestError(
            "bad_request", text("There is no such way to change a sample."), detail=str(error)
        ) from None
    changed: np.ndarray = way.change(**{**config, "own": own})
    return changed


def ways_of(own: OwnInput) -> list[str]:
    """The ways that an input can be changed in."""
    return [name for name, way in CHANGES.items() if way.fits(own)]
