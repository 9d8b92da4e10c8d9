"""Colours and symbols of classes, as code: those of the editor, which has them in `classmarks.ts`."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.codegen.recipe.script import Script
from kerasviz.writing.expressions import lay_out, literal, sequence

_COLOURS = (
    (0, 114, 178),
    (213, 94, 0),
    (0, 158, 115),
    (204, 121, 167),
    (230, 159, 0),
    (86, 180, 233),
    (120, 94, 40),
    (90, 90, 90),
    (240, 228, 66),
    (180, 180, 180),
)
"""After Okabe and Ito: colour-blind people tell them apart."""
_SHADES = ((0, 0.0), (0, 0.45), (255, 0.5))
"""Further tens are darker, then lighter: the grey that is mixed in, and its share."""
_SYMBOLS = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "star",
    "hourglass",
)
"""Another one for each ten classes."""


def write_class_marks(script: Script, names: Sequence[str]) -> None:
    """Writes `classes`, with the names, and `colours` and `symbols`, which have an item for each class.

    Args:
        script: Gets the statements.
        names: Of the classes, by their numbers.
    """
    numbers = range(len(names))
    for variable, values in (
        ("classes", names),
        ("colours", [class_colour(number) for number in numbers]),
        ("symbols", [_SYMBOLS[number // len(_COLOURS) % len(_SYMBOLS)] for number in numbers]),
    ):
        script.add(*lay_out(sequence([literal(value) for value in values]), f"{variable} = "))


def class_colour(number: int) -> str:
    """The colour of a class, by its number, as `#rrggbb`."""
    grey, share = _SHADES[number // len(_COLOURS) % len(_SHADES)]
    mixed = (int(part + (grey - part) * share + 0.5) for part in _COLOURS[number % len(_COLOURS)])
    return "#" + "".join(f"{part:02x}" for part in mixed)
