"""Code that reads a folder with Keras' own utilities."""

from __future__ import annotations

import inspect

from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, call, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet


def directory_code(function: str, path: str, **options: bool | int | str | tuple[int, int] | None) -> Snippet:
    """Writes the call of a utility that reads a folder; arguments with Keras' default are left out.

    Args:
        function: Its name in `keras.utils`.
        path: The folder, as the plan has it.
        **options: Its arguments.
    """
    import keras

    known = inspect.signature(getattr(keras.utils, function)).parameters
    chosen = {name: value for name, value in options.items() if known[name].default != value}
    written: dict[str, Expression] = {
        name: sequence(tuple(map(literal, value))) if isinstance(value, tuple) else literal(value)
        for name, value in chosen.items()
    }
    made = call(
        f"keras.utils.{function}",
        literal(path),
        **written,
        batch_size="None",
        validation_split=literal(0.2),
        subset=literal("both"),
        seed=literal(0),
    )
    return Snippet(
        lines=(
            *lay_out(made, "batches, validation = "),
            "# Files that can't be read are left out.",
            "batches = batches.ignore_errors().batch(32)",
            "validation = validation.ignore_errors().batch(32)",
        ),
        imports=("import keras",),
        gives={"batches": "batches", "validation": "validation"},
        notes=(text("Keras divides and mixes the files in an order of its own: numbers differ a little."),),
    )
